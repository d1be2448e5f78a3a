"""Gaussian noise and secret draws out of the operating system's generator.

>>> noise = SecretNoise()
>>> noise.normal(3, deviation=2.0).shape, noise.chosen(1000, 1.0).tolist() == list(range(1000))
((3,), True)

Nothing here has a seed. A seed made of what others know would make the noise known to them, and a
generator that can be told by its outputs is no better; PyTorch's takes 32 bits of its seed. Each
number is the sum of four over two, which keeps the lowest bits from telling which number was
drawn: Holohan and Braghin 2021, "Secure random sampling in differential privacy"; it is what
Opacus calls its secure mode.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_SUMMANDS = 4
_BITS = 53
_BYTES = 8


@dataclass(frozen=True, slots=True)
class SecretNoise:
    """A source of noise.

    Attributes:
        random_bytes: gives so many bytes that nobody can foresee; tests give their own.
    """

    random_bytes: Callable[[int], bytes] = secrets.token_bytes

    def normal(self, count: int, deviation: float) -> NDArray[np.float64]:
        """Independent normal numbers with mean 0, shape (count,).

        Source: Box and Muller 1958, "A note on the generation of random normal deviates".
        """
        pairs = self._uniform(_SUMMANDS * count).reshape(2, -1)
        lengths, angles = np.sqrt(-2 * np.log1p(-pairs[0])), 2 * np.pi * pairs[1]
        summands = np.concatenate([lengths * np.cos(angles), lengths * np.sin(angles)])
        drawn: NDArray[np.float64] = summands.reshape(_SUMMANDS, count).sum(axis=0)
        return np.asarray(drawn * (deviation / _SUMMANDS**0.5), np.float64)

    def chosen(self, count: int, rate: float) -> NDArray[np.intp]:
        """Which of so many are in a sample that takes each with this probability (Poisson)."""
        return np.flatnonzero(self._uniform(count) < rate)

    def _uniform(self, count: int) -> NDArray[np.float64]:
        """From 0 to below 1, in steps of 2^-53."""
        words = np.frombuffer(self.random_bytes(_BYTES * count), "<u8")
        return np.asarray((words >> np.uint64(64 - _BITS)) * 2.0**-_BITS, np.float64)
