"""Edge aggregators between nodes and root: each adds up its own nodes, the root adds up the sums.

>>> low, middle, high = ("0x" + digit * 40 for digit in "123")
>>> west = gather(Updates.of({low: (np.array([1.2]), 100), high: (np.array([1.0]), 150)}))
>>> east = gather(Updates.of({middle: (np.array([3.0]), 50)}))
>>> average([west, east]).tolist() == average([east, west]).tolist()
True
>>> round(float(average([west, east])[0]), 12), west.samples
(1.4, 250.0)

The root then receives one vector an edge instead of one a node, and gets federated averaging, up to
`rounding_bound`: sums in float64 are added in another order. Source: Liu et al. 2020, "Client-edge-
cloud hierarchical federated learning".

Excluded is whatever needs each node's update at the root: robust rules, scores and contributions.
An edge has to be trusted for the nodes behind it, since nobody above can tell an honest sum from
another; a hostile edge is as strong as all of its nodes together. `check_rule` refuses the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from assay.core.address import Address
from assay.errors import RefusedError
from assay.training.aggregation.arithmetic import Vector
from assay.training.aggregation.errors import UpdatesUnfit
from assay.training.aggregation.updates import Updates

SUMMABLE_RULES = ("mean",)
"""By their names in `rules`."""


class RuleNeedsEveryNode(RefusedError):
    """A task with edge aggregators names a rule that a sum is not enough for."""

    def __init__(self, rule: str) -> None:
        super().__init__(
            f"The rule {rule!r} looks at each node's update, which edge aggregators do not pass "
            "up.",
            hint=f"Take {', '.join(SUMMABLE_RULES)}, or let nodes report to the root.",
        )
        self.rule = rule


@dataclass(frozen=True, eq=False)
class PartialSum:
    """What an aggregator passes up.

    Attributes:
        nodes: whose updates are in it, ascending by address.
        total: sum of updates times sample counts, shape (size,).
        samples: sum of the sample counts.

    Raises:
        UpdatesUnfit: it has no nodes, or one twice, or a number is not finite or not above 0.
    """

    nodes: tuple[Address, ...]
    total: Vector
    samples: float

    def __post_init__(self) -> None:
        keys = [node.lower() for node in self.nodes]
        if not keys or any(first >= second for first, second in pairwise(keys)):
            raise UpdatesUnfit("an edge's nodes are not ascending by address, each once")
        if not (np.isfinite(self.total).all() and np.isfinite(self.samples) and self.samples > 0):
            raise UpdatesUnfit("an edge's sum is not finite, or has no samples")

    @property
    def mean(self) -> Vector:
        """The mean update of its nodes, shape (size,): what an edge encodes when it compresses."""
        return self.total / self.samples


def check_rule(rule: str) -> None:
    """Hold a task's aggregation rule against what edge aggregators can serve.

    Raises:
        RuleNeedsEveryNode: it cannot be computed from sums.
    """
    if rule not in SUMMABLE_RULES:
        raise RuleNeedsEveryNode(rule)


def gather(updates: Updates) -> PartialSum:
    """At an edge: add up the updates of its nodes, in the order of their addresses."""
    total, samples = np.zeros(updates.rows.shape[1]), 0.0
    for row, weight in zip(updates.rows, updates.weights, strict=True):
        total += row * weight
        samples += float(weight)
    return PartialSum(updates.nodes, total, samples)


def merge(parts: Sequence[PartialSum]) -> PartialSum:
    """At an edge of edges: add up sums, in the order of each one's first node.

    Raises:
        UpdatesUnfit: there are none, a node is in two of them, or their shapes differ.
    """
    ordered = sorted(parts, key=lambda part: part.nodes[0].lower())
    if len({part.total.shape for part in ordered}) != 1:
        raise UpdatesUnfit("the edges' sums are none, or of different shapes")
    nodes = sorted((node for part in ordered for node in part.nodes), key=str.lower)
    total, samples = np.zeros(ordered[0].total.shape), 0.0
    for part in ordered:
        total += part.total
        samples += part.samples
    return PartialSum(tuple(nodes), total, samples)


def average(parts: Sequence[PartialSum]) -> Vector:
    """At the root: the mean over all nodes, weighted by sample counts, shape (size,).

    Raises:
        UpdatesUnfit: as `merge`.
    """
    return merge(parts).mean


def rounding_bound(updates: Updates, edges: int) -> Vector:
    """The most by which edges can change each number of `federated_average`, shape (size,).

    Each of both computations rounds a product and at most nodes + edges additions a number, and
    once more at the division (Higham 2002, "Accuracy and stability of numerical algorithms", 4.2).
    """
    magnitudes = gather(Updates(updates.nodes, np.abs(updates.rows), updates.weights)).mean
    roundings = len(updates) + edges + 3
    return 2 * roundings * np.finfo(np.float64).eps * magnitudes
