"""Pipelines that are sold: behind a service stands a run instead of a model.

The buyer pays the operator once; the operator's account pays the steps. What it has paid for steps
that are done is used again when the same call is generated again, and the buyer is charged only
when the last step is answered.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from pathlib import Path

from assay.chain.files import write_durably
from assay.core.canonical import canonical_json
from assay.core.chat import TextChunk, TextRequest
from assay.core.digest import Digest
from assay.errors import IntegrityError
from assay.market.pipelines.definition import read_pipeline
from assay.market.pipelines.errors import RunBusy
from assay.market.pipelines.model import Order, Run
from assay.market.pipelines.use_cases.run import RunOrder, RunParts, run_pipeline


class PipelineFileDamaged(IntegrityError):
    """The file that keeps a service's pipeline is not what was written."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The file {path} holds no pipeline.",
            hint="Delete it, and publish the pipeline again.",
        )
        self.path = path


@dataclass(frozen=True, slots=True)
class SoldPipeline:
    """The pipeline behind a service: its file, and where paths in it start."""

    definition: str
    folder: Path


class SoldPipelines:
    """One file a service, readable by its owner alone: it may name private nodes and folders."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, service: Digest, sold: SoldPipeline) -> None:
        """Name the pipeline behind a service, in place of an earlier one."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        value = {"definition": sold.definition, "folder": str(sold.folder)}
        write_durably(self._path(service), json.dumps(value).encode(), mode=0o600)

    def find(self, service: Digest) -> SoldPipeline | None:
        """The pipeline behind a service; None if there is a model.

        Raises:
            PipelineFileDamaged: the file is not what was written.
        """
        path = self._path(service)
        try:
            value = json.loads(path.read_bytes())
            return SoldPipeline(str(value["definition"]), Path(value["folder"]))
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):
            raise PipelineFileDamaged(path) from None

    def _path(self, service: Digest) -> Path:
        return self._folder / f"{service.raw.hex()}.json"


class PipelineTextModel:
    """The `TextModel` port on a pipeline; the last message of the user is its input."""

    def __init__(self, name: str, sold: SoldPipeline, run_parts: Callable[[], RunParts]) -> None:
        self.name = name
        self._sold = sold
        self._run_parts = run_parts
        self._pipeline = read_pipeline(sold.definition, sold.folder)

    async def stream(self, request: TextRequest) -> AsyncGenerator[TextChunk, None]:
        """The last step's answer, in one piece: before it is there, nobody is to be charged.

        Raises:
            StepFailed: a step failed for good; the steps before it are not paid again next time.
        """
        given = next(one.content for one in reversed(request.messages) if one.role == "user")
        run = await self._run(given, self._order(request))
        yield TextChunk(
            run.text,
            run.answers[-1].finish_reason,
            sum(answer.prompt_tokens for answer in run.answers),
            sum(answer.completion_tokens for answer in run.answers),
        )

    async def _run(self, given: str, call: Order) -> Run:
        """The run that was begun for this call, one that others left unfinished, or a new one."""
        parts = self._run_parts()
        for run_id in await asyncio.to_thread(parts.book.begun_for, call):
            try:
                return await run_pipeline(self._run_order(run_id, given, call), parts)
            except RunBusy:
                begun = await asyncio.to_thread(parts.book.find, run_id)
                if begun is None or begun.order == call:
                    raise  # this very call is being answered: it is not to be paid for twice
        return await run_pipeline(self._run_order(secrets.token_hex(16), given, call), parts)

    def _run_order(self, run_id: str, given: str, call: Order) -> RunOrder:
        return RunOrder(run_id, self._sold.definition, self._sold.folder, given, call=call)

    def _order(self, request: TextRequest) -> Order:
        asked = request.as_json()
        anyhow = {**asked, "parameters": {**asked["parameters"], "seed": None}}
        request_digest, topic = (
            Digest.of(canonical_json({"pipeline": self._pipeline.digest.hex, "request": one}))
            for one in (asked, anyhow)
        )
        return Order(request_digest, topic)

    async def close(self) -> None:
        """Nothing: a run holds nothing open between two calls."""
