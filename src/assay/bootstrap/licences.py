"""The licences' parts: offers, licences, sealed assets, and the keys released for them."""

# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assay.errors import AssayError

if TYPE_CHECKING:
    from assay.bootstrap.sealing import StoreSealer
    from assay.bootstrap.workspace import Workspace
    from assay.core.address import Address
    from assay.market.licences.indexed import LedgerLicenceIndex
    from assay.market.licences.lineage import LicenceSource
    from assay.market.licences.onchain import OnChainLicenceAccount, OnChainLicences
    from assay.market.licences.remote import RemoteKeys
    from assay.market.licences.stored import SqlReleaseLog
    from assay.market.model import Asset

_CONFIRMATIONS = 12


class LicenceParts:
    """What `workspace.licences` holds; each part is built when it is first asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @cached_property
    def reader(self) -> OnChainLicences:
        """The licence contract, as anybody reads it."""
        from assay.market.licences.onchain import OnChainLicences

        deployment = self._workspace.deployment
        return OnChainLicences(
            self._workspace.node, deployment.licences, deployment.token, deployment.registry
        )

    def account(self, name: str) -> OnChainLicenceAccount:
        """The licence contract, as an account acts on it."""
        from assay.core.clock import SystemClock
        from assay.market.licences.onchain import OnChainLicenceAccount

        return OnChainLicenceAccount(
            self.reader,
            self._workspace.deployment.token,
            self._workspace.address(name),
            lambda: self._workspace.sender(name),
            SystemClock(),
        )

    @cached_property
    def index(self) -> LedgerLicenceIndex:
        """What the ledger knows of offers and licences."""
        from assay.market.licences.indexed import LedgerLicenceIndex

        return LedgerLicenceIndex(self._workspace.engine)

    @cached_property
    def releases(self) -> SqlReleaseLog:
        """Keys that were released here."""
        from assay.market.licences.stored import SqlReleaseLog

        return SqlReleaseLog(self._workspace.engine)

    def sealer(self, account: str | None = None, gateway: str | None = None) -> StoreSealer:
        """Sealing with the keys of an account; ciphertext that is not here from a gateway."""
        from assay.bootstrap.sealing import StoreSealer, open_vault

        workspace = self._workspace
        name = account or workspace.settings.account
        vault = open_vault(
            workspace.settings.home, workspace.address(name), lambda: workspace.account(name)
        )
        return StoreSealer(workspace.blobs_from(gateway or workspace.settings.gateway_url), vault)

    def open_own(self, asset: Asset, destination: Path) -> None:
        """Decrypt an asset that was sealed here, with the configured account's key.

        Raises:
            KeyNotHere: it was sealed elsewhere.
        """
        from assay.market.licences.errors import KeyNotHere

        sealer = self.sealer()
        key = sealer.key(asset.asset_id)
        if key is None:
            raise KeyNotHere(asset.asset_id)
        sealer.open(asset.metadata, key, destination)

    def remote_keys(self, account: str | None = None) -> RemoteKeys:
        """Publishers' services, asked by an account."""
        from assay.market.licences.remote import RemoteKeys

        name = account or self._workspace.settings.buyer
        return RemoteKeys(self._workspace.account(name), self._workspace.node.chain_id)

    def source(self) -> LicenceSource:
        """Its part of the lineage graph."""
        from assay.market.licences.lineage import LicenceSource

        workspace = self._workspace
        return LicenceSource(
            self.reader, self.index, tuple(self._own_addresses()), workspace.token_decimals
        )

    @property
    def confirmations(self) -> int:
        """Blocks that have to be on top of a licence before a key is released for it."""
        chosen = self._workspace.settings.key_confirmations
        if chosen is not None:
            return chosen
        return 0 if self._workspace.node.is_local else _CONFIRMATIONS

    def _own_addresses(self) -> Iterator[Address]:
        """The accounts that this home sells and buys with, as far as they exist."""
        settings = self._workspace.settings
        for name in dict.fromkeys((settings.account, settings.buyer)):
            try:
                yield self._workspace.address(name)
            except AssayError:  # not made yet: nothing can be licensed to it
                continue
