from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.authoring.english.lexing.amounts import amount_at
from assay.authoring.english.lexing.calendar import clock_at, date_at
from assay.authoring.english.lexing.durations import duration_at, recurrence_at
from assay.authoring.english.lexing.number_words import SMALL, TENS, number_at
from assay.authoring.english.lexing.tokens import tokens

AMOUNTS = {
    "$1.5m": ("1500000", "USD"),
    "USD 10,000.00": ("10000", "USD"),
    "US$5,000 (five thousand US dollars)": ("5000", "USD"),
    "ten thousand (10,000) USDC": ("10000", "USDC"),
    "EUR 5k": ("5000", "EUR"),
    "0.05 ETH": ("0.05", "ETH"),
    "two hundred and fifty thousand dollars": ("250000", "USD"),
    "five percent (5%)": ("5", "%"),
    "50 basis points": ("0.5", "%"),
    "half of": ("50", "%"),
    "1,000,000 wei": ("0.000000000001", "ETH"),
    "HK$80": ("80", "HKD"),
    "a hundred pounds": ("100", "GBP"),
    "10 tokens": ("10", None),
}
DATES = {
    "31 December 2026": "2026-12-31",
    "December 31, 2026": "2026-12-31",
    "the 31st day of December, 2026": "2026-12-31",
    "Friday, 1 May 2026": "2026-05-01",
    "2026-12-31": "2026-12-31",
    "25/12/2026": "2026-12-25",
    "end of February 2028": "2028-02-29",
    "the end of 2027": "2027-12-31",
    "Q3 2027": "2027-09-30",
}
DURATIONS = {
    "thirty (30) calendar days": "P30D",
    "two weeks": "P2W",
    "12 months": "P1Y",
    "six-month": "P6M",
    "two and a half years": "P30M",
    "48h": "PT48H",
    "half a year": "P6M",
    "one (1) quarter": "P3M",
}
RECURRENCES = {
    "monthly": "P1M",
    "every two weeks": "P2W",
    "each calendar quarter": "P3M",
    "per annum": "P1Y",
    "every other day": "P2D",
    "each Monday": "P1W",
}
_ONES = {value: word for word, value in SMALL.items()}
_TENS = {value: word for word, value in TENS.items()}


def spelled(number: int) -> str:
    """A whole number below a billion in words."""
    for scale, word in ((10**6, "million"), (10**3, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = f" {spelled(number % scale)}" if number % scale else ""
            return f"{spelled(number // scale)} {word}{rest}"
    if number < 20:
        return _ONES[number]
    return _TENS[number - number % 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")


@pytest.mark.parametrize(("words", "expected"), AMOUNTS.items())
def test_an_amount_is_read_whole(words: str, expected: tuple[str, str | None]) -> None:
    found = amount_at(tokens(words), 0)

    assert found is not None
    assert (found[0].amount, found[0].asset) == expected


@pytest.mark.parametrize(("words", "expected"), DATES.items())
def test_a_date_is_read_in_every_usual_spelling(words: str, expected: str) -> None:
    found = date_at(tokens(words), 0)

    assert found is not None
    assert found[0].iso == expected
    assert found[1] == len(tokens(words))


def test_the_order_of_day_and_month_is_not_guessed() -> None:
    found = date_at(tokens("03/04/2027"), 0)

    assert found is not None
    assert found[0].iso is None
    assert found[0].suggestions == ("2027-04-03", "2027-03-04")


@pytest.mark.parametrize(("words", "expected"), DURATIONS.items())
def test_a_duration_is_read(words: str, expected: str) -> None:
    found = duration_at(tokens(words), 0)

    assert found is not None
    assert found[0].iso == expected


@pytest.mark.parametrize(("words", "expected"), RECURRENCES.items())
def test_what_recurs_is_read(words: str, expected: str) -> None:
    assert recurrence_at(tokens(words), 0) == (expected, len(tokens(words)))


@pytest.mark.parametrize(
    ("words", "time", "offset"),
    [
        ("5 p.m. (UTC+8)", "17:00:00", "+08:00"),
        ("17:00 UTC", "17:00:00", "+00:00"),
        ("noon", "12:00:00", ""),
        ("12:30 am", "00:30:00", ""),
    ],
)
def test_a_time_of_day_is_read_with_its_zone(words: str, time: str, offset: str) -> None:
    found = clock_at(tokens(words), 0)

    assert found is not None
    assert (found[0].time, found[0].offset) == (time, offset)


@given(st.integers(min_value=0, max_value=10**9 - 1))
@settings(max_examples=60, deadline=None)
def test_number_words_are_read_as_they_are_spelled(number: int) -> None:
    found = tokens(spelled(number))

    assert number_at(found, 0) == (Decimal(number), len(found))


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_every_day_is_read_back_from_its_long_spelling(day: date) -> None:
    found = date_at(tokens(f"{day.day} {day:%B} {day.year}"), 0)

    assert found is not None
    assert found[0].iso == day.isoformat()
