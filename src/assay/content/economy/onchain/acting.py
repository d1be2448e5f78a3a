"""The contracts of reposts, tips and subscriptions, as one account acts on them.

Allowances in the payment token are signed (EIP-2612) and used in the same transaction; another
currency may not know permits, so that it is approved in a transaction before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from assay.chain.contract import Contract, Event
from assay.chain.permits import sign_permit
from assay.chain.records import Receipt
from assay.chain.reverts import reverts_as
from assay.chain.transaction import Sender
from assay.content.economy import refusals
from assay.content.economy.model import Plan, PlanTerms, Renewal
from assay.content.economy.onchain.contracts import EconomyContracts
from assay.content.model import Provenance
from assay.content.onchain import opening
from assay.core.address import Address, parse_address
from assay.core.clock import Clock
from assay.core.digest import Digest

_NO_NOTE = bytes(32)


class OnChainEconomyAccount:
    """The `EconomyAccount` port."""

    def __init__(
        self,
        contracts: EconomyContracts,
        address: Address,
        open_sender: Callable[[], Sender],
        clock: Clock,
    ) -> None:
        self._contracts = contracts
        self._open_sender = open_sender
        self._clock = clock
        self.address = address

    def set_rate(self, content_id: Digest, provenance: Provenance, rate_bps: int) -> str:
        """See `EconomyAccount.set_rate`."""
        arguments = (content_id.token_id, opening(provenance), rate_bps)
        return self._transact(self._contracts.reposts, "setRate", *arguments).transaction_hash

    def repost(self, parent: int, maximum_rate_bps: int) -> tuple[int, str]:
        """See `EconomyAccount.repost`."""
        receipt = self._transact(self._contracts.reposts, "repost", parent, maximum_rate_bps)
        [event] = _events(self._contracts.reposts, receipt, "Reposted")
        return int(event.args["repostId"]), receipt.transaction_hash

    def pay(self, repost: int, amount: int, note: Digest | None, allowance: int | None) -> str:
        """See `EconomyAccount.pay`."""
        arguments = (repost, amount, _raw(note))
        return self._spend(self._contracts.reposts, "pay", arguments, allowance)

    def tip(
        self, content_id: Digest, amount: int, note: Digest | None, allowance: int | None
    ) -> str:
        """See `EconomyAccount.tip`."""
        arguments = (content_id.token_id, amount, _raw(note))
        return self._spend(self._contracts.tips, "tip", arguments, allowance)

    def list_for_sale(self, repost: int, price: int) -> str:
        """See `EconomyAccount.list_for_sale`."""
        return self._transact(self._contracts.reposts, "list", repost, price).transaction_hash

    def withdraw_listing(self, repost: int) -> str:
        """See `EconomyAccount.withdraw_listing`."""
        return self._transact(self._contracts.reposts, "withdrawListing", repost).transaction_hash

    def buy(self, repost: int, maximum_price: int, allowance: int | None) -> str:
        """See `EconomyAccount.buy`."""
        return self._spend(self._contracts.reposts, "buy", (repost, maximum_price), allowance)

    def make_plan(self, terms: PlanTerms) -> tuple[int, str]:
        """See `EconomyAccount.make_plan`."""
        currency = terms.currency or self._contracts.token.address
        contract = self._contracts.subscriptions
        receipt = self._transact(contract, "makePlan", terms.price, terms.period_s, currency)
        [event] = _events(contract, receipt, "PlanMade")
        return int(event.args["planId"]), receipt.transaction_hash

    def change_plan_price(self, plan: int, price: int) -> str:
        """See `EconomyAccount.change_plan_price`."""
        contract = self._contracts.subscriptions
        return self._transact(contract, "changePlanPrice", plan, price).transaction_hash

    def close_plan(self, plan: int) -> str:
        """See `EconomyAccount.close_plan`."""
        return self._transact(self._contracts.subscriptions, "closePlan", plan).transaction_hash

    def subscribe(self, plan: Plan, maximum_price: int, allowance: int) -> str:
        """See `EconomyAccount.subscribe`."""
        contract, arguments = self._contracts.subscriptions, (plan.id, maximum_price)
        if plan.currency == self._contracts.token.address:
            return self._spend(contract, "subscribe", arguments, allowance)
        currency = self._contracts.currency(plan.currency)
        self._transact(currency, "approve", contract.address, allowance)
        return self._spend(contract, "subscribe", arguments, None)

    def accept_price(self, creator: Address, maximum_price: int) -> str:
        """See `EconomyAccount.accept_price`."""
        contract = self._contracts.subscriptions
        return self._transact(contract, "acceptPrice", creator, maximum_price).transaction_hash

    def unsubscribe(self, creator: Address) -> str:
        """See `EconomyAccount.unsubscribe`."""
        contract = self._contracts.subscriptions
        return self._transact(contract, "unsubscribe", creator).transaction_hash

    def renew_many(self, creator: Address, subscribers: Sequence[Address]) -> list[Renewal]:
        """See `EconomyAccount.renew_many`."""
        contract = self._contracts.subscriptions
        receipt = self._transact(contract, "renewMany", creator, list(subscribers))
        renewals: dict[Address, Renewal] = {}
        for event in _events(contract, receipt, "SubscriptionPaid"):
            subscriber = parse_address(event.args["subscriber"])
            renewals[subscriber] = Renewal(
                creator,
                subscriber,
                event.args["price"],
                event.args["paidUntil"],
                receipt.transaction_hash,
            )
        for event in _events(contract, receipt, "SubscriptionRenewalFailed"):
            subscriber = parse_address(event.args["subscriber"])
            reason = str(contract.decode_revert(event.args["reason"]))
            failed = Renewal(
                creator, subscriber, transaction=receipt.transaction_hash, reason=reason
            )
            renewals.setdefault(subscriber, failed)
        return [renewals[subscriber] for subscriber in subscribers]

    def _spend(
        self,
        contract: Contract,
        function: str,
        arguments: tuple[Any, ...],
        allowance: int | None,
    ) -> str:
        """Call a function that takes money, by its form with a permit where one is wanted."""
        if allowance is None:
            return self._transact(contract, function, *arguments).transaction_hash
        permit = sign_permit(
            self._contracts.token,
            self._open_sender().account,
            contract.address,
            allowance,
            self._clock,
        )
        receipt = self._transact(contract, f"{function}WithPermit", *arguments, permit)
        return receipt.transaction_hash

    def _transact(self, contract: Contract, function: str, *arguments: Any) -> Receipt:
        with reverts_as(refusals.TRANSLATIONS):
            return self._open_sender().transact(contract, function, *arguments)


def _raw(note: Digest | None) -> bytes:
    return note.raw if note else _NO_NOTE


def _events(contract: Contract, receipt: Receipt, name: str) -> list[Event]:
    events = (contract.decode_log(log) for log in receipt.logs)
    return [event for event in events if event is not None and event.name == name]
