"""Subscription: whoever pays a price has a period more, and stops when it likes.

"The Subscriber shall pay the Provider 10 USDC per month in advance and may cancel at any time." The
price goes straight to the provider; the contract keeps until when each has paid, and takes nothing
by itself: no period is ever paid that its subscriber did not pay. Where the provider may end it, no
period is sold that would begin after that.
"""

from __future__ import annotations

from assay.authoring.blocks.clauses.nouns import SUBSCRIBER, SUBSCRIPTION, SUBSCRIPTION_ITSELF
from assay.authoring.blocks.clauses.saying import is_money, opening, says_only, window_of
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.model import Claim
from assay.authoring.blocks.moments import is_duration
from assay.authoring.blocks.terms import (
    CALLER,
    NOW,
    ZERO,
    at_least,
    define,
    differ,
    either,
    less,
    more,
    same,
)
from assay.authoring.model import Obligation, Specification
from assay.authoring.program.expressions import Binary, Expression, Lookup, Name, Not, Truth, Type
from assay.authoring.program.model import Emit, Let, Pass, Require, Set, Statement

_FEES = ("费", "费用", "款", "fee", "fees", "payment")


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
        providers = {all_[index].recipient for index in prices}
        ends = [index for index in sorted(free) if is_end(all_[index], providers)]
        ends = ends if len(ends) == 1 else []
        final = [index for index in sorted(free) if _is_no_refund(all_[index])]
        known = {*prices, *stops, *rights, *ends, *final}
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
            Let("until", draft.later(longest, "subscription period", duty.recurrence)),
            Set("paidUntil", Name("until"), CALLER),
            Set("cancelled", Truth(False), CALLER),
            Emit("SubscriptionPaid", paid),
            Pass(draft.asset(duty.asset).name, draft.expression_of(duty.recipient), price),
        ]
        callers = draft.payers_of(duty.actor)
        ends = [one for one in claim.obligations if is_end(all_[one], {duty.recipient})]
        if ends:
            draft.variable("endsAt", key=Type.ADDRESS, text="When the provider lets it end")
            over = Lookup("endsAt", CALLER)
            runs = either(same(over, ZERO), less(longest, over))
            body.insert(len(begins), Require(runs, "SubscriptionEnded", (over,)))
        pay = define(draft, "pay subscription", body, (index,), callers=callers)
        stops = [
            one
            for one in claim.obligations
            if all_[one].action in ("cancel", "terminate") and one not in ends
        ]
        end: tuple[Statement, ...] = (
            Require(more(until, NOW), "NotSubscribed", (until,)),
            Require(Not(ended), "CancelledAlready"),
            Set("cancelled", Truth(True), CALLER),
            Emit("SubscriptionCancelled", (("subscriber", CALLER), ("until", until))),
        )
        cancel = define(draft, "cancel subscription", end, stops, callers=callers)
        kept = {one: cancel if one in stops else pay for one in claim.obligations}
        kept |= {one: _ending(draft, one, callers) for one in ends}
        return tuple(kept.items())


def _ending(draft: Draft, index: int, callers: tuple[str, ...]) -> str:
    """The provider ends one subscription, after its notice, or once it is unpaid for so long."""
    right = draft.specification.obligations[index]
    who: Expression = Name(callers[0]) if callers else Name("subscriber")
    ends, paid = Lookup("endsAt", who), Lookup("paidUntil", who)
    body: list[Statement] = [
        Require(differ(paid, ZERO), "NotSubscribed", (paid,)),
        Require(same(ends, ZERO), "EndedAlready", (ends,)),
    ]
    at: Expression = NOW
    for one in right.conditions:
        since, name = (NOW, "notice") if one.kind == "event" else (paid, "arrears")
        limit = draft.later(since, name, str(one.value))
        if one.kind == "event":
            at = limit
        else:
            body.append(Require(more(NOW, limit), "NotInArrears", (NOW,)))
    body += [
        Let("end", at),
        Set("endsAt", Name("end"), who),
        Emit("SubscriptionEnds", (("subscriber", who), ("end", Name("end")))),
    ]
    arguments = () if callers else (("subscriber", Type.ADDRESS),)
    provider = (draft.party(str(right.actor)),)
    wanted = "end subscription"
    return define(draft, wanted, body, (index,), arguments=arguments, callers=provider)


def is_end(duty: Obligation, providers: set[str | None]) -> bool:
    """Whether the provider may end it: at once, after a notice, or where it is not paid."""
    right = duty.modality == "may" and duty.action in ("cancel", "terminate")
    if not right or duty.actor not in providers or len(duty.conditions) > 1:
        return False
    grounds = all(
        is_duration(one.value or "")
        and not one.negated
        and (
            (one.kind == "event" and one.action == "notify")
            or (one.kind == "breach" and one.action == "pay" and one.amount is None)
        )
        for one in duty.conditions
    )
    return grounds and duty.asset in SUBSCRIPTION and says_only(duty, "asset", "conditions")


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


def _is_no_refund(duty: Obligation) -> bool:
    """Whether what was paid stays paid, as it does: the contract holds nothing to give back."""
    plain = says_only(duty, "asset", "conditions", "recipient")
    ended = all(
        one.kind == "event" and one.action in ("cancel", "terminate") for one in duty.conditions
    )
    kept = duty.action == "keep" or (
        duty.action in ("refund", "return") and duty.modality == "must_not"
    )
    return kept and plain and ended and (duty.asset or "").endswith(_FEES)


def _is_right(duty: Obligation, subscribers: set[str | None]) -> bool:
    right = duty.modality == "may" and duty.action in ("subscribe", "renew")
    plain = duty.asset in SUBSCRIPTION and says_only(duty, "asset")
    return right and plain and duty.actor in subscribers
