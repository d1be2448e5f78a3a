"""The same game for perceptrons, hundreds of coalitions at a time.

A layer is linear in its parameters, so the first layer's output of a mean of updates is the mean of
the outputs: it is worked out once for each node, and each coalition only mixes what is there. With
784 inputs and 10 nodes that is a fiftieth of the work. Only the later, small layers are multiplied
out for each coalition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from assay.errors import InputError
from assay.training.contribution.reaggregation import (
    Coalitions,
    Matrix,
    check_round,
    federated_objective,
    mixing,
)
from assay.training.learning.data import LabelledData
from assay.training.parameters import Vector

Single = NDArray[np.float32]
_NUMBERS_AT_ONCE = 1 << 20


@dataclass(frozen=True, eq=False)
class PerceptronGame:
    """Worth of coalitions by the cross entropy of the perceptron that they would have made.

    Attributes:
        widths: of the perceptron, as in `learning.perceptron`.
        start: its parameters at the round's beginning, in the order of `Parameters.vector`.
        updates: shape (nodes, size).
        samples: records behind each update, shape (nodes,).
        held_out: sets of records; each counts by its size.

    Raises:
        InputError: the shapes do not fit, or a number can't be.
    """

    widths: tuple[int, ...]
    start: Vector
    updates: Matrix
    samples: Vector
    held_out: Sequence[LabelledData]
    _outputs: Single = field(init=False)
    _layers: list[tuple[Single, Single]] = field(init=False)

    def __post_init__(self) -> None:
        check_round(self.start, self.updates, self.samples)
        if len(self.start) != sum((a + 1) * b for a, b in self._pairs):
            raise InputError(
                f"{len(self.start)} parameters are none of a perceptron of {self.widths}.",
                hint="Give the widths that the task's model has.",
            )
        rows = np.vstack([self.start, self.updates]).astype(np.float32)
        layers, at = [], 0
        # `Parameters.vector` goes by name: a layer's bias comes before its weight.
        for before, after in self._pairs:
            bias, at = rows[:, at : at + after], at + after
            weight, at = rows[:, at : at + before * after], at + before * after
            layers.append((bias, weight.reshape(-1, after, before)))
        features = np.vstack([data.features for data in self.held_out])
        bias, weight = layers[0]
        outputs = features @ weight.transpose(0, 2, 1) + bias[:, None, :]
        object.__setattr__(self, "_outputs", outputs.reshape(len(rows), -1))
        object.__setattr__(self, "_layers", layers[1:])

    def __call__(self, coalitions: Coalitions) -> Vector:
        """The worth of each coalition, shape (coalitions,)."""
        at_once = max(1, _NUMBERS_AT_ONCE // self._outputs.shape[1])
        mixes = mixing(coalitions, self.samples).astype(np.float32)
        mixes = np.hstack([np.ones((len(mixes), 1), np.float32), mixes])
        nobody = np.eye(1, mixes.shape[1], dtype=np.float32)
        parts = [mixes[place : place + at_once] for place in range(0, len(mixes), at_once)]
        losses = np.concatenate([self._losses(part) for part in [nobody, *parts]])
        objective = federated_objective(losses, [len(data) for data in self.held_out])
        worth: Vector = objective[0] - objective[1:]
        worth[~coalitions.any(axis=1)] = 0.0
        return worth

    def _losses(self, mixes: Single) -> Matrix:
        """Mean cross entropy on each set, shape (coalitions, sets)."""
        hidden = (mixes @ self._outputs).reshape(len(mixes), -1, self.widths[1])
        for bias, weight in self._layers:
            np.maximum(hidden, 0, out=hidden)
            matrices = (mixes @ weight.reshape(len(weight), -1)).reshape(-1, *weight.shape[1:])
            hidden = hidden @ matrices.transpose(0, 2, 1) + (mixes @ bias)[:, None, :]
        labels = np.concatenate([data.labels for data in self.held_out])
        hidden -= hidden.max(axis=2, keepdims=True)
        right = np.take_along_axis(hidden, labels[None, :, None], axis=2)[:, :, 0]
        entropy = np.log(np.exp(hidden).sum(axis=2)) - right
        ends = np.cumsum([len(data) for data in self.held_out])[:-1]
        sets = np.split(entropy.astype(np.float64), ends, axis=1)
        return np.stack([one.mean(axis=1) for one in sets], axis=1)

    @property
    def _pairs(self) -> list[tuple[int, int]]:
        return list(zip(self.widths, self.widths[1:], strict=False))
