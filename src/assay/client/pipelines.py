"""`client.pipelines`: quote, run, resume, show, check and sell pipelines.

run = client.pipelines.run("summary.yaml", "a long text", max_price="0.05")
print(run.text, run.paid, run.record)
"""

from __future__ import annotations

import asyncio
import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assay.bootstrap import Workspace
from assay.bootstrap.pipeline_models import SoldPipeline, SoldPipelines
from assay.core.amount import parse_amount
from assay.core.canonical import canonical_json
from assay.core.cid import Cid
from assay.errors import InputError
from assay.market.model import Asset, AssetKind
from assay.market.pipelines.definition import LARGEST_FILE_BYTES, read_pipeline
from assay.market.pipelines.errors import PipelineMalformed, RunUnknown
from assay.market.pipelines.model import Pipeline, Quote, Run
from assay.market.pipelines.record import RunRecord
from assay.market.pipelines.use_cases.check import check_run
from assay.market.pipelines.use_cases.quote import quote_run
from assay.market.pipelines.use_cases.run import RunOrder, RunWatch, run_pipeline
from assay.market.use_cases.publish import CARD_NAME, Publication, publish_asset
from assay.market.use_cases.sell import SaleOffer, sell_model

_DESCRIPTION_NAME = "pipeline.json"


@dataclass(frozen=True)
class PublishedPipeline:
    """A pipeline that is sold: its description as a model, and the service that sells runs."""

    model: Asset
    service: Asset


class PipelineClient:
    """The use cases of pipelines on one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def run(
        self,
        file: Path | str,
        given: str = "",
        *,
        max_price: str | None = None,
        account: str | None = None,
        run_id: str | None = None,
        watch: RunWatch | None = None,
    ) -> Run:
        """Run a pipeline's file from the beginning.

        Args:
            given: for `{input}` in its prompts.
            max_price: the most that all steps may cost together, summed over all chains, as a
                decimal amount of the payment token; None leaves it to `watch.approve`.
            account: who pays, on every chain; the configured buyer if None.
            run_id: 32 hexadecimal characters; made up if None.

        Raises:
            PipelineMalformed, QuoteTooHigh: nothing was signed.
            StepFailed: its `run` has what was done and paid; `resume` goes on from there.
        """
        path = Path(file)
        order = RunOrder(
            run_id or secrets.token_hex(16),
            _read(path),
            path.resolve().parent,
            given,
            self._amount(max_price),
        )
        return asyncio.run(run_pipeline(order, self._workspace.pipelines.run_parts(account), watch))

    def resume(
        self,
        run_id: str,
        *,
        max_price: str | None = None,
        account: str | None = None,
        watch: RunWatch | None = None,
    ) -> Run:
        """Go on with a run: finished steps are not paid again, `max_price` is for the others.

        Raises:
            RunUnknown: there is none of this name.
            As `run`.
        """
        run = self.show(run_id)
        order = RunOrder(run_id, run.definition, run.folder, run.given, self._amount(max_price))
        return asyncio.run(run_pipeline(order, self._workspace.pipelines.run_parts(account), watch))

    def quote(
        self, file: Path | str, given: str = "", *, account: str | None = None
    ) -> tuple[Run, Quote]:
        """What every step costs now, asked of the services; nothing is signed."""
        path = Path(file)
        run = self._begin(_read(path), path.resolve().parent, given)
        chains = self._workspace.pipelines.run_parts(account).chains
        return run, asyncio.run(quote_run(run, chains)).quote

    def show(self, run_id: str) -> Run:
        """A run as far as it came.

        Raises:
            RunUnknown: there is none of this name.
        """
        run = self._workspace.pipelines.book.find(run_id)
        if run is None:
            raise RunUnknown(run_id)
        return run

    def newest(self, limit: int = 20) -> Sequence[Run]:
        """The runs that began last."""
        return self._workspace.pipelines.book.newest(limit)

    def check(self, record: str) -> RunRecord:
        """A run's record, whose signature, split and call records hold.

        Raises:
            RunRecordForged: they do not.
        """
        return check_run(
            Cid.parse(record),
            blobs=self._workspace.store,
            domain=self._workspace.market.record_domain,
            recover=self._workspace.market.recover_typed_data,
        )

    def publish(
        self,
        file: Path | str,
        *,
        price: str,
        licence: str = "CC0-1.0",
        account: str | None = None,
    ) -> PublishedPipeline:
        """Sell runs of a pipeline: its description is registered, and a service that asks `price`.

        The service is called like the pipeline. Chains and folders in the file stay private.

        Raises:
            PipelineMalformed: a step has no `max_price`, which bounds what a call may cost you.
        """
        path = Path(file)
        definition, folder = _read(path), path.resolve().parent
        pipeline = read_pipeline(definition, folder)
        for number, step in enumerate(pipeline.steps):
            if step.max_price is None:
                raise PipelineMalformed(f"steps[{number}]", "a pipeline for sale needs max_price")
        self._workspace.sync()
        parts = self._workspace.market.selling(account)
        with tempfile.TemporaryDirectory(prefix="assay-pipeline-") as name:
            described = _describe(pipeline, licence, Path(name) / pipeline.name)
            model = publish_asset(
                Publication(
                    path=described,
                    kind=AssetKind.MODEL,
                    name=pipeline.name,
                    description=pipeline.description,
                    licence=licence,
                    properties={"pipeline": pipeline.digest.hex},
                ),
                blobs=parts.blobs,
                registry=parts.registry,
                index=parts.index,
            ).asset
        self._workspace.sync()
        units = self._amount(price) or 0
        sale = sell_model(SaleOffer(model.asset_id, units, pipeline.name), parts)
        sold = SoldPipelines(self._workspace.settings.home / "sold-pipelines")
        sold.keep(sale.service.asset_id, SoldPipeline(definition, folder))
        return PublishedPipeline(model, sale.service)

    def _begin(self, definition: str, folder: Path, given: str) -> Run:
        pipeline = read_pipeline(definition, folder)
        return Run("0" * 32, pipeline, definition, folder, given, started_at=0)

    def _amount(self, text: str | None) -> int | None:
        if text is None:
            return None
        return parse_amount(text, decimals=self._workspace.token_decimals)


def _read(path: Path) -> str:
    try:
        data = path.read_bytes()[: LARGEST_FILE_BYTES + 1]
        return data.decode("utf-8")
    except OSError as error:
        raise InputError(
            f"The pipeline {path} cannot be read: {error.strerror}.", hint="Name a YAML file."
        ) from None
    except UnicodeDecodeError:
        raise PipelineMalformed("the file", "it is not UTF-8") from None


def _describe(pipeline: Pipeline, licence: str, folder: Path) -> Path:
    """The folder that is registered: what runs, in public."""
    folder.mkdir()
    (folder / _DESCRIPTION_NAME).write_bytes(canonical_json(pipeline.as_json()))
    steps = "\n".join(f"{n}. {s.name}: {s.model}" for n, s in enumerate(pipeline.steps, 1))
    card = f"---\nlicense: {licence.lower()}\n---\n# {pipeline.name}\n\n{pipeline.description}\n\n"
    (folder / CARD_NAME).write_text(f"{card}Steps:\n\n{steps}\n", encoding="utf-8")
    return folder
