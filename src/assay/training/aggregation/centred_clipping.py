"""Centred clipping: step from a centre towards the updates, each pull cut to one radius.

Source: Karimireddy, He and Jaggi 2021, "Learning from history for Byzantine robust optimization".

>>> import numpy as np
>>> rows = np.array([[1.0], [1.2], [0.8], [1000.0]])
>>> centred_clipping(rows, np.ones(4), start=np.array([1.0]), radius=0.2).round(2).tolist()
[1.1]
"""

from __future__ import annotations

import numpy as np

from assay.training.aggregation.arithmetic import Matrix, Vector, median, norms, weighted_mean
from assay.training.aggregation.median import coordinate_median

_STEPS = 5


def centred_clipping(
    rows: Matrix,
    weights: Vector,
    start: Vector | None = None,
    radius: float | None = None,
    steps: int = _STEPS,
) -> Vector:
    """Some steps of the weighted mean of clipped differences.

    Args:
        start: shape (size,); the paper takes the last round's result, without one it is the median
            of each coordinate.
        radius: the longest pull; without one it is the median distance from the start.
    """
    centre = coordinate_median(rows) if start is None else start
    if radius is None:
        radius = float(median(norms(rows - centre)))
    for _ in range(steps):
        apart = rows - centre
        lengths = norms(apart)
        factors = np.where(lengths > radius, radius / np.where(lengths > 0, lengths, 1.0), 1.0)
        centre = centre + weighted_mean(apart * factors[:, None], weights)
    return centre
