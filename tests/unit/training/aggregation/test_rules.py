"""Each rule against its definition by brute force, against Flower's, and against hostile rows."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from flwr.app import ArrayRecord, RecordDict
from flwr.server.strategy import aggregate as flower
from flwr.serverapp.strategy.multikrum import select_multikrum
from scipy.optimize import minimize
from scipy.stats import trim_mean

from assay.training.aggregation.arithmetic import Matrix
from assay.training.aggregation.bulyan import bulyan
from assay.training.aggregation.centred_clipping import centred_clipping
from assay.training.aggregation.errors import TooFewUpdates
from assay.training.aggregation.geometric_median import geometric_median
from assay.training.aggregation.krum import krum, multi_krum
from assay.training.aggregation.mean import federated_average
from assay.training.aggregation.median import coordinate_median
from assay.training.aggregation.neighbour_mixing import mix_neighbours
from assay.training.aggregation.trimmed_mean import trimmed_mean

HOSTILE = 3


@pytest.fixture
def rows() -> Matrix:
    return np.random.default_rng(5).normal(size=(15, 7))


@pytest.fixture
def weights() -> Matrix:
    return np.random.default_rng(6).integers(1, 300, 15).astype(np.float64)


def test_federated_averaging_gives_the_golden_numbers() -> None:
    rows = np.array([[1.2, 0.8, -0.5, 1.5], [1.0, 0.9, -0.3, 1.6]])

    averaged = federated_average(rows, np.array([100.0, 150.0]))

    assert averaged.tolist() == [1.08, 0.86, -0.38, 1.56]


def test_mean_median_and_trimmed_mean_are_those_of_flower(rows: Matrix, weights: Matrix) -> None:
    results = [([row], int(weight)) for row, weight in zip(rows, weights, strict=True)]

    [averaged] = flower.aggregate(results)
    [middle] = flower.aggregate_median(results)
    [trimmed] = flower.aggregate_trimmed_avg(results, HOSTILE / len(rows))

    np.testing.assert_allclose(federated_average(rows, weights), averaged, rtol=1e-13)
    np.testing.assert_array_equal(coordinate_median(rows), middle)
    np.testing.assert_allclose(trimmed_mean(rows, HOSTILE), trimmed, rtol=1e-13)
    np.testing.assert_allclose(
        trimmed_mean(rows, HOSTILE), trim_mean(rows, HOSTILE / len(rows)), rtol=1e-13
    )


def test_krum_multi_krum_and_bulyan_are_those_of_flower(rows: Matrix, weights: Matrix) -> None:
    results = [([row], int(weight)) for row, weight in zip(rows, weights, strict=True)]
    kept = len(rows) - HOSTILE

    [one] = flower.aggregate_krum(results, HOSTILE, 0)
    [several] = flower.aggregate_krum(results, HOSTILE, kept)
    [both_steps] = flower.aggregate_bulyan(list(results), HOSTILE, flower.aggregate_krum, to_keep=0)

    np.testing.assert_array_equal(krum(rows, HOSTILE), one)
    np.testing.assert_allclose(multi_krum(rows, weights, HOSTILE), several, rtol=1e-13)
    np.testing.assert_allclose(bulyan(rows, HOSTILE), both_steps, rtol=1e-13)


def test_multi_krum_chooses_what_flowers_messages_choose(rows: Matrix, weights: Matrix) -> None:
    contents = [RecordDict({"arrays": ArrayRecord([row])}) for row in rows]

    chosen = select_multikrum(contents, HOSTILE, len(rows) - HOSTILE)

    places = sorted(next(i for i, one in enumerate(contents) if one is got) for got in chosen)
    expected = federated_average(rows[places], weights[places])
    np.testing.assert_array_equal(multi_krum(rows, weights, HOSTILE), expected)


def test_krum_chooses_the_update_whose_best_circle_of_neighbours_is_tightest(rows: Matrix) -> None:
    def tightest(place: int) -> float:
        others = [other for other in range(len(rows)) if other != place]
        circles = combinations(others, len(rows) - HOSTILE - 2)
        return min(sum(float(np.sum((rows[place] - rows[o]) ** 2)) for o in c) for c in circles)

    chosen = krum(rows[:11], HOSTILE)
    rows = rows[:11]

    np.testing.assert_array_equal(chosen, rows[min(range(11), key=tightest)])


def test_no_point_has_a_smaller_sum_of_distances_than_the_geometric_median(
    rows: Matrix, weights: Matrix
) -> None:
    def sum_of_distances(point: Matrix) -> float:
        return float(weights @ np.linalg.norm(rows - point, axis=1))

    centre = geometric_median(rows, weights)

    searched = minimize(sum_of_distances, rows.mean(axis=0), tol=1e-12)
    assert sum_of_distances(centre) <= searched.fun * (1 + 1e-9)


def test_centred_clipping_follows_the_papers_step(rows: Matrix) -> None:
    start, radius = np.zeros(7), 1.5
    pulls = [row * min(1, radius / np.linalg.norm(row)) for row in rows]

    stepped = centred_clipping(rows, np.ones(15), start, radius, steps=1)

    np.testing.assert_allclose(stepped, np.mean(pulls, axis=0), rtol=1e-12)


def test_a_mixed_update_is_the_mean_of_its_nearest_neighbours(rows: Matrix) -> None:
    mixed = mix_neighbours(rows, HOSTILE)

    for row, found in zip(rows, mixed, strict=True):
        order = np.argsort(np.linalg.norm(rows - row, axis=1))
        np.testing.assert_allclose(found, rows[order[:12]].mean(axis=0), rtol=1e-12)


@pytest.mark.parametrize("far", [1e3, 1e12, 1e100])
def test_far_rows_move_every_rule_but_the_mean_by_little(rows: Matrix, far: float) -> None:
    attacked, ones = np.array(rows), np.ones(15)
    attacked[[2, 7, 11]] = far
    honest = np.delete(rows, [2, 7, 11], axis=0)
    reach = float(np.max(np.linalg.norm(honest, axis=1)))

    results = {
        "krum": krum(attacked, 3),
        "multi-krum": multi_krum(attacked, ones, 3),
        "bulyan": bulyan(attacked, 3),
        "trimmed mean": trimmed_mean(attacked, 3),
        "median": coordinate_median(attacked),
        "geometric median": geometric_median(attacked, ones),
        "centred clipping": centred_clipping(attacked, ones),
        "mixing": trimmed_mean(mix_neighbours(attacked, 3), 3),
    }

    assert np.linalg.norm(federated_average(attacked, ones)) > far / 10
    assert {
        name: np.linalg.norm(one) < 2 * reach for name, one in results.items()
    } == dict.fromkeys(results, True)


def test_equal_updates_are_their_own_aggregate() -> None:
    rows, ones = np.tile([0.5, -2.0, 0.0], (15, 1)), np.ones(15)

    results = [
        krum(rows, 3),
        multi_krum(rows, ones, 3),
        bulyan(rows, 3),
        trimmed_mean(rows, 3),
        coordinate_median(rows),
        geometric_median(rows, ones),
        centred_clipping(rows, ones),
        mix_neighbours(rows, 3)[0],
    ]

    assert all(one.tolist() == [0.5, -2.0, 0.0] for one in results)


def test_too_few_updates_for_a_rule_are_refused_with_the_number_needed() -> None:
    rows = np.ones((6, 2))

    needed = {}
    for name, rule in {
        "krum": lambda: krum(rows, 3),
        "multi-krum": lambda: multi_krum(rows, np.ones(6), 3),
        "bulyan": lambda: bulyan(rows, 3),
        "trimmed-mean": lambda: trimmed_mean(rows, 3),
        "mixing": lambda: mix_neighbours(rows, 3),
    }.items():
        with pytest.raises(TooFewUpdates) as caught:
            rule()
        needed[name] = caught.value.needed

    assert needed == {"krum": 9, "multi-krum": 9, "bulyan": 15, "trimmed-mean": 7, "mixing": 7}
