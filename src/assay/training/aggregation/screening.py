"""Before updates are aggregated: refuse what cannot be one, cut what is too long, and count once.

    screened = screen({node: (vector, samples), ...}, size=7_850)
    federated_average(screened.updates.rows, screened.updates.weights)
    screened.refused    # node -> why

- *Refused*: another shape, a number that is not finite, a sample count below 1, or a norm above
  `refused_above` times the median norm.
- *Cut*: a norm above `cut_above` times the median norm, to that; a sample count above `cut_above`
  times the median count, to that, because nobody can check what a node claims.
- *Copies*, updates that lie nearer to each other than `copy_within` of their norms, share one
  weight, the largest of theirs.

The medians hold while fewer than half of the nodes are hostile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assay.core.address import Address
from assay.training.aggregation.arithmetic import (
    Matrix,
    Vector,
    canonical,
    median,
    norms,
    squared_distances,
)
from assay.training.aggregation.errors import UpdatesUnfit
from assay.training.aggregation.updates import Updates
from assay.training.errors import UpdateRejected

REFUSED_ABOVE = 100.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How far from the median an update may be, as multiples; see the module."""

    refused_above: float = REFUSED_ABOVE
    cut_above: float = 2.0
    copy_within: float = 0.01


@dataclass(frozen=True, eq=False)
class Screened:
    """What is left, ready to be aggregated, and what was refused with its reason."""

    updates: Updates
    refused: dict[Address, UpdateRejected]


def screen(
    given: Mapping[Address, tuple[Vector, int]], size: int, limits: Limits | None = None
) -> Screened:
    """Hold the updates of one round against the limits and against each other.

    Args:
        given: for each node its update, of shape (size,), and how many samples it trained on.

    Raises:
        UpdatesUnfit: nothing is left.
    """
    limits = limits or Limits()
    kept, refused = sift(given, size, limits.refused_above)
    if not kept:
        raise UpdatesUnfit(f"none of {len(given)} passed screening")
    return Screened(_cut(Updates.of(kept), limits), refused)


def sift(
    given: Mapping[Address, tuple[Vector, int]],
    size: int,
    refused_above: float = REFUSED_ABOVE,
) -> tuple[dict[Address, tuple[Vector, int]], dict[Address, UpdateRejected]]:
    """What can be an update as it was given, and why the rest can't; see `screen`."""
    reasons = {node: _malformed(*given[node], size) for node in given}
    sound = sorted((node for node in given if reasons[node] is None), key=str.lower)
    if sound:
        lengths = norms(canonical(np.array([given[node][0] for node in sound])))
        usual = float(median(lengths))
        for node, length in zip(sound, lengths, strict=True):
            if not length <= refused_above * usual or not np.isfinite(length):
                reasons[node] = f"its norm is {length:.4g}, the median {usual:.4g}"
    kept = {node: given[node] for node in given if reasons[node] is None}
    refused = {
        node: UpdateRejected(node, reason) for node, reason in reasons.items() if reason is not None
    }
    return kept, refused


def _malformed(vector: Vector, samples: int, size: int) -> str | None:
    if np.shape(vector) != (size,):
        return f"its shape is {np.shape(vector)}, not {(size,)}"
    if not np.isfinite(vector).all():
        return "a number is not finite"
    return None if samples >= 1 else f"it claims {samples} samples"


def _cut(updates: Updates, limits: Limits) -> Updates:
    lengths = norms(updates.rows)
    longest = limits.cut_above * float(median(lengths))
    factors = np.where(lengths > longest, longest / np.where(lengths > 0, lengths, 1.0), 1.0)
    rows = updates.rows * factors[:, None]
    weights = np.minimum(updates.weights, limits.cut_above * float(median(updates.weights)))
    return Updates(updates.nodes, rows, _shared(rows, weights, limits.copy_within))


def _shared(rows: Matrix, weights: Vector, within: float) -> Vector:
    """The weights, where each group of copies has the largest weight of one of them in all."""
    squares, lengths = squared_distances(rows), norms(rows)
    shared = np.array(weights)
    for place in range(len(rows)):
        longer = np.maximum(lengths, lengths[place])
        alike = squares[place] <= (within * longer) ** 2
        if lengths[place] > 0 and alike.sum() > 1:
            shared[place] = np.max(weights[alike]) / float(alike.sum())
    return shared
