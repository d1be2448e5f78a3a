"""What follows where a consent or a report did not come by a date: "if it is not approved by D".

    with_unanswered(specification)

Where one consent, or one report, is what money waits for, its lack by a date is that the date is
past while the money is still there: what was consented to or reported in time comes first.
"""

from __future__ import annotations

from assay.authoring.model import Condition, Obligation, Specification

_GOING_BACK = frozenset({"return", "refund", "release", "withdraw", "claim"})
_MADE = frozenset({"made", "received", "given", "delivered", "issued", "published"})


def with_unanswered(specification: Specification) -> Specification:
    """The same, with such a lack as the time after which it counts."""
    awaited = {
        kind: [
            one
            for duty in specification.obligations
            for one in duty.conditions
            if one.kind == kind and not one.negated
        ]
        for kind in ("approval", "oracle")
    }
    obligations = tuple(
        _dated(duty, consents=len(awaited["approval"]) == 1, reports=len(awaited["oracle"]) == 1)
        if duty.action in _GOING_BACK and duty.modality != "must_not"
        else duty
        for duty in specification.obligations
    )
    return specification.model_copy(update={"obligations": obligations})


def _dated(duty: Obligation, *, consents: bool, reports: bool) -> Obligation:
    if len(duty.conditions) == 1 and consents and _is_unapproved(duty.conditions[0]):
        return duty.model_copy(update={"conditions": (_after(duty.conditions[0]),)})
    times = [one for one in duty.conditions if one.kind == "time" and one.value]
    lacks = [one for one in duty.conditions if _is_unreported(one)]
    alone = len(duty.conditions) == len(times) + len(lacks) == 1 + 1
    if reports and alone and lacks and times and times[0].comparator in ("<", "<="):
        return duty.model_copy(update={"conditions": (_after(times[0]),)})
    return duty


def _is_unapproved(one: Condition) -> bool:
    """Whether "such approval has not been given by D"; of no thing and by nobody else."""
    lacking = one.kind == "breach" or (one.kind == "event" and one.negated)
    bare = one.action == "approve" and one.actor is None and one.asset is None
    return lacking and bare and bool(one.value) and one.comparator in ("<", "<=")


def _is_unreported(one: Condition) -> bool:
    """Whether "no such report has been made"."""
    return one.kind == "state" and one.negated and one.subject == "report" and one.value in _MADE


def _after(one: Condition) -> Condition:
    return Condition(
        kind="time",
        text=one.text,
        span=one.span,
        comparator=">",
        value=one.value,
        subject=one.subject,
    )
