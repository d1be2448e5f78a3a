"""Nearest-neighbour mixing: replace each update by the mean of those nearest to it.

Source: Allouah et al. 2023, "Fixing by mixing: a recipe for optimal Byzantine ML under
heterogeneity". A robust rule comes after it: mixing makes honest updates alike, so that the rule
has less to choose between.

>>> import numpy as np
>>> mix_neighbours(np.array([[1.0], [3.0], [5.0], [400.0]]), hostile=1).tolist()
[[3.0], [3.0], [3.0], [136.0]]
"""

from __future__ import annotations

import numpy as np

from assay.training.aggregation.arithmetic import Matrix, nearest, plain_mean, squared_distances
from assay.training.aggregation.errors import TooFewUpdates


def mix_neighbours(rows: Matrix, hostile: int) -> Matrix:
    """For each update the mean of its n - f nearest, itself among them.

    Raises:
        TooFewUpdates: fewer than 2 f + 1.
    """
    if len(rows) <= 2 * hostile:
        raise TooFewUpdates("nearest-neighbour mixing", len(rows), 2 * hostile + 1, hostile)
    squares = squared_distances(rows)
    return np.array(
        [plain_mean(rows[np.sort(nearest(line, len(rows) - hostile))]) for line in squares]
    )
