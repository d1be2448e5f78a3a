"""Krum and Multi-Krum: the updates that lie nearest to their neighbours.

Source: Blanchard et al. 2017, "Machine learning with adversaries: Byzantine tolerant gradient
descent".

>>> import numpy as np
>>> rows = np.array([[1.0], [1.1], [1.3], [1.2], [-50.0]])
>>> krum(rows, hostile=1).tolist()
[1.1]
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assay.training.aggregation.arithmetic import (
    Matrix,
    Vector,
    nearest,
    ordered_sum,
    squared_distances,
    weighted_mean,
)
from assay.training.aggregation.errors import TooFewUpdates


def krum(rows: Matrix, hostile: int) -> Vector:
    """The one update with the smallest score.

    Raises:
        TooFewUpdates: fewer than 2 f + 3.
    """
    _check_count("krum", len(rows), hostile)
    chosen: Vector = rows[np.argmin(krum_scores(squared_distances(rows), hostile))]
    return chosen


def multi_krum(rows: Matrix, weights: Vector, hostile: int) -> Vector:
    """The weighted mean of the n - f updates with the smallest scores.

    Raises:
        TooFewUpdates: fewer than 2 f + 3.
    """
    _check_count("multi-krum", len(rows), hostile)
    scores = krum_scores(squared_distances(rows), hostile)
    chosen = np.sort(nearest(scores, len(rows) - hostile))
    return weighted_mean(rows[chosen], weights[chosen])


def krum_scores(squares: Matrix, hostile: int) -> Vector:
    """For each update the sum of the squared distances to its n - f - 2 nearest others.

    Of so few that none would be left, to the nearest one; alone, 0.

    Args:
        squares: shape (updates, updates), see `squared_distances`.
    """
    count = len(squares)
    neighbours = max(1, count - hostile - 2)
    scores: NDArray[np.float64] = np.zeros(count)
    for place in range(count):
        others = np.delete(squares[place], place)
        scores[place] = ordered_sum(np.sort(others)[:neighbours])
    return scores


def _check_count(rule: str, found: int, hostile: int) -> None:
    if found < 2 * hostile + 3:
        raise TooFewUpdates(rule, found, 2 * hostile + 3, hostile)
