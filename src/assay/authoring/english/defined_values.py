"""What a defined term stands for: a date, a length, a sum, a rate, a span between two dates."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.lexicon import words
from assay.authoring.english.lexing.amounts import amount_at
from assay.authoring.english.lexing.calendar import clock_at, date_at
from assay.authoring.english.lexing.durations import duration_at, recurrence_at
from assay.authoring.english.lexing.tokens import Token, tokens
from assay.authoring.english.phrases.names import Value
from assay.authoring.language.dates import last_day_of, with_clock
from assay.authoring.language.durations import Duration
from assay.authoring.language.quantities import Quantity


def _value_in(found: list[Token], start: int) -> tuple[Value, int] | None:
    """The value at a token, and the index after it."""
    day = date_at(found, start)
    if day is not None:
        at = day[1]
        if at < len(found) and found[at].lower in ("at", ","):
            clock = clock_at(found, at + 1)
            if clock is not None and day[0].iso:
                iso = with_clock(day[0].iso, clock[0].time, clock[0].offset)
                return type(day[0])(iso, None if clock[0].offset else "zone"), clock[1]
        return day
    return duration_at(found, start) or amount_at(found, start)


def value_before(found: list[Token]) -> tuple[Value, int] | None:
    """The value that ends a run of tokens, and the index where it starts."""
    named = len(found) > 1 and found[-1].lower in _UNITS and found[-2].text.isupper()
    found = found[:-1] if named else found  # "480,000 LOOM tokens"
    for start in range(max(0, len(found) - 14), len(found)):
        value = _value_in(found, start)
        if value is not None and value[1] == len(found):
            return value[0], start
    return None


def value_of(text: str, start: int, end: int) -> Value | None:
    """The value that a definition gives: the whole of its words but for articles and fillers."""
    found = tokens(text, start, end)
    index = 0
    while index < len(found) and found[index].lower in ("the", "a", "an", "sum", "amount", "of",
                                                        "price", "period", "is", "total", "fee",
                                                        "exactly"):  # fmt: skip
        if found[index].lower == "a" and duration_at(found, index):
            break
        index += 1
    value = _value_in(found, index) if index < len(found) else None
    if value is not None and isinstance(value[0], Quantity) and value[1] < len(found):
        return _rate(value[0], found, value[1])
    return value[0] if value is not None and value[1] == len(found) else None


def _rate(amount: Quantity, found: list[Token], index: int) -> Quantity | None:
    """ "1.20 USDC per kilogram of flour": the unit that so much is due for."""
    often = recurrence_at(found, index)
    if often is not None and often[1] == len(found) and often[0]:
        return replace(amount, recurrence=often[0])
    of = next((at for at, one in enumerate(found) if one.lower == "of"), len(found))
    unit = found[index + 1 : of]
    counts = found[index].lower in ("per", "each", "every") and 0 < len(unit) <= 3
    if not counts or amount.asset is None or any(one.kind != "word" for one in found[index:]):
        return None
    return replace(amount, share_of=" ".join(words.singular(one.lower) for one in unit))


_UNITS = frozenset({"tokens", "token", "coins", "shares"})
_RUNS = frozenset("beginning commencing starting from on with effect and running which begins "
                  "starts commences , of the date".split())  # fmt: skip
_LASTS = frozenset("the a an period term of initial".split())
_UNTIL = frozenset("and to until till through ending on ends , up including expiring".split())


def period(found: list[Token]) -> tuple[str, str] | None:
    """ "the period of 24 months beginning on 1 June 2027", "from 1 June to 31 August 2027"."""

    def after(index: int, known: frozenset[str]) -> int:
        while index < len(found) and found[index].lower in known:
            index += 1
        return index

    begins = after(0, _LASTS)
    length = duration_at(found, begins) if begins < len(found) else None
    first = after(length[1] if length is not None else begins, _RUNS)
    start = date_at(found, first) if first < len(found) else None
    if start is None or start[0].iso is None or start[0].missing is not None:
        return None
    if length is not None and isinstance(length[0], Duration) and start[1] == len(found):
        last = last_day_of(start[0].iso, length[0].iso)
        return (start[0].iso, last) if last is not None else None
    until = after(start[1], _UNTIL)
    end = date_at(found, until) if start[1] < until < len(found) else None
    if length is not None or end is None or end[0].iso is None or end[1] != len(found):
        return None
    return start[0].iso, end[0].iso


def period_before(found: list[Token]) -> tuple[str, str] | None:
    """The span between two dates that ends a run of tokens: "from 1 April to 31 May 2028"."""
    starts = range(max(0, len(found) - 14), len(found))
    spans = (period(found[start:]) for start in starts if found[start].lower in _LASTS | _RUNS)
    return next((span for span in spans if span is not None), None)
