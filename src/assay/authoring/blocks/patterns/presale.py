"""Sale whose proceeds the contract keeps: the seller's once enough has come in, else refunded.

"Buyers pay 0.02 USDC for each token. If less than 200,000 USDC has come in by 30 April, they are
refunded; otherwise the Foundation may withdraw the funds after 7 May." Each buyer fetches the own
refund, so that nobody can stand in the way of the others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil

from assay.authoring.blocks.clauses.nouns import POT
from assay.authoring.blocks.clauses.saying import says_only
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.model import Claim
from assay.authoring.blocks.patterns.campaign import Campaign, is_goal, is_later, sort_by_goal
from assay.authoring.blocks.patterns.proceeds import Proceeds, Wording
from assay.authoring.blocks.patterns.sale import LISTING, Offer, purchase_of, read_offer
from assay.authoring.model import Specification
from assay.authoring.program.model import Pull

WORDING = Wording(
    raised="What was paid and not refunded",
    kept="What buyers paid is there.",
    paid="paidIn",
    paid_text="What a buyer can be refunded",
    payer="buyer",
    refund="refund buyer",
    refunded="BuyerRefunded",
    running="SaleStillRuns",
    end="sale ends",
    invariant="ProceedsAreHeld",
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
        offer, campaign = found.offer, found.campaign
        ((price, money, _),) = offer.prices
        purchase = purchase_of(draft, offer)
        ends = campaign.ends | offer.closes if campaign.refunding else ()
        proceeds = Proceeds(draft, campaign, money, WORDING, end=next(iter(ends), None))
        for most in offer.each if campaign.refunding else ():
            ((_, goal, _),) = campaign.goals
            draft.need(ceil(Decimal(goal) / (Decimal(most) * Decimal(price))) + 1)
        counted = tuple(proceeds.count(purchase.cost))
        buy = purchase.define(counted, Pull(proceeds.asset, purchase.cost))
        take = proceeds.take()
        listing = found.offer.listing
        kept = [(index, LISTING if index in listing else buy) for index in found.offer.obligations]
        kept += [(index, take) for index in (*found.campaign.taking, *found.campaign.forbidding)]
        if found.campaign.refunding:
            refund = proceeds.refund()
            kept += [(index, refund) for index in found.campaign.refunding]
        return tuple(kept)


def read_presale(specification: Specification, free: frozenset[int]) -> Presold:
    """The sale that obligations speak of, and what they say of its proceeds."""
    found = Presold(read_offer(specification, free))
    campaign, all_ = found.campaign, specification.obligations
    campaign.givers = found.offer.buyers
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
