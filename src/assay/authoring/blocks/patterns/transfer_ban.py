"""Tokens that their holders cannot move yet: "nobody may transfer GLD before 1 May 2027".

Only a token that the contract issues can be held back; what it issues or sends itself is free.
"""

from __future__ import annotations

from assay.authoring.blocks.clauses.nouns import PURCHASER
from assay.authoring.blocks.clauses.saying import SIGNING, opening, says_only
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.model import Claim
from assay.authoring.blocks.patterns.grants import issues_itself
from assay.authoring.blocks.terms import NOW, at_least
from assay.authoring.model import Condition, Obligation, Specification

FUNCTION = "transfer"
_HOLDERS = PURCHASER | {"holder", "token holder", "持币人", "持有人", "代币持有人"}


class TransferBan:
    """Holds tokens in their holders' hands until a time."""

    name = "transfer ban"
    text = "Tokens that the contract issues cannot be moved by their holders before a time."

    def claims(self, specification: Specification, free: frozenset[int]) -> tuple[Claim, ...]:
        """Every ban on moving a token that the contract issues."""
        all_ = specification.obligations
        return tuple(
            Claim(self.name, (index,))
            for index in sorted(free)
            if is_transfer_ban(all_[index]) and issues_itself(specification, all_[index].asset)
        )

    def add(self, draft: Draft, claim: Claim) -> tuple[tuple[int, str], ...]:
        """No function of its own: the token's own transfers ask for the time."""
        (index,) = claim.obligations
        duty = draft.specification.obligations[index]
        assert duty.asset is not None, "it was claimed"
        (until,) = duty.conditions
        begins = opening(draft, "transfers begin", str(until.value))
        draft.move_only(duty.asset, at_least(NOW, begins))
        return ((index, FUNCTION),)


def is_transfer_ban(duty: Obligation) -> bool:
    """Whether nobody may hand on a token before a time."""
    plain = says_only(duty, "asset", "conditions") and duty.actor in _HOLDERS
    banned = duty.modality == "must_not" and duty.action in ("transfer", "sell")
    return plain and banned and len(duty.conditions) == 1 and _is_until(duty.conditions[0])


def _is_until(one: Condition) -> bool:
    timed = one.kind == "time" and one.value is not None and one.subject in SIGNING
    return timed and one.comparator == "<" and not one.negated
