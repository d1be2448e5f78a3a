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
    """The largest level: 1 in 2 bits, 7 in 4, 127 in 8."""
    return int(2 ** (bits - 1)) - 1


def scales_of(
    values: Vector, positions: Positions, *, block: int, blocks: int, bits: int
) -> Scales:
    """The scale of each block of positions, from the magnitudes that are sent of it.

    In 4 and 8 bits the largest magnitude becomes the largest level. In 2 bits all become their mean
    (Sattler et al. 2019, "Robust and communication-efficient federated learning from non-iid
    data"): the sign says most of what a kept number says, and error feedback sends the rest.
    """
    scales = np.zeros(blocks, np.float32)
    if len(values):
        owners, magnitudes = positions // block, np.abs(values)
        starts = np.flatnonzero(np.diff(owners, prepend=-1))
        if bits == 2:
            ends = np.append(starts[1:], len(values))
            sums = np.concatenate([[0.0], np.cumsum(magnitudes)])  # one after the other
            found = (sums[ends] - sums[starts]) / (ends - starts)
        else:
            found = np.maximum.reduceat(magnitudes, starts) / limit(bits)
        scales[owners[starts]] = found
    # Whether a processor keeps float32 below the normal range depends on a mode of it.
    scales[scales < np.finfo(np.float32).tiny] = 0
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
    """Levels as bytes: one, two or four to a byte, the first in the lowest bits."""
    count = 8 // bits
    fields = np.zeros(-(-len(levels) // count) * count, np.uint8)
    fields[: len(levels)] = levels.view(np.uint8) & np.uint8(2**bits - 1)
    packed = np.zeros(len(fields) // count, np.uint8)
    for place in range(count):
        packed |= fields[place::count] << np.uint8(place * bits)
    return packed.tobytes()


def packed_bytes(count: int, bits: int) -> int:
    """How many bytes `count` numbers of so many bits take."""
    return (count * bits + 7) // 8


def unpack(data: bytes, count: int, bits: int) -> Levels:
    """Levels from bytes.

    Raises:
        MessageMalformed: a level is out of range, or the spare half is not empty.
    """
    packed, fields_a_byte, sign = np.frombuffer(data, np.uint8), 8 // bits, 2 ** (bits - 1)
    fields = np.zeros(len(packed) * fields_a_byte, np.uint8)
    for place in range(fields_a_byte):
        fields[place::fields_a_byte] = (packed >> np.uint8(place * bits)) & np.uint8(2**bits - 1)
    if fields[count:].any():
        raise MessageMalformed("it goes on after its last number")
    levels: Levels = ((fields[:count] ^ np.uint8(sign)).astype(np.int16) - sign).astype(np.int8)
    if (levels < -limit(bits)).any():
        raise MessageMalformed(f"it names the level {levels.min()} in {bits} bits")
    return levels
