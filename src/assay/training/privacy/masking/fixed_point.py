"""Updates as whole numbers modulo 2^bits, such that no sum of a round leaves the range.

>>> import numpy as np
>>> scale = FixedPoint(bits=32, clip=Fraction(8), nodes=2, most_records=300)
>>> rows = [scale.encode(np.array([0.5, -1.0]), 300), scale.encode(np.array([0.2, 2.0]), 100)]
>>> [round(one, 6) for one in scale.decode(rows[0] + rows[1], records=400).tolist()]
[0.425, -0.25]

With n nodes each uses L = (2^(bits-1) - 1) // n levels in either direction, so the sum of all lies
within the signed range. Records count as a part of the most that one node counts, so the weight
costs no range either. Rounding is to the nearest level, of which each is clip / L times that part:

    |decoded mean - weighted mean of the clipped updates| <= n/2 * clip/L * most_records / records

where n and records are those of the nodes that are in the sum. Decoding is one multiplication by a
correctly rounded number, and so the same to the bit everywhere (docs/decisions/0050).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assay.training.parameters import Vector

Masked = NDArray[Any]
"""Whole numbers modulo 2^16 or 2^32, little-endian, shape (size,)."""


@dataclass(frozen=True, slots=True)
class FixedPoint:
    """The scale of one round.

    Attributes:
        bits: 16 or 32.
        clip: the largest number of an update.
        nodes: as many are summed at most.
        most_records: that one of them counts.
    """

    bits: int
    clip: Fraction
    nodes: int
    most_records: int

    @property
    def dtype(self) -> np.dtype[Any]:
        """Of a masked number."""
        return np.dtype(f"<u{self.bits // 8}")

    @property
    def levels(self) -> int:
        """L, in either direction."""
        return ((1 << (self.bits - 1)) - 1) // self.nodes

    def step(self, records: int) -> Fraction:
        """The distance of two levels in a mean over so many records."""
        return self.clip * self.most_records / (self.levels * records)

    def bound(self, nodes: int, records: int) -> Fraction:
        """How far a decoded mean over so many nodes can be from the true one."""
        return Fraction(nodes, 2) * self.step(records)

    def encode(self, vector: Vector, records: int) -> Masked:
        """An update times its weight; numbers beyond `clip` are cut.

        Args:
            vector: finite, shape (size,).
            records: from 1 to `most_records`.
        """
        assert 1 <= records <= self.most_records
        clip = float(self.clip)
        factor = float(Fraction(self.levels * records, self.most_records) / self.clip)
        whole = np.rint(np.clip(vector, -clip, clip) * factor).astype(np.int64)
        return np.clip(whole, -self.levels, self.levels).astype(self.dtype)

    def decode(self, total: Masked, records: int) -> Vector:
        """The mean, out of the sum of what nodes with so many records in all encoded."""
        signed = total.astype(self.dtype).view(f"<i{self.bits // 8}").astype(np.float64)
        mean: Vector = signed * float(self.step(records))
        return mean
