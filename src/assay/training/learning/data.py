"""Labelled data of one node.

>>> import numpy as np
>>> data = LabelledData(np.eye(3, dtype=np.float32), np.array([0, 1, 2]))
>>> len(data), data.features_count, data.take(np.array([0, 2])).labels.tolist()
(3, 3, [0, 2])
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assay.core.digest import Digest
from assay.errors import InputError

Features = NDArray[np.float32]
Labels = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class LabelledData:
    """Records with a class each.

    Attributes:
        features: shape (records, features).
        labels: shape (records,), from 0.

    Raises:
        InputError: the shapes do not fit each other, or a number is not finite.
    """

    features: Features
    labels: Labels

    def __post_init__(self) -> None:
        if self.features.ndim != 2 or self.labels.shape != self.features.shape[:1]:
            raise InputError(
                f"Features of shape {self.features.shape} do not fit labels of shape "
                f"{self.labels.shape}.",
                hint="Give a row of features and one label for each record.",
            )
        if not np.isfinite(self.features).all():
            raise InputError(
                "A feature is not a finite number.", hint="Fill or drop records with gaps first."
            )

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def features_count(self) -> int:
        """How many features a record has."""
        return int(self.features.shape[1])

    @property
    def digest(self) -> Digest:
        """SHA-256 of shape, features and labels, little-endian: what these records were."""
        shape = np.array(self.features.shape, "<i8").tobytes()
        features = self.features.astype("<f4").tobytes()
        return Digest.of(shape + features + self.labels.astype("<i8").tobytes())

    def take(self, rows: NDArray[np.intp]) -> LabelledData:
        """Some of the records, in the order given."""
        return LabelledData(self.features[rows], self.labels[rows])

    @classmethod
    def pooled(cls, parts: Sequence[LabelledData]) -> LabelledData:
        """The records of one or more, one after the other."""
        return cls(
            np.concatenate([part.features for part in parts]),
            np.concatenate([part.labels for part in parts]),
        )
