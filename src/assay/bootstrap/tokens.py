"""The parts of content tokens: their contract, their folders, and who is behind a model."""

# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assay.bootstrap.workspace import Workspace
    from assay.content.shares import LineageAsset
    from assay.content.tokens.onchain import OnChainTokens
    from assay.content.tokens.stored import TokenFolders
    from assay.content.tokens.use_cases.batch import Preparing
    from assay.core.digest import Digest


class TokenParts:
    """What `workspace.tokens` holds; each part is built when it is first asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def contract(self, account: str | None = None) -> OnChainTokens:
        """The content contract, as an account uses it."""
        from assay.content.tokens.onchain import Contracts, OnChainTokens
        from assay.core.clock import SystemClock

        workspace, deployment = self._workspace, self._workspace.deployment
        name = account or workspace.settings.account
        contracts = Contracts(deployment.content, deployment.token, deployment.registry)
        return OnChainTokens(
            contracts, workspace.address(name), lambda: workspace.sender(name), SystemClock()
        )

    @cached_property
    def folders(self) -> TokenFolders:
        """Where wallets find metadata."""
        from assay.content.tokens.stored import TokenFolders

        return TokenFolders(self._workspace.store)

    def preparing(self, account: str | None = None) -> Preparing:
        """What it takes to prepare contents."""
        from assay.content.tokens.use_cases.batch import Preparing

        return Preparing(
            self._workspace.store,
            self._workspace.content_contract(account),
            self._workspace.content_matchers,
            self.lineage,
        )

    def lineage(self, model: Digest) -> Sequence[LineageAsset]:
        """A registered model and the registered assets that it was made from, with their rates."""
        from assay.content.shares import LineageAsset
        from assay.errors import AssayError
        from assay.market.metadata import read_metadata

        registry, store = self._workspace.market.registry(), self._workspace.store
        (registered,) = registry.assets([model])
        if registered is None:
            return ()
        try:
            made_from = read_metadata(registered, store).datasets
        except AssayError:  # the metadata are not here: the model itself still has its share
            made_from = ()
        found = [registered, *registry.assets(made_from)]
        return [LineageAsset(one.asset_id, one.royalty_bps) for one in found if one is not None]
