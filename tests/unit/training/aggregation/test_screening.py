"""No update is refused without a reason; what is too long is cut, and copies count once."""

from __future__ import annotations

import numpy as np
import pytest

from assay.core.address import Address, parse_address
from assay.training.aggregation.arithmetic import Vector, norms
from assay.training.aggregation.errors import UpdatesUnfit
from assay.training.aggregation.screening import Limits, screen

SIZE = 50
NODES = [parse_address(f"0x{place + 1:040x}") for place in range(10)]
Given = dict[Address, tuple[Vector, int]]


@pytest.fixture
def honest() -> Given:
    random = np.random.default_rng(4)
    return {node: (random.normal(0.1, 1, SIZE), 100) for node in NODES}


def test_honest_updates_pass_as_they_are(honest: Given) -> None:
    screened = screen(honest, SIZE)

    assert screened.refused == {}
    assert screened.updates.nodes == tuple(NODES)
    np.testing.assert_array_equal(screened.updates.rows, [honest[node][0] for node in NODES])
    assert screened.updates.weights.tolist() == [100.0] * 10


@pytest.mark.parametrize(
    ("bad", "samples", "reason"),
    [
        (np.full(SIZE, np.nan), 100, "not finite"),
        (np.r_[np.inf, np.zeros(SIZE - 1)], 100, "not finite"),
        (np.ones(SIZE + 1), 100, "shape"),
        (np.ones((SIZE, 1)), 100, "shape"),
        (np.full(SIZE, 1e9), 100, "norm"),
        (np.full(SIZE, 1e300), 100, "norm"),
        (np.ones(SIZE), 0, "0 samples"),
        (np.ones(SIZE), -5, "-5 samples"),
    ],
)
def test_what_is_no_update_is_refused_with_its_node_and_the_others_go_on(
    honest: Given, bad: Vector, samples: int, reason: str
) -> None:
    screened = screen(honest | {NODES[3]: (bad, samples)}, SIZE)

    assert list(screened.refused) == [NODES[3]]
    assert reason in screened.refused[NODES[3]].reason
    assert screened.updates.nodes == tuple(node for node in NODES if node != NODES[3])


def test_a_long_update_is_cut_to_twice_the_median_norm_and_keeps_its_direction(
    honest: Given,
) -> None:
    long = 20 * honest[NODES[0]][0]

    screened = screen(honest | {NODES[0]: (long, 100)}, SIZE)

    row = screened.updates.rows[0]
    others = norms(np.array([long, *(honest[node][0] for node in NODES[1:])]))
    assert np.linalg.norm(row) == pytest.approx(2 * np.median(others))
    np.testing.assert_allclose(row / np.linalg.norm(row), long / np.linalg.norm(long))


def test_a_boasted_sample_count_is_cut_to_twice_the_median(honest: Given) -> None:
    boasting = honest | {NODES[0]: (honest[NODES[0]][0], 10**12)}

    screened = screen(boasting, SIZE)

    assert screened.updates.weights.tolist() == [200.0] + [100.0] * 9


def test_copies_share_one_weight(honest: Given) -> None:
    copied, random = honest[NODES[5]][0], np.random.default_rng(1)
    copiers = {
        NODES[6]: (copied, 100),
        NODES[7]: (copied * (1 + 1e-4 * random.normal(size=SIZE)), 100),
    }

    screened = screen(honest | copiers, SIZE)

    assert screened.updates.weights[5:8].tolist() == [100 / 3] * 3
    assert screened.updates.weights[:5].tolist() == [100.0] * 5


def test_three_of_ten_cannot_move_the_limits_to_shut_honest_nodes_out(honest: Given) -> None:
    for scale in (0.0, 1e-9, 1e30):
        hostile = {node: (np.full(SIZE, scale), 1) for node in NODES[:3]}

        screened = screen(honest | hostile, SIZE)

        assert set(NODES[3:]) <= set(screened.updates.nodes)


def test_limits_can_be_set(honest: Given) -> None:
    twice = honest | {NODES[0]: (1.9 * honest[NODES[1]][0], 100)}

    screened = screen(twice, SIZE, Limits(refused_above=1.5))

    assert list(screened.refused) == [NODES[0]]


def test_a_round_of_which_nothing_is_left_says_so() -> None:
    with pytest.raises(UpdatesUnfit, match="none of 1 passed"):
        screen({NODES[0]: (np.full(SIZE, np.nan), 1)}, SIZE)
