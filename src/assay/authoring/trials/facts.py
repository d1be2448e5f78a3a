"""Facts that were told: consents that were given, and values that a source has reported."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assay.authoring.blocks.guards.readings import (
    is_repeated,
    is_word,
    number_of,
    places_of,
    report_name,
    since,
    times_of,
)
from assay.authoring.blocks.moments import is_duration, later, turn
from assay.authoring.blocks.naming import capitalised, identifier
from assay.authoring.model import Condition, Specification
from assay.authoring.trials.cast import START_S
from assay.authoring.trials.steps import Step


def approved(one: Condition, function: str, done: Sequence[Step]) -> bool:
    """Whether enough have agreed to a function, each counted once."""
    name = f"approve{capitalised(function)}"
    if one.value is None:
        name = f"{identifier(one.subject or '')}Approve{capitalised(function)}"
    given = {step.call.caller for step in done if step.call.function == name}
    value, total = one.value or "1", one.total or 1
    wanted = Decimal(value.removesuffix("%"))
    if value.endswith("%"):
        wanted = wanted * total / 100
    return len(given) > wanted if one.comparator == ">" else len(given) >= wanted


def as_reported(
    specification: Specification, one: Condition, done: Sequence[Step], now_s: int
) -> bool:
    """Whether a value was reported, and is as a condition says."""
    name = report_name(specification, one)
    steps = [step for step in done if step.call.function == name]
    if is_word(one):
        return bool(steps) != one.negated
    counted = steps[:1]
    if is_repeated(specification, one):
        counted = [step for step in steps if _counts(specification, one, step.call.now_s)]
    met = any(_is_so(specification, one, step) for step in counted)
    if not one.negated:
        return met
    known = bool(steps)
    if is_repeated(specification, one) and times_of(specification, one):
        known = not _counts(specification, one, now_s, ends_only=True)
    return known and not met


def first_met(specification: Specification, one: Condition, done: Sequence[Step]) -> int | None:
    """When a value was first reported that is as a condition says."""
    for number, step in enumerate(done, 1):
        if step.call.function == report_name(specification, one) and as_reported(
            specification, one, done[:number], step.call.now_s
        ):
            return step.call.now_s
    return None


def _is_so(specification: Specification, one: Condition, step: Step) -> bool:
    found = Decimal(int(step.call.arguments[0])).scaleb(-places_of(specification, one))
    return compare(one.comparator or "=", found, number_of(one), exact=True)


def _counts(
    specification: Specification, one: Condition, at_s: int, *, ends_only: bool = False
) -> bool:
    """Whether a reading at a moment is in the time that the words give."""
    for time in times_of(specification, one):
        operator = since(one, time)
        if ends_only and operator not in ("<", "<="):
            continue
        value = str(time.value)
        limit = later(START_S, value) if is_duration(value) else turn(value, operator)
        if not compare(operator, at_s, limit):
            return False
    return True


def compare(
    comparator: str, left: int | Decimal, right: int | Decimal, *, exact: bool = False
) -> bool:
    """Whether it holds; of moments, `=` is from then on."""
    if comparator == "=" and not exact:
        return left >= right
    return {
        "<": left < right,
        "<=": left <= right,
        "=": left == right,
        ">=": left >= right,
        ">": left > right,
    }[comparator]
