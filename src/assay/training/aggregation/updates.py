"""The updates of a round, in the one order in which they are added up.

>>> import numpy as np
>>> low, high = "0x" + "00" * 20, "0x" + "11" * 20
>>> updates = Updates.of({high: (np.array([2.0]), 20), low: (np.array([1.0]), 10)})
>>> updates.nodes == (low, high), updates.rows.tolist(), updates.weights.tolist()
(True, [[1.0], [2.0]], [10.0, 20.0])
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assay.core.address import Address
from assay.training.aggregation.arithmetic import Matrix, Vector, canonical
from assay.training.aggregation.errors import UpdatesUnfit


@dataclass(frozen=True, eq=False)
class Updates:
    """What the nodes of a round give, ordered by address as bytes.

    Attributes:
        nodes: whose they are, each once, ascending.
        rows: shape (nodes, size), float64, finite, with one zero.
        weights: shape (nodes,), sample counts above 0.

    Raises:
        UpdatesUnfit: none at all, or they break one of these.
    """

    nodes: tuple[Address, ...]
    rows: Matrix
    weights: Vector

    def __post_init__(self) -> None:
        if not self.nodes:
            raise UpdatesUnfit("there are none")
        if self.rows.ndim != 2 or len(self.rows) != len(self.nodes):
            raise UpdatesUnfit(f"{len(self.nodes)} nodes have rows of shape {self.rows.shape}")
        if self.weights.shape != (len(self.nodes),):
            raise UpdatesUnfit(f"{len(self.nodes)} nodes have {self.weights.shape} weights")
        keys = [node.lower() for node in self.nodes]
        if any(first >= second for first, second in pairwise(keys)):
            raise UpdatesUnfit("nodes are not ascending by address, each once")
        if not np.isfinite(self.rows).all():
            raise UpdatesUnfit("a number is not finite")
        if not (np.isfinite(self.weights).all() and (self.weights > 0).all()):
            raise UpdatesUnfit(f"weights have to be above 0, not {self.weights.tolist()}")
        object.__setattr__(self, "rows", canonical(self.rows))

    @classmethod
    def of(cls, given: Mapping[Address, tuple[Vector, int]]) -> Updates:
        """Put vectors and sample counts into order.

        Raises:
            UpdatesUnfit: see the class.
        """
        nodes = tuple(sorted(given, key=str.lower))
        shapes = {np.shape(given[node][0]) for node in nodes}
        if len(shapes) > 1:
            raise UpdatesUnfit(f"they have different shapes: {sorted(shapes)}")
        rows = np.array([given[node][0] for node in nodes], dtype=np.float64)
        weights = np.array([given[node][1] for node in nodes], dtype=np.float64)
        return cls(nodes, rows, weights)

    def __len__(self) -> int:
        return len(self.nodes)

    def take(self, places: NDArray[np.intp]) -> Updates:
        """Some of them; the places ascend."""
        nodes = tuple(self.nodes[place] for place in places)
        return Updates(nodes, self.rows[places], self.weights[places])
