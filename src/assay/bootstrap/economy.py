"""The parts by which content earns: reposts, tips, subscriptions to creators."""

# ruff: noqa: PLC0415

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assay.bootstrap.workspace import Workspace
    from assay.content.economy.indexed import LedgerEconomyIndex
    from assay.content.economy.lineage import RepostSource
    from assay.content.economy.onchain.acting import OnChainEconomyAccount
    from assay.content.economy.onchain.reading import OnChainEconomy


class EconomyParts:
    """What `workspace.economy` holds; each part is built when it is first asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @cached_property
    def reader(self) -> OnChainEconomy:
        """The contracts, as anybody reads them."""
        from assay.content.economy.onchain.contracts import EconomyContracts
        from assay.content.economy.onchain.reading import OnChainEconomy
        from assay.core.clock import SystemClock

        deployment = self._workspace.deployment
        contracts = EconomyContracts(
            deployment.content,
            deployment.reposts,
            deployment.tips,
            deployment.creator_subscriptions,
            deployment.token,
        )
        return OnChainEconomy(self._workspace.node, contracts, SystemClock())

    def account(self, name: str) -> OnChainEconomyAccount:
        """The contracts, as an account acts on them."""
        from assay.content.economy.onchain.acting import OnChainEconomyAccount
        from assay.core.clock import SystemClock

        workspace = self._workspace
        return OnChainEconomyAccount(
            self.reader.contracts,
            workspace.address(name),
            lambda: workspace.sender(name),
            SystemClock(),
        )

    @cached_property
    def index(self) -> LedgerEconomyIndex:
        """What the ledger knows of reposts, payments and subscriptions."""
        from assay.content.economy.indexed import LedgerEconomyIndex

        return LedgerEconomyIndex(self._workspace.engine)

    def source(self) -> RepostSource:
        """Its part of the lineage graph."""
        from assay.content.economy.lineage import RepostSource

        return RepostSource(self.reader, self.index, self._workspace.token_decimals)
