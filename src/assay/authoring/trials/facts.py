"""Facts that were told: consents that were given, and values that a source has reported."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assay.authoring.blocks.naming import capitalised, identifier
from assay.authoring.blocks.reports import places_of, report_name
from assay.authoring.model import Condition, Specification
from assay.authoring.trials.walks import Step


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


def as_reported(specification: Specification, one: Condition, done: Sequence[Step]) -> bool:
    """Whether a value was reported, and is as a condition says."""
    name = report_name(one)
    values = [step.call.arguments[0] for step in done if step.call.function == name]
    if not values:
        return False
    found = Decimal(int(values[0])).scaleb(-places_of(specification, one))
    limit = Decimal((one.value or "0").removesuffix("%"))
    return compare(one.comparator or "=", found, limit, exact=True) != one.negated


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
