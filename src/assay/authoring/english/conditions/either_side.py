"""A measure on either side of a range: "below 10 or above 20" gives two ways to owe the same.

No value is both, so that nobody has to be asked whether all of it has to hold.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from assay.authoring.english.drafts import Draft
from assay.authoring.model import Condition, Obligation

_BELOW, _ABOVE = frozenset({"<", "<="}), frozenset({">", ">="})


def on_each_side(draft: Draft, made: list[Obligation]) -> list[Obligation]:
    """The obligations of a clause, once for each side; what was asked about it goes."""
    asked = [doubt for doubt in draft.doubts if doubt.kind == "either_condition"]
    sides = _sides(draft.conditions) if len(asked) == 1 else None
    if sides is None:
        return made
    draft.doubts.remove(asked[0])
    return [
        duty.model_copy(update={"conditions": tuple(_with_only(duty, one, sides))})
        for duty in made
        for one in sides
    ]


def _with_only(duty: Obligation, side: Condition, sides: tuple[Condition, ...]) -> list[Condition]:
    """The conditions of a duty with one of the sides, which both have one source and unit."""
    source = next((one.actor for one in sides if one.actor), None)
    unit = next((one.asset for one in sides if one.asset), None)
    told = side.model_copy(update={"actor": source, "asset": side.asset or unit})
    return [told if one == side else one for one in duty.conditions
            if one == side or one not in sides]  # fmt: skip


def _sides(conditions: list[Condition]) -> tuple[Condition, Condition] | None:
    """Two comparisons of the same subject that no value fulfils both of."""
    for first in conditions:
        for second in conditions:
            if first.subject != second.subject or first.negated or second.negated:
                continue
            low, high = _number(first), _number(second)
            apart = first.comparator in _BELOW and second.comparator in _ABOVE
            if apart and low is not None and high is not None and low < high:
                both = [one for one in conditions if one in (first, second)]
                return both[0], both[1]
    return None


def _number(item: Condition) -> Decimal | None:
    if item.kind not in ("comparison", "oracle") or item.value is None:
        return None
    try:
        return Decimal(item.value)
    except InvalidOperation:
        return None
