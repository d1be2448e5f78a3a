"""Consent to a thing that other clauses let be rejected, or deem approved: an act like these.

"Once the Client approves the work" is consent to a release where nothing else is said of it. Where
the Client may reject the work too, or is deemed to have approved it by keeping silent, it is one
act, so that what is said or deemed of it is said of the same thing.
"""

from __future__ import annotations

import re

from assay.authoring.model import Condition, Obligation, Specification

ASSENTING = frozenset({"accept", "approve", "confirm"})
"""Acts by which somebody is content with a thing; to reject it is the opposite."""

DEEMED = frozenset({"accept", "approve"})
"""What somebody is said to have done by keeping silent."""


def approving(specification: Specification, duty: Obligation) -> Obligation:
    """With approvals as acts, where other clauses speak of the same approval as one."""
    changed = tuple(
        _as_act(specification, one) if _is_by_one(one) else one for one in duty.conditions
    )
    return duty.model_copy(update={"conditions": changed})


def approved_by(duty: Obligation) -> Obligation:
    """ "If two directors approve by 1 June" gives the last day to pay, and not the first."""
    consents = [one for one in duty.conditions if one.kind == "approval" and not one.negated]
    dated = re.fullmatch(r"\d{4}-\d\d-\d\d", duty.deadline or "") is not None
    if duty.actor != "contract" or duty.modality != "must" or not dated:
        return duty
    if not any(_BY.search(one.text) for one in consents):
        return duty
    last = {"kind": "time", "text": f"by {duty.deadline}", "comparator": "<="}
    by = Condition.model_validate({**last, "value": duty.deadline})
    return duty.model_copy(update={"conditions": (*duty.conditions, by), "deadline": None})


_BY = re.compile(r"\b(?:by|before|until|on|(?:no|not) later than)\s*$", re.IGNORECASE)
"""What is left of the time at the end of the words of a consent."""


def _is_by_one(one: Condition) -> bool:
    alone = one.value is None and one.total is None
    return one.kind == "approval" and one.subject is not None and alone


def _as_act(specification: Specification, consent: Condition) -> Condition:
    words = consent.text.casefold()
    things = {
        thing
        for thing in _judged(specification, str(consent.subject))
        if thing is None or thing.casefold() in words
    }
    if len(things) != 1:
        return consent
    return Condition(
        kind="breach" if consent.negated else "event",
        text=consent.text,
        span=consent.span,
        actor=consent.subject,
        action="approve",
        asset=things.pop(),
    )


def _judged(specification: Specification, party: str) -> set[str | None]:
    """What a party may reject, or is deemed to approve."""
    rejected = {
        one.asset
        for duty in specification.obligations
        for one in (duty, *duty.conditions)
        if one.action == "reject" and one.actor in (party, None)
    }
    return rejected | {
        duty.asset
        for duty in specification.obligations
        if duty.actor == "contract" and duty.action in DEEMED and duty.conditions
    }
