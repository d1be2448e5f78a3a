"""What a round would have been worth with some of its nodes only: a game over coalitions.

The round's updates are aggregated again for every coalition, and the model that comes of it is
measured by the objective of federated learning,

    F(w) = sum over k of (n_k / n) * F_k(w)

where F_k is the mean loss on the k-th set of held-out records and n_k how many these are. A
coalition's worth is how far it brings the objective down: F(start) - F(start + its mean update).
Nothing is trained again (Song, Tong and Wei 2019, "Profit allocation for federated learning").

>>> import numpy as np
>>> start, updates = np.zeros(2), np.array([[1.0, 0.0], [0.0, 1.0]])
>>> def distance(models):
...     return ((models - np.array([1.0, 1.0])) ** 2).sum(axis=1)
>>> game = Reaggregation(start, updates, np.array([1.0, 1.0]), distance)
>>> game(np.array([[False, False], [True, False], [True, True]])).tolist()
[0.0, 1.0, 1.5]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assay.errors import InputError
from assay.training.parameters import Vector

Coalitions = NDArray[np.bool_]
"""Shape (coalitions, nodes); a row says who takes part."""
Matrix = NDArray[np.float64]
Game = Callable[[Coalitions], Vector]
"""The worth of each coalition, shape (coalitions,); that of nobody is 0."""
_NUMBERS_AT_ONCE = 1 << 24


@dataclass(frozen=True, eq=False)
class Reaggregation:
    """The game for any model whose loss can be measured.

    Attributes:
        start: global parameters of the round, shape (size,).
        updates: of each node, shape (nodes, size).
        samples: records that each update was learnt from, shape (nodes,).
        objective: from models, shape (models, size), to their losses, shape (models,).

    Raises:
        InputError: the shapes do not fit, or a number can't be.
    """

    start: Vector
    updates: Matrix
    samples: Vector
    objective: Callable[[Matrix], Vector]

    def __post_init__(self) -> None:
        check_round(self.start, self.updates, self.samples)
        object.__setattr__(self, "_worst", float(self.objective(self.start[None, :])[0]))

    def __call__(self, coalitions: Coalitions) -> Vector:
        """The worth of each coalition."""
        at_once = max(1, _NUMBERS_AT_ONCE // max(1, len(self.start)))
        found = []
        for place in range(0, len(coalitions), at_once):
            mix = mixing(coalitions[place : place + at_once], self.samples)
            found.append(self.objective(self.start + mix @ self.updates))
        worth: Vector = self.__dict__["_worst"] - np.concatenate(found)
        worth[~coalitions.any(axis=1)] = 0.0
        return worth


def mixing(coalitions: Coalitions, samples: Vector) -> Matrix:
    """How much of each node's update a coalition's mean holds; rows sum to 1, of nobody to 0."""
    weights = coalitions * samples
    sums = weights.sum(axis=1, keepdims=True)
    return weights / np.where(sums == 0, 1, sums)


def federated_objective(losses: Matrix, records: Sequence[int]) -> Vector:
    """sum over k of (n_k / n) * F_k.

    Args:
        losses: mean loss on each set of records, shape (models, sets).
        records: how many each set has.

    Raises:
        InputError: another number of sets, or no records at all.
    """
    counts = np.asarray(records, np.float64)
    if losses.shape[1:] != counts.shape or counts.sum() <= 0 or counts.min() < 0:
        raise InputError(
            f"Losses of shape {losses.shape} do not fit sets of {list(records)} records.",
            hint="Give a column of losses and a count for each set of held-out records.",
        )
    objective: Vector = losses @ (counts / counts.sum())
    return objective


def check_round(start: Vector, updates: Matrix, samples: Vector) -> None:
    """Hold the parts of a round against each other.

    Raises:
        InputError: the shapes do not fit, or a number can't be.
    """
    if updates.shape != (len(samples), len(start)) or len(samples) == 0:
        raise InputError(
            f"Updates of shape {updates.shape} do not fit {len(start)} parameters and "
            f"{len(samples)} nodes.",
            hint="Give one row for each node.",
        )
    if not (np.isfinite(updates).all() and np.isfinite(start).all() and (samples > 0).all()):
        raise InputError(
            "A number of the round is not finite, or a node learnt from no records.",
            hint="Leave rejected updates out before contributions are worked out.",
        )
