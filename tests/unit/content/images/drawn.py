"""Pictures drawn by chance, as rich in detail as photographs, and pages that share a template."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from assay.content.images.reading import Picture

Pixels = NDArray[np.uint8]
WORDS = (
    "harbour",
    "light",
    "late",
    "summer",
    "nobody",
    "asked",
    "where",
    "picture",
    "came",
    "from",
)


def picture(pixels: NDArray[np.generic]) -> Picture:
    """The pixels as they would be read from a file."""
    return Picture(np.ascontiguousarray(pixels, np.uint8), "image/png")


def scene(seed: int, width: int = 640, height: int = 480) -> Pixels:
    """Soft clouds of colour with shapes of all sizes on them."""
    numbers = np.random.default_rng(seed)
    clouds = numbers.integers(0, 256, (6, 8, 3), dtype=np.uint8)
    drawn = cv2.resize(clouds, (width, height), interpolation=cv2.INTER_CUBIC)
    for _ in range(90):
        centre = (int(numbers.integers(width)), int(numbers.integers(height)))
        axes = tuple(int(side) for side in numbers.integers(4, 60, 2))
        colour = tuple(int(channel) for channel in numbers.integers(0, 256, 3))
        turn = float(numbers.uniform(0, 180))
        if numbers.random() < 0.5:
            cv2.ellipse(drawn, centre, axes, turn, 0, 360, colour, -1, cv2.LINE_AA)
        else:
            corners = cv2.boxPoints((centre, axes, turn)).astype(np.int32)
            cv2.fillPoly(drawn, [corners], colour, cv2.LINE_AA)
    return np.asarray(drawn, np.uint8)


def text_page(seed: int, width: int = 900, height: int = 1200) -> Pixels:
    """A page of text with a heading line and a rule that are the same on every page."""
    numbers = np.random.default_rng(seed)
    page = np.full((height, width, 3), 255, np.uint8)
    page[:70] = (60, 40, 30)
    cv2.putText(page, "The Daily Archive", (40, 48), 0, 1.2, (255, 255, 255), 2, cv2.LINE_AA)
    for line in range(130, height - 40, 30):
        words = " ".join(numbers.choice(WORDS, 8))
        cv2.putText(page, words, (60, line), 0, 0.7, (20, 20, 20), 1, cv2.LINE_AA)
    return page


def site(seed: int) -> Pixels:
    """A page of a site: the same bar, menu and footer, another picture and another text."""
    page = text_page(seed, 1000, 800)
    page[70:, :180] = (230, 225, 220)
    for row, word in enumerate(WORDS[:10]):
        cv2.putText(page, word, (20, 120 + 36 * row), 0, 0.7, (90, 60, 20), 1, cv2.LINE_AA)
    page[100:400, 260:660] = scene(seed, 400, 300)
    page[740:] = (60, 40, 30)
    return page


def framed(seed: int) -> Pixels:
    """A picture in a rich ornamental frame that is the same for every picture."""
    frame = scene(999, 700, 540)
    frame[60:480, 60:640] = scene(seed, 580, 420)
    return frame
