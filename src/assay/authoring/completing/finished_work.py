"""Work that is said to be finished is the work that a clause demands, and no fact of its own.

with_finished_work(specification)

"If the website is not completed by 31 July" speaks of what "the Developer shall complete the
website" demands. Told apart, one party could record the one and not the other.
"""

from __future__ import annotations

from assay.authoring.model import Condition, Obligation, Specification

_FINISHED = frozenset(
    {"completed", "complete", "finished", "done", "ready"}
    | {"完成", "完工", "竣工", "已完成", "已完工", "已竣工", "完毕"}
)


def with_finished_work(specification: Specification) -> Specification:
    """The same, with each such state as the act by which it comes about."""
    obligations = tuple(_told(specification, one) for one in specification.obligations)
    return specification.model_copy(update={"obligations": obligations})


def _told(specification: Specification, duty: Obligation) -> Obligation:
    conditions = [_named(specification, one) for one in duty.conditions]
    for one in tuple(conditions):
        work = _work_of(specification, one)
        if work is None:
            continue
        limits = [each for each in conditions if _limits(each, one)]
        told: dict[str, object] = {"kind": "event", "text": one.text, "span": one.span}
        told |= {"actor": work.actor, "action": work.action, "asset": work.asset}
        if one.negated and len(limits) == 1:
            told |= {"kind": "breach", "comparator": "<=", "value": limits[0].value}
            told |= {"subject": limits[0].subject}
            conditions.remove(limits[0])
        elif one.negated:
            continue
        conditions[conditions.index(one)] = Condition.model_validate(told)
    otherwise = duty.otherwise and _told(specification, duty.otherwise)
    return duty.model_copy(update={"conditions": tuple(conditions), "otherwise": otherwise})


def _named(specification: Specification, act: Condition) -> Condition:
    """工程完工 is the finishing of the 工程, which a clause demands."""
    asset = act.asset or ""
    noun = next((noun for noun in _FINISHED if asset.endswith(noun) and asset != noun), None)
    if act.action != "perform" or noun is None:
        return act
    work = asset.removesuffix(noun)
    demanded = any(
        one.action == "perform" and one.asset == work for one in specification.obligations
    )
    return act.model_copy(update={"asset": work}) if demanded else act


def _work_of(specification: Specification, state: Condition) -> Obligation | None:
    """The one duty whose work it is."""
    if state.kind != "state" or (state.value or "").casefold() not in _FINISHED:
        return None
    found = {
        (one.actor, one.asset): one
        for one in specification.obligations
        if one.action == "perform" and one.modality == "must" and one.asset == state.subject
    }
    return next(iter(found.values())) if len(found) == 1 and state.subject else None


def _limits(time: Condition, state: Condition) -> bool:
    """Whether it tells by when it should have been so."""
    by = time.kind == "time" and time.comparator in ("<", "<=") and time.value is not None
    return by and not time.negated and time.text == state.text
