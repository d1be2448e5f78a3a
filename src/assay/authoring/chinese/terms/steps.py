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
    """The same, where a payment for a lower step ends at the step above it."""
    made = list(obligations)
    for at, lower in enumerate(made):
        above = [
            found
            for one in made
            if (found := _above(text, lower, one)) is not None and one is not lower
        ]
        if above:
            nearest = min(above, key=lambda one: abs(_size(one.value) - _size(_step(lower))))
            made[at] = lower.model_copy(update={"conditions": (*lower.conditions, nearest)})
    return made


def _above(text: str, lower: Obligation, other: Obligation) -> Condition | None:
    """Where the step of one duty ends: the bound from which another pays another amount."""
    same = ("actor", "action", "asset", "share_of", "recipient", "modality", "recurrence")
    alike = all(getattr(lower, name) == getattr(other, name) for name in same)
    paid = lower.amount is not None and other.amount is not None and lower.amount != other.amount
    if not (alike and paid and lower.action in {"pay", "refund"} and lower.modality == "must"):
        return None
    first, second = sorted((lower, other), key=lambda one: one.span)
    behind = text[first.span[0] : second.span[1]]
    if lower.recurrence or _END.search(behind) or _BESIDES.search(text[slice(*second.span)]):
        return None
    bounds = [(one, _bound_with(one, other)) for one in lower.conditions]
    found = [(one, bound) for one, bound in bounds if bound is not None]
    if len(found) != 1 or len(lower.conditions) != len(other.conditions):
        return None
    step, bound = found[0]
    rises = step.comparator in _UP
    opposite = {**_UP, **_DOWN}[step.comparator or ">"]
    beyond = (
        _size(bound.value) > _size(step.value) if rises else _size(bound.value) < _size(step.value)
    )
    return (
        step.model_copy(update={"comparator": opposite, "value": bound.value}) if beyond else None
    )


def _bound_with(one: Condition, other: Obligation) -> Condition | None:
    """The bound of another duty on what this one is a bound on."""
    if one.kind not in {"comparison", "oracle"} or one.comparator not in {**_UP, **_DOWN}:
        return None
    named = ("kind", "subject", "comparator", "asset", "actor", "negated")
    for condition in other.conditions:
        if all(getattr(one, name) == getattr(condition, name) for name in named):
            return condition if condition.value != one.value and _size(condition.value) else None
    return None


def _step(duty: Obligation) -> str | None:
    return next(
        (one.value for one in duty.conditions if one.kind in {"comparison", "oracle"}), None
    )


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
