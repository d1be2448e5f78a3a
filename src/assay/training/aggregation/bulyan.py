"""Bulyan: choose by Krum again and again, then average what is near the median.

Source: El Mhamdi, Guerraoui and Rouault 2018, "The hidden vulnerability of distributed learning in
Byzantium".
"""

from __future__ import annotations

import numpy as np

from assay.training.aggregation.arithmetic import Matrix, Vector, plain_mean, squared_distances
from assay.training.aggregation.errors import TooFewUpdates
from assay.training.aggregation.krum import krum_scores
from assay.training.aggregation.median import coordinate_median


def bulyan(rows: Matrix, hostile: int) -> Vector:
    """Of n - 2 f chosen updates, the mean of the n - 4 f values nearest to each median.

    Raises:
        TooFewUpdates: fewer than 4 f + 3.
    """
    needed = 4 * hostile + 3
    if len(rows) < needed:
        raise TooFewUpdates("bulyan", len(rows), needed, hostile)
    squares = squared_distances(rows)
    left, chosen = np.arange(len(rows)), []
    for _ in range(len(rows) - 2 * hostile):
        best = int(np.argmin(krum_scores(squares[np.ix_(left, left)], hostile)))
        chosen.append(int(left[best]))
        left = np.delete(left, best)
    selected = rows[np.sort(chosen)]
    apart = np.abs(selected - coordinate_median(selected))
    order = np.argsort(apart, axis=0, kind="stable")[: len(rows) - 4 * hostile]
    return plain_mean(np.take_along_axis(selected, order, axis=0))
