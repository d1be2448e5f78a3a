"""The market's parts: assets, paid calls, their records and batches."""

# ruff: noqa: PLC0415

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assay.bootstrap.text_models import HostedModels
    from assay.bootstrap.upstreams import Upstreams
    from assay.bootstrap.workspace import Workspace
    from assay.core.digest import Digest
    from assay.market.call_lineage import CallSource
    from assay.market.calls import CallRecord, RecordDomain, RecoverTypedData
    from assay.market.indexed import LedgerIndex
    from assay.market.lineage import AssetSource
    from assay.market.model import Asset
    from assay.market.onchain import OnChainAnchors, OnChainRegistry, OnChainTransfers
    from assay.market.remote import RemoteCalls
    from assay.market.stored import SqlCallBook
    from assay.market.use_cases.paid_calls import PaidCalls
    from assay.market.use_cases.sell import SellingParts


class MarketParts:
    """What `workspace.market` holds; each part is built when it is first asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @cached_property
    def index(self) -> LedgerIndex:
        """What the ledger knows of assets, payments and batches."""
        from assay.market.indexed import LedgerIndex

        return LedgerIndex(self._workspace.engine)

    def registry(self, account: str | None = None) -> OnChainRegistry:
        """The asset registry, as an account sees it."""
        from assay.market.onchain import OnChainRegistry

        name = account or self._workspace.settings.account
        return OnChainRegistry(
            self._workspace.node,
            self._workspace.deployment.registry,
            self._workspace.address(name),
            lambda: self._workspace.sender(name),
        )

    def anchors(self, account: str | None = None) -> OnChainAnchors:
        """The call anchor, as a provider sees it."""
        from assay.market.onchain import OnChainAnchors

        name = account or self._workspace.settings.account
        return OnChainAnchors(
            self._workspace.node,
            self._workspace.deployment.anchor,
            self._workspace.address(name),
            lambda: self._workspace.sender(name),
        )

    @cached_property
    def book(self) -> SqlCallBook:
        """Paid calls and their batches."""
        from assay.market.stored import SqlCallBook

        return SqlCallBook(self._workspace.engine)

    @cached_property
    def token_transfers(self) -> OnChainTransfers:
        """The payment token's record of payments."""
        from assay.market.onchain import OnChainTransfers

        return OnChainTransfers(self._workspace.node, self._workspace.deployment.token)

    @cached_property
    def record_domain(self) -> RecordDomain:
        """What signatures of call records are bound to."""
        from assay.market.calls import RecordDomain

        return RecordDomain(
            self._workspace.node.chain_id, self._workspace.deployment.anchor.address
        )

    def record_digest(self, record: CallRecord) -> bytes:
        """The 32 bytes of EIP-712 that stand for a record on this chain."""
        from assay.chain.typed_data import typed_data_digest
        from assay.market.calls import record_digest

        return record_digest(record, self.record_domain, typed_data_digest)

    @property
    def recover_typed_data(self) -> RecoverTypedData:
        """Who signed typed data."""
        from assay.chain.signing import recover_typed_data

        return recover_typed_data

    def show_asset(self, asset_id: Digest) -> Asset:
        """One asset, as chain and store have it."""
        from assay.market.use_cases.browse import show_asset

        return show_asset(asset_id, registry=self.registry(), blobs=self._workspace.store)

    def selling(self, account: str | None = None) -> SellingParts:
        """What putting calls up for sale needs, for an account."""
        from assay.market.use_cases.sell import SellingParts

        return SellingParts(
            blobs=self._workspace.store,
            registry=self.registry(account),
            index=self.index,
            work_folder=self._workspace.settings.home / "selling",
        )

    @cached_property
    def upstreams(self) -> Upstreams:
        """The servers behind services."""
        from assay.bootstrap.upstreams import Upstreams

        return Upstreams(self._workspace.settings.home / "upstreams")

    @cached_property
    def text_models(self) -> HostedModels:
        """The models behind the services."""
        from assay.bootstrap.text_models import HostedModels

        return HostedModels(
            self._workspace.settings,
            self._workspace.store,
            self.show_asset,
            self._workspace.licences.open_own,
            lambda: self._workspace.pipelines.run_parts(self._workspace.settings.account),
        )

    @cached_property
    def paid_calls(self) -> PaidCalls:
        """The metered service of the configured account."""
        from assay.core.clock import SystemClock
        from assay.market.catalogue import BlockwiseCatalogue, RegistryCatalogue
        from assay.market.facilitator import X402Payments
        from assay.market.receipts import ReceiptIssuer
        from assay.market.use_cases.paid_calls import PaidCalls

        provider = self._workspace.account()
        node = self._workspace.node
        catalogue = BlockwiseCatalogue(
            RegistryCatalogue(provider.address, self.index, self.registry(), self._workspace.store),
            newest_block=lambda: node.block("latest").hash,
            catch_up=self._workspace.sync,
        )
        scheme = X402Payments(
            self._workspace.node,
            self._workspace.deployment.token,
            self._workspace.sender(self._workspace.settings.facilitator),
        )
        return PaidCalls(
            catalogue=catalogue,
            models=self.text_models,
            image_models=self._workspace.images,
            scheme=scheme,
            book=self.book,
            blobs=self._workspace.store,
            signer=provider,
            domain=self.record_domain,
            clock=SystemClock(),
            vouchers=self._workspace.channels.payments,
            receipts=ReceiptIssuer(provider, clock=SystemClock()),
        )

    def remote_calls(self, account: str | None = None) -> RemoteCalls:
        """The side that pays for calls, from one account."""
        from assay.market.pending import PendingCalls
        from assay.market.remote import RemoteCalls

        workspace, name = self._workspace, account or self._workspace.settings.buyer
        has_channels = "BatchSettlement" in workspace.deployment.present
        return RemoteCalls(
            workspace.account(name),
            workspace.deployment.token.address,
            self.record_domain,
            self.recover_typed_data,
            PendingCalls(workspace.settings.home / "pending"),
            channels=workspace.purse.payer(name) if has_channels else None,
        )

    def asset_source(self) -> AssetSource:
        """Its assets' part of the lineage graph."""
        from assay.market.lineage import AssetSource

        return AssetSource(self.registry(), self._workspace.store, self.index)

    def call_source(self) -> CallSource:
        """Its calls' part of the lineage graph."""
        from assay.market.call_lineage import CallSource

        return CallSource(
            blobs=self._workspace.store,
            book=self.book,
            index=self.index,
            registry=self.registry(),
            anchors=self.anchors(),
            token=self.token_transfers,
            token_decimals=self._workspace.token_decimals,
            domain=self.record_domain,
            digest=self.record_digest,
            recover=self.recover_typed_data,
            vouchers=next(iter(self._workspace.statements.voucher_sources()), None),
        )
