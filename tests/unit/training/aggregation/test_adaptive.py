"""Who is trusted follows from gains alone, in whole numbers, and cannot be forced by a minority."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.core.address import Address, parse_address
from assay.training.aggregation.adaptive import (
    BOUND,
    MILLION,
    accepted_mean,
    judge,
    team,
    whole_median,
)
from assay.training.aggregation.errors import UpdatesUnfit
from assay.training.aggregation.updates import Updates

NODES = [parse_address(f"0x{place + 1:040x}") for place in range(10)]
GAINS = st.lists(st.integers(-(10**15), 10**15), min_size=10, max_size=10)


def rounds(gains: dict[Address, int], count: int, reputation: dict[Address, int]) -> dict:
    for _ in range(count):
        reputation = judge(gains, reputation).reputation
    return reputation


def test_harm_is_left_out_and_help_is_accepted() -> None:
    gains = dict.fromkeys(NODES, 5_000) | dict.fromkeys(NODES[:3], -4_000)

    verdict = judge(gains, {})

    assert verdict.accepted == tuple(NODES[3:])


def test_a_node_that_turns_hostile_is_out_within_four_rounds_and_can_come_back() -> None:
    fair = dict.fromkeys(NODES, 5_000)
    turned = fair | {NODES[0]: -5_000}

    trusted = rounds(fair, 50, {})
    fallen = rounds(turned, 4, trusted)
    risen = rounds(fair, 4, rounds(turned, 50, trusted))

    assert trusted[NODES[0]] == BOUND
    assert NODES[0] not in team(NODES, fallen)
    assert NODES[0] in team(NODES, risen)


def test_a_doubtful_round_does_not_cost_a_good_name() -> None:
    known = rounds(dict.fromkeys(NODES, 5_000), 5, {})

    verdict = judge(dict.fromkeys(NODES, 5_000) | {NODES[0]: -(10**15)}, known)

    assert NODES[0] in verdict.accepted


def test_gains_too_small_to_mean_anything_hardly_change_a_reputation() -> None:
    known = judge(dict.fromkeys(NODES, 5_000), {}).reputation

    verdict = judge(dict.fromkeys(NODES, -1), known)

    assert verdict.accepted == tuple(NODES)
    assert verdict.reputation[NODES[0]] == 900_000 - 100_000


def test_nobody_good_still_leaves_the_better_half() -> None:
    gains = {node: -1_000 * (place + 1) for place, node in enumerate(NODES)}

    verdict = judge(gains, {})

    assert len(verdict.accepted) >= 5
    assert NODES[0] in verdict.accepted


def test_absent_nodes_keep_their_reputation_and_new_ones_begin_at_zero() -> None:
    known = {NODES[9]: -2 * MILLION}

    verdict = judge(dict.fromkeys(NODES[:4], 1_000), known)

    assert verdict.reputation[NODES[9]] == -2 * MILLION
    assert verdict.accepted == tuple(NODES[:4])


@settings(max_examples=60, deadline=None)
@given(GAINS, GAINS, st.permutations(range(10)))
def test_a_verdict_is_bounded_ordered_and_independent_of_the_order_of_gains(
    first: list[int], second: list[int], order: list[int]
) -> None:
    past = judge(dict(zip(NODES, first, strict=True)), {}).reputation
    gains = dict(zip(NODES, second, strict=True))

    verdict = judge(gains, past)
    shuffled = judge({NODES[place]: gains[NODES[place]] for place in order}, past)

    assert verdict == shuffled
    assert list(verdict.reputation) == NODES
    assert all(abs(value) <= BOUND for value in verdict.reputation.values())
    assert len(verdict.accepted) >= 5
    assert verdict.accepted == team(NODES, verdict.reputation)


@given(st.lists(st.integers(), min_size=1))
def test_a_whole_median_lies_in_the_middle(values: list[int]) -> None:
    middle = whole_median(values)

    assert sum(value <= middle for value in values) * 2 >= len(values)
    assert sum(value >= middle for value in values) * 2 >= len(values) - 1


def test_only_accepted_updates_enter_the_mean_by_their_weights() -> None:
    rows = np.array([[1.0, 10.0], [3.0, 20.0], [-99.0, 0.0]])
    updates = Updates(tuple(NODES[:3]), rows, np.array([1.0, 3.0, 5.0]))

    assert accepted_mean(updates, NODES[:2]).tolist() == [2.5, 17.5]
    with pytest.raises(UpdatesUnfit, match="none is accepted"):
        accepted_mean(updates, [])
    with pytest.raises(UpdatesUnfit, match="has no update"):
        accepted_mean(updates, [NODES[7]])


def test_without_gains_there_is_no_verdict() -> None:
    with pytest.raises(UpdatesUnfit, match="nobody was scored"):
        judge({}, {})
