"""Numbers in few bits: whole multiples of a scale that neighbours share.

>>> values, positions = np.array([0.7, -0.2, 0.0, 3.5]), np.array([0, 1, 2, 70])
>>> scales = scales_of(values, positions, block=64, blocks=2, bits=4)
>>> levels = quantise(values, scales[positions // 64], bits=4)
>>> levels.tolist(), [round(float(scale), 6) for scale in scales]
([7, -2, 0, 7], [0.1, 0.5])
>>> unpack(pack(levels, 4), 4, 4).tolist()
[7, -2, 0, 7]

Only single operations of IEEE 754 and comparisons are used, no sums, so that every machine comes to
the same bits.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assay.training.compression.errors import MessageMalformed
from assay.training.compression.sparsification import Positions
from assay.training.parameters import Vector

Levels = NDArray[np.int8]
"""Multiples of a scale, shape (kept,), from -limit to limit."""

Scales = NDArray[np.float32]
"""One scale for each block of a vector, shape (blocks,), none negative."""


def limit(bits: int) -> int:
    """The largest level: 7 in 4 bits, 127 in 8."""
    return int(2 ** (bits - 1)) - 1


def scales_of(
    values: Vector, positions: Positions, *, block: int, blocks: int, bits: int
) -> Scales:
    """The scale of each block of positions: its largest magnitude becomes the largest level."""
    scales = np.zeros(blocks, np.float32)
    if len(values):
        owners = positions // block
        starts = np.flatnonzero(np.diff(owners, prepend=-1))
        peaks = np.maximum.reduceat(np.abs(values), starts)
        scales[owners[starts]] = peaks / limit(bits)
    return scales


def quantise(values: Vector, scales: Scales, *, bits: int, seed: int | None = None) -> Levels:
    """The levels of values, each with its own scale.

    Args:
        seed: rounds by chance so that the mean is right; None rounds to the nearest level.
    """
    scaled = np.zeros(len(values))
    np.divide(values, scales.astype(np.float64), out=scaled, where=scales > 0)
    if seed is None:
        levels = np.rint(scaled)
    else:
        # The raw stream of a bit generator is the one that NumPy promises never to change.
        raw = np.random.PCG64(seed).random_raw(len(values))
        levels = np.floor(scaled + (raw >> np.uint64(11)) * 2.0**-53)
    return np.clip(levels, -limit(bits), limit(bits)).astype(np.int8)


def pack(levels: Levels, bits: int) -> bytes:
    """Levels as bytes: one each, or two of 4 bits, the first in the lower half."""
    if bits == 8:
        return levels.tobytes()
    halves = (levels & 0x0F).astype(np.uint8)
    if len(halves) % 2:
        halves = np.append(halves, np.uint8(0))
    return (halves[::2] | halves[1::2] << 4).tobytes()


def packed_bytes(count: int, bits: int) -> int:
    """How many bytes `count` numbers of so many bits take."""
    return (count * bits + 7) // 8


def unpack(data: bytes, count: int, bits: int) -> Levels:
    """Levels from bytes.

    Raises:
        MessageMalformed: a level is out of range, or the spare half is not empty.
    """
    if bits == 8:
        levels = np.frombuffer(data, np.int8)
    else:
        halves = np.repeat(np.frombuffer(data, np.uint8), 2)
        halves[::2] &= 0x0F
        halves[1::2] >>= 4
        if halves[count:].any():
            raise MessageMalformed("it goes on after its last number")
        levels = ((halves[:count] ^ 8).astype(np.int8) - 8).astype(np.int8)
    if (levels < -limit(bits)).any():
        raise MessageMalformed(f"it names the level {levels.min()} in {bits} bits")
    return levels
