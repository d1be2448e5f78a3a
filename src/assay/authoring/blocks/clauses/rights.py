"""Rights to end an agreement, and what is deemed done: which there are, and their names."""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.blocks.clauses import acts
from assay.authoring.blocks.clauses.duties import Duty, duties
from assay.authoring.blocks.clauses.several import ENDINGS, NOT_ONE, is_right_to_end
from assay.authoring.blocks.moments import is_duration
from assay.authoring.blocks.naming import act_name, identifier
from assay.authoring.model import Act, Condition, Obligation, Specification


def rights(specification: Specification) -> Iterator[Duty]:
    """All of them; one that each party has alone, once for each."""
    yield from (one for one in duties(specification) if is_right_to_end(one[1]))


def rights_to(specification: Specification, act: Act) -> tuple[Duty, ...]:
    """Those by which an end that a clause speaks of may have come about."""
    if act.action not in ENDINGS:
        return ()
    anybody = act.model_copy(update={"actor": None}) if act.actor in NOT_ONE else act
    return tuple(one for one in rights(specification) if acts.same(one[1], anybody))


def awaiting(specification: Specification, right: Obligation) -> Iterator[Condition]:
    """Conditions that this right can bring about."""
    for _, duty in duties(specification):
        for condition in duty.conditions:
            waits = condition.kind == "event" and condition.action in ENDINGS
            if waits and any(one == right for _, one in rights_to(specification, condition)):
                yield condition


def notice_of(duty: Obligation) -> Condition | None:
    """By which it is used: the notice of whoever has the right."""
    if not is_right_to_end(duty):
        return None
    given = [
        one
        for one in duty.conditions
        if one.kind == "event" and one.action == "notify" and not one.negated
        if one.actor in (None, duty.actor) and (one.value is None or is_duration(one.value))
    ]
    return given[0] if len(given) == 1 else None


def name_of_right(specification: Specification, index: int, duty: Obligation) -> str:
    """Of the function by which it is used; no two are the same."""
    wanted, before = _plain_name(duty), 0
    for other in rights(specification):
        if other == (index, duty):
            break
        before += _plain_name(other[1]) == wanted
    return f"{wanted}{before + 1}" if before else wanted


def _plain_name(right: Obligation) -> str:
    return (
        act_name(right)
        if notice_of(right) is None
        else identifier(f"{identifier(right.actor or '')} give notice")
    )


def is_deemed(duty: Obligation) -> bool:
    """Whether something counts as said though nobody says it."""
    said = duty.action in acts.STATEMENTS and duty.action not in ENDINGS
    return said and duty.actor == "contract" and duty.modality == "must" and bool(duty.conditions)


def deemings_of(specification: Specification, act: Act) -> tuple[str, ...]:
    """Names of functions by which an act counts as done."""
    return tuple(
        name_of_deeming(specification, duty)
        for _, duty in duties(specification)
        if is_deemed(duty) and acts.same(duty.model_copy(update={"actor": act.actor}), act)
    )


def name_of_deeming(specification: Specification, duty: Obligation) -> str:
    """Of the function by which it is recorded."""
    return identifier(f"deem {acts.record_name(specification, duty)}")


def time_name(specification: Specification, act: Act) -> str:
    """Of the variable that holds when the end came that an act means."""
    return f"{act_name(acts.canonical(specification, act))}At"
