"""Deployed contracts' part of a trace, which loads compilers only where a contract is traced."""

# ruff: noqa: PLC0415

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from assay.core.address import parse_address
from assay.ledger.lineage import Link, Node

if TYPE_CHECKING:
    from assay.authoring.lineage import DeployedSource
    from assay.authoring.onchain import OnChainContracts
    from assay.bootstrap.workspace import Workspace

_CONTRACT = re.compile(r"(?:contract:)?(0x[0-9a-fA-F]{40})\Z")


class ContractTraces:
    """A `LineageSource`."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def resolve(self, subject: str) -> Node | None:
        """The contract at an address, given bare or as `contract:0x...`."""
        return self._source.resolve(subject) if self._is_recorded(subject) else None

    def expand(self, nodes: Sequence[Node]) -> Sequence[tuple[Link, Node]]:
        """The records of contracts, and what they hold.

        Raises:
            AssayError: the chain, the record or a compiler is missing or damaged.
        """
        ours = [node for node in nodes if self._is_recorded(node.id)]
        return self._source.expand(ours) if ours else []

    def _is_recorded(self, name: str) -> bool:
        """Most addresses in a trace are of no contract with a record, as the chain knows."""
        matched = _CONTRACT.match(name)
        return matched is not None and self._chain.origin(parse_address(matched[1])) is not None

    @cached_property
    def _chain(self) -> OnChainContracts:
        from assay.bootstrap.contract_records import contracts_of

        return contracts_of(self._workspace)

    @cached_property
    def _source(self) -> DeployedSource:
        from assay.authoring.lineage import DeployedSource
        from assay.bootstrap.authoring import make_yard

        yard = make_yard(self._workspace)
        return DeployedSource(yard.workshop, yard.chain, yard.folders, yard.index)
