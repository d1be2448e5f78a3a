"""Dates and durations of a specification in seconds, as a block's time counts them.

>>> seconds("P30D"), seconds("P1M"), seconds("PT48H")
(2592000, 2628000, 172800)
>>> seconds("P48M") == seconds("P4Y")
True
>>> moment("2026-12-31") == moment("2026-12-31T23:59:59+00:00")
True

What begins at a known moment counts months by the calendar, in UTC (`later`, `passed`), so that 48
of them end on the day on which they began. Where only a length is known, like that of a delay, a
year counts 365 days and a month a twelfth of it. A date without a time zone ends at midnight UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.program.calendar import months_after, months_between

DAY_S = 86_400
YEAR_S = 365 * DAY_S
MONTH_S = YEAR_S // 12
_DURATION = re.compile(
    r"P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?\Z"
)
_LENGTHS_S = {
    "years": YEAR_S,
    "months": MONTH_S,
    "weeks": 7 * DAY_S,
    "days": DAY_S,
    "hours": 3_600,
    "minutes": 60,
    "seconds": 1,
}


def is_duration(text: str) -> bool:
    """Whether it is a duration and not a date."""
    return text.startswith("P")


def seconds(duration: str) -> int:
    """Of an ISO 8601 duration.

    Raises:
        NotBuildable: it is none, or nothing at all.
    """
    found = _DURATION.match(duration)
    if not found or not any(found.groupdict().values()):
        raise NotBuildable(duration, "it is no ISO 8601 duration")
    return sum(_LENGTHS_S[unit] * int(count) for unit, count in found.groupdict().items() if count)


def months(duration: str) -> int | None:
    """Of an ISO 8601 duration of whole months or years; None of any other.

    >>> months("P1M"), months("P1Y6M"), months("P30D")
    (1, 18, None)
    """
    found = _DURATION.match(duration)
    told = {unit: int(count) for unit, count in found.groupdict().items() if count} if found else {}
    whole = bool(told) and told.keys() <= {"years", "months"}
    return told.get("years", 0) * 12 + told.get("months", 0) if whole else None


def later(moment_s: int, duration: str, times: int = 1) -> int:
    """So many durations after a moment."""
    counted = months(duration)
    if counted is None:
        return moment_s + times * seconds(duration)
    return months_after(moment_s, times * counted)


def passed(since_s: int, duration: str, until_s: int) -> int:
    """How many whole durations have passed from one moment to another."""
    counted = months(duration)
    if counted is None:
        return max(0, until_s - since_s) // seconds(duration)
    return months_between(since_s, until_s) // counted


def begins(text: str) -> int:
    """Of an ISO 8601 date its first second; of a date-time as `moment`.

    Raises:
        NotBuildable: it is neither.
    """
    return moment(text) - (DAY_S - 1 if len(text) == len("2026-12-31") else 0)


def turn(text: str, comparator: str) -> int:
    """Where a comparison of the time with a date turns round: "before" and "from" at its beginning.

    >>> turn("2026-12-31", "<=") - turn("2026-12-31", ">=")
    86399
    """
    return begins(text) if comparator in ("<", ">=", "=") else moment(text)


def moment(text: str) -> int:
    """Of an ISO 8601 date or date-time, in seconds since 1970; a date is its last second.

    Raises:
        NotBuildable: it is neither.
    """
    try:
        if len(text) == len("2026-12-31"):
            found = datetime.combine(date.fromisoformat(text), time(23, 59, 59), UTC)
        else:
            found = datetime.fromisoformat(text)
    except ValueError:
        raise NotBuildable(text, "it is no ISO 8601 date") from None
    if found.tzinfo is None:
        found = found.replace(tzinfo=UTC)
    return int(found.timestamp())
