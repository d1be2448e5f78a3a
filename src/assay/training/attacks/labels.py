"""Training on wrong labels: a hostile node learns honestly from data that it has falsified.

>>> import numpy as np
>>> from assay.training.learning.data import LabelledData
>>> data = LabelledData(np.zeros((3, 1), np.float32), np.array([0, 1, 9]))
>>> flip_labels(data, classes=10).labels.tolist()
[9, 8, 0]
"""

from __future__ import annotations

from assay.training.learning.data import LabelledData


def flip_labels(data: LabelledData, classes: int) -> LabelledData:
    """Every label l becomes classes - 1 - l.

    Source: Fang et al. 2020, "Local model poisoning attacks to Byzantine-robust federated
    learning".
    """
    return LabelledData(data.features, classes - 1 - data.labels)
