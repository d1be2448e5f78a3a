"""Edge aggregators: sums of sums are federated averaging, and nothing is counted twice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.core.address import Address
from assay.training.aggregation.errors import UpdatesUnfit
from assay.training.aggregation.hierarchy import (
    PartialSum,
    RuleNeedsEveryNode,
    average,
    check_rule,
    gather,
    merge,
    rounding_bound,
)
from assay.training.aggregation.mean import federated_average
from assay.training.aggregation.updates import Updates


def node(number: int) -> Address:
    return Address(f"0x{number:040x}")


def random_updates(count: int, seed: int) -> Updates:
    random = np.random.default_rng(seed)
    scale = 10.0 ** random.integers(-6, 6)
    return Updates.of(
        {
            node(n): (random.normal(0, scale, 30), int(random.integers(1, 10_000)))
            for n in range(count)
        }
    )


@given(st.integers(1, 40), st.integers(1, 8), st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_sums_of_edges_are_the_flat_average_within_the_stated_bound(
    count: int, edges: int, seed: int
) -> None:
    updates = random_updates(count, seed)
    owners = np.random.default_rng(seed).integers(0, edges, count)
    parts = [gather(updates.take(np.flatnonzero(owners == edge))) for edge in np.unique(owners)]

    apart = np.abs(average(parts) - federated_average(updates.rows, updates.weights))

    assert (apart <= rounding_bound(updates, len(parts))).all()


def test_the_golden_figures_come_out_over_edges_too() -> None:
    first = gather(Updates.of({node(1): (np.array([1.2, 0.8, -0.5, 1.5]), 100)}))
    second = gather(Updates.of({node(2): (np.array([1.0, 0.9, -0.3, 1.6]), 150)}))

    assert average([second, first]).tolist() == [1.08, 0.86, -0.38, 1.56]


@given(st.permutations(range(5)))
def test_the_order_in_which_edges_report_changes_no_bit(order: list[int]) -> None:
    parts = [
        gather(random_updates(20, seed=1).take(np.arange(at, at + 4))) for at in range(0, 20, 4)
    ]

    assert average([parts[at] for at in order]).tobytes() == average(parts).tobytes()


def test_edges_of_edges_keep_the_weights() -> None:
    updates = random_updates(6, seed=2)
    single = [gather(updates.take(np.array([at]))) for at in range(6)]

    nested = average([merge(single[:2]), merge([merge(single[2:4]), merge(single[4:])])])

    assert merge(single).samples == updates.weights.sum()
    assert np.abs(nested - average(single)).max() <= rounding_bound(updates, 6).max()


def test_a_node_behind_two_edges_is_refused() -> None:
    part = gather(Updates.of({node(1): (np.ones(2), 1)}))

    with pytest.raises(UpdatesUnfit, match="each once"):
        average([part, part])


@pytest.mark.parametrize(
    ("total", "samples"), [([np.nan], 1.0), ([1.0], 0.0), ([1.0], np.inf), ([np.inf], 1.0)]
)
def test_a_sum_that_is_no_sum_is_refused(total: list[float], samples: float) -> None:
    with pytest.raises(UpdatesUnfit):
        PartialSum((node(1),), np.array(total), samples)


def test_sums_of_different_models_are_refused() -> None:
    parts = [gather(Updates.of({node(n): (np.ones(n), 1)})) for n in (1, 2)]

    with pytest.raises(UpdatesUnfit, match="shapes"):
        average(parts)
    with pytest.raises(UpdatesUnfit):
        average([])


def test_a_rule_that_needs_every_node_is_refused_with_a_reason() -> None:
    check_rule("mean")

    with pytest.raises(RuleNeedsEveryNode, match="krum"):
        check_rule("krum")
