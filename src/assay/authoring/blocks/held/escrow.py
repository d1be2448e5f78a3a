"""Held money: paid in once, and let out by every clause that says when, how much and to whom.

Escrow, milestones out of a sum, a security deposit, a time lock, cover that is paid out on a
reported value, payment after k of n consents: all are a pot whose ways out differ in conditions.
The sums that go out are fixed when the contract is written; of shares that make up the whole the
last takes what rounding leaves. A token that takes a fee of every transfer is not supported: the
contract would hold less than was agreed.
"""

from __future__ import annotations

from assay.authoring.blocks.clauses.sums import pots
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.held.letting_out import HeldPot, caps_of, prices_of
from assay.authoring.blocks.model import Claim
from assay.authoring.model import Specification


class Escrow:
    """Holds a sum and lets it out as the clauses say."""

    name = "escrow"
    text = (
        "Money held by the contract and let out on acts, dates, consents or reports: escrow, "
        "milestones, security deposits, time locks, cover."
    )

    def claims(self, specification: Specification, free: frozenset[int]) -> tuple[Claim, ...]:
        """Every deposit with a way out, and its ways out."""
        found = []
        for pot in pots(specification):
            indices = tuple(
                sorted(
                    {
                        pot.index,
                        *(index for index, _ in pot.outflows),
                        *caps_of(specification, pot),
                        *(price for price, _ in prices_of(specification, pot)),
                    }
                )
            )
            if pot.outflows and set(indices) <= free:
                found.append(Claim(self.name, indices))
        return tuple(found)

    def add(self, draft: Draft, claim: Claim) -> tuple[tuple[int, str], ...]:
        """A function that takes the money, and one for each way out."""
        pot = next(
            one
            for one in pots(draft.specification)
            if one.index in claim.obligations and one.outflows
        )
        return HeldPot(draft, pot).add()
