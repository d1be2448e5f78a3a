"""What a person sees while a task runs: a row for each round, and what is going on now.

It goes to standard error: drawn anew on a terminal, else a line for each round.
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from assay.cli.console import quoted
from assay.cli.licence.shown import tokens
from assay.cli.train.shown import round_cells, rounds_table
from assay.errors import AssayError
from assay.training.committee.model import Certificate
from assay.training.ports import Measured
from assay.training.rounds import CertifiedModel, RoundPlace
from assay.training.use_cases.progress import TaskProgress

_REMARKS = 6


class LiveRun:
    """Watches a run; the `RoundObserver` of the command line.

    Args:
        look: reads where the task stands.
        quiet: show nothing unless a person is looking.
    """

    def __init__(self, look: Callable[[Measured | None], TaskProgress], *, quiet: bool) -> None:
        self._out = Console(stderr=True, highlight=False)
        self._quiet = quiet and not self._out.is_terminal
        self._look = look
        self._step = "waiting for the nodes"
        self._rows: list[tuple[str, ...]] = []
        self._votes: dict[int, int] = {}
        self._remarks: list[str] = []
        self._head = ""
        self._live: Live | None = None

    def __enter__(self) -> Self:
        if self._out.is_terminal:
            self._live = Live(
                get_renderable=self._draw, console=self._out, refresh_per_second=4, transient=True
            )
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def seen(self, place: RoundPlace, step: str, done: int, total: int) -> None:
        """See `RoundObserver.seen`."""
        self._step = f"round {place.round}: {step} {done} of {total}"

    def left_out(self, place: RoundPlace, node: str, reason: str) -> None:
        """See `RoundObserver.left_out`."""
        self._remark(f"round {place.round}: {node} is left out: {reason}")

    def finished(
        self,
        place: RoundPlace,
        model: CertifiedModel,  # noqa: ARG002 - of the observer's shape
        measured: Measured | None,
    ) -> None:
        """See `RoundObserver.finished`."""
        progress = self._look(measured)
        line = progress.rounds[-1]
        row = (*round_cells(line), str(self._votes.get(place.round, "")))
        self._rows.append(row)
        stakes = tokens(progress.task.total_stake)
        self._head = f"task {place.task}, {progress.task.terms.rounds} rounds, stakes {stakes}"
        if self._live is None and not self._quiet:
            accuracy = f"accuracy {row[1]}, loss {row[2]}, " if row[1] else ""
            self._out.print(
                f"round {line.round} of {progress.task.terms.rounds}: {accuracy}"
                f"{len(line.accepted)} accepted, {len(line.refused)} refused, "
                f"up {row[5]}, down {row[6]}",
                soft_wrap=True,
            )

    def agreed(self, _validator: str) -> Callable[[Certificate], None]:
        """Counts the votes on each round."""

        def count(certificate: Certificate) -> None:
            known = self._votes.get(certificate.round, 0)
            self._votes[certificate.round] = max(known, len(certificate.votes))

        return count

    def failed(self, validator: str, error: AssayError) -> None:
        """A validator had to stop."""
        self._remark(f"validator {validator} stopped: {error}")

    def _remark(self, text: str) -> None:
        if self._live is None and not self._quiet:
            self._out.print(quoted(text), soft_wrap=True)
        self._remarks = [*self._remarks, text][-_REMARKS:]

    def _draw(self) -> RenderableType:
        table: Table = rounds_table()
        table.add_column("votes", justify="right")
        for row in self._rows[-self._out.height :]:
            table.add_row(*row)
        remarks = [Text(one, style="yellow") for one in self._remarks]
        return Group(Text(self._head, style="bold"), table, *remarks, Text(self._step))
