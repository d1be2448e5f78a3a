"""Periods: half-open, in UTC."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.market.statements.errors import PeriodMalformed
from assay.market.statements.period import Period, format_time

times = st.integers(0, 4_102_444_800)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1970-01-02", 86_400),
        ("1970-01-02T00:00:01", 86_401),
        ("1970-01-02T00:00:01Z", 86_401),
        ("1970-01-02T02:00:00+02:00", 86_400),
        ("1970-01-02 00:00", 86_400),
    ],
)
def test_dates_and_times_are_read_in_utc(text: str, seconds: int) -> None:
    assert Period.parse(text, text) == Period(seconds, seconds)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-02-01", "2026-01-01"),
        ("yesterday", "2026-01-01"),
        ("2026-02-30", "2026-03-01"),
        ("", "2026-01-01"),
        ("1969-12-31", "2026-01-01"),
        ("2026-01-01T00:00:00.5", "2026-01-02"),
    ],
)
def test_what_is_no_period_is_refused(start: str, end: str) -> None:
    with pytest.raises(PeriodMalformed):
        Period.parse(start, end)


@given(times, times, times)
def test_every_moment_is_in_exactly_one_of_two_neighbours(one: int, two: int, three: int) -> None:
    start, middle, end = sorted((one, two, three))
    before, after = Period(start, middle), Period(middle, end)

    for moment in (start, middle, end - 1):
        if start <= moment < end:
            assert before.contains(moment) is not after.contains(moment)


@given(times)
def test_a_time_is_written_as_it_is_read(time_s: int) -> None:
    text = format_time(time_s)

    assert Period.parse(text, text).start_s == time_s
