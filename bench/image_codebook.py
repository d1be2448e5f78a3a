"""Make `src/assay/content/images/codebook.npz`, by which pictures are summed up for the search.

    python bench/image_codebook.py FOLDER [--count 2000] [--output FILE]

The folder should hold thousands of pictures that are not asked about in `bench/robustness.py`; the
committed file came from its distractors (`~/.cache/assay-bench/pictures/distractors`). Another
codebook makes other vectors: name the space in `assay.content.images.hashes` anew with it.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from assay.content.images import hashes
from assay.content.images.describing import fingerprint_picture
from assay.content.images.features import unpack
from assay.content.images.fingerprint import ImageFingerprint
from assay.content.images.reading import read_picture
from assay.content.images.registered import frame_size

SEED = 5
FEWEST_FEATURES = 20
FROM_EACH = 60
WORDS = 64
REDUCED = 32
DIMENSIONS = 256
Floats = NDArray[np.float32]


def fingerprints(folder: Path, count: int) -> list[ImageFingerprint]:
    """Of so many pictures of a folder, taken by chance."""
    paths = sorted(folder.rglob("*.jpg")) + sorted(folder.rglob("*.png"))
    Random(SEED).shuffle(paths)
    chosen = track(paths[:count], description="describing")
    return [fingerprint_picture(read_picture(path.read_bytes())) for path in chosen]


def descriptors(fingerprint: ImageFingerprint) -> Floats:
    """The (n, 128) descriptors that a fingerprint holds."""
    return unpack(fingerprint.features, *frame_size(fingerprint)).vectors


def train(sets: list[Floats]) -> dict[str, NDArray[np.float16]]:
    """The constants, from the descriptors of many pictures."""
    numbers = np.random.default_rng(SEED)
    cv2.setRNGSeed(SEED)
    sampled = np.concatenate([one[numbers.permutation(len(one))[:FROM_EACH]] for one in sets])
    mean = sampled.mean(axis=0)
    variances, directions = np.linalg.eigh(np.cov((sampled - mean).T))
    strongest = np.argsort(-variances)[:REDUCED]
    projection = (directions[:, strongest] / variances[strongest] ** 0.25).astype(np.float32)
    reduced = ((sampled - mean) @ projection).astype(np.float32)
    some = reduced[numbers.permutation(len(reduced))[:40_000]]
    stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_MAX_ITER, 25, 1e-3)
    _, _, words = cv2.kmeans(some, WORDS, np.empty(0), stop, 1, cv2.KMEANS_PP_CENTERS)
    book = {"mean": mean, "projection": projection, "words": np.asarray(words)}
    book |= _summary_axes(sets, book)
    return {name: values.astype(np.float16) for name, values in book.items()}


def _summary_axes(sets: list[Floats], book: dict[str, Floats]) -> dict[str, Floats]:
    """Mean and whitened main axes of the sums, of whole pictures and of halves as crops are."""
    parts = [part for one in sets for part in (one, one[: len(one) // 2], one[len(one) // 2 :])]
    sums = np.stack([hashes.aggregate(part, book) for part in parts])
    mean = sums.mean(axis=0)
    # By the products of the pictures, of which there are fewer than there are dimensions squared.
    left, strengths, right = np.linalg.svd(sums - mean, full_matrices=False)
    del left
    variances = np.maximum(strengths[:DIMENSIONS] ** 2 / len(sums), 1e-9)
    return {
        "summary_mean": mean,
        "summary_projection": (right[:DIMENSIONS].T / variances**0.25).astype(np.float32),
    }


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument(
        "--output", type=Path, default=Path(hashes.__file__).with_name("codebook.npz")
    )
    arguments = parser.parse_args()
    sets = [descriptors(one) for one in fingerprints(arguments.folder, arguments.count)]
    book = train([one for one in sets if len(one) >= FEWEST_FEATURES])
    np.savez_compressed(arguments.output, **book)
    print(f"{arguments.output}: {arguments.output.stat().st_size} bytes from {len(sets)} pictures")


if __name__ == "__main__":
    main()
