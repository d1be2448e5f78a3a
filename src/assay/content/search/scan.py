"""The nearest vectors by looking at all of them: exact for bits, a sketch and a second look else.

    index = ScanningIndex([Space("picture", "binary", 256)])
    index.add("picture", [7], [fingerprint])
    index.search("picture", [query], 10)

Perceptual fingerprints are close to random bits, among which graphs of neighbours find little: of
copies with 40 of 256 bits changed, among 200 000, a graph of 16 links each finds 41 %, one of 32
links 95 % after minutes of building (bench/search.py). Counting the bits that differ from each of a
million takes one core a few milliseconds with the population count of its vector unit (Mula, Kurz
and Lemire, "Faster Population Counts Using AVX2 Instructions", 2018), as faiss does it, finds the
exact answer, and costs nothing to build or to add to.

Directions of floats are scanned by `SKETCH_BITS` signs of random projections (Charikar, "Similarity
Estimation Techniques from Rounding Algorithms", 2002): the nearest `SHORTLIST` or more of them are
held against the floats themselves, so that distances are exact and only the choice is estimated.

One lock holds while it searches: faiss moves its memory when something is added.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import RLock

import faiss
import numpy as np
from numpy.typing import NDArray

from assay.content.search.errors import SpaceUnknown, VectorMalformed
from assay.content.search.model import Neighbour, Space

SKETCH_BITS = 512
SHORTLIST = 256
_SEED = 20_211
_CHUNK_ROWS = 8192
Bytes = NDArray[np.uint8]
Keys = NDArray[np.int64]
_Halves = NDArray[np.float16]

# A second thread gains little on one query, and waits for the first where cores are shared.
faiss.omp_set_num_threads(1)


class ScanningIndex:
    """The `NearestIndex` port in memory: 32 bytes and a key for each 256-bit vector."""

    def __init__(self, spaces: Sequence[Space]) -> None:
        self._guard = RLock()
        self._spaces: dict[str, _Bits | _Directions] = {
            space.name: _Bits(space) if space.kind == "binary" else _Directions(space)
            for space in spaces
        }

    def add(self, space: str, keys: Sequence[int], vectors: Sequence[bytes]) -> None:
        """See `NearestIndex.add`."""
        found = self._space(space)
        self.add_rows(space, np.asarray(keys, np.int64), as_rows(found.space, vectors))

    def add_rows(self, space: str, keys: Keys, rows: Bytes) -> None:
        """As `add`, for an array of shape (vectors, bytes of one); it is not copied for floats."""
        found = self._space(space)
        if len(keys) != len(rows):
            raise VectorMalformed(space, f"{len(keys)} keys for {len(rows)} vectors")
        if len(keys):
            with self._guard:
                found.add(keys, rows)

    def search(self, space: str, vectors: Sequence[bytes], count: int) -> list[list[Neighbour]]:
        """See `NearestIndex.search`."""
        found = self._space(space)
        rows = as_rows(found.space, vectors)
        with self._guard:
            count = min(count, len(found.keys))
            if not count or not len(rows):
                return [[] for _ in rows]
            return found.search(rows, count)

    def remove(self, keys: Sequence[int]) -> None:
        """See `NearestIndex.remove`."""
        unwanted = np.asarray(keys, np.int64)
        with self._guard:
            for space in self._spaces.values():
                space.remove(unwanted)

    def keys(self, space: str) -> Keys:
        """The keys of a space, in the order in which they were added."""
        return self._space(space).keys.copy()

    def size(self, space: str) -> int:
        """How many vectors a space has."""
        return len(self._space(space).keys)

    def __len__(self) -> int:
        """See `NearestIndex.__len__`."""
        return sum(len(space.keys) for space in self._spaces.values())

    def _space(self, name: str) -> _Bits | _Directions:
        if name not in self._spaces:
            raise SpaceUnknown(name, tuple(self._spaces))
        return self._spaces[name]


def as_rows(space: Space, vectors: Sequence[bytes]) -> Bytes:
    """Vectors as an array of shape (vectors, bytes of one).

    Raises:
        VectorMalformed: one has another size, or is no direction.
    """
    for vector in vectors:
        if len(vector) != space.vector_bytes:
            detail = f"{len(vector)} bytes where {space.vector_bytes} are expected"
            raise VectorMalformed(space.name, detail)
    rows = np.frombuffer(b"".join(vectors), np.uint8).reshape(-1, space.vector_bytes)
    if space.kind == "float":
        with np.errstate(invalid="ignore", over="ignore"):  # what is no number is refused below
            lengths = np.linalg.norm(rows.view("<f2").astype(np.float32), axis=1)
        if not np.all(np.isfinite(lengths) & (lengths > 0)):
            raise VectorMalformed(space.name, "it has no length, or no number in it")
    return rows


class _Bits:
    """Bits, and which key each row has."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.keys: Keys = np.zeros(0, np.int64)
        self._index = faiss.IndexBinaryFlat(space.dimensions)

    def add(self, keys: Keys, rows: Bytes) -> None:
        self._index.add(np.ascontiguousarray(rows))
        self.keys = np.concatenate([self.keys, keys])

    def search(self, rows: Bytes, count: int) -> list[list[Neighbour]]:
        distances, positions = self._index.search(np.ascontiguousarray(rows), count)
        return [
            [
                Neighbour(int(key), float(distance) / self.space.dimensions)
                for key, distance in zip(self.keys[found], row, strict=True)
            ]
            for found, row in zip(positions, distances, strict=True)
        ]

    def remove(self, keys: Keys) -> NDArray[np.bool_]:
        """Returns which rows stayed."""
        gone = np.isin(self.keys, keys)
        if gone.any():
            self._index.remove_ids(np.flatnonzero(gone).astype(np.int64))
            self.keys = self.keys[~gone]
        return ~gone


