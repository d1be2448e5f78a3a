"""Short vectors that find a picture among a million: what `content.search` indexes.

Two spaces, because each fails where the other does not. `picture-detail` sums up all local
features in one vector: the mean way in which they differ from the nearest of 64 typical ones
(Jegou, Douze, Schmid and Perez, "Aggregating local descriptors into a compact image
representation", 2010), reduced and whitened (Jegou and Chum, "Negative evidences and
co-occurrences in image retrieval", 2012); it bears crops, margins and any rotation. `picture-look`
holds the low frequencies of the whole as signs, as pHash does; it bears blur, noise and having no
details at all. `bench/image_codebook.py` makes the constants in `codebook.npz`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from assay.content.images.frames import PATCH_PIXELS
from assay.content.search.model import Space

Floats = NDArray[np.float32]

SPACES: tuple[Space, ...] = (
    Space("picture-detail", "float", 256, neighbours=20),
    Space("picture-look", "binary", 120, neighbours=4),
)

FEWEST_FEATURES = 8
LOOK_SIDE = 11
"""Of the cosine transform the 11 by 11 lowest frequencies, without the mean, give the signs."""


@cache
def _codebook() -> dict[str, Floats]:
    with np.load(Path(__file__).with_name("codebook.npz"), allow_pickle=False) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


def aggregate(vectors: Floats, book: dict[str, Floats]) -> Floats:
    """The mean ways in which descriptors, (n, 128), differ from their nearest words, in a row."""
    words = book["words"]
    reduced = (vectors - book["mean"]) @ book["projection"]
    nearest = ((words**2).sum(axis=1) - 2 * reduced @ words.T).argmin(axis=1)
    sums = np.zeros_like(words)
    np.add.at(sums, nearest, reduced - words[nearest])
    sums /= np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)
    flat = np.sign(sums) * np.sqrt(np.abs(sums))
    return np.asarray(flat.ravel() / max(float(np.linalg.norm(flat)), 1e-6), np.float32)


def summary_vector(vectors: Floats) -> bytes | None:
    """One vector for a set of descriptors, (n, 128); None if they are too few."""
    if len(vectors) < FEWEST_FEATURES:
        return None
    book = _codebook()
    summary = (aggregate(vectors, book) - book["summary_mean"]) @ book["summary_projection"]
    summary /= max(float(np.linalg.norm(summary)), 1e-6)
    return summary.astype("<f2").tobytes()


def look_vector(patch: Floats) -> bytes | None:
    """The signs of the low frequencies of a small square; None if it has but one colour."""
    if not patch.any():
        return None
    frequencies = cv2.dct(patch.reshape(PATCH_PIXELS, PATCH_PIXELS))[:LOOK_SIDE, :LOOK_SIDE]
    return np.packbits(frequencies.ravel()[1:] > 0).tobytes()
