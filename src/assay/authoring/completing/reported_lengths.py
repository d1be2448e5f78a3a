"""Lengths that a source reports, "delayed by more than 180 minutes", as numbers of their unit.

    with_counted_lengths(specification)   # value 180 of `delay (minutes)` for PT180M

A report on the chain is a number, so that everybody has to know what it counts.
"""

from __future__ import annotations

import re

from assay.authoring.model import Condition, Obligation, Specification

_LENGTH = re.compile(r"P(?:(\d+)([YMWD])|T(\d+)([HMS]))")
_UNITS = {
    "en": {"Y": "years", "M": "months", "W": "weeks", "D": "days"},
    "zh": {"Y": "年", "M": "个月", "W": "周", "D": "天"},
}
_CLOCK = {
    "en": {"H": "hours", "M": "minutes", "S": "seconds"},
    "zh": {"H": "小时", "M": "分钟", "S": "秒"},
}


def with_counted_lengths(specification: Specification) -> Specification:
    """The same, with what is reported as a number and its unit in the name of the fact."""
    obligations = tuple(_counted(one, specification.language) for one in specification.obligations)
    return specification.model_copy(update={"obligations": obligations})


def _counted(one: Obligation, language: str) -> Obligation:
    conditions = tuple(_as_number(each, language) for each in one.conditions)
    otherwise = _counted(one.otherwise, language) if one.otherwise else None
    return one.model_copy(update={"conditions": conditions, "otherwise": otherwise})


def _as_number(condition: Condition, language: str) -> Condition:
    found = _LENGTH.fullmatch(condition.value or "") if condition.kind == "oracle" else None
    if found is None or condition.subject is None:
        return condition
    day, day_unit, clock, clock_unit = found.groups()
    unit = _UNITS[language][day_unit] if day else _CLOCK[language][clock_unit]
    subject = f"{condition.subject} ({unit})"
    return condition.model_copy(update={"value": day or clock, "subject": subject})
