"""Points in time as ISO 8601 spells them.

>>> last_day(2027, 2), with_clock("2027-03-01", "17:00:00", "+08:00")
('2027-02-28', '2027-03-01T17:00:00+08:00')
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as far as the words say it.

    Attributes:
        iso: its date or date-time; None where the words leave it open.
        missing: `year`, `order` (which of two numbers is the month), `week` or `zone`.
        suggestions: what it may mean, likeliest first.
        begins: of a whole month, whose `iso` is its last day, the first.
    """

    iso: str | None
    missing: str | None = None
    suggestions: tuple[str, ...] = ()
    begins: str | None = None


def iso_date(year: int, month: int, day: int) -> str | None:
    """The date, or None where there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def last_day(year: int, month: int) -> str | None:
    """The last day of a month."""
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    return iso_date(year, month, monthrange(year, month)[1])


def with_clock(day: str, clock: str, offset: str) -> str:
    """A date-time of a day, a time `HH:MM:SS` and an offset, which may be empty."""
    return f"{day}T{clock}{offset}"


_LENGTH = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")


def last_day_of(start: str, length: str) -> str | None:
    """The last day of a span that begins on a day; None where it has hours.

    >>> last_day_of("2027-06-01", "P2Y"), last_day_of("2027-01-31", "P1M")
    ('2029-05-31', '2027-02-27')
    """
    found = _LENGTH.fullmatch(length)
    if found is None or "T" in start:
        return None
    years, months, weeks, days = (int(part or 0) for part in found.groups())
    first = date.fromisoformat(start)
    year, month = divmod(first.year * 12 + first.month - 1 + years * 12 + months, 12)
    last = monthrange(year, month + 1)[1]
    day = date(year, month + 1, min(first.day, last)) + timedelta(weeks=weeks, days=days - 1)
    return day.isoformat()


_PERIOD = re.compile(r"P(\d+)([YMWD])")
_MOST = 10_000


def later(day: str, count: int, unit: str, *, days: int = 0) -> str | None:
    """So many units (Y, M, W or D) and days later; None behind the last day that a calendar has.

    A month that is too short gives its last day.
    """
    first = date.fromisoformat(day)
    try:
        if unit in "WD":
            return (first + timedelta(days=count * (7 if unit == "W" else 1) + days)).isoformat()
        months = first.month - 1 + count * (12 if unit == "Y" else 1)
        year, month = first.year + months // 12, months % 12 + 1
        on = date(year, month, min(first.day, monthrange(year, month)[1]))
        return (on + timedelta(days=days)).isoformat()
    except (OverflowError, ValueError):
        return None


def times_between(first: str, last: str, period: str) -> int | None:
    """How often a period begins from one day to another; None where it cannot be counted.

    >>> times_between("2027-03-01", "2028-02-28", "P1M")
    12
    """
    found = _PERIOD.fullmatch(period)
    if found is None:
        return None
    count, unit, times = int(found[1]), found[2], 0
    while times <= _MOST:
        begins = later(first, times * count, unit)
        if begins is None or begins > last:
            break
        times += 1
    return times if 0 < times <= _MOST else None
