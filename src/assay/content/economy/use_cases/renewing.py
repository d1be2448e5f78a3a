"""Collect what subscribers agreed to pay, when it is due."""

from __future__ import annotations

from assay.content.economy.model import Plan, Renewal, Subscription
from assay.content.economy.ports import EconomyAccount, EconomyIndex, EconomyReader
from assay.core.address import Address

_BATCH = 50


def renew_due(
    creator: Address, *, account: EconomyAccount, reader: EconomyReader, index: EconomyIndex
) -> list[Renewal]:
    """Renew each subscription to a creator whose next period is due; anyone may send it.

    Those that cannot be paid are reported and cost no gas: they go on if that changes while they
    are due. Doing it again at once changes nothing, for then nothing is due.
    """
    found = reader.subscriptions([(creator, one) for one in index.subscribers_of(creator)])
    due = [subscription for subscription in found if subscription.is_due]
    numbers = sorted({subscription.plan for subscription in due})
    plans = dict(zip(numbers, reader.plans(numbers), strict=True))
    renewals: list[Renewal] = []
    payable: list[Address] = []
    for subscription in due:
        reason = _hindrance(subscription, plans[subscription.plan], reader)
        if reason:
            renewals.append(Renewal(creator, subscription.subscriber, reason=reason))
        else:
            payable.append(subscription.subscriber)
    for start in range(0, len(payable), _BATCH):
        renewals += account.renew_many(creator, payable[start : start + _BATCH])
    return renewals


def _hindrance(subscription: Subscription, plan: Plan, reader: EconomyReader) -> str:
    """Why a period cannot be paid; the contract looks again."""
    subscriber, price = subscription.subscriber, subscription.price
    if plan.is_closed:
        return f"plan {plan.id} is closed"
    if reader.subscription_allowance(subscriber, plan.currency) < price:
        return f"the allowance of {subscriber} does not suffice"
    if reader.balance(subscriber, plan.currency) < price:
        return f"the balance of {subscriber} does not suffice"
    return ""
