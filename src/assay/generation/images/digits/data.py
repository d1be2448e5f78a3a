"""The handwritten digits that the scikit-learn package ships, read without importing it.

    examples = load_examples()
    examples.pictures.shape   # (1797, 64), from -1 (paper) to 1 (ink)

Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning
Repository, 1998, https://doi.org/10.24432/C50P49 (the test part, by 13 writers).
"""

from __future__ import annotations

import gzip
import hashlib
import shutil
from dataclasses import dataclass
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assay.errors import IntegrityError
from assay.generation.images.errors import PackageMissing

SIDE = 8
CLASSES = 10
DATA_NAME = "digits.csv.gz"
LICENCE = "CC-BY-4.0"
_SHA256 = "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22"
_LARGEST_VALUE = 16
_INSTALL = "pip install --no-deps -r assets.txt (or: pip install scikit-learn)"


class DigitsChanged(IntegrityError):
    """The data file is not the one that this generator is described by."""

    def __init__(self, path: Path, found: str) -> None:
        super().__init__(
            f"The digits in {path} are not the published ones: SHA-256 {found}.",
            hint="Install scikit-learn again.",
        )
        self.path = path
        self.found = found


@dataclass(frozen=True, eq=False)
class Examples:
    """Pictures of digits with what they show.

    Attributes:
        pictures: (examples, 64) in -1..1, row by row, ink is 1.
        labels: (examples,) whole numbers from 0 to 9.
    """

    pictures: NDArray[np.float32]
    labels: NDArray[np.int64]


def load_examples() -> Examples:
    """Read the data file of the installed package.

    Raises:
        PackageMissing: scikit-learn is not installed.
        DigitsChanged: its file is another one.
    """
    with gzip.open(_verified_file(), "rt", encoding="ascii") as lines:
        rows = np.loadtxt(lines, delimiter=",", dtype=np.float32)
    pictures = rows[:, :-1] * np.float32(2 / _LARGEST_VALUE) - np.float32(1)
    return Examples(pictures, rows[:, -1].astype(np.int64))


def lay_out_dataset(folder: Path) -> Path:
    """Write the dataset with its card into a folder, to be published as an asset.

    Raises:
        PackageMissing, DigitsChanged: as `load_examples`.
    """
    source = _verified_file()
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / DATA_NAME)
    card = files("assay.generation.images.digits").joinpath("cards", "dataset.md")
    (folder / "README.md").write_bytes(card.read_bytes())
    return folder


def _verified_file() -> Path:
    spec = find_spec("sklearn")
    origin = spec.origin if spec else None
    path = Path(origin).parent / "datasets" / "data" / DATA_NAME if origin else None
    if path is None or not path.is_file():
        raise PackageMissing("scikit-learn", _INSTALL)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != _SHA256:
        raise DigitsChanged(path, found)
    return path
