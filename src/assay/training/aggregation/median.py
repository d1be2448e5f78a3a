"""The median of each coordinate.

Source: Yin et al. 2018, "Byzantine-robust distributed learning: towards optimal statistical rates".

>>> import numpy as np
>>> coordinate_median(np.array([[1.0, 5.0], [2.0, -9.0], [90.0, 6.0]])).tolist()
[2.0, 5.0]
"""

from __future__ import annotations

from assay.training.aggregation.arithmetic import Matrix, Vector, median


def coordinate_median(rows: Matrix) -> Vector:
    """For each coordinate the middle value; of an even count the mean of the middle two.

    Sample counts do not enter: a node could claim any.
    """
    middle: Vector = median(rows)
    return middle
