"""Months are those of the calendar, whatever day they begin on."""

from __future__ import annotations

import random
from calendar import monthrange
from datetime import UTC, datetime, timedelta

from assay.authoring.program.calendar import months_after, months_between


def _expected(start: datetime, count: int) -> datetime:
    months = start.year * 12 + start.month - 1 + count
    year, month = months // 12, months % 12 + 1
    return start.replace(year=year, month=month, day=min(start.day, monthrange(year, month)[1]))


def test_months_later_are_those_of_the_calendar() -> None:
    dice = random.Random(7)
    for _ in range(2_000):
        start = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=dice.randrange(6_000_000_000))
        count = dice.randrange(600)
        found = months_after(int(start.timestamp()), count)
        assert found == int(_expected(start, count).timestamp()), (start, count)


def test_a_month_has_passed_at_its_last_second_and_not_before() -> None:
    for day in ("2027-01-31", "2028-02-29", "2027-03-01", "2027-12-15"):
        start = int(datetime.fromisoformat(f"{day}T08:30:00+00:00").timestamp())
        for count in range(1, 50):
            end = months_after(start, count)
            assert months_between(start, end) == count, (day, count)
            assert months_between(start, end - 1) == count - 1, (day, count)
    assert months_between(10, 9) == 0


def test_four_years_of_months_end_on_the_day_on_which_they_began() -> None:
    start = int(datetime(2027, 3, 1, tzinfo=UTC).timestamp())

    assert months_after(start, 48) == int(datetime(2031, 3, 1, tzinfo=UTC).timestamp())
