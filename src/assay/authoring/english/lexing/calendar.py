"""Dates and times of day in their usual spellings.

>>> date_at(tokens("the 31st day of December, 2026"), 0)
(Moment(iso='2026-12-31', missing=None, suggestions=(), begins=None), 7)
>>> clock_at(tokens("5 p.m. (UTC+8)"), 0)
(Clock(time='17:00:00', offset='+08:00'), 7)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assay.authoring.english.lexing.durations import WEEKDAYS
from assay.authoring.english.lexing.number_words import ordinal_at
from assay.authoring.english.lexing.tokens import Token, tokens
from assay.authoring.language.dates import Moment, iso_date, last_day

__all__ = ["Clock", "clock_at", "date_at", "tokens"]

_NAMES = (
    "january february march april may june july august september october november december"
).split()
MONTHS = {name: number for number, name in enumerate(_NAMES, start=1)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
ZONES = {"utc": "+00:00", "gmt": "+00:00", "z": "+00:00", "hkt": "+08:00", "sgt": "+08:00",
         "jst": "+09:00", "beijing": "+08:00", "singapore": "+08:00", "shanghai": "+08:00",
         "est": "-05:00", "edt": "-04:00", "pst": "-08:00", "pdt": "-07:00", "cet": "+01:00",
         "cest": "+02:00", "bst": "+01:00", "tokyo": "+09:00", "dubai": "+04:00"}  # fmt: skip
PLACES = {"london", "new", "york", "paris", "berlin", "geneva", "zurich", "local", "sydney"}
"""Places whose offset depends on the season."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day `HH:MM:SS` and its offset, empty where no zone is named."""

    time: str
    offset: str = ""


def _lower(found: Sequence[Token], index: int) -> str:
    return found[index].lower if 0 <= index < len(found) else ""


def _day_at(found: Sequence[Token], index: int) -> tuple[int, int] | None:
    """The number of a day: "31", "31st", "thirty-first", with "day of" after it."""
    if index >= len(found):
        return None
    ordinal = ordinal_at(found, index)
    token = found[index]
    if ordinal is not None and ordinal[0] > 0:
        day, after = ordinal
    elif token.kind == "number" and token.text.isdigit() and 1 <= int(token.text) <= 31:
        day, after = int(token.text), index + 1
    else:
        return None
    if _lower(found, after) == "day":
        after += 1
    if _lower(found, after) == "of":
        after += 1
    return day, after


def _year_at(found: Sequence[Token], index: int) -> tuple[int, int] | None:
    at = index + 1 if _lower(found, index) in (",", "of", "in") else index
    numbered = at < len(found) and found[at].kind == "number" and len(found[at].text) == 4
    if numbered and found[at].text.isdigit() and 1900 <= int(found[at].text) <= 2200:
        return int(found[at].text), at + 1
    return None


def _dated(day: int, month: int, found: Sequence[Token], after: int) -> tuple[Moment, int] | None:
    year = _year_at(found, after)
    if year is None:
        return (Moment(None, "year"), after) if iso_date(2024, month, day) else None
    iso = iso_date(year[0], month, day)
    return (Moment(iso), year[1]) if iso else None


def _month_at(found: Sequence[Token], index: int) -> tuple[int, int] | None:
    token = found[index] if index < len(found) else None
    if token is None or token.lower not in MONTHS:
        return None
    if token.lower in ("may", "march", "mar", "sep", "sept", "dec", "jan") and token.text.islower():
        day = _day_at(found, index - 1) if index else None
        year = _year_at(found, index + 1)
        if day is None or (token.lower == "may" and year is None):
            return None
    if token.text == "APR" and _lower(found, index + 2) in ("%", "percent"):
        return None
    after = index + 2 if _lower(found, index + 1) == "." and len(token.text) <= 4 else index + 1
    return MONTHS[token.lower], after


def _figures(token: Token) -> Moment | None:
    """ "2026-12-31", "25/12/2026", "31.12.2026"; the order of 03/04/2027 is open."""
    text = token.text
    if "-" in text:
        whole = text.replace("Z", "+00:00") if "T" in text else text
        year, month, day = (int(part) for part in text[:10].split("-"))
        return Moment(whole) if iso_date(year, month, day) else None
    first, second, year = (int(part) for part in text.replace(".", "/").split("/"))
    year += 2000 if year < 100 else 0
    day_first, month_first = iso_date(year, second, first), iso_date(year, first, second)
    if "." in text or month_first is None or day_first == month_first:
        return Moment(day_first) if day_first else None
    if day_first is None:
        return Moment(month_first)
    return Moment(None, "order", (day_first, month_first))


def _end_at(found: Sequence[Token], index: int) -> tuple[Moment, int] | None:
    """ "end of March 2027", "the end of 2027", "the last day of March 2027", "Q3 2027"."""
    after = index
    named = False
    if _lower(found, after) in ("end", "close", "last", "year-end"):
        named = True
        after += 1
        if _lower(found, after) == "day":
            after += 1
        if _lower(found, after) == "of":
            after += 1
        if _lower(found, after) == "the" and _lower(found, after + 1) == "year":
            after += 2
    month = _month_at(found, after)
    year = _year_at(found, month[1] if month else after)
    if month and year and (named or index == after):
        iso = last_day(year[0], month[0])
        begins = f"{iso[:8]}01" if iso and index == after else None
        return (Moment(iso, begins=begins), year[1]) if iso else None
    if named and year and found[year[1] - 1].kind == "number":
        return Moment(f"{year[0]:04d}-12-31"), year[1]
    quarter = _lower(found, after)
    if len(quarter) == 2 and quarter[0] == "q" and quarter[1] in "1234":
        year = _year_at(found, after + 1)
        iso = last_day(year[0], 3 * int(quarter[1])) if year else None
        return (Moment(iso), year[1]) if iso and year else None
    return None


