"""Sampled values: near the exact ones, as near as they say, and the same for the same seed."""

from __future__ import annotations

import numpy as np
import pytest

from assay.errors import InputError
from assay.training.contribution.reaggregation import Coalitions
from assay.training.contribution.shapley import exact
from assay.training.contribution.stratified import contributions, sampled
from assay.training.parameters import Vector

NODES = 12
SKILLS = np.random.default_rng(3).normal(1, 1, NODES)


def saturating(coalitions: Coalitions) -> Vector:
    """More nodes help ever less, some hurt, and pairs of neighbours get in each other's way."""
    clashes = (coalitions & np.roll(coalitions, 1, axis=1)).sum(axis=1)
    sizes = np.maximum(coalitions.sum(axis=1), 1)
    return np.tanh(coalitions @ SKILLS / np.sqrt(sizes)) - 0.02 * clashes


def test_values_are_near_the_exact_ones_and_sum_to_the_worth_of_all() -> None:
    right = exact(saturating, NODES)

    found = sampled(saturating, NODES, np.random.default_rng(1), evaluations=30_000)

    assert found.values == pytest.approx(right.values, abs=0.006)
    assert found.values.sum() == pytest.approx(right.values.sum())
    assert found.evaluations <= 33_000


def test_the_stated_error_holds_nearly_always() -> None:
    right = exact(saturating, NODES).values

    held = []
    for seed in range(30):
        found = sampled(saturating, NODES, np.random.default_rng(seed), evaluations=5_000)
        held.append(np.abs(found.values - right) <= found.errors)

    assert np.mean(held) > 0.87


def test_four_times_the_work_halves_the_error() -> None:
    few, many = (
        sampled(saturating, NODES, np.random.default_rng(2), count).errors.mean()
        for count in (5_000, 20_000)
    )

    assert many < 0.65 * few


def test_a_seed_gives_the_same_values_each_time() -> None:
    first, second = (sampled(saturating, NODES, np.random.default_rng(7), 3_000) for _ in range(2))

    assert np.array_equal(first.values, second.values)


def test_values_of_a_game_without_interplay_are_exact() -> None:
    found = sampled(lambda coalitions: coalitions @ SKILLS, NODES, np.random.default_rng(1), 3_000)

    assert found.values == pytest.approx(SKILLS)
    assert found.errors == pytest.approx(np.zeros(NODES), abs=1e-12)


@pytest.mark.parametrize("nodes", [3, 13, 31])
def test_any_number_of_nodes_is_covered(nodes: int) -> None:
    worths = np.arange(nodes, dtype=np.float64)

    found = sampled(lambda coalitions: coalitions @ worths, nodes, np.random.default_rng(1))

    assert found.values == pytest.approx(worths)


def test_few_nodes_are_worked_out_in_full() -> None:
    found = contributions(saturating, NODES, np.random.default_rng(1))

    assert found.evaluations == 4096
    assert not found.errors.any()


def test_too_little_work_is_refused_with_the_least_that_will_do() -> None:
    with pytest.raises(InputError, match="100 evaluations are too few") as caught:
        sampled(saturating, NODES, np.random.default_rng(1), evaluations=100)
    assert "Allow at least" in caught.value.hint
