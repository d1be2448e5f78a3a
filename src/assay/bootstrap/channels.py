"""The parts of payment channels: the settlement contract as provider and payers see it."""

# ruff: noqa: PLC0415

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assay.bootstrap.workspace import Workspace
    from assay.chain.transaction import Sender
    from assay.market.channels.engine import VoucherEngine
    from assay.market.channels.model import SettlementDomain
    from assay.market.channels.onchain import SettlementChain
    from assay.market.channels.payments import VoucherPayments
    from assay.market.channels.policy import ClaimRules
    from assay.market.channels.stored import SqlChannelBook
    from assay.market.channels.use_cases.settle import SettlementWorker

_DELAY_S = 24 * 3600


class ChannelParts:
    """What `workspace.channels` holds; each part is built when it is first asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @property
    def available(self) -> bool:
        """Whether the chain has a settlement contract."""
        return "BatchSettlement" in self._workspace.deployment.present

    @cached_property
    def domain(self) -> SettlementDomain:
        """What the signatures of vouchers are bound to.

        Raises:
            ContractAbsent: the chain has no settlement contract.
        """
        from assay.market.channels.model import SettlementDomain

        settlement = self._workspace.deployment.settlement.address
        return SettlementDomain(self._workspace.node.chain_id, settlement)

    @cached_property
    def withdraw_delay_s(self) -> int:
        """How long a withdrawal from our channels takes; the shortest on the local chain."""
        from assay.market.channels.model import SHORTEST_DELAY_S

        usual = SHORTEST_DELAY_S if self._workspace.node.is_local else _DELAY_S
        return self._workspace.settings.channel_withdraw_delay_s or usual

    @cached_property
    def chain(self) -> SettlementChain:
        """The contract as the provider sees it: the facilitator sends and pays the gas."""
        return self.chain_of(self._workspace.settings.facilitator)

    def chain_of(self, account: str) -> SettlementChain:
        """The contract as an account sees it that sends for itself, such as a payer."""
        from assay.market.channels.onchain import Collectors, Deposits, SettlementChain

        workspace, deployment = self._workspace, self._workspace.deployment

        def open_sender() -> Sender:
            return workspace.sender(account)

        deposits = Deposits(
            workspace.node,
            deployment.settlement,
            open_sender,
            Collectors(deployment.erc3009_collector.address, deployment.permit2_collector.address),
            first_block=deployment.first_block,
        )
        return SettlementChain(
            workspace.node, deployment.settlement, open_sender, workspace.account, deposits
        )

    @cached_property
    def rules(self) -> ClaimRules:
        """When claims are worth their gas."""
        from assay.market.channels.policy import ClaimRules

        settings = self._workspace.settings
        return ClaimRules(
            minimum=settings.claim_minimum,
            after_s=settings.claim_after_s,
            gas_percent=settings.claim_gas_percent,
            token_per_ether=settings.token_per_ether,
        )

    @cached_property
    def book(self) -> SqlChannelBook:
        """Channels and vouchers, shared by all workers of the provider."""
        from assay.market.channels.stored import SqlChannelBook

        return SqlChannelBook(self._workspace.engine)

    @cached_property
    def engine(self) -> VoucherEngine:
        """Checks and charges the vouchers that are given to the configured account."""
        from assay.core.clock import SystemClock
        from assay.market.channels.engine import Patience, VoucherEngine
        from assay.market.channels.payload import ChannelTerms

        workspace, settings = self._workspace, self._workspace.settings
        deployment, provider = workspace.deployment, workspace.address(workspace.settings.account)
        terms = ChannelTerms(
            domain=self.domain,
            receiver=provider,
            receiver_authorizer=provider,
            token=deployment.token.address,
            withdraw_delay_s=self.withdraw_delay_s,
            erc3009_collector=deployment.erc3009_collector.address,
            permit2_collector=deployment.permit2_collector.address,
        )
        patience = Patience(settings.channel_wait_s, settings.channel_fresh_s)
        return VoucherEngine(
            terms=terms, book=self.book, chain=self.chain, clock=SystemClock(), patience=patience
        )

    @cached_property
    def payments(self) -> VoucherPayments | None:
        """Payments by voucher; None on a chain without the settlement contract."""
        from assay.market.channels.funds import ChannelFunds
        from assay.market.channels.payments import VoucherPayments

        workspace, settings = self._workspace, self._workspace.settings
        if "BatchSettlement" not in workspace.deployment.present:
            return None
        funds = ChannelFunds(
            self.engine,
            self.book,
            self.chain,
            least_deposit=settings.channel_least_deposit,
            wait_s=settings.channel_wait_s,
        )
        return VoucherPayments(self.engine, funds)

    @cached_property
    def worker(self) -> SettlementWorker:
        """Claims the channels of the configured account; take its turn at "settle" first."""
        from assay.core.clock import SystemClock
        from assay.market.channels.claim_ages import SqlClaimAges
        from assay.market.channels.indexed import IndexedChannels
        from assay.market.channels.use_cases.settle import Provider, SettlementWorker

        workspace = self._workspace
        address = workspace.address(workspace.settings.account)
        token = workspace.deployment.token.address
        return SettlementWorker(
            chain=self.chain,
            book=self.book,
            ages=SqlClaimAges(workspace.engine),
            events=IndexedChannels(workspace.engine),
            provider=Provider(address, address, token, self.rules),
            clock=SystemClock(),
        )
