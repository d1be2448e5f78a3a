"""A picture in many sizes."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]

LEVEL_STEP = 2**0.5


class Levels:
    """A gray picture in many sizes, so that warping it never skips pixels."""

    def __init__(self, gray: Gray) -> None:
        self._levels: dict[int, Gray] = {0: gray}

    def near(self, scale: float) -> tuple[Gray, float, float]:
        """The picture about `scale` times as large, never enlarged, and its two scales."""
        step = max(0, int(np.floor(-np.log(max(scale, 1e-3)) / np.log(LEVEL_STEP) + 0.25)))
        full = self._levels[0]
        if step not in self._levels:
            factor = LEVEL_STEP**-step
            size = [max(1, round(side * factor)) for side in full.shape[::-1]]
            small = cv2.resize(full, size, interpolation=cv2.INTER_AREA)
            self._levels[step] = np.asarray(small, np.uint8)
        level = self._levels[step]
        return level, level.shape[1] / full.shape[1], level.shape[0] / full.shape[0]
