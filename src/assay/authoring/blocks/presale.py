"""Sale whose proceeds the contract keeps: the seller's once enough has come in, else refunded.

"Buyers pay 0.02 USDC for each token. If less than 200,000 USDC has come in by 30 April, they are
refunded; otherwise the Foundation may withdraw the funds after 7 May." Each buyer fetches the own
refund, so that nobody can stand in the way of the others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil

from assay.authoring.blocks.crowdfunding import Campaign, is_goal, is_later, sort_by_goal
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.model import Claim
from assay.authoring.blocks.nouns import POT
from assay.authoring.blocks.sale import LISTING, Offer, purchase_of, read_offer
from assay.authoring.blocks.saying import point, says_only
from assay.authoring.blocks.terms import (
    CALLER,
    DUE,
    NOW,
    ZERO,
    at_least,
    at_most,
    define,
    differ,
    less,
    minus,
    more,
    plus,
)
from assay.authoring.model import Specification
from assay.authoring.program.expressions import Held, Lookup, Type
from assay.authoring.program.model import (
    Emit,
    Invariant,
    Let,
    Pull,
    Push,
    Require,
    Set,
    Statement,
)


@dataclass
class Presold:
    """What the clauses say of one: the sale, and what becomes of the money."""

    offer: Offer
    campaign: Campaign = field(default_factory=Campaign)

    @property
    def obligations(self) -> tuple[int, ...]:
        """All of them, ascending."""
        return tuple(sorted({*self.offer.obligations, *self.campaign.obligations}))

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing or said twice in different ways."""
        offer, campaign = self.offer, self.campaign
        if not (offer.is_whole and offer.is_held) or campaign.odd or len(campaign.payees) != 1:
            return False
        ends = campaign.ends | offer.closes
        ((_, money, _),) = offer.prices
        goals = {asset for _, _, asset in campaign.goals}
        free = not campaign.goals and not campaign.refunding
        bound = goals == {money} and len(campaign.goals) == 1 and bool(campaign.refunding)
        ended = len(ends) == 1 or (free and not ends)
        return bool(campaign.taking) and (free or bound) and ended and len(campaign.after) <= 1


class Presale:
    """Sells tokens and keeps what comes in."""

    name = "presale"
    text = "Tokens are sold; what came in is free once a goal is reached, and else refunded."

    def claims(self, specification: Specification, free: frozenset[int]) -> tuple[Claim, ...]:
        """The whole sale, or nothing where a part of it is not known."""
        found = read_presale(specification, free)
        return (Claim(self.name, found.obligations),) if found.is_whole else ()

    def add(self, draft: Draft, claim: Claim) -> tuple[tuple[int, str], ...]:
        """To buy, to take the money, and to get it back."""
        found = read_presale(draft.specification, frozenset(claim.obligations))
        maker = _Maker(draft, found)
        buy, take = maker.buy(), maker.take()
        listing = found.offer.listing
        kept = [(index, LISTING if index in listing else buy) for index in found.offer.obligations]
        kept += [(index, take) for index in (*found.campaign.taking, *found.campaign.forbidding)]
        if found.campaign.refunding:
            refund = maker.refund()
            kept += [(index, refund) for index in found.campaign.refunding]
        return tuple(kept)


class _Maker:
    def __init__(self, draft: Draft, found: Presold) -> None:
        self._draft, self._found = draft, found
        self._purchase = purchase_of(draft, found.offer)
        ((_, money, _),) = found.offer.prices
        self._asset = draft.asset(money).name
        self._raised = draft.variable("raised", text="What was paid and not refunded")
        self._taken = draft.variable("takenOut", text="What was taken of it")
        self._mine = Lookup("paidIn", CALLER)
        if found.campaign.refunding:
            ((comparator, value, _),) = found.campaign.goals
            goal = draft.amount("goal", value, money)
            (end,) = found.campaign.ends | found.offer.closes
            self._end = point(draft, "sale ends", end)
            reached, missed = (more, at_most) if comparator == ">" else (at_least, less)
            self._reached = reached(self._raised, goal)
            self._missed = missed(self._raised, goal)
            for most in found.offer.each:
                price = Decimal(next(iter(found.offer.prices))[0])
                draft.need(ceil(Decimal(value) / (Decimal(most) * price)) + 1)
            draft.variable("paidIn", key=Type.ADDRESS, text="What a buyer can be refunded")
        held = at_least(plus(Held(self._asset), self._taken), self._raised)
        draft.keep(Invariant("ProceedsAreHeld", held, "What buyers paid is there."))

    def buy(self) -> str:
        """Against the price, which stays here."""
        cost = self._purchase.cost
        changes: list[Statement] = [Set("raised", plus(self._raised, cost))]
        if self._found.campaign.refunding:
            changes.append(Set("paidIn", plus(self._mine, cost), CALLER))
        return self._purchase.define(tuple(changes), Pull(self._asset, cost))

    def take(self) -> str:
        """What came in and was not taken before, once nobody can be refunded any more."""
        campaign = self._found.campaign
        (payee,) = campaign.payees
        after = [point(self._draft, "funds free", one) for one in campaign.after]
        body: list[Statement] = [Require(more(NOW, one), "TooEarly", (NOW, one)) for one in after]
        if campaign.refunding:
            body.append(Require(self._reached, "GoalNotReached", (self._raised,)))
        body += [
            Let("due", minus(self._raised, self._taken)),
            Require(differ(DUE, ZERO), "NothingToTake"),
            Set("takenOut", self._raised),
            Emit("FundsTaken", (("amount", DUE),)),
            Push(self._asset, self._draft.expression_of(payee), DUE),
        ]
        callers = () if campaign.pushed else self._draft.caller_of(payee)
        return define(self._draft, "take funds", body, campaign.taking, callers=callers)

    def refund(self) -> str:
        """After the end, where too little came in."""
        body: list[Statement] = [
            Require(more(NOW, self._end), "SaleStillRuns", (NOW,)),
            Require(self._missed, "GoalReached", (self._raised,)),
            Let("due", self._mine),
            Require(differ(DUE, ZERO), "NothingToRefund"),
            Set("paidIn", ZERO, CALLER),
            Set("raised", minus(self._raised, DUE)),
            Emit("BuyerRefunded", (("buyer", CALLER), ("amount", DUE))),
            Push(self._asset, CALLER, DUE),
        ]
        return define(self._draft, "refund buyer", body, self._found.campaign.refunding)


def read_presale(specification: Specification, free: frozenset[int]) -> Presold:
    """The sale that obligations speak of, and what they say of its proceeds."""
    found = Presold(read_offer(specification, free))
    campaign, all_ = found.campaign, specification.obligations
    for index in sorted(free - set(found.offer.obligations)):
        duty = all_[index]
        goals = [one for one in duty.conditions if is_goal(one)]
        if len(goals) == 1:
            sort_by_goal(specification, campaign, index, goals[0])
        elif duty.action == "withdraw" and duty.modality == "may" and duty.asset in POT:
            campaign.taking.append(index)
            campaign.payees |= {duty.actor} if duty.actor else set()
            campaign.after |= {str(one.value) for one in duty.conditions}
            plain = says_only(duty, "asset", "recipient", "conditions")
            campaign.odd |= not (plain and all(map(is_later, duty.conditions)))
            campaign.odd |= duty.recipient not in (None, duty.actor)
    return found
