"""What each update of a round was worth on a validator's own records, as it reports it.

contributions = perceptron_values((64, 32, 10), held_out)
contributions(start, updates)          # billionths of loss by node
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from assay.core.address import Address
from assay.training.aggregation.updates import Updates
from assay.training.contribution.perceptron_game import PerceptronGame
from assay.training.contribution.stratified import contributions
from assay.training.learning.data import LabelledData
from assay.training.parameters import Parameters
from assay.training.records import PPB

_MOST_PPB = 1000 * PPB
"""Beyond it an update has only spoilt the model, and how much says nothing more."""


def perceptron_values(
    widths: tuple[int, ...], held_out: LabelledData, seed: int = 0
) -> Callable[[Parameters, Updates], Mapping[Address, int]]:
    """Shapley values by node, in billionths; exact up to 12 nodes, sampled above.

    Args:
        seed: of the sampling.
    """

    def values(start: Parameters, updates: Updates) -> Mapping[Address, int]:
        game = PerceptronGame(widths, start.vector(), updates.rows, updates.weights, [held_out])
        # Many small products: more threads gain little, and spin where validators share processors.
        with (
            threadpool_limits(1, user_api="blas"),
            np.errstate(over="ignore", invalid="ignore"),
        ):
            found = contributions(game, len(updates), np.random.default_rng(seed))
        worth = [_billionths(value) for value in found.values.tolist()]
        return dict(zip(updates.nodes, worth, strict=True))

    return values


def _billionths(value: float) -> int:
    if not isfinite(value):
        return -_MOST_PPB
    return max(-_MOST_PPB, min(round(value * PPB), _MOST_PPB))
