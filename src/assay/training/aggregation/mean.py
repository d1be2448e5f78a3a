"""Federated averaging: the mean of the updates, weighted by sample counts.

Source: McMahan et al. 2017, "Communication-efficient learning of deep networks from decentralized
data". Of two nodes with 100 and 150 samples:

>>> import numpy as np
>>> rows = np.array([[1.2, 0.8, -0.5, 1.5], [1.0, 0.9, -0.3, 1.6]])
>>> federated_average(rows, np.array([100.0, 150.0])).tolist()
[1.08, 0.86, -0.38, 1.56]
"""

from __future__ import annotations

from assay.training.aggregation.arithmetic import Matrix, Vector, weighted_mean


def federated_average(rows: Matrix, weights: Vector) -> Vector:
    """The mean, weighted; one hostile node can move it anywhere."""
    return weighted_mean(rows, weights)
