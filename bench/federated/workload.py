"""What every node trains in a round: the task of the paper that federated averaging comes from.

McMahan et al. 2017, "Communication-Efficient Learning of Deep Networks from Decentralized Data":
MNIST, a perceptron with two hidden layers of 200 (199,210 parameters), batches of 10. Ten nodes
share 9,000 digits, and each makes `epochs` passes over its 900; four validators hold 250 each.
"""

from __future__ import annotations

import numpy as np

from assay.training.learning.data import LabelledData
from assay.training.learning.perceptron import Perceptron
from assay.training.plan import LocalSchedule
from federated.datasets import load

WIDTHS = (784, 200, 200, 10)
LEARNER = Perceptron(WIDTHS)
VALIDATORS = 4
_HELD_OUT = 250
_SEED = 7


def schedule(epochs: int) -> LocalSchedule:
    """Plain stochastic gradient descent, as in the paper."""
    return LocalSchedule(epochs=epochs, batch=10, rate_micro=50_000, momentum_micro=0)


def node_records(number: int, nodes: int) -> LabelledData:
    """Those of one node, numbered from 0."""
    return _parts(nodes)[VALIDATORS + number]


def held_out_records(number: int, nodes: int) -> LabelledData:
    """Those of one validator, numbered from 0."""
    return _parts(nodes)[number]


def _parts(nodes: int) -> list[LabelledData]:
    data = load("mnist")
    order = np.random.default_rng(_SEED).permutation(len(data))
    held_out = VALIDATORS * _HELD_OUT
    rows = [
        *np.split(order[:held_out], VALIDATORS),
        *np.array_split(order[held_out:], nodes),
    ]
    return [data.take(one) for one in rows]
