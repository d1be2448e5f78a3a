"""Spaces of vectors, and what is near in them.

A space holds vectors of one kind and size; content may have any number of vectors in any number of
spaces, and is found by its nearest one.

>>> space = Space("picture", "binary", 256, neighbours=20)
>>> space.vector_bytes
32
>>> round(space.surprise(40 / 256), 1), round(space.surprise(128 / 256), 1)
(11.0, 0.0)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

Vectors = Mapping[str, Sequence[bytes]]
"""Vectors by the name of their space."""

_HALF_BYTES = 2


@dataclass(frozen=True, slots=True)
class Space:
    """One kind of vectors.

    Attributes:
        name: unique among all spaces; a new way to make vectors needs a new name.
        kind: "binary": bits, eight to a byte, compared by the share that differs; "float":
            little-endian 16-bit floats of any length but zero, compared by their angle.
        dimensions: how many bits (a multiple of 8) or floats a vector has.
        neighbours: how many are taken for each vector that is asked for.
    """

    name: str
    kind: Literal["binary", "float"]
    dimensions: int
    neighbours: int = 20

    @property
    def vector_bytes(self) -> int:
        """The size of one vector."""
        if self.kind == "binary":
            return self.dimensions // 8
        return self.dimensions * _HALF_BYTES

    def surprise(self, distance: float) -> float:
        """How unlikely a distance is between random vectors, in standard deviations below the mean.

        It makes distances of different spaces comparable, to say which of them to look at first.
        """
        if self.kind == "binary":
            return (0.5 - distance) * 2 * sqrt(self.dimensions)
        return (1 - distance) * sqrt(self.dimensions)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A vector that is near.

    Attributes:
        key: as it was added.
        distance: share of bits that differ (binary), or 1 - cosine (float).
    """

    key: int
    distance: float
