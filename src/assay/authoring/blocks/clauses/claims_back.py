"""What somebody has paid and may claim back: who received it owes it, by its own means.

"If the designer has not delivered by May, the client may claim the advance back": once the advance
was paid, and in that case alone, the designer owes the same sum. Nobody can be made to call.
"""

from __future__ import annotations

from assay.authoring.model import Condition, Obligation, Specification


def claimed_back(specification: Specification, duty: Obligation) -> Obligation:
    """A claim for one payment that was made, as the duty of who received it; else as it is."""
    plain = duty.action == "claim" and duty.modality == "may" and duty.amount is None
    if not plain or duty.asset is None or not duty.conditions:
        return duty
    found = [one for one in specification.obligations if _was_paid(specification, duty, one)]
    if len(found) != 1:
        return duty
    (paid,) = found
    words = specification.text[slice(*paid.span)]
    before = Condition(
        kind="event",
        text=words,
        span=paid.span,
        actor=paid.actor,
        action="pay",
        amount=paid.amount,
        asset=paid.asset,
        recipient=paid.recipient,
    )
    owed = {"actor": paid.recipient, "recipient": duty.actor, "action": "pay", "modality": "must"}
    sum_ = {"amount": paid.amount, "asset": paid.asset}
    return duty.model_copy(
        update={**owed, **sum_, "conditions": (*duty.conditions, before), "deadline": None}
    )


def _was_paid(specification: Specification, claim: Obligation, one: Obligation) -> bool:
    """Whether it is a single payment of the claimant to a party, which its clause calls so."""
    words = specification.text[slice(*one.span)].casefold()
    party = one.recipient not in (None, "contract", claim.actor)
    single = one.recurrence is None and one.amount is not None and one.asset != "%"
    made = one.action == "pay" and one.modality == "must" and one.limit == "exact"
    named = claim.recipient in (None, one.recipient) and str(claim.asset).casefold() in words
    return party and single and made and named and one.actor == claim.actor
