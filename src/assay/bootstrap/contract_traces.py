"""Deployed contracts' part of a trace, which loads compilers only where a contract is traced."""

# ruff: noqa: PLC0415

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from assay.ledger.lineage import Link, Node

if TYPE_CHECKING:
    from assay.authoring.lineage import DeployedSource
    from assay.bootstrap.workspace import Workspace

_CONTRACT = re.compile(r"(contract:)?0x[0-9a-fA-F]{40}\Z")


class ContractTraces:
    """A `LineageSource`."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def resolve(self, subject: str) -> Node | None:
        """The contract at an address, given bare or as `contract:0x...`."""
        return self._source.resolve(subject) if _CONTRACT.match(subject) else None

    def expand(self, nodes: Sequence[Node]) -> Sequence[tuple[Link, Node]]:
        """The records of contracts, and what they hold.

        Raises:
            AssayError: the chain, the record or a compiler is missing or damaged.
        """
        ours = [node for node in nodes if _CONTRACT.match(node.id)]
        return self._source.expand(ours) if ours else []

    @cached_property
    def _source(self) -> DeployedSource:
        from assay.authoring.lineage import DeployedSource
        from assay.bootstrap.authoring import make_yard

        yard = make_yard(self._workspace)
        return DeployedSource(yard.workshop, yard.chain, yard.folders, yard.index)
