"""The largest numbers of a vector, and where they stand.

>>> largest(np.array([0.5, -3.0, 0.0, 1.0, -1.0]), 2).tolist()
[1, 3]
>>> gaps_to_bytes(np.array([1, 3, 600])).hex(" ")
'01 01 ff ff 56'
>>> gaps_from_bytes(bytes.fromhex("01 01 ff ff 56"), 1000).tolist()
[1, 3, 600]

Positions are sent as gaps: how many positions lie between one and the next. A gap is a byte; 255
means that 255 positions are skipped and the gap goes on. That cannot repeat a position or step
back, and as kept numbers lie about 25 apart, an entropy coder takes a gap down to its 6 bits.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assay.training.compression.errors import MessageMalformed
from assay.training.parameters import Vector

Positions = NDArray[np.int64]
"""Ascending places in a vector, shape (kept,), from 0."""

_SKIP = 255


def largest(vector: Vector, count: int) -> Positions:
    """Where the `count` numbers of largest magnitude stand; of equal ones the first.

    Source: top-k of Stich, Cordonnier and Jaggi 2018, "Sparsified SGD with memory".
    """
    if count >= len(vector):
        return np.arange(len(vector))
    magnitudes = np.abs(vector)
    threshold = np.partition(magnitudes, len(vector) - count)[len(vector) - count]
    above = np.flatnonzero(magnitudes > threshold)
    equal = np.flatnonzero(magnitudes == threshold)[: count - len(above)]
    return np.sort(np.concatenate([above, equal]))


def gaps_to_bytes(positions: Positions) -> bytes:
    """Ascending positions as bytes."""
    gaps = np.diff(positions, prepend=-1) - 1
    skips = gaps // _SKIP
    ends = np.cumsum(skips + 1) - 1
    coded = np.full(int(ends[-1]) + 1 if len(ends) else 0, _SKIP, np.uint8)
    coded[ends] = gaps % _SKIP
    return coded.tobytes()


def largest_gap_bytes(count: int, size: int) -> int:
    """So many bytes can hold `count` positions below `size`, whatever they are."""
    return count + size // _SKIP


def gaps_from_bytes(data: bytes, size: int) -> Positions:
    """Positions from bytes.

    Raises:
        MessageMalformed: the last gap has no end, or a position is not below `size`.
    """
    coded = np.frombuffer(data, np.uint8)
    if not len(coded):
        return np.zeros(0, np.int64)
    if coded[-1] == _SKIP:
        raise MessageMalformed("its last gap has no end")
    ends = np.flatnonzero(coded != _SKIP)
    positions = np.cumsum(coded, dtype=np.int64)[ends] + np.arange(len(ends))
    if positions[-1] >= size:
        raise MessageMalformed(f"it names position {positions[-1]} of {size}")
    return positions
