"""Subscription: whoever pays a price has a period more, and stops when it likes.

"The Subscriber shall pay the Provider 10 USDC per month in advance and may cancel at any time." The
price goes straight to the provider; the contract keeps until when each has paid, and takes nothing
by itself: no period is ever paid that its subscriber did not pay.
"""

from __future__ import annotations

from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.model import Claim
from assay.authoring.blocks.nouns import SUBSCRIBER, SUBSCRIPTION, SUBSCRIPTION_ITSELF
from assay.authoring.blocks.saying import is_money, opening, says_only, window_of
from assay.authoring.blocks.terms import CALLER, NOW, at_least, define, more, plus
from assay.authoring.model import Obligation, Specification
from assay.authoring.program.expressions import Binary, Expression, Lookup, Name, Not, Truth, Type
from assay.authoring.program.model import Emit, Let, Pass, Require, Set, Statement


class Subscription:
    """Sells time, period by period."""

    name = "subscription"
    text = "A price buys a period, paid ahead as often as wanted; whoever cancels pays no more."

    def claims(self, specification: Specification, free: frozenset[int]) -> tuple[Claim, ...]:
        """A price for each period, and the right to stop."""
        all_ = specification.obligations
        prices = [index for index in sorted(free) if _is_price(specification, all_[index])]
        subscribers = {all_[index].actor for index in prices}
        stops = [index for index in sorted(free) if _is_stop(all_[index], subscribers)]
        rights = [index for index in sorted(free) if _is_right(all_[index], subscribers)]
        known = {*prices, *stops, *rights}
        others = [
            all_[index]
            for index in free - known
            if all_[index].action in ("subscribe", "cancel", "renew")
            and all_[index].actor in subscribers
        ]
        # "The Tenant may terminate the agreement" beside a monthly rent is no subscription.
        spoken = {all_[index].asset for index in (*stops, *rights)} & SUBSCRIPTION_ITSELF
        subscribed = any(all_[index].action == "subscribe" for index in (*prices, *rights))
        named = subscribers <= SUBSCRIBER or spoken or subscribed
        if len(prices) != 1 or others or not named:
            return ()
        return (Claim(self.name, tuple(sorted(known))),)

    def add(self, draft: Draft, claim: Claim) -> tuple[tuple[int, str], ...]:
        """To pay for a period more, and to cancel."""
        all_ = draft.specification.obligations
        (index,) = (one for one in claim.obligations if _is_price(draft.specification, all_[one]))
        duty = all_[index]
        assert duty.amount is not None, "it was claimed"
        assert duty.asset is not None, "it was claimed"
        assert duty.recurrence is not None, "it was claimed"
        assert duty.recipient is not None, "it was claimed"
        price = draft.amount("subscription price", duty.amount, duty.asset)
        period = draft.duration("subscription period", duty.recurrence)
        draft.variable("paidUntil", key=Type.ADDRESS, text="Until when a subscriber has paid")
        draft.variable("cancelled", Type.TRUTH, key=Type.ADDRESS)
        until, ended = Lookup("paidUntil", CALLER), Lookup("cancelled", CALLER)
        longest: Expression = Binary("max", until, NOW)
        paid = (("subscriber", CALLER), ("until", Name("until")))
        opens = window_of(duty).opens
        begins: list[Statement] = []
        if opens is not None:
            begun = at_least(NOW, opening(draft, "subscription begins", opens))
            begins = [Require(begun, "SubscriptionNotBegun", (NOW,))]
        body: list[Statement] = [
            *begins,
            Let("until", plus(longest, period)),
            Set("paidUntil", Name("until"), CALLER),
            Set("cancelled", Truth(False), CALLER),
            Emit("SubscriptionPaid", paid),
            Pass(draft.asset(duty.asset).name, draft.expression_of(duty.recipient), price),
        ]
        callers = draft.payers_of(duty.actor)
        pay = define(draft, "pay subscription", body, (index,), callers=callers)
        stops = [one for one in claim.obligations if all_[one].action in ("cancel", "terminate")]
        end: tuple[Statement, ...] = (
            Require(more(until, NOW), "NotSubscribed", (until,)),
            Require(Not(ended), "CancelledAlready"),
            Set("cancelled", Truth(True), CALLER),
            Emit("SubscriptionCancelled", (("subscriber", CALLER), ("until", until))),
        )
        cancel = define(draft, "cancel subscription", end, stops, callers=callers)
        return tuple((one, cancel if one in stops else pay) for one in claim.obligations)


def _is_price(specification: Specification, duty: Obligation) -> bool:
    action = duty.action == "subscribe" or (duty.action == "pay" and duty.modality != "must_not")
    fields = ("amount", "asset", "recipient", "recurrence", "conditions")
    window = window_of(duty)
    action = action and not window.rest and window.closes is None
    whole = duty.amount and duty.recipient not in (None, "contract") and duty.recurrence
    return bool(
        action and whole and says_only(duty, *fields) and is_money(specification, duty.asset)
    )


def _is_stop(duty: Obligation, subscribers: set[str | None]) -> bool:
    right = duty.modality == "may" and duty.action in ("cancel", "terminate")
    plain = duty.asset in SUBSCRIPTION and says_only(duty, "asset")
    return right and plain and duty.actor in subscribers


def _is_right(duty: Obligation, subscribers: set[str | None]) -> bool:
    right = duty.modality == "may" and duty.action in ("subscribe", "renew")
    plain = duty.asset in SUBSCRIPTION and says_only(duty, "asset")
    return right and plain and duty.actor in subscribers
