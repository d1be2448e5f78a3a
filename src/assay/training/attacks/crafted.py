"""Updates that hostile nodes craft; they know every honest update and act together.

>>> import numpy as np
>>> honest = np.array([[1.0, 2.0], [3.0, 2.0]])
>>> inner_product(honest, hostile=1, strength=0.5).tolist()
[[-1.0, -1.0]]

Each gives rows of shape (hostile, size). Deterministic, but for what a generator draws.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]


def sign_flip(own: Rows, strength: float = 4.0) -> Rows:
    """What hostile nodes learnt themselves, turned round and scaled."""
    return -strength * own


def noise(own: Rows, random: np.random.Generator, strength: float = 4.0) -> Rows:
    """Gaussian noise of `strength` times the norm of what the nodes learnt themselves."""
    drawn = random.standard_normal(own.shape)
    lengths = np.linalg.norm(own, axis=1) / np.linalg.norm(drawn, axis=1)
    scaled: Rows = drawn * (strength * lengths[:, None])
    return scaled


def little_is_enough(honest: Rows, hostile: int, strength: float = 1.5) -> Rows:
    """The mean of the honest updates less some standard deviations in each coordinate.

    Source: Baruch, Baruch and Goldberg 2019, "A little is enough: circumventing defenses for
    distributed learning".
    """
    crafted = honest.mean(axis=0) - strength * honest.std(axis=0)
    return np.tile(crafted, (hostile, 1))


def inner_product(honest: Rows, hostile: int, strength: float = 1.0) -> Rows:
    """The mean of the honest updates, turned round and scaled.

    Source: Xie, Koyejo and Gupta 2020, "Fall of empires: breaking Byzantine-tolerant SGD by inner
    product manipulation".
    """
    return np.tile(-strength * honest.mean(axis=0), (hostile, 1))


def copy_of(honest: Rows, hostile: int, place: int) -> Rows:
    """One honest node's update, sent again by every hostile one."""
    return np.tile(honest[place], (hostile, 1))


def disguise(rows: Rows, random: np.random.Generator, share: float = 0.05) -> Rows:
    """Each row with noise of its own, of a share of its norm, so that equal ones are no copies."""
    return rows + noise(rows, random, share)
