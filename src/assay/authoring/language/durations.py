"""Spans of time as ISO 8601 spells them.

>>> iso_duration(Decimal(30), "day"), iso_duration(Decimal("1.5"), "year")
('P30D', 'P18M')

Twelve months are a year, so that the same span has one spelling.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Unit = Literal["second", "minute", "hour", "day", "week", "month", "quarter", "year"]

_LETTERS: dict[Unit, tuple[str, int]] = {
    "second": ("PT{}S", 1),
    "minute": ("PT{}M", 1),
    "hour": ("PT{}H", 1),
    "day": ("P{}D", 1),
    "week": ("P{}W", 1),
    "month": ("P{}M", 1),
    "quarter": ("P{}M", 3),
    "year": ("P{}Y", 1),
}
_SMALLER: dict[Unit, tuple[int, Unit]] = {
    "minute": (60, "second"),
    "hour": (60, "minute"),
    "day": (24, "hour"),
    "week": (7, "day"),
    "year": (12, "month"),
}


@dataclass(frozen=True, slots=True)
class Duration:
    """A span of time.

    Attributes:
        iso: as ISO 8601 spells it.
        business: whether its days are working days, which only a calendar can count.
    """

    iso: str
    business: bool = False


def calendar_days(iso: str) -> tuple[str, ...]:
    """What so many working days come to at most from Monday to Friday, and as plain days.

    >>> calendar_days("P10D")
    ('P14D', 'P10D')
    """
    days = iso.removeprefix("P").removesuffix("D")
    if not days.isdecimal():
        return ()
    return f"P{int(days) + 2 * -(-int(days) // 5)}D", iso


_MOST = Decimal(10**9)
"""Some thirty years in seconds, the smallest unit."""


def iso_duration(count: Decimal, unit: Unit) -> str | None:
    """So many units as ISO 8601; None where no whole number fits, or nobody could wait so long."""
    pattern, factor = _LETTERS[unit]
    number = count * factor
    if number > _MOST:
        return None
    if number == number.to_integral_value():
        if unit in ("month", "quarter") and number > 0 and number % 12 == 0:
            return f"P{int(number) // 12}Y"
        return pattern.format(int(number))
    if unit in _SMALLER:
        times, smaller = _SMALLER[unit]
        return iso_duration(count * times, smaller)
    return None


def parts_of(length: str | None, recurrence: str | None) -> int | None:
    """How many equal parts a recurrence makes of a length: monthly in two years are 24."""
    whole, part = _count_of_months(length), _count_of_months(recurrence)
    if whole is None and part is None:
        whole, part = _count_of_days(length), _count_of_days(recurrence)
    return whole // part if whole and part and whole % part == 0 else None


def _count_of_days(duration: str | None) -> int | None:
    match = re.fullmatch(r"P(\d+)([DW])", duration or "")
    return int(match[1]) * (7 if match[2] == "W" else 1) if match else None


def _count_of_months(duration: str | None) -> int | None:
    match = re.fullmatch(r"P(\d+)([MY])", duration or "")
    return int(match[1]) * (12 if match[2] == "Y" else 1) if match else None
