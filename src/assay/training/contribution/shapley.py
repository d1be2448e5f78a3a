"""Shapley values of a round's nodes: exact up to 12, sampled with a stated error above.

A node's value is the mean of what it adds to a coalition, over all orders in which nodes could
come (Shapley 1953). The values of all nodes sum to the worth of all of them together.

>>> import numpy as np
>>> def gloves(coalitions):    # a left glove of one node, right gloves of two others
...     return (coalitions[:, 0] & (coalitions[:, 1] | coalitions[:, 2])).astype(np.float64)
>>> exact(gloves, 3).values.round(6).tolist()
[0.666667, 0.166667, 0.166667]
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

import numpy as np

from assay.errors import InputError
from assay.training.contribution.reaggregation import Game
from assay.training.parameters import Vector

EXACT_NODES = 12


@dataclass(frozen=True, eq=False, slots=True)
class Contributions:
    """What each node's update was worth.

    Attributes:
        values: shape (nodes,).
        errors: half the width of each value's 95 % confidence interval; 0 where it is exact.
        evaluations: coalitions that were measured.
    """

    values: Vector
    errors: Vector
    evaluations: int


def exact(game: Game, nodes: int) -> Contributions:
    """By all 2**nodes coalitions.

    Raises:
        InputError: there are too many nodes for that, or none.
    """
    if not 1 <= nodes <= EXACT_NODES:
        raise InputError(
            f"{nodes} nodes are not from 1 to {EXACT_NODES}.",
            hint="Above that, sample: `stratified.sampled`.",
        )
    numbers = np.arange(1 << nodes)
    coalitions = (numbers[:, None] >> np.arange(nodes) & 1).astype(bool)
    worth = game(coalitions)
    # Of all orders, a share of 1 / (nodes * C(nodes - 1, size)) has this coalition before a node.
    share = np.array([1 / (nodes * comb(nodes - 1, size)) for size in range(nodes)])
    values = np.empty(nodes)
    for node in range(nodes):
        without = numbers[~coalitions[:, node]]
        added = worth[without | 1 << node] - worth[without]
        values[node] = added @ share[coalitions[without].sum(axis=1)]
    return Contributions(values, np.zeros(nodes), len(numbers))
