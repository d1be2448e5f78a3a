"""Who trains behind an edge; built in `training_edges`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assay.training.engine.superlink import Certificates


@dataclass(frozen=True, slots=True)
class Leaves:
    """Who trains behind an edge, and when that is enough.

    Attributes:
        files: of the records of leaves in this process; or
        listen: HOST:PORT for leaves in other processes.
        label: the column of labels, of a .csv among the files.
        certificates: TLS files for the address; needed unless it is loopback.
        least: with fewer the edge sits a round out.
        wait_s: how long leaves are waited for, to come and to answer; at most a quarter of the
            task's time to commit.
    """

    files: tuple[Path, ...] = ()
    listen: str | None = None
    label: str | None = None
    certificates: Certificates | None = None
    least: int = 1
    wait_s: float = 60
