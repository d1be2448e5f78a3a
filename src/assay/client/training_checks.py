"""What anybody can do with a task afterwards: do its rounds again, show it, register its model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from assay.client.market import MarketClient
from assay.errors import RefusedError

if TYPE_CHECKING:
    from assay.bootstrap import Workspace
    from assay.market.use_cases.publish import Published
    from assay.training.records import RoundRecord
    from assay.training.use_cases.verifying import RoundCheck

CURRENCY = "ASSAY"
PAGE = "report.html"


class NothingTrained(RefusedError):
    """A task has no certified round yet."""

    http_status = 409

    def __init__(self, task: int) -> None:
        super().__init__(
            f"Task {task} has no certified round yet.",
            hint=f"`assay train status {task}` says where it stands.",
        )
        self.task = task


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """Where a report was written, and whether every round came out again."""

    page: Path
    plots: tuple[Path, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class Export:
    """As what a model is registered.

    Attributes:
        name: that of the task if None.
        datasets: ids of registered datasets that nodes trained on.
        price: of a licence, a decimal amount.
    """

    name: str | None = None
    licence: str = "Apache-2.0"
    datasets: tuple[str, ...] = ()
    price: str = "0"


def verify_rounds(
    workspace: Workspace,
    task: int,
    *,
    only: int | None = None,
    told: Callable[[RoundCheck], None] = lambda _check: None,
) -> list[RoundCheck]:
    """Do a task's certified rounds again; none if it has not started.

    Args:
        only: stop after this round.
        told: is told of each as it is done.
    """
    from assay.training.use_cases.verifying import verify_task  # noqa: PLC0415 - loads numpy

    parts = workspace.training
    checks: list[RoundCheck] = []
    if not parts.reader.task(task).round:
        return checks
    for check in verify_task(
        parts.history(task), chain=parts.reader, folders=parts.folders, only=only
    ):
        checks.append(check)
        told(check)
    return checks


def write_report(workspace: Workspace, task: int, folder: Path) -> WrittenReport:
    """Write a page and the plots in it.

    Raises:
        NothingTrained: there is nothing to show yet.
    """
    from assay.training.report.page import Report, render  # noqa: PLC0415 - loads Matplotlib
    from assay.training.report.plots import draw, plots_of  # noqa: PLC0415

    found = workspace.training.reader.task(task)
    records = certified_rounds(workspace, task)
    if not records:
        raise NothingTrained(task)
    checks = verify_rounds(workspace, task)
    unit = Fraction(1, 10**workspace.token_decimals)
    plots = {name: draw(name, records, unit) for name in plots_of(records)}
    page = render(Report(found, records, checks, plots, unit, CURRENCY))
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, image in plots.items():
        paths.append(folder / f"{name}.png")
        paths[-1].write_bytes(image)
    (folder / PAGE).write_text(page, encoding="utf-8")
    verified = all(check.ok for check in checks)
    return WrittenReport(folder / PAGE, tuple(paths), verified)


def certified_rounds(workspace: Workspace, task: int) -> list[RoundRecord]:
    """The records of a task's certified rounds, in order."""
    from assay.training.records import (  # noqa: PLC0415 - loads numpy
        RECORD_LIMIT_BYTES,
        ROUND_FILE,
        RoundRecord,
    )
    from assay.training.rounds import RoundPlace  # noqa: PLC0415

    parts = workspace.training
    found = []
    for number in range(1, parts.reader.task(task).round + 1):
        result = parts.reader.result(RoundPlace(task, number))
        if result is not None:
            data = parts.folders.read(result.record, ROUND_FILE, RECORD_LIMIT_BYTES)
            found.append(RoundRecord.decode(data, number))
    return found


def export_model(
    workspace: Workspace, task: int, asked: Export, account: str | None = None
) -> Published:
    """Register the model of a task's last certified round; its id is what the committee certified.

    Raises:
        NothingTrained: there is no certified round.
        AlreadyRegistered: somebody registered it first.
    """
    from assay.training.records import MODEL_FILE  # noqa: PLC0415 - loads numpy
    from assay.training.rounds import RoundPlace  # noqa: PLC0415

    parts = workspace.training
    found = parts.reader.task(task)
    results = (
        parts.reader.result(RoundPlace(task, number)) for number in range(found.round, 0, -1)
    )
    result = next((one for one in results if one is not None), None)
    if result is None:
        raise NothingTrained(task)
    limit = 4 * parts.initial(found).size + (1 << 20)
    folder = parts.home(task) / "export"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / MODEL_FILE
    path.write_bytes(parts.folders.read(result.record, MODEL_FILE, limit))
    published = MarketClient(workspace).publish(
        path,
        kind="model",
        name=asked.name or f"Model of training task {task}",
        description=f"Trained together in task {task}, {result.round} rounds; "
        "parameters in safetensors.",
        licence=asked.licence,
        parent=found.terms.initial_model.hex,
        datasets=asked.datasets,
        properties={"training_task": task, "training_round": result.round},
        price=asked.price,
        account=account,
    )
    parts.note_export(task, published.asset.asset_id)
    return published