class _Directions:
    """Floats, found by the bits of their sketches."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self._sketches = _Bits(Space(space.name, "binary", SKETCH_BITS))
        random = np.random.default_rng(_SEED)
        self._planes = random.standard_normal((space.dimensions, SKETCH_BITS), np.float32)
        self._chunks: list[_Halves] = []
        self._starts = np.zeros(0, np.int64)

    @property
    def keys(self) -> Keys:
        return self._sketches.keys

    def add(self, keys: Keys, rows: Bytes) -> None:
        floats: _Halves = rows.view("<f2")
        if self._chunks and len(self._chunks[-1]) + len(floats) <= _CHUNK_ROWS:
            self._chunks[-1] = np.concatenate([self._chunks[-1], floats])
        else:
            self._starts = np.append(self._starts, len(self.keys))
            self._chunks.append(floats)
        self._sketches.add(keys, self._sketch(floats))

    def search(self, rows: Bytes, count: int) -> list[list[Neighbour]]:
        queries = _units(rows.view("<f2"))
        wanted = min(max(SHORTLIST, 4 * count), len(self.keys))
        _, positions = self._sketches._index.search(self._sketch(queries), wanted)
        found = []
        for query, shortlist in zip(queries, positions, strict=True):
            distances = 1 - _units(self._floats(shortlist)) @ query
            nearest = np.argsort(distances, kind="stable")[:count]
            keys = self.keys[shortlist[nearest]]
            pairs = zip(keys, distances[nearest], strict=True)
            found.append([Neighbour(int(key), float(distance)) for key, distance in pairs])
        return found

    def remove(self, keys: Keys) -> None:
        stay = self._sketches.remove(keys)
        if not stay.all():
            pieces = np.split(stay, self._starts[1:])
            kept = zip(self._chunks, pieces, strict=True)
            self._chunks = [np.concatenate([chunk[piece] for chunk, piece in kept])]
            self._starts = np.zeros(1, np.int64)

    def _sketch(self, floats: NDArray[np.floating]) -> Bytes:
        pieces = [
            np.packbits(
                floats[start : start + _CHUNK_ROWS].astype(np.float32) @ self._planes > 0, axis=1
            )
            for start in range(0, len(floats), _CHUNK_ROWS)
        ]
        return np.concatenate(pieces)

    def _floats(self, positions: Keys) -> _Halves:
        """Rows by position, out of the chunks that they came in."""
        chunk_of = np.searchsorted(self._starts, positions, side="right") - 1
        rows = np.empty((len(positions), self.space.dimensions), np.float16)
        for chunk in np.unique(chunk_of):
            mine = chunk_of == chunk
            rows[mine] = self._chunks[chunk][positions[mine] - self._starts[chunk]]
        return rows


def _units(floats: _Halves) -> NDArray[np.float32]:
    wide = floats.astype(np.float32)
    units: NDArray[np.float32] = wide / np.linalg.norm(wide, axis=1, keepdims=True)
    return units
