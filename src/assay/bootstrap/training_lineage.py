"""Training's part of a trace, which costs nothing where no traced asset was trained together."""

# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from assay.core.digest import Digest
from assay.ledger.lineage import Link, Node
from assay.training.indexed import LedgerRounds

if TYPE_CHECKING:
    from assay.bootstrap.workspace import Workspace
    from assay.training.lineage import TrainingSource

_ASSET, _TASK = "asset:", "training:"


class TrainingTraces:
    """A `LineageSource` that loads what it takes to do rounds again only when there are some."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._index = LedgerRounds(workspace.engine)

    def resolve(self, subject: str) -> Node | None:
        """The task that is given as `training:NUMBER`."""
        return self._source.resolve(subject) if subject.startswith(_TASK) else None

    def expand(self, nodes: Sequence[Node]) -> Sequence[tuple[Link, Node]]:
        """The tasks of assets that were trained together, and the rounds of tasks.

        Raises:
            TrainingExtraMissing: there is something to check, and nothing to check it with.
        """
        ours = [node for node in nodes if node.id.startswith(_TASK) or self._is_trained(node)]
        return self._source.expand(ours) if ours else []

    def _is_trained(self, node: Node) -> bool:
        if not node.id.startswith(_ASSET):
            return False
        return bool(self._index.rounds_of(Digest.parse(node.id.removeprefix(_ASSET))))

    @cached_property
    def _source(self) -> TrainingSource:
        parts = self._workspace.training
        from assay.training.lineage import TrainingSource

        return TrainingSource(self._index, parts.reader, parts.folders, parts.history)
