"""How many times something recurs whose first and last days are dates.

    with_counted_series(specification)   # "monthly from 1 March until 31 August 2027": 6 times

A chain counts a twelfth of a year for a month, and would let a seventh payment in on 31 August.
Nor is a whole number of periods a time to pay one of them in: "for a year, monthly" is 12 times.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from assay.authoring.blocks.moments import is_duration, months, seconds
from assay.authoring.language.dates import times_between
from assay.authoring.model import Obligation, Specification


def with_counted_series(specification: Specification) -> Specification:
    """The same, with the number of times where a series begins and ends on a date."""
    obligations = tuple(_counted(_of_length(one)) for one in specification.obligations)
    return specification.model_copy(update={"obligations": obligations})


def _counted(one: Obligation) -> Obligation:
    first, last = _day(one, ">=", ">"), _day(one, "<=", "<")
    if first is None or last is None or one.occurrences or one.spread:
        return one
    times = times_between(first.isoformat(), last.isoformat(), one.recurrence or "")
    return one.model_copy(update={"occurrences": times}) if times else one


def _of_length(one: Obligation) -> Obligation:
    """With the number of times that a length of several periods has."""
    if one.occurrences or one.deadline_from or not one.recurrence or one.modality == "must_not":
        return one
    if one.deadline is None or not is_duration(one.deadline):
        return one
    whole, each = months(one.deadline), months(one.recurrence)
    if whole is None or each is None:
        whole, each = seconds(one.deadline), seconds(one.recurrence)
    if whole <= each or whole % each:
        return one
    return one.model_copy(update={"occurrences": whole // each, "deadline": None})


def _day(one: Obligation, on: str, beside: str) -> date | None:
    """The first or the last day of a series; None where it is no date, or not only one."""
    found = [
        (each.value, each.comparator)
        for each in one.conditions
        if each.kind == "time" and each.comparator in (on, beside) and not each.negated
    ]
    if len(found) != 1 or re.fullmatch(r"\d{4}-\d\d-\d\d", found[0][0] or "") is None:
        return None
    day = date.fromisoformat(found[0][0] or "")
    step = timedelta(days=1 if beside == ">" else -1)
    return day + step if found[0][1] == beside else day
