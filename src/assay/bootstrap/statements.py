"""The parts of statements: the provider's book, and the payer's means of checking."""

# ruff: noqa: PLC0415

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assay.bootstrap.workspace import Workspace
    from assay.core.address import Address
    from assay.market.channels.lineage import VoucherSource
    from assay.market.statements.onchain import CheckedChannels
    from assay.market.statements.period import Period
    from assay.market.statements.remote import RemoteStatements
    from assay.market.statements.stored import SqlPayerIndex, SqlStatementBook
    from assay.market.statements.use_cases.check import StatementChecker
    from assay.market.statements.use_cases.make import StatementMaker


class StatementParts:
    """What `workspace.statements` holds; each part is built when it is first asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @cached_property
    def book(self) -> SqlStatementBook:
        """The charges of the provider."""
        from assay.market.statements.stored import SqlStatementBook

        return SqlStatementBook(self._workspace.engine)

    @cached_property
    def index(self) -> SqlPayerIndex:
        """What the ledger knows of payments and channels."""
        from assay.market.statements.stored import SqlPayerIndex

        return SqlPayerIndex(self._workspace.engine)

    @cached_property
    def channels(self) -> CheckedChannels:
        """The settlement contract's word."""
        from assay.market.statements.onchain import CheckedChannels

        return CheckedChannels(self._workspace.node, lambda: self._workspace.channels.chain)

    def maker(self, provider: Address, payer: Address | None, period: Period) -> StatementMaker:
        """Makes one statement from the book."""
        from assay.market.statements.use_cases.make import StatementMaker

        market = self._workspace.market
        return StatementMaker(
            provider,
            payer,
            period,
            book=self.book,
            domain=market.record_domain,
            digest=market.record_digest,
        )

    def checker(self) -> StatementChecker:
        """Checks statements that a service sent."""
        from assay.market.statements.stored import SqlOwnCharges
        from assay.market.statements.use_cases.check import StatementChecker
        from assay.market.statements.use_cases.completeness import Completeness

        workspace = self._workspace
        market = workspace.market
        return StatementChecker(
            token=workspace.deployment.token.address,
            domain=market.record_domain,
            settlement=workspace.channels.domain if self._has_channels else None,
            digest=market.record_digest,
            recover=market.recover_typed_data,
            anchors=market.anchors(),
            transfers=market.token_transfers,
            channels=self.channels,
            completeness=Completeness(
                self.index,
                market.token_transfers,
                self.channels,
                SqlOwnCharges(workspace.engine),
            ),
        )

    def remote(self, account: str) -> RemoteStatements:
        """Fetches statements as an account."""
        from assay.market.statements.remote import RemoteStatements

        chain_id = self._workspace.node.chain_id
        return RemoteStatements(self._workspace.account(account), chain_id=chain_id)

    @property
    def _has_channels(self) -> bool:
        return "BatchSettlement" in self._workspace.deployment.present

    def voucher_sources(self) -> list[VoucherSource]:
        """The vouchers' part of the lineage graph; none on a chain without channels."""
        return [self._voucher_source] if self._has_channels else []

    @cached_property
    def _voucher_source(self) -> VoucherSource:
        from assay.market.channels.lineage import VoucherSource
        from assay.market.statements.onchain import OnChainClaims

        workspace = self._workspace
        settlement = workspace.deployment.settlement
        return VoucherSource(
            promises=self.book,
            chain=self.channels,
            finder=OnChainClaims(workspace.node, settlement, self.index.claims),
            domain=workspace.channels.domain,
            token_decimals=workspace.token_decimals,
        )
