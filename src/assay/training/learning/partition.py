"""Sharing out records among nodes, for experiments: evenly, or skewed by label.

>>> import numpy as np
>>> shares = even_shares(10, 3, np.random.default_rng(1))
>>> sorted(len(share) for share in shares)
[3, 3, 4]
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assay.training.learning.data import Labels

Rows = NDArray[np.intp]


def even_shares(count: int, nodes: int, random: np.random.Generator) -> list[Rows]:
    """Row numbers for each node, independent and identically distributed."""
    return [np.sort(rows) for rows in np.array_split(random.permutation(count), nodes)]


def dirichlet_shares(
    labels: Labels,
    nodes: int,
    concentration: float,
    random: np.random.Generator,
    smallest: int = 10,
) -> list[Rows]:
    """Row numbers for each node; each label's records are shared out by a Dirichlet draw.

    Source: Hsu, Qi and Brown 2019, "Measuring the effects of non-identical data distribution for
    federated visual classification". Drawn again until every node has `smallest` records.
    """
    if nodes * smallest > len(labels):
        smallest = len(labels) // nodes
    while True:
        shares: list[list[Rows]] = [[] for _ in range(nodes)]
        for label in np.unique(labels):
            rows = random.permutation(np.flatnonzero(labels == label))
            parts = random.dirichlet(np.full(nodes, concentration))
            cuts = (np.cumsum(parts)[:-1] * len(rows)).astype(int)
            for share, part in zip(shares, np.split(rows, cuts), strict=True):
                share.append(part)
        joined = [np.sort(np.concatenate(share)) for share in shares]
        if min(map(len, joined)) >= smallest:
            return joined
