"""The parts of service identities: the registries of ERC-8004, and what the index knows of them."""

# ruff: noqa: PLC0415

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assay.bootstrap.workspace import Workspace
    from assay.market.identity.indexed import LedgerAgentIndex
    from assay.market.identity.onchain import OnChainAgentAccount, OnChainAgents, Registries


class IdentityParts:
    """What `workspace.identity` holds; each part is built when it is first asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @cached_property
    def _registries(self) -> Registries:
        from assay.market.identity.onchain import Registries

        deployment = self._workspace.deployment
        return Registries(
            deployment.identity,
            deployment.reputation,
            lambda: deployment.settlement,
            deployment.token,
            deployment.anchor,
        )

    @cached_property
    def reader(self) -> OnChainAgents:
        """The registries, as anybody reads them."""
        from assay.market.identity.onchain import OnChainAgents

        return OnChainAgents(self._workspace.node, self._registries)

    def account(self, name: str) -> OnChainAgentAccount:
        """The registries, as an account acts on them."""
        from assay.market.identity.onchain import OnChainAgentAccount

        workspace = self._workspace
        return OnChainAgentAccount(
            self._registries, workspace.address(name), lambda: workspace.sender(name)
        )

    @cached_property
    def index(self) -> LedgerAgentIndex:
        """What the ledger knows of agents and feedback."""
        from assay.market.identity.indexed import LedgerAgentIndex

        return LedgerAgentIndex(self._workspace.engine)
