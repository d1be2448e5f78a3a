"""The rules by name, as a task's terms choose one.

>>> import numpy as np
>>> from assay.training.aggregation.updates import Updates
>>> low, high = "0x" + "00" * 20, "0x" + "11" * 20
>>> updates = Updates.of({low: (np.array([1.0]), 1), high: (np.array([4.0]), 2)})
>>> Rule("mean").aggregate(updates).tolist()
[3.0]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from assay.core.address import Address
from assay.errors import InputError
from assay.training.aggregation.adaptive import accepted_mean
from assay.training.aggregation.arithmetic import Matrix, Vector
from assay.training.aggregation.bulyan import bulyan
from assay.training.aggregation.centred_clipping import centred_clipping
from assay.training.aggregation.errors import RuleUnknown, UpdatesUnfit
from assay.training.aggregation.geometric_median import geometric_median
from assay.training.aggregation.krum import krum, multi_krum
from assay.training.aggregation.mean import federated_average
from assay.training.aggregation.median import coordinate_median
from assay.training.aggregation.neighbour_mixing import mix_neighbours
from assay.training.aggregation.trimmed_mean import trimmed_mean
from assay.training.aggregation.updates import Updates

ADAPTIVE = "adaptive"
"""The default: the mean of what the committee's reports accept, see `adaptive`."""

RULES: dict[str, Callable[[Matrix, Vector, int], Vector]] = {
    "mean": lambda rows, weights, _: federated_average(rows, weights),
    "median": lambda rows, _, __: coordinate_median(rows),
    "trimmed-mean": lambda rows, _, hostile: trimmed_mean(rows, hostile),
    "krum": lambda rows, _, hostile: krum(rows, hostile),
    "multi-krum": multi_krum,
    "bulyan": lambda rows, _, hostile: bulyan(rows, hostile),
    "geometric-median": lambda rows, weights, _: geometric_median(rows, weights),
    "centred-clipping": lambda rows, weights, _: centred_clipping(rows, weights),
    "mixed-trimmed-mean": lambda rows, _, hostile: trimmed_mean(
        mix_neighbours(rows, hostile), hostile
    ),
    "mixed-geometric-median": lambda rows, _, hostile: geometric_median(
        mix_neighbours(rows, hostile), np.ones(len(rows))
    ),
}
"""The others by name: of rows, weights and the number of hostile ones each makes one vector, and
ignores what it does not use.

A mixed rule replaces each row by the mean of its nearest neighbours first.
"""


def admitted(name: str, count: int) -> int:
    """How many of so many updates may be hostile under a rule: fewer than a third, and

    (n - 3) / 2 at most for Krum and Multi-Krum, (n - 3) / 4 for Bulyan.
    """
    bounds = {"krum": (count - 3) // 2, "multi-krum": (count - 3) // 2, "bulyan": (count - 3) // 4}
    return max(0, min((count - 1) // 3, bounds.get(name, count)))


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with the number of hostile nodes that it is to withstand.

    Attributes:
        hostile: None for the largest number below a third that the rule admits, by how many
            updates there are.

    Raises:
        RuleUnknown: there is no such rule.
        InputError: `hostile` is below 0.
    """

    name: str
    hostile: int | None = None

    def __post_init__(self) -> None:
        if self.name not in {ADAPTIVE, *RULES}:
            raise RuleUnknown(self.name, sorted({ADAPTIVE, *RULES}))
        if self.hostile is not None and (type(self.hostile) is not int or self.hostile < 0):
            raise InputError(
                f"{self.hostile!r} is no number of hostile nodes.", hint="Give 0 or more."
            )

    def aggregate(self, updates: Updates, accepted: Iterable[Address] | None = None) -> Vector:
        """One update out of many, shape (size,); the same to the bit on every machine.

        Args:
            updates: of all nodes that passed screening.
            accepted: by the committee's verdict; the other rules than adaptive do without.

        Raises:
            TooFewUpdates: the rule needs more to withstand so many.
            UpdatesUnfit: the adaptive rule without a verdict, or with one on other nodes.
        """
        if self.name == ADAPTIVE:
            if accepted is None:
                raise UpdatesUnfit("the adaptive rule needs a verdict of the committee")
            return accepted_mean(updates, accepted)
        hostile = admitted(self.name, len(updates)) if self.hostile is None else self.hostile
        return RULES[self.name](updates.rows, updates.weights, hostile)

    def as_json(self) -> dict[str, Any]:
        """As a record of a round names it."""
        return {"name": self.name, "hostile": self.hostile}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Rule:
        """The inverse of `as_json`.

        Raises:
            RuleUnknown, InputError: see the class.
        """
        unknown = sorted(value.keys() - {"name", "hostile"})
        if unknown:
            raise RuleUnknown(unknown[0], ["name", "hostile"])
        return cls(str(value.get("name")), value.get("hostile"))
