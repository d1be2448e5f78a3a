"""The parts of the buyer's side of channels, for one account of the home folder."""

# ruff: noqa: PLC0415

from __future__ import annotations

import secrets
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assay.bootstrap.workspace import Workspace
    from assay.core.digest import Digest
    from assay.market.purse.onchain import PayerSettlement
    from assay.market.purse.payer import ChannelPayer
    from assay.market.purse.remote import HttpServices
    from assay.market.purse.stored import SqlPurse
    from assay.market.purse.use_cases.deposit import PayerParts


class PurseParts:
    """What `workspace.purse` holds; each part is built when it is first asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @cached_property
    def book(self) -> SqlPurse:
        """Channels that were opened from here, and the calls that they pay for."""
        from assay.core.clock import SystemClock
        from assay.market.purse.stored import SqlPurse

        return SqlPurse(self._workspace.engine, SystemClock())

    @cached_property
    def services(self) -> HttpServices:
        """Services that take payments from channels."""
        from assay.market.purse.remote import HttpServices

        return HttpServices()

    def chain(self, account: str) -> PayerSettlement:
        """The chain as a payer sees it, who sends and pays gas by itself."""
        from assay.market.purse.onchain import PayerSettlement

        return PayerSettlement(
            self._workspace.node,
            self._workspace.channels.chain_of(account),
            self._workspace.deployment.token,
            self._workspace.address(account),
        )

    def payer(self, account: str) -> ChannelPayer:
        """Signs vouchers of one account."""
        from assay.core.clock import SystemClock
        from assay.market.purse.payer import ChannelPayer

        return ChannelPayer(
            self._workspace.account(account),
            self._workspace.channels.domain,
            self.book,
            self._workspace.market.recover_typed_data,
            SystemClock(),
        )

    def parts(self, account: str) -> PayerParts:
        """What opening and filling channels of an account needs."""
        from assay.core.clock import SystemClock
        from assay.market.purse.deposits import DepositTerms
        from assay.market.purse.use_cases.deposit import PayerParts

        deployment = self._workspace.deployment
        terms = DepositTerms(
            chain_id=self._workspace.node.chain_id,
            token=deployment.token.address,
            token_name=deployment.token.read("name"),
            token_version=deployment.token.read("version"),
            collector=deployment.erc3009_collector.address,
        )
        return PayerParts(
            signer=self._workspace.account(account),
            domain=self._workspace.channels.domain,
            terms=terms,
            chain=self.chain(account),
            book=self.book,
            clock=SystemClock(),
            choose_salt=_random_salt,
        )


def _random_salt() -> Digest:
    from assay.core.digest import Digest

    return Digest(secrets.token_bytes(32))
