"""The mean of each coordinate without its largest and its smallest values.

Source: Yin et al. 2018, "Byzantine-robust distributed learning: towards optimal statistical rates".

>>> import numpy as np
>>> trimmed_mean(np.array([[1.0], [2.0], [3.0], [500.0]]), hostile=1).tolist()
[2.5]
"""

from __future__ import annotations

import numpy as np

from assay.training.aggregation.arithmetic import Matrix, Vector, plain_mean
from assay.training.aggregation.errors import TooFewUpdates


def trimmed_mean(rows: Matrix, hostile: int) -> Vector:
    """Leave out `hostile` values at each end of each coordinate; counts do not enter.

    Raises:
        TooFewUpdates: nothing would be left, fewer than 2 f + 1.
    """
    if len(rows) <= 2 * hostile:
        raise TooFewUpdates("trimmed-mean", len(rows), 2 * hostile + 1, hostile)
    ordered = np.sort(rows, axis=0)
    return plain_mean(ordered[hostile : len(rows) - hostile])
