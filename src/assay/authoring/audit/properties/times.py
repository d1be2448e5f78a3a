"""Moments and lengths of prose as ranges: a month has 28 to 31 days, a date its zones.

>>> length("P30D"), length("P1M")
((2592000, 2592000), (2419200, 2678400))

Code may mean any moment of the range; only what lies outside it contradicts the words.
"""

from __future__ import annotations

import re

from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.moments import DAY_S, is_duration, moment

Range = tuple[int, int]

_DURATION = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?\Z"
)
_WITHIN = re.compile(r"\bwithin (\d+) (hour|day|week|month|year)s?\b", re.IGNORECASE)
_WITHIN_CHINESE = re.compile(r"(\d+)个?(小时|日|天|周|月|年)之?内")
_LETTERS = {"hour": "H", "day": "D", "week": "W", "month": "M", "year": "Y",
            "小时": "H", "日": "D", "天": "D", "周": "W", "月": "M", "年": "Y"}  # fmt: skip
_LENGTHS_S = (
    (365 * DAY_S, 366 * DAY_S),
    (28 * DAY_S, 31 * DAY_S),
    (7 * DAY_S, 7 * DAY_S),
    (DAY_S, DAY_S),
    (3_600, 3_600),
    (60, 60),
    (1, 1),
)
_YEAR_BY_MONTHS = 12
_ZONES_S = (14 * 3_600, 12 * 3_600)
"""How much earlier and later than in UTC a day begins and ends somewhere."""


def length(duration: str) -> Range:
    """The shortest and the longest that a duration can be, in seconds.

    Raises:
        ValueError: it is no duration.
    """
    found = _DURATION.match(duration)
    if not found or not any(found.groups()):
        raise ValueError(f"{duration!r} is no duration")
    counts = [int(one or 0) for one in found.groups()]
    shortest = sum(one * low for one, (low, _) in zip(counts, _LENGTHS_S, strict=True))
    longest = sum(one * high for one, (_, high) in zip(counts, _LENGTHS_S, strict=True))
    if counts[1] % _YEAR_BY_MONTHS == 0:
        # Twelve months are a year, whichever months they are; often 30 days are counted for each.
        shortest += counts[1] * (30 - 28) * DAY_S
        longest -= counts[1] // _YEAR_BY_MONTHS * (12 * 31 - 366) * DAY_S
    elif counts[1] > 1:
        shortest += (counts[1] - 1) * DAY_S
    return shortest, longest


def within(words: str) -> str | None:
    """The duration that words give for something to happen in, where they give one in figures.

    >>> within("If the client does not approve the work within 90 days"), within("30日内未确认")
    ('P90D', 'P30D')
    """
    found = _WITHIN.search(words) or _WITHIN_CHINESE.search(words)
    if not found:
        return None
    unit = _LETTERS[found[2].lower()]
    return f"PT{found[1]}H" if unit == "H" else f"P{found[1]}{unit}"


def day(text: str) -> Range:
    """First and last second that a date, or a date with a time, can mean, since 1970.

    Raises:
        ValueError: it is none.
    """
    try:
        last = moment(text)
    except (NotBuildable, ValueError):
        raise ValueError(f"{text!r} is no date") from None
    if len(text) == len("2026-12-31"):
        return last - DAY_S + 1 - _ZONES_S[0], last + _ZONES_S[1]
    is_zoned = text.endswith("Z") or re.search(r"[+-]\d\d:\d\d$", text) is not None
    return (last, last) if is_zoned else (last - _ZONES_S[0], last + _ZONES_S[1])


def spoken(text: str) -> str:
    """A duration or a date as people say it.

    >>> spoken("P7D"), spoken("P1Y6M"), spoken("2027-01-31")
    ('7 days', '1 year 6 months', '2027-01-31')
    """
    found = _DURATION.match(text)
    if not found:
        return text
    names = ("year", "month", "week", "day", "hour", "minute", "second")
    counts = [(int(one), name) for one, name in zip(found.groups(), names, strict=True) if one]
    return " ".join(f"{count} {name}{'s' if count != 1 else ''}" for count, name in counts)


def is_length(text: str) -> bool:
    """Whether it is a duration, and not a date."""
    return is_duration(text)
