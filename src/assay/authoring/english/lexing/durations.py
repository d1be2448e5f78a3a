"""Durations and what recurs.

>>> duration_at(tokens("thirty (30) business days"), 0)
(Duration(iso='P30D', business=True), 6)
>>> recurrence_at(tokens("every two weeks"), 0)
('P2W', 3)
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assay.authoring.english.lexing.number_words import number_at, ordinal_at
from assay.authoring.english.lexing.tokens import Token, tokens
from assay.authoring.language.durations import Duration, Unit, iso_duration

__all__ = ["UNITS", "duration_at", "recurrence_at", "tokens"]

UNITS: dict[str, tuple[Unit, int]] = {}
for _name in ("second", "minute", "hour", "day", "week", "month", "quarter", "year"):
    UNITS[_name] = UNITS[f"{_name}s"] = (_name, 1)
UNITS |= {
    "min": ("minute", 1), "mins": ("minute", 1), "hr": ("hour", 1), "hrs": ("hour", 1),
    "wk": ("week", 1), "wks": ("week", 1), "yr": ("year", 1), "yrs": ("year", 1),
    "mo": ("month", 1), "mos": ("month", 1), "fortnight": ("week", 2), "fortnights": ("week", 2),
    "decade": ("year", 10), "night": ("day", 1), "nights": ("day", 1), "sec": ("second", 1),
    "secs": ("second", 1), "half-year": ("month", 6), "semester": ("month", 6),
    "morning": ("day", 1), "evening": ("day", 1), "spring": ("year", 1), "summer": ("year", 1),
    "autumn": ("year", 1), "winter": ("year", 1), "season": ("year", 1),
    "annum": ("year", 1), "weekday": ("day", 1),
}  # fmt: skip
_LETTERS: dict[str, tuple[Unit, int]] = {
    "h": ("hour", 1), "d": ("day", 1), "w": ("week", 1), "y": ("year", 1),
}  # fmt: skip
_BUSINESS = {"business", "working", "banking", "trading", "weekday", "bank"}
_KINDS = _BUSINESS | {"calendar", "consecutive", "clear", "full", "whole", "complete", "successive",
                      "additional", "further", "more", "started", "commenced", "begun", "new",
                      "late"}  # fmt: skip
_TERMS = frozenset(
    "contract policy lease licence license agreement membership subscription cover "
    "insurance tenancy loan rental financial fiscal accounting royalty billing invoicing reporting "
    "operating interest payment grant".split()
)
"""What a year or a month of a contract is called: "in each contract year"."""
_LONG = frozenset({"year", "quarter", "month"})
ADVERBS = {
    "monthly": "P1M", "weekly": "P1W", "daily": "P1D", "hourly": "PT1H", "annually": "P1Y",
    "yearly": "P1Y", "annual": "P1Y", "quarterly": "P3M", "fortnightly": "P2W",
    "semiannually": "P6M", "semi-annually": "P6M", "semi-annual": "P6M", "half-yearly": "P6M",
    "nightly": "P1D",
}  # fmt: skip
_YEARLY = frozenset({"p.a.", "p.a", "pa", "apr", "apy", "p.y."})
AMBIGUOUS = {"biweekly", "bi-weekly", "bimonthly", "bi-monthly", "biannually", "bi-annually"}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _lower(found: Sequence[Token], index: int) -> str:
    return found[index].lower if index < len(found) else ""


def _unit_at(found: Sequence[Token], index: int) -> tuple[Unit, int, bool, int] | None:
    """A unit with what kind of it: unit, its multiple, whether business days, index after."""
    business = False
    while _lower(found, index) in _KINDS:
        business = business or _lower(found, index) in _BUSINESS
        index += 1
    if _lower(found, index) in UNITS:
        unit, times = UNITS[_lower(found, index)]
        return unit, times, business, index + 1
    return None


def _count_at(found: Sequence[Token], index: int) -> tuple[Decimal, int] | None:
    word = _lower(found, index)
    half = [_lower(found, index + step) for step in range(2)]
    if half in (["half", "a"], ["half", "an"]):
        return Decimal("0.5"), index + 2
    number = number_at(found, index)
    if number is not None:
        value, after = number
        if _lower(found, after) == "(" and _lower(found, after + 2) == ")":
            inner = number_at(found, after + 1)
            if inner is not None and inner[0] == value:
                after = inner[1] + 1
        return value, after
    if word in ("a", "an", "one", "single", "another"):
        return Decimal(1), index + 1
    return None


def _hyphenated(found: Sequence[Token], index: int) -> tuple[Duration, int] | None:
    """ "30-day", "six-month", "48h"."""
    token = found[index]
    parts = token.lower.split("-")
    if token.kind == "word" and len(parts) >= 2 and parts[-1] in UNITS:
        number = number_at(tokens("-".join(parts[:-1])), 0)
        if number is not None:
            unit, times = UNITS[parts[-1]]
            iso = iso_duration(number[0] * times, unit)
            return (Duration(iso), index + 1) if iso else None
    if token.kind != "number":
        return None
    after = index + 1
    if _lower(found, after) == "-" and _lower(found, after + 1) in UNITS:
        unit, times = UNITS[_lower(found, after + 1)]
        iso = iso_duration(Decimal(token.text.replace(",", "")) * times, unit)
        return (Duration(iso), after + 2) if iso else None
    if after < len(found) and found[after].start == token.end and found[after].lower in _LETTERS:
        unit, times = _LETTERS[found[after].lower]
        iso = iso_duration(Decimal(token.text) * times, unit)
        return (Duration(iso), after + 1) if iso else None
    return None


ONCE = frozenset({"spring", "summer", "autumn", "winter", "season", "morning", "evening"})


def duration_at(found: Sequence[Token], index: int) -> tuple[Duration, int] | None:
    """The duration that begins at a token, and the index after it; None where there is none."""
    if index >= len(found):
        return None
    short = _hyphenated(found, index)
    if short is not None:
        return short
    count = _count_at(found, index)
    if count is None:
        return None
    value, after = count
    part = _lower(found, after).startswith("quarter") and _lower(found, after + 1) == "of"
    if part or _lower(found, after) in ONCE:
        return None
    if _lower(found, after) == "-":
        after += 1
    unit = _unit_at(found, after)
    if unit is None:
        return None
    name, times, business, after = unit
    if [_lower(found, after + step) for step in range(3)] == ["and", "a", "half"]:
        value, after = value + Decimal("0.5"), after + 3
    iso = iso_duration(value * times, name)
    if _lower(found, after) in ("'", "'s"):
        after += 1
    return (Duration(iso, business), after) if iso else None


def _every_at(found: Sequence[Token], index: int) -> tuple[str, int] | None:
    """ "every two weeks", "each calendar month", "every other week", "each Monday"."""
    after = index + 1
    short = _lower(found, after + 1) in ("day", "hour", "week")
    if _lower(found, after) == "successive" or (_lower(found, after) == "subsequent" and short):
        after += 1
    if _lower(found, after) in _TERMS and _lower(found, after + 1) in _LONG:
        after += 1
    if _lower(found, after) in WEEKDAYS:
        return "P1W", after + 1
    if _lower(found, after) == "other" or ordinal_at(found, after) is not None:
        ordinal = ordinal_at(found, after)
        count, after = (2, after + 1) if ordinal is None else ordinal
        unit = _unit_at(found, after)
        if unit is None or count < 1:
            return None
        iso = iso_duration(Decimal(count * unit[1]), unit[0])
        return (iso, unit[3]) if iso else None
    duration = duration_at(found, after)
    if duration is not None:
        return duration[0].iso, duration[1]
    unit = _unit_at(found, after)
    if unit is None:
        return None
    iso = iso_duration(Decimal(unit[1]), unit[0])
    return (iso, unit[3]) if iso else None


_TIMES_A_UNIT = {"twice": 2, "thrice": 3}
_PARTS_OF = {("year", 2): "P6M", ("year", 3): "P4M", ("month", 2): None, ("week", 2): None}


def _several_times(found: Sequence[Token], index: int) -> tuple[str, int] | None:
    """ "twice a year" is every six months."""
    unit = _unit_at(found, index + 2)
    iso = _PARTS_OF.get((unit[0], _TIMES_A_UNIT[_lower(found, index)])) if unit else None
    return (iso, unit[3]) if iso and unit else None


def recurrence_at(found: Sequence[Token], index: int) -> tuple[str, int] | None:
    """The ISO 8601 duration after which something recurs, and the index after it."""
    word = _lower(found, index)
    if word in ADVERBS:
        return ADVERBS[word], index + 1
    if word in _YEARLY and index and found[index - 1].lower in ("%", "percent", "interest", "cent"):
        return "P1Y", index + 1
    if word in ("every", "each"):
        return _every_at(found, index)
    if word in ("per", "/"):
        return _every_at(found, index)
    if word in _TIMES_A_UNIT and _lower(found, index + 1) in ("a", "per", "every", "each"):
        return _several_times(found, index)
    if word == "once" and _lower(found, index + 1) in ("a", "per", "every", "each"):
        return _every_at(found, index + 1)
    return None


_MONTHS = {"M": 1, "Y": 12}
_DAYS = {"D": 1, "W": 7}


def times_in(whole: str | None, part: str | None) -> int | None:
    """How often one duration fits into another: P4Y holds P1M 48 times."""
    if not whole or not part or "T" in whole or "T" in part:
        return None
    for units in (_MONTHS, _DAYS):
        if whole[-1] in units and part[-1] in units:
            long, short = int(whole[1:-1]) * units[whole[-1]], int(part[1:-1]) * units[part[-1]]
            return long // short if short and long % short == 0 else None
    return None
