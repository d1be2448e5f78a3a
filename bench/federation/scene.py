"""Who takes part: ten nodes with digits of their own, three of them hostile, and four validators.

The 1,797 digits of scikit-learn are parted by seed, and no record is in two parts: 360 test the
final model and are seen by nobody, 30 belong to each validator, the rest is shared out among nodes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from assay.core.address import Address, parse_address
from assay.training.learning.data import LabelledData
from assay.training.learning.partition import dirichlet_shares, even_shares

NODES, HOSTILE = 10, 3
FAULTS = 1
VALIDATORS = 3 * FAULTS + 1
TEST_RECORDS, HELD_OUT_RECORDS = 360, 30
CLASSES = 10
CONCENTRATION = 0.3
SPREADS = ("dirichlet", "iid")
ADDRESSES: tuple[Address, ...] = tuple(
    parse_address(f"0x{place + 1:040x}") for place in range(NODES)
)


@dataclass(frozen=True, eq=False)
class Scene:
    """The data of one seed.

    Attributes:
        nodes: training data of each node.
        held_out: the records of each validator.
        test: what the final model is measured on.
        hostile: the places of the hostile nodes.
    """

    nodes: list[LabelledData]
    held_out: list[LabelledData]
    test: LabelledData
    hostile: NDArray[np.intp]

    @property
    def honest(self) -> NDArray[np.intp]:
        """The places of the others."""
        return np.setdiff1d(np.arange(len(self.nodes)), self.hostile)


def digits_scene(seed: int, spread: str) -> Scene:
    """Part the digits; `spread` is iid, or dirichlet with a concentration of 0.3."""
    features, labels = load_digits(return_X_y=True)
    digits = LabelledData((features / 16).astype(np.float32), labels.astype(np.int64))
    random = np.random.default_rng(seed)
    order = random.permutation(len(digits))
    first, last = TEST_RECORDS, TEST_RECORDS + VALIDATORS * HELD_OUT_RECORDS
    rest = digits.take(order[last:])
    shares = (
        even_shares(len(rest), NODES, random)
        if spread == "iid"
        else dirichlet_shares(rest.labels, NODES, CONCENTRATION, random)
    )
    return Scene(
        nodes=[rest.take(share) for share in shares],
        held_out=[digits.take(part) for part in np.split(order[first:last], VALIDATORS)],
        test=digits.take(order[:first]),
        hostile=np.sort(random.permutation(NODES)[:HOSTILE]),
    )
