"""The rules of licences about time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.address import Address
from assay.core.digest import Digest
from assay.errors import InputError
from assay.market.licences.model import (
    NOBODY,
    Licence,
    Subscription,
    Terms,
    due_window,
    licence_text,
    parse_licence,
    renewed_until,
    utc_text,
)

OWNER = Address("0x" + "11" * 20)
USER = Address("0x" + "22" * 20)
times = st.integers(min_value=0, max_value=2**40 - 1)
periods = st.integers(min_value=1, max_value=2**32 - 1)


def licence(expires_at_s: int, user: Address = NOBODY, user_expires_at_s: int = 0) -> Licence:
    asset = Digest.of(b"asset")
    return Licence(7, OWNER, asset, 1, expires_at_s, True, user, user_expires_at_s)


@given(times, times)
def test_a_licence_is_good_until_the_second_at_which_it_ends(ends: int, now: int) -> None:
    holder = licence(ends).holder_at(now)

    assert holder == (OWNER if ends == 0 or now < ends else None)


@given(times, times, times)
def test_one_account_at_a_time_uses_it_and_never_after_its_end(
    ends: int, rented_until: int, now: int
) -> None:
    rented = licence(ends, USER, rented_until)

    holder = rented.holder_at(now)

    assert holder == (None if ends and now >= ends else USER if now < rented_until else OWNER)


@given(st.integers(min_value=1, max_value=2**39), periods, times)
def test_a_renewal_never_shortens_and_gives_the_whole_period(
    ends: int, period: int, now: int
) -> None:
    until = renewed_until(ends, period, now)

    assert until - max(ends, now) == period
    assert until > ends


@given(st.integers(min_value=2**20, max_value=2**39), periods)
def test_a_subscription_is_due_around_its_end_and_never_twice_at_once(
    ends: int, period: int
) -> None:
    due_from, due_until = due_window(ends, period)

    assert due_from <= ends < due_until
    assert ends - due_from <= 86_400
    assert due_until - ends <= 7 * 86_400
    next_from, _ = due_window(ends + period, period)
    assert next_from > ends or period < 10


def test_what_nobody_pays_is_never_due() -> None:
    assert not Subscription(NOBODY, 5, 0, 2**39).is_due_at(100)
    assert Subscription(OWNER, 5, 100, 200).is_due_at(100)
    assert Subscription(OWNER, 5, 100, 200).is_due_at(200)
    assert not Subscription(OWNER, 5, 100, 200).is_due_at(201)


@given(st.integers(min_value=0, max_value=2**256 - 1))
def test_the_id_of_a_licence_reads_back_in_both_spellings(number: int) -> None:
    assert parse_licence(licence_text(number)) == parse_licence(str(number)) == number


@pytest.mark.parametrize("text", ["", "0x", "-1", "1_0", "licence", "0x" + "f" * 65, "1.0"])
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_licence(text)


@pytest.mark.parametrize(
    "terms",
    [
        {"price": -1},
        {"price": 2**96},
        {"price": 1, "period_s": 2**32},
        {"price": 1, "period_s": -1},
        {"price": 1, "subscription": True},
    ],
)
def test_terms_that_no_contract_takes_are_refused(terms: dict[str, int]) -> None:
    with pytest.raises(InputError):
        Terms(**terms)  # type: ignore[arg-type]


@given(st.integers(min_value=-(2**40), max_value=2**41))
def test_any_time_has_a_text_or_none(time_s: int) -> None:
    text = utc_text(time_s)

    assert text is None or (len(text) == 20 and text.endswith("Z"))
