"""What is accepted where several things are delivered: "once the bed is delivered and accepted".

with_accepted_things(specification)
"""

from __future__ import annotations

from assay.authoring.model import Condition, Obligation, Specification

_HANDED = frozenset({"deliver", "supply", "provide"})
_JUDGED = frozenset({"accept", "reject", "approve", "inspect"})
_SEVERAL = 2


def with_accepted_things(specification: Specification) -> Specification:
    """The same, where each acceptance is of what is delivered beside it, if things differ."""
    things = {
        one.asset
        for duty in specification.obligations
        for one in duty.conditions
        if one.action in _HANDED and one.asset
    }
    if len(things) < _SEVERAL:
        return specification
    obligations = tuple(_of_thing(one) for one in specification.obligations)
    return specification.model_copy(update={"obligations": obligations})


def _of_thing(duty: Obligation) -> Obligation:
    handed = {one.asset for one in duty.conditions if one.action in _HANDED and one.asset}
    if len(handed) != 1:
        return duty
    (thing,) = handed
    return duty.model_copy(
        update={"conditions": tuple(_judged(one, thing) for one in duty.conditions)}
    )


def _judged(one: Condition, thing: str | None) -> Condition:
    bare = one.kind in ("event", "breach") and one.action in _JUDGED and one.asset is None
    return one.model_copy(update={"asset": thing}) if bare else one