_FEASTS = {"christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25),
           "new year eve": (12, 31), "new year day": (1, 1), "new years day": (1, 1),
           "new year": (1, 1), "halloween": (10, 31), "valentine day": (2, 14),
           "boxing day": (12, 26)}  # fmt: skip
_FIRST_WORDS = frozenset({"christmas", "new", "halloween", "valentine", "boxing"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


def _feast_at(found: Sequence[Token], index: int) -> tuple[Moment, int] | None:
    """ "Christmas Day 2027", "New Year's Day 2028": a feast that is on the same day each year."""
    if _lower(found, index) not in _FIRST_WORDS:
        return None
    said, after, told = "", index, None
    for at in range(index, min(index + 4, len(found))):
        if found[at].lower not in _POSSESSIVE:
            said = f"{said} {found[at].lower}".strip()
        if said in _FEASTS:
            told, after = _FEASTS[said], at + 1
    year = _year_at(found, after) if told is not None else None
    iso = iso_date(year[0], *told) if year is not None and told is not None else None
    return (Moment(iso), year[1]) if iso is not None and year is not None else None


def date_at(found: Sequence[Token], index: int) -> tuple[Moment, int] | None:
    """The date that begins at a token, and the index after it; None where there is none."""
    if index >= len(found):
        return None
    at = index
    if _lower(found, at) in WEEKDAYS and _lower(found, at + 1) in (",", "the"):
        at += 2
    elif _lower(found, at) in WEEKDAYS:
        at += 1
    if _lower(found, at) == "the":
        at += 1
    if at < len(found) and found[at].kind == "date":
        moment = _figures(found[at])
        if moment:
            return moment, at + 1
    day = _day_at(found, at)
    if day:
        month = _month_at(found, day[1])
        if month:
            return _dated(day[0], month[0], found, month[1])
    month = _month_at(found, at)
    if month:
        day = _day_at(found, month[1] + (_lower(found, month[1]) == "the"))
        if day:
            return _dated(day[0], month[0], found, day[1])
    end = _end_at(found, at) or _feast_at(found, at)
    if end:
        return end
    if found[index].lower in WEEKDAYS:
        return Moment(None, "week"), index + 1
    return None


def _half_day(found: Sequence[Token], index: int) -> tuple[str, int]:
    word = _lower(found, index).replace(".", "")
    if word in ("am", "pm"):
        return word, index + 1
    if word in ("a", "p") and _lower(found, index + 1) in ("m", "."):
        return word + "m", index + 2
    return "", index


def _zone_at(found: Sequence[Token], index: int) -> tuple[str, int] | None:
    """A zone behind a time: "UTC", "(UTC+8)", "Beijing time"."""
    after = index + 1 if _lower(found, index) == "(" else index
    word = _lower(found, after)
    if word in PLACES:
        while _lower(found, after) in PLACES:
            after += 1
        return ("", after + 1) if _lower(found, after) == "time" else None
    if word not in ZONES:
        return None
    offset, after = ZONES[word], after + 1
    if word in ("utc", "gmt") and _lower(found, after) in ("+", "-", "−"):
        sign = "+" if _lower(found, after) == "+" else "-"
        parts = _lower(found, after + 1).split(":")
        if parts[0].isdigit():
            minutes = parts[1] if len(parts) > 1 else "00"
            offset, after = f"{sign}{int(parts[0]):02d}:{minutes}", after + 2
    if _lower(found, after) == "standard":
        after += 1
    if _lower(found, after) == "time":
        after += 1
    if _lower(found, index) == "(":
        return (offset, after + 1) if _lower(found, after) == ")" else None
    return offset, after


def clock_at(found: Sequence[Token], index: int) -> tuple[Clock, int] | None:
    """The time of day that begins at a token, and the index after it."""
    if index >= len(found):
        return None
    token, after = found[index], index + 1
    if token.lower in ("noon", "midday", "midnight"):
        hour, minute = (23, "59") if token.lower == "midnight" else (12, "00")
    elif token.kind == "clock":
        parts = token.text.split(":")
        hour, minute = int(parts[0]), parts[1]
        half, after = _half_day(found, after)
        hour = _hour(hour, half)
        if _lower(found, after) in ("noon", "hours", "hrs"):
            after += 1
    elif token.kind == "number" and token.text.isdigit() and len(token.text) <= 2:
        half, after = _half_day(found, after)
        if not half:
            return None
        hour, minute = _hour(int(token.text), half), "00"
        if _lower(found, after) == "noon":
            after += 1
    else:
        return None
    if hour > 23 or int(minute) > 59:
        return None
    zone = _zone_at(found, after)
    offset, after = zone or ("", after)
    return Clock(f"{hour:02d}:{minute}:00", offset), after


def _hour(hour: int, half: str) -> int:
    if half == "pm" and hour < 12:
        return hour + 12
    return 0 if half == "am" and hour == 12 else hour
