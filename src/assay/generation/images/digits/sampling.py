"""Draw digits with the trained network: Euler steps from noise, the same bits on every machine.

    glyphs = sample(layers, labels=(2, 0, 2, 6), seed=3, steps=20, guidance=1.5)
    glyphs.shape      # (4, 8, 8), from -1 (paper) to 1 (ink)

The noise comes from SHAKE-256, not from a library's generator, whose stream may change with its
version; twelve uniform numbers summed stand for a normal one. See `network` for why nothing here
depends on the processor.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assay.generation.images.digits.data import SIDE
from assay.generation.images.digits.network import (
    ANY_CLASS,
    PIXELS,
    Exact,
    conditions,
    on_grid,
    velocity,
)

SCHEDULER = "euler"
_SUMMED = 12
_FINE = 2**16


def sample(
    layers: list[Exact], labels: Sequence[int], *, seed: int, steps: int, guidance: float
) -> Exact:
    """One 8 x 8 glyph a label, in -1..1.

    Args:
        layers: weights on the grid.
        seed: each place in `labels` has noise of its own under one seed.
        guidance: 1 follows the digit as learnt, more leans away from all others.
    """
    pictures = np.vstack([_noise(seed, place) for place in range(len(labels))])
    told = np.asarray(labels, dtype=np.int64)
    untold = np.full_like(told, ANY_CLASS)
    for step in range(steps):
        times = np.full(len(labels), step / steps, dtype=np.float32)
        free = velocity(layers, pictures, on_grid(conditions(times, untold)))
        bound = velocity(layers, pictures, on_grid(conditions(times, told)))
        pictures = on_grid(pictures + (free + guidance * (bound - free)) / steps)
    return np.clip(pictures, -1.0, 1.0).reshape(-1, SIDE, SIDE)


def uniform(label: str, seed: int, count: int) -> NDArray[np.float64]:
    """Numbers in 0..1 (1 excluded), multiples of 2**-16, the same for ever for a label and seed."""
    stream = hashlib.shake_256(f"{label}:{seed}".encode()).digest(2 * count)
    return np.frombuffer(stream, dtype=">u2").astype(np.float64) / _FINE


def _noise(seed: int, place: int) -> Exact:
    parts = uniform(f"noise/{place}", seed, PIXELS * _SUMMED).reshape(PIXELS, _SUMMED)
    return on_grid(parts.sum(axis=1)[None] - _SUMMED / 2)  # sums of multiples of 2**-16: exact
