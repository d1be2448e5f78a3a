"""Our own fingerprints, asked as `assay content verify` asks them, through the same parts.

Every picture of the corpus is registered in the product's index in a database of its own; a query
is described, the nearest candidates are taken out of the index, and each is compared. What is kept
has the sources that made it in its name, so that no figure comes from code that is gone.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import assay.content.images
import assay.content.search
from assay.content.images.describing import (
    SPACES,
    fingerprint_picture,
    index_vectors,
    query_vectors,
)
from assay.content.images.fingerprint import ImageFingerprint
from assay.content.images.nearest import CANDIDATES, compare_nearest
from assay.content.images.reading import Picture
from assay.content.images.stored import StoredImageIndex
from assay.content.search.model import Vectors
from assay.content.search.vectors import StoredVectors
from assay.coordination.file_locks import FileLocks
from assay.core.digest import Digest
from assay.ledger.database import open_database
from pictures.sample import Sample

_NOT_MEASURED = ("overlay", "decoding", "containers", "colours", "reading", "errors", "transforms")
_COMPARING = ("comparing", "nearest", "hypotheses", "pixels", "calibration")


@dataclass(frozen=True)
class Answer:
    """What a query came to.

    Attributes:
        found: the registered picture that it was made of was called a copy, and none more surely.
        wrong: the other pictures that were called copies.
        candidate: where the right one stood among the candidates, from 0; -1 if it did not.
        confidence: of the verdict on the right one; 0 if it was not compared.
        compared: how many were.
        seconds: of one core, for all of it.
    """

    found: bool
    wrong: tuple[str, ...]
    candidate: int
    confidence: float
    compared: int
    seconds: float


@dataclass(frozen=True)
class Made:
    """A picture's fingerprint, and how many seconds of one core it took."""

    name: str
    fingerprint: ImageFingerprint
    vectors: Vectors
    seconds: float


def _digest(left_out: Sequence[str]) -> str:
    digest = hashlib.sha256()
    for room in (assay.content.images, assay.content.search):
        for folder in room.__path__:
            for path in sorted(Path(folder).glob("*.py")):
                if path.stem not in left_out:
                    digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


SOURCE_DIGEST = _digest(_NOT_MEASURED)
"""Of the code that fingerprints, searches and compares pictures, as it was when it was loaded."""

REGISTER_DIGEST = _digest((*_NOT_MEASURED, *_COMPARING))
"""Of the part of it that fingerprints and searches."""


def make(sample: Sample) -> Made:
    """Fingerprint a picture."""
    picture = Picture(sample.pixels(), "image/jpeg")
    started = time.process_time()
    fingerprint = fingerprint_picture(picture)
    seconds = time.process_time() - started
    # Once through JSON, as in public metadata.
    fingerprint = ImageFingerprint.from_json(fingerprint.as_json())
    return Made(sample.name, fingerprint, index_vectors(fingerprint), seconds)


class Register:
    """The registered pictures and the distractors in the product's index."""

    def __init__(self, folder: Path, samples: Sequence[Sample]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        engine = open_database(f"sqlite:///{folder / 'index.db'}")
        locks = FileLocks(folder / "locks")
        self._index = StoredImageIndex(
            engine, StoredVectors(engine, SPACES, folder / "search", locks)
        )
        self._samples = {_content_id(sample.name): sample for sample in samples}

    def absent(self) -> list[Sample]:
        """The pictures that are not in it yet."""
        there = self._index.get(list(self._samples))
        return [sample for content_id, sample in self._samples.items() if content_id not in there]

    def add(self, made: Sequence[Made]) -> None:
        """Take in pictures."""
        self._index.add([(_content_id(one.name), one.fingerprint, one.vectors) for one in made])

    def detail_poor(self, names: Sequence[str]) -> set[str]:
        """Those of these pictures whose fingerprint says that they have too little detail."""
        found = self._index.get([_content_id(name) for name in names])
        return {name for name in names if found[_content_id(name)].detail_poor}

    def ask(self, picture: Picture, owner: str | None) -> Answer:
        """Hold a picture against the register; `owner` is what it was made of, if registered."""
        started = time.process_time()
        candidates = self._index.candidates(query_vectors(picture), CANDIDATES)
        nearest = [(self._samples[one.content_id].name, other) for one, other in candidates]
        names = [name for name, _ in nearest]
        copies: dict[str, float] = {}
        confidence = 0.0
        compared = 0
        for name, comparison in compare_nearest(picture, nearest):
            compared += 1
            if comparison.is_copy:
                copies[name] = comparison.confidence
            if name == owner:
                confidence = comparison.confidence
        best = max(copies, key=lambda name: copies[name], default=None)
        return Answer(
            found=owner is not None and best == owner,
            wrong=tuple(name for name in copies if name != owner),
            candidate=names.index(owner) if owner in names else -1,
            confidence=confidence,
            compared=compared,
            seconds=time.process_time() - started,
        )


def _content_id(name: str) -> Digest:
    return Digest(hashlib.sha256(name.encode()).digest())
