"""The point with the smallest sum of distances to the updates, by smoothed Weiszfeld steps.

Source: Pillutla, Kakade and Harchaoui 2022, "Robust aggregation for federated learning".

>>> import numpy as np
>>> rows = np.array([[0.0, 0.0], [2.0, 0.0], [1.0, 1.0], [1.0, 900.0]])
>>> [round(x, 3) for x in geometric_median(rows, np.ones(4)).tolist()]
[1.0, 1.0]
"""

from __future__ import annotations

import numpy as np

from assay.training.aggregation.arithmetic import Matrix, Vector, median, norms, weighted_mean
from assay.training.aggregation.median import coordinate_median

_STEPS = 100
_SMOOTHING = 1e-6
_STILL = 1e-9


def geometric_median(rows: Matrix, weights: Vector) -> Vector:
    """From the median of each coordinate, at most 100 steps, fewer once one is 1e-9 of the spread.

    The spread is the median distance from the start. Distances below 1e-6 of it count as that,
    which keeps a step that lands on an update defined.
    """
    centre = coordinate_median(rows)
    distances = norms(rows - centre)
    spread = float(median(distances)) or float(np.max(distances))
    if spread == 0:
        return centre
    for _ in range(_STEPS):
        moved = weighted_mean(rows, weights / np.maximum(distances, _SMOOTHING * spread))
        step = float(norms((moved - centre)[None])[0])
        centre = moved
        if step <= _STILL * spread:
            break
        distances = norms(rows - centre)
    return centre
