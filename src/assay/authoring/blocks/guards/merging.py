"""The conditions of a duty as they belong together: an act, and the time that is said of it.

    merged(duty)  # "if the goods are not delivered by 31 May" is one condition, with the date

A date in the words of an act says when the act is done, and not when money that follows from it may
be fetched: who cancelled in time is paid back whenever somebody calls for it.
"""

from __future__ import annotations

from assay.authoring.blocks.clauses.remembering import remembered_of_each
from assay.authoring.blocks.clauses.several import ENDINGS
from assay.authoring.blocks.guards.readings import own_conditions
from assay.authoring.blocks.moments import is_duration
from assay.authoring.model import Condition, Obligation


@remembered_of_each
def merged(duty: Obligation) -> tuple[Condition, ...]:
    """The conditions, where the date of "not delivered by 31 May" stands with the breach."""
    duty = duty.model_copy(update={"conditions": own_conditions(duty)})
    duty = _dated_acts(_not_ended(_neither_nor(duty)))
    breaches = [one for one in duty.conditions if one.kind == "breach" and one.value is None]
    limits = [
        one
        for one in duty.conditions
        if one.kind == "time" and one.comparator in ("<", "<=") and one.value and not one.negated
    ]
    if len(breaches) != 1 or len(limits) != 1:
        return duty.conditions
    (limit,) = limits
    update = {"value": limit.value, "comparator": "<=", "subject": limit.subject}
    return tuple(
        one.model_copy(update=update) if one in breaches else one
        for one in duty.conditions
        if one is not limit
    )


def _neither_nor(duty: Obligation) -> Obligation:
    """ "Neither accepted nor rejected within 10 days" gives both the same time and thing."""
    timed = [one for one in duty.conditions if one.kind == "breach" and one.value and one.subject]
    if len(timed) != 1:
        return duty
    same = {one: getattr(timed[0], one) for one in ("value", "comparator", "subject")}
    conditions = tuple(
        one.model_copy(update={"asset": one.asset or timed[0].asset, **same})
        if one.kind == "breach" and one.value is None
        else one
        for one in duty.conditions
    )
    return duty.model_copy(update={"conditions": conditions})


def _dated_acts(duty: Obligation) -> Obligation:
    """ "Whoever cancels before 1 May": an act with the one time that stands in its words."""
    conditions = duty.conditions
    for act in duty.conditions:
        times = [one for one in duty.conditions if _is_said_of(one, act)]
        if act.kind != "event" or act.negated or act.value is not None or len(times) != 1:
            continue
        (time,) = times
        told = {one: getattr(time, one) for one in ("value", "comparator", "subject")}
        conditions = tuple(
            act.model_copy(update=told) if one is act else one
            for one in conditions
            if one is not time
        )
    return duty.model_copy(update={"conditions": conditions})


def _is_said_of(time: Condition, act: Condition) -> bool:
    """Whether a time stands within the words of an act, which then was done in it."""
    if time.kind != "time" or time.negated or time.value is None or time.comparator in (None, "="):
        return False
    counts = time.subject is not None or not is_duration(time.value)
    if time.span is None or act.span is None or not counts or act.action == "notify":
        return False
    begins, ends = time.span
    # In Chinese it stands right before the verb: “在5月1日之后取消的”.
    return ends == act.span[0] or (act.span[0] <= begins and ends <= act.span[1])


def _not_ended(duty: Obligation) -> Obligation:
    """ "If Kim has not cancelled", without a time: nobody has to cancel, so that none is late."""
    limited = any(
        one.kind == "time" and one.comparator in ("<", "<=") and not one.negated
        for one in duty.conditions
    )
    conditions = tuple(
        one.model_copy(update={"kind": "event", "negated": True})
        if one.kind == "breach" and one.action in ENDINGS and one.value is None and not limited
        else one
        for one in duty.conditions
    )
    return duty.model_copy(update={"conditions": conditions})
