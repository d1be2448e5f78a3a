"""The span in which a quantity is measured holds for every rung of it that is told behind.

"From 10 to 20 May: over 120 mm, 150 USDC; over 300 mm, 400 USDC" asks for the same rain twice. A
rung without any time would be passed by the rain of any day.
"""

from __future__ import annotations

from assay.authoring.blocks.clauses.rungs import ladders
from assay.authoring.model import Condition, Obligation, Specification


def with_shared_spans(specification: Specification) -> Specification:
    """The same, with the first rung's times in those that have none."""
    obligations = list(specification.obligations)
    for ladder in ladders(specification):
        index, first = min(ladder, key=lambda one: one[1].span)
        times = _times(first)
        for number, duty in ladder:
            if number != index and times and _is_undated(duty):
                conditions = (*times, *duty.conditions)
                obligations[number] = duty.model_copy(update={"conditions": conditions})
    return specification.model_copy(update={"obligations": tuple(obligations)})


def _times(duty: Obligation) -> tuple[Condition, ...]:
    dated = (one for one in duty.conditions if one.kind == "time" and one.subject is None)
    return tuple(one for one in dated if not one.negated)


def _is_undated(duty: Obligation) -> bool:
    return duty.deadline is None and not any(one.kind == "time" for one in duty.conditions)
