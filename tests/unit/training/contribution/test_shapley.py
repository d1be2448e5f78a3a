"""Shapley values by all coalitions, by their axioms and by definition."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.errors import InputError
from assay.training.contribution.reaggregation import Coalitions, Game
from assay.training.contribution.shapley import exact
from assay.training.parameters import Vector

games = st.integers(0, 2**32 - 1)


def random_game(seed: int, nodes: int) -> Game:
    """Any worth at all for each coalition, 0 for nobody."""
    worths = np.random.default_rng(seed).normal(size=1 << nodes)
    worths[0] = 0

    def game(coalitions: Coalitions) -> Vector:
        return worths[coalitions @ (1 << np.arange(nodes))]

    return game


def by_definition(game: Game, nodes: int) -> Vector:
    total, orders = np.zeros(nodes), list(permutations(range(nodes)))
    for order in orders:
        there = np.zeros(nodes, bool)
        for node in order:
            before = game(there[None, :])[0]
            there[node] = True
            total[node] += game(there[None, :])[0] - before
    return total / len(orders)


@pytest.mark.parametrize("nodes", [1, 2, 4])
def test_values_are_the_mean_over_all_orders(nodes: int) -> None:
    game = random_game(seed=nodes, nodes=nodes)

    assert exact(game, nodes).values == pytest.approx(by_definition(game, nodes))


def test_the_cost_of_a_runway_is_shared_as_littlechild_and_owen_share_it() -> None:
    needs = np.array([1.0, 2.0, 4.0])

    values = exact(lambda coalitions: (coalitions * needs).max(axis=1), 3).values

    assert values == pytest.approx([1 / 3, 1 / 3 + 1 / 2, 1 / 3 + 1 / 2 + 2])


@given(games)
def test_values_sum_to_the_worth_of_all(seed: int) -> None:
    game = random_game(seed, 5)

    assert exact(game, 5).values.sum() == pytest.approx(game(np.ones((1, 5), bool))[0])


@given(games)
def test_who_adds_nothing_gets_nothing_and_equals_get_the_same(seed: int) -> None:
    inner = random_game(seed, 3)

    def game(coalitions: Coalitions) -> Vector:  # node 3 does nothing, node 4 doubles node 2
        joined = coalitions[:, :3].copy()
        joined[:, 2] = coalitions[:, 2] ^ coalitions[:, 4]
        return inner(joined)

    values = exact(game, 5).values

    assert values[3] == pytest.approx(0)
    assert values[2] == pytest.approx(values[4])


@given(games, games)
def test_values_of_a_sum_of_games_are_the_sum_of_their_values(first: int, second: int) -> None:
    one, other = random_game(first, 4), random_game(second, 4)

    both = exact(lambda coalitions: one(coalitions) + other(coalitions), 4)

    assert both.values == pytest.approx(exact(one, 4).values + exact(other, 4).values)


@pytest.mark.parametrize("nodes", [0, 13])
def test_more_than_twelve_nodes_or_none_are_refused(nodes: int) -> None:
    with pytest.raises(InputError, match="from 1 to 12"):
        exact(random_game(1, 1), nodes)
