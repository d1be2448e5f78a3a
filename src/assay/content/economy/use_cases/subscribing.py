"""Make plans, subscribe by them, agree to a changed price, and leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assay.content.economy.errors import (
    NoPlan,
    NotSubscribed,
    PlanClosed,
    PriceAboveMaximum,
)
from assay.content.economy.model import Plan, PlanTerms, Subscription
from assay.content.economy.ports import EconomyAccount, EconomyIndex, EconomyReader
from assay.core.address import Address
from assay.core.spending import BalanceTooSmall

_LARGEST_ALLOWANCE = 2**256 - 1


@dataclass(frozen=True, slots=True)
class PlanDone:
    """A plan after a transaction that concerned it."""

    plan: Plan
    transaction: str

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {**self.plan.as_json(), "transaction": self.transaction}


@dataclass(frozen=True, slots=True)
class SubscriptionDone:
    """A subscription after a transaction that concerned it."""

    subscription: Subscription
    transaction: str

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {**self.subscription.as_json(), "transaction": self.transaction}


def make_plan(terms: PlanTerms, *, account: EconomyAccount, reader: EconomyReader) -> PlanDone:
    """Let others subscribe to the account."""
    number, transaction = account.make_plan(terms)
    return PlanDone(show_plan(number, reader=reader), transaction)


def change_plan_price(
    plan: int, price: int, *, account: EconomyAccount, reader: EconomyReader
) -> PlanDone:
    """Set the price for those who subscribe later; subscribers keep the one they agreed to."""
    PlanTerms(price, 1)  # in range
    transaction = account.change_plan_price(plan, price)
    return PlanDone(show_plan(plan, reader=reader), transaction)


def close_plan(plan: int, *, account: EconomyAccount, reader: EconomyReader) -> PlanDone:
    """End a plan for ever: nobody subscribes or renews by it."""
    transaction = account.close_plan(plan)
    return PlanDone(show_plan(plan, reader=reader), transaction)


def show_plan(plan: int, *, reader: EconomyReader) -> Plan:
    """One plan.

    Raises:
        UnknownPlan: no plan has this number.
    """
    return reader.plans([plan])[0]


def list_plans(
    creator: Address, *, reader: EconomyReader, index: EconomyIndex, closed: bool = False
) -> list[Plan]:
    """A creator's plans, the closed ones only if asked for."""
    plans = reader.plans(index.plans_of(creator))
    return [plan for plan in plans if closed or not plan.is_closed]


def only_plan(creator: Address, *, reader: EconomyReader, index: EconomyIndex) -> Plan:
    """The one open plan of a creator.

    Raises:
        NoPlan: there is none, or there are several to choose from.
    """
    plans = list_plans(creator, reader=reader, index=index)
    if len(plans) != 1:
        raise NoPlan(creator, tuple(plan.id for plan in plans))
    return plans[0]


def subscribe(
    plan: Plan,
    maximum_price: int,
    *,
    account: EconomyAccount,
    reader: EconomyReader,
    periods: int = 12,
) -> SubscriptionDone:
    """Subscribe by a plan, and pay the first period.

    Args:
        maximum_price: the most that a period may cost, in units of the plan's currency.
        periods: how many periods the allowance lasts for, the first included.

    Raises:
        PlanClosed: nobody subscribes by it.
        PriceAboveMaximum: it costs more, perhaps since a moment ago.
        BalanceTooSmall: the account does not hold the price of the first period.
        AlreadySubscribed: the account's subscription to the creator runs.
    """
    if plan.is_closed:
        raise PlanClosed(plan.id)
    if plan.price > maximum_price:
        raise PriceAboveMaximum(plan.price, maximum_price)
    balance = reader.balance(account.address, plan.currency)
    if balance < plan.price:
        raise BalanceTooSmall(account.address, balance, plan.price)
    # A permit sets the allowance: what other subscriptions count on is signed for again.
    standing = reader.subscription_allowance(account.address, plan.currency)
    allowance = min(_LARGEST_ALLOWANCE, standing + periods * plan.price)
    transaction = account.subscribe(plan, maximum_price, allowance)
    return SubscriptionDone(show_subscription(plan.creator, account.address, reader), transaction)


def accept_price(
    creator: Address, maximum_price: int, *, account: EconomyAccount, reader: EconomyReader
) -> SubscriptionDone:
    """Agree to the present price of one's plan, from the next period on."""
    transaction = account.accept_price(creator, maximum_price)
    return SubscriptionDone(show_subscription(creator, account.address, reader), transaction)


def unsubscribe(
    creator: Address, *, account: EconomyAccount, reader: EconomyReader
) -> SubscriptionDone:
    """End a subscription; what is paid stays good.

    Raises:
        NotSubscribed: there is none that renews itself.
    """
    if not show_subscription(creator, account.address, reader).is_active:
        raise NotSubscribed(creator, account.address)
    transaction = account.unsubscribe(creator)
    return SubscriptionDone(show_subscription(creator, account.address, reader), transaction)


def show_subscription(creator: Address, subscriber: Address, reader: EconomyReader) -> Subscription:
    """An account's subscription to a creator, all zero if there never was one."""
    return reader.subscriptions([(creator, subscriber)])[0]


def list_subscriptions(
    address: Address, *, reader: EconomyReader, index: EconomyIndex, subscribers: bool = False
) -> list[Subscription]:
    """Whom an account subscribed to; or who subscribed to it."""
    if subscribers:
        return reader.subscriptions([(address, one) for one in index.subscribers_of(address)])
    return reader.subscriptions([(one, address) for one in index.creators_of(address)])
