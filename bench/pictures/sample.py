"""A picture of a corpus."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image


@dataclass(frozen=True)
class Sample:
    """A picture of a corpus.

    Attributes:
        name: where it is from; the seed of what is done to it.
    """

    name: str
    path: Path

    def pixels(self) -> NDArray[np.uint8]:
        """8-bit RGB, shape (height, width, 3)."""
        return np.asarray(Image.open(self.path).convert("RGB"))
