"""A series between two dates has as many payments as the calendar has days for it."""

import pytest

from assay.authoring.use_cases.reading import read_agreement


@pytest.mark.parametrize(
    ("words", "times"),
    [
        ("monthly from 1 March 2027 until 31 August 2027", 6),
        ("every week from 1 March 2027 until 28 March 2027", 4),
        ("yearly from 29 February 2028 until 28 February 2031", 4),
        ("monthly from 1 March 2027", None),
        ("daily from 1 January 2027 until 1 January 2127", None),
    ],
)
def test_the_payments_between_two_dates_are_counted(words: str, times: int | None) -> None:
    read = read_agreement(f"The tenant shall pay the landlord 1,000 USDC {words}.")

    assert [one.occurrences for one in read.obligations] == [times]


def test_a_series_may_end_with_the_last_day_of_the_calendar() -> None:
    read = read_agreement("租客自9999-12-01起至9999-12-31止每月向房东支付1000 USDC。")

    assert [one.occurrences for one in read.obligations] == [1]
