"""Rights to end an agreement, and what is deemed done: which there are, and their names."""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.blocks.clauses import acts
from assay.authoring.blocks.clauses.duties import Duty, duties
from assay.authoring.blocks.clauses.several import ENDINGS, NOT_ONE, is_right_to_end
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


def name_of_right(specification: Specification, index: int, duty: Obligation) -> str:
    """Of the function by which it is used; no two are the same."""
    wanted, before = act_name(duty), 0
    for other in rights(specification):
        if other == (index, duty):
            break
        before += act_name(other[1]) == wanted
    return f"{wanted}{before + 1}" if before else wanted


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
