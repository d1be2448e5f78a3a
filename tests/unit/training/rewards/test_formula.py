"""The reward formula, by its golden numbers and to the last digit."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.errors import InputError
from assay.training.rewards.formula import (
    NodeWork,
    Weights,
    data_value,
    gain_shares,
    training_value,
)
from tests.fakes.rounds import address_of

GOLDEN = Weights(data_bps=4000, training_bps=3000, use_bps=3000)


def test_the_golden_numbers() -> None:
    data = data_value(records=1000, quality=Fraction("0.8"))
    training = training_value(gpu_seconds=500 * 3600, accuracy_gain=Fraction("0.02"))

    assert data == 800
    assert training == 450
    assert GOLDEN.reward(data, training, use=Fraction(0)) == 455


def test_a_nodes_work_is_valued_by_the_same_formula() -> None:
    work = NodeWork(1000, Fraction("0.8"), 500 * 3600, Fraction("0.02"), use=0)

    assert work.reward(GOLDEN) == 455
    assert NodeWork(0, Fraction(0), use=7).reward(GOLDEN) == Fraction(21, 10)


@pytest.mark.parametrize("parts", [(4000, 3000, 2999), (10001, 0, -1), (0, 0, 0)])
def test_weights_have_to_sum_to_one(parts: tuple[int, int, int]) -> None:
    with pytest.raises(InputError, match="basis points"):
        Weights(*parts)


@given(
    st.integers(0, 10**9),
    st.fractions(0, 1),
    st.integers(0, 10**9),
    st.fractions(0, 1),
    st.integers(0, 10**12),
)
def test_rewards_are_exact_and_never_below_zero(
    records: int, quality: Fraction, seconds: int, gain: Fraction, use: int
) -> None:
    reward = NodeWork(records, quality, seconds, gain, use).reward(GOLDEN)

    assert reward >= 0
    assert 10 * reward == 4 * records * quality + Fraction(3 * seconds, 7200) + 30_000 * gain + (
        3 * use
    )


@pytest.mark.parametrize(
    "change",
    [
        {"records": -1},
        {"quality": Fraction(11, 10)},
        {"gpu_seconds": -1},
        {"accuracy_gain": Fraction(-1, 10)},
        {"use": -1},
    ],
)
def test_work_that_can_not_be_is_refused(change: dict[str, object]) -> None:
    fields: dict[str, object] = {"records": 1, "quality": Fraction(1), **change}

    with pytest.raises(InputError):
        NodeWork(**fields).reward(GOLDEN)  # type: ignore[arg-type]


def test_a_gain_is_shared_by_contribution_and_who_is_below_zero_loses_nothing() -> None:
    first, second, third = (address_of(number) for number in range(3))
    contributions = {first: Fraction(3), second: Fraction(1), third: Fraction(-1, 100)}

    shares = gain_shares(contributions, Fraction(2, 100))

    assert shares == {first: Fraction(15, 1000), second: Fraction(5, 1000), third: 0}


@pytest.mark.parametrize("gain", [Fraction(0), Fraction(-1, 20)])
def test_a_round_that_gained_nothing_shares_nothing(gain: Fraction) -> None:
    assert gain_shares({address_of(0): Fraction(1)}, gain) == {address_of(0): 0}


@given(st.lists(st.fractions(-1, 1), min_size=1, max_size=12), st.fractions(0, 1))
def test_shares_of_a_gain_sum_to_it(values: list[Fraction], gain: Fraction) -> None:
    shares = gain_shares({address_of(n): value for n, value in enumerate(values)}, gain)

    expected = gain if any(value > 0 for value in values) else 0
    assert sum(shares.values()) == expected
    assert min(shares.values()) >= 0
