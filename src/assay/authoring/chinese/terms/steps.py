"""Steps of a scale: 超过2小时赔50元,超过4小时赔100元 pays for the highest step only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from assay.authoring.model import Comparator, Condition, Obligation

_UP: dict[Comparator, Comparator] = {">": "<=", ">=": "<"}
_DOWN: dict[Comparator, Comparator] = {"<": ">=", "<=": ">"}
_BESIDES = re.compile("[再另还又加]|额外|此外")
_END = re.compile("[。!?\n]")
_LENGTH = re.compile(r"P(T?)(\d+(?:\.\d+)?)([YMWDHS])")
_SECONDS = {
    "Y": 31536000, "M": 2628000, "W": 604800, "D": 86400, "TH": 3600, "TM": 60, "TS": 1,
}  # fmt: skip


def with_steps(text: str, obligations: Sequence[Obligation]) -> list[Obligation]:
    """The same, where a payment for one step ends at the next, and is due as often as it."""
    made = list(obligations)
    for at, one in enumerate(obligations):
        others = [other for other in obligations if other is not one]
        above = [end for other in others if (end := _end_of(text, one, other)) is not None]
        if above:
            start = _step(one)
            nearest = min(above, key=lambda end: abs(_size(end.value) - start))
            made[at] = made[at].model_copy(update={"conditions": (*one.conditions, nearest)})
        often = next((other.recurrence for other in others if _are_steps(text, other, one)), None)
        if one.recurrence is None and often is not None:
            made[at] = made[at].model_copy(update={"recurrence": often})
    return made


def _are_steps(text: str, first: Obligation, second: Obligation) -> bool:
    """Whether both pay another amount of the same, one behind the other in one sentence."""
    same = ("actor", "action", "asset", "share_of", "recipient", "modality")
    alike = all(getattr(first, name) == getattr(second, name) for name in same)
    paid = first.amount is not None and second.amount is not None and first.amount != second.amount
    if not (alike and paid and first.action in {"pay", "refund"} and first.modality == "must"):
        return False
    words = text[slice(*second.span)]
    between = text[first.span[0] : second.span[1]]
    follows = first.span < second.span and second.recurrence in {None, first.recurrence}
    bounds = [one for one in first.conditions if _bound_with(one, second) is not None]
    whole = len(bounds) == 1 and len(first.conditions) == len(second.conditions)
    return follows and whole and not (_END.search(between) or _BESIDES.search(words))


def _end_of(text: str, one: Obligation, other: Obligation) -> Condition | None:
    """Where the step of one duty ends: the bound from which another pays another amount."""
    if not (_are_steps(text, one, other) or _are_steps(text, other, one)):
        return None
    for step in one.conditions:
        bound = _bound_with(step, other)
        if bound is None or step.comparator is None:
            continue
        rises = _size(bound.value) > _size(step.value)
        ends = _UP if rises else _DOWN
        if step.comparator in ends:
            end = {"comparator": ends[step.comparator], "value": bound.value}
            return step.model_copy(update=end)
    return None


def _bound_with(one: Condition, other: Obligation) -> Condition | None:
    """The bound of another duty on what this one is a bound on."""
    if one.kind not in {"comparison", "oracle"} or one.comparator not in {**_UP, **_DOWN}:
        return None
    named = ("kind", "subject", "comparator", "asset", "actor", "negated")
    for condition in other.conditions:
        if all(getattr(one, name) == getattr(condition, name) for name in named):
            return condition if condition.value != one.value and _size(condition.value) else None
    return None


def _step(duty: Obligation) -> Decimal:
    kinds = {"comparison", "oracle"}
    return next((_size(one.value) for one in duty.conditions if one.kind in kinds), Decimal(0))


def _size(value: str | None) -> Decimal:
    """How much or how long a bound is; nothing where that cannot be told."""
    length = _LENGTH.fullmatch(value or "")
    if length is not None:
        unit = length[3] if length[3] in "YWD" else length[1] + length[3]
        return Decimal(length[2]) * _SECONDS[unit]
    try:
        return Decimal(value or "0")
    except InvalidOperation:
        return Decimal(0)
