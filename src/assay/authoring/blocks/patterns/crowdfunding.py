"""Crowdfunding: many contribute until a date, one takes all if a goal is reached, else all go back.

"Contributors may contribute until 31 December. If the goal of 100,000 USDC is reached, the Founder
may withdraw the funds. Otherwise they are refunded." Each contributor fetches the own refund, so
that nobody can stand in the way of the others.
"""

from __future__ import annotations

from decimal import Decimal
from math import ceil

from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.model import Claim
from assay.authoring.blocks.patterns.campaign import Campaign, read_campaign
from assay.authoring.blocks.patterns.proceeds import Proceeds, Wording
from assay.authoring.blocks.terms import (
    AMOUNT,
    CALLER,
    GIVEN_AMOUNT,
    NOW,
    ONE,
    at_least,
    at_most,
    define,
    plus,
)
from assay.authoring.model import Specification
from assay.authoring.program.model import Emit, Pull, Require, Statement

WORDING = Wording(
    raised="What was contributed and not refunded",
    kept="No contribution is lost.",
    paid="contributed",
    paid_text="",
    payer="contributor",
    refund="refund contribution",
    refunded="ContributionRefunded",
    running="CampaignStillRuns",
    end="campaign end",
    invariant="ContributionsAreHeld",
)


class Crowdfunding:
    """Collects for a goal."""

    name = "crowdfunding"
    text = "Contributions until a date: one takes all if the goal is reached, else all go back."

    def claims(self, specification: Specification, free: frozenset[int]) -> tuple[Claim, ...]:
        """The whole campaign, or nothing where a part of it is not known."""
        found = read_campaign(specification, free)
        return (Claim(self.name, found.obligations),) if found.is_whole else ()

    def add(self, draft: Draft, claim: Claim) -> tuple[tuple[int, str], ...]:
        """To contribute, to take the money, and to get it back."""
        found = read_campaign(draft.specification, frozenset(claim.obligations))
        ((_, _, money),) = found.goals
        (end,) = found.ends
        proceeds = Proceeds(draft, found, money, WORDING, end=end)
        contribute = _contribute(draft, found, money, proceeds)
        take, refund = proceeds.take(), proceeds.refund()
        kept = [(index, contribute) for index in found.contributing + found.ending]
        kept += [(index, take) for index in found.taking + found.forbidding]
        kept += [(index, refund) for index in found.refunding]
        return tuple(kept)


def _contribute(draft: Draft, found: Campaign, money: str, proceeds: Proceeds) -> str:
    """Until the end, within the bounds."""
    bounds = [Require(at_least(AMOUNT, ONE), "ContributionTooSmall", (AMOUNT,))]
    if found.least:
        least = draft.amount("least contribution", found.least, money)
        bounds = [Require(at_least(AMOUNT, least), "ContributionTooSmall", (AMOUNT,))]
    if found.most:
        ((_, goal, _),) = found.goals
        draft.need(ceil(Decimal(goal) / Decimal(found.most)) + 1)
        most = draft.amount("most contribution", found.most, money)
        total = plus(proceeds.mine, AMOUNT)
        bounds.append(Require(at_most(total, most), "ContributionTooLarge", (AMOUNT,)))
    body: list[Statement] = [
        Require(at_most(NOW, proceeds.end), "CampaignOver", (NOW,)),
        *bounds,
        *proceeds.count(AMOUNT),
        Emit("Contributed", (("contributor", CALLER), ("amount", AMOUNT))),
        Pull(proceeds.asset, AMOUNT),
    ]
    return define(draft, "contribute", body, found.contributing, arguments=GIVEN_AMOUNT)
