"""A budget is split to the unit, whatever the rewards."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.errors import InputError
from assay.training.rewards.formula import NodeWork, Weights
from assay.training.rewards.payouts import round_payouts, split
from tests.fakes.rounds import address_of

rewards = st.dictionaries(
    st.integers(0, 30).map(address_of), st.fractions(0, 10**6), min_size=1, max_size=12
)


@given(st.integers(0, 10**27), rewards)
def test_payouts_sum_to_the_budget_and_miss_their_share_by_less_than_a_unit(
    units: int, given_rewards: dict[str, Fraction]
) -> None:
    paid = split(units, given_rewards)

    total = sum(given_rewards.values())
    assert sum(paid.values()) == (units if total else 0)
    for node, reward in given_rewards.items():
        assert total == 0 or abs(paid[node] - units * reward / total) < 1
        assert reward or not paid[node]


def test_equal_remainders_go_to_the_lowest_addresses_in_any_order() -> None:
    nodes = [address_of(number) for number in range(4)]

    forth = split(6, dict.fromkeys(nodes, Fraction(1)))
    back = split(6, dict.fromkeys(reversed(nodes), Fraction(1)))

    assert forth == back == dict(zip(nodes, [2, 2, 1, 1], strict=True))


def test_a_rounds_budget_goes_by_the_reward_of_each_nodes_work() -> None:
    weights = Weights(4000, 3000, 3000)
    golden = NodeWork(1000, Fraction("0.8"), 500 * 3600, Fraction("0.02"))
    small = NodeWork(100, Fraction("0.5"))

    paid = round_payouts(950, weights, {address_of(0): golden, address_of(1): small})

    assert paid == {address_of(0): 910, address_of(1): 40}


def test_negative_rewards_and_budgets_are_refused() -> None:
    with pytest.raises(InputError, match="split"):
        split(10, {address_of(0): Fraction(-1)})
    with pytest.raises(InputError, match="split"):
        split(-1, {address_of(0): Fraction(1)})
