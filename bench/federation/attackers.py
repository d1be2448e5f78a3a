"""What the hostile nodes of a scene do. They know all honest updates and act together."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from assay.training.attacks import crafted
from assay.training.attacks.labels import flip_labels
from federation.scene import CLASSES, HOSTILE, Scene

Rows = NDArray[np.float64]
Craft = Callable[[Rows, Rows, np.random.Generator, float], Rows]
STRENGTHS = {
    "sign-flip": 4.0,
    "noise": 4.0,
    "label-flip": 1.0,
    "little-is-enough": 1.5,
    "inner-product": 1.0,
    "copy": 1.0,
}
"""Attacks, each with the strength of the main table; where it has none, 1."""

_CRAFTS: dict[str, Craft] = {
    "sign-flip": lambda own, _, __, strength: crafted.sign_flip(own, strength),
    "noise": lambda own, _, random, strength: crafted.noise(own, random, strength),
    "label-flip": lambda own, _, __, strength: strength * own,
    "little-is-enough": lambda _, honest, random, strength: crafted.disguise(
        crafted.little_is_enough(honest, HOSTILE, strength), random
    ),
    "inner-product": lambda _, honest, random, strength: crafted.disguise(
        crafted.inner_product(honest, HOSTILE, strength), random
    ),
    "copy": lambda _, honest, __, strength: strength * crafted.copy_of(honest, HOSTILE, 0),
}


def poison(scene: Scene, attack: str | None) -> None:
    """What happens before training: flip labels."""
    if attack == "label-flip":
        for place in scene.hostile:
            scene.nodes[place] = flip_labels(scene.nodes[place], CLASSES)


def attacked(
    rows: Rows, scene: Scene, attack: str | None, strength: float, random: np.random.Generator
) -> Rows:
    """The updates of a round, those of the hostile nodes replaced."""
    if attack is None:
        return rows
    sent = np.array(rows)
    own, honest = rows[scene.hostile], rows[scene.honest]
    sent[scene.hostile] = _CRAFTS[attack](own, honest, random, strength)
    return sent
