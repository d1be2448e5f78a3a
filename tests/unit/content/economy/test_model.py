"""How payments are split, and how what is paid is named."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.content.economy.model import (
    MAXIMUM_RATE_BPS,
    Part,
    Payment,
    PaymentKind,
    PlanTerms,
    Subscription,
    author_amount,
    check_rate,
    parse_subject,
    subject_text,
)
from assay.core.address import Address
from assay.core.digest import Digest
from assay.errors import InputError

ALICE, BOB, TOKEN = (Address("0x" + digit * 40) for digit in "123")
AMOUNTS = st.integers(min_value=0, max_value=2**256 - 1)
RATES = st.integers(min_value=0, max_value=MAXIMUM_RATE_BPS)


@given(AMOUNTS, RATES)
def test_the_authors_have_the_rate_rounded_up_and_never_more_than_was_paid(
    amount: int, rate_bps: int
) -> None:
    authors = author_amount(amount, rate_bps)

    exact = Fraction(amount * rate_bps, 10_000)
    assert exact <= authors < exact + 1
    assert authors <= amount


@given(st.one_of(st.integers(0, 10**12 - 1), st.binary(min_size=32, max_size=32).map(Digest)))
def test_what_is_paid_is_read_as_it_is_written(subject: int | Digest) -> None:
    assert parse_subject(subject_text(subject)) == subject


@pytest.mark.parametrize("text", ["", "-1", "0x12", "7.5", "1" * 13, "٣", "0x" + "g" * 64])
def test_what_names_nothing_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_subject(text)


@pytest.mark.parametrize("rate_bps", [-1, MAXIMUM_RATE_BPS + 1])
def test_a_rate_outside_its_bounds_is_refused(rate_bps: int) -> None:
    with pytest.raises(InputError):
        check_rate(rate_bps)


@pytest.mark.parametrize(("price", "period_s"), [(-1, 1), (2**96, 1), (1, 0), (1, 2**32)])
def test_a_plan_outside_its_bounds_is_refused(price: int, period_s: int) -> None:
    with pytest.raises(InputError):
        PlanTerms(price, period_s)


def test_a_payment_is_the_sum_of_its_parts_and_counts_for_those_asked_about() -> None:
    payment = Payment(
        PaymentKind.REPOST,
        7,
        Digest.of(b"root"),
        ALICE,
        (Part(ALICE, 5), Part(BOB, 95)),
        TOKEN,
        "0xab",
        1,
    )

    assert payment.amount == 100
    assert payment.amount_to(frozenset({BOB})) == 95
    assert payment.as_json()["parts"][0] == {"receiver": ALICE, "amount": 5}


@pytest.mark.parametrize(
    ("time_s", "is_paid", "is_due"),
    [(99, True, False), (100, False, True), (150, False, True), (151, False, False)],
)
def test_a_subscription_is_paid_until_its_end_and_due_from_then_on(
    time_s: int, is_paid: bool, is_due: bool
) -> None:
    subscription = Subscription(ALICE, BOB, 1, 5, 100, True, 100, 150, time_s)

    assert (subscription.is_paid, subscription.is_due) == (is_paid, is_due)
