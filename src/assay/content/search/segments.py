"""Vectors of a range of database rows in one file that is written once and never changed.

A segment is a cache of what the database holds: a magic number, the BLAKE2b of all that follows,
a JSON header, and for each space its keys (little-endian 64-bit) and vectors. It is written beside
its place, flushed to disk and renamed, so that a reader sees a whole file or none, whatever kills
the writer; a file that is not whole, or not what was written, is told by its digest.

Segments grow like the runs of a log-structured merge tree (O'Neil and others, 1996): a new one is
joined with its predecessors while they are less than twice as large, so that a vector is written
O(log n) times and few files are opened.
"""

from __future__ import annotations

import json
import mmap
import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from struct import Struct

import numpy as np

from assay.content.search.errors import IndexFolderUnusable, SegmentDamaged
from assay.content.search.model import Space
from assay.content.search.scan import Bytes, Keys

_MAGIC = b"ASSAYSG1"
_DIGEST_BYTES = 32
_HEADER_LENGTH = Struct("<I")
_NAME = re.compile(r"(\d{12})-(\d{12})\.segment")
_UNFINISHED = ".unfinished"
_ATTEMPTS = 5

Rows = dict[str, tuple[Keys, Bytes]]
"""Keys and vectors, an array of shape (vectors, bytes of one), by space."""


@dataclass(frozen=True, eq=False)
class Segment:
    """What the database had in the rows with `after < id <= last`.

    Attributes:
        mark: digest of the vector in row `last`; another one means another database.
        rows: keys and vectors by space.
    """

    after: int
    last: int
    mark: str
    rows: Rows

    def __len__(self) -> int:
        """How many vectors."""
        return sum(len(keys) for keys, _ in self.rows.values())


def mark_of(vector: bytes) -> str:
    """What a segment remembers of its last row."""
    return blake2b(vector, digest_size=16).hexdigest()


def join(segments: Sequence[Segment]) -> Segment:
    """One segment of several that follow one another."""
    names = dict.fromkeys(name for segment in segments for name in segment.rows)
    rows = {}
    for name in names:
        parts = [segment.rows[name] for segment in segments if name in segment.rows]
        keys, vectors = zip(*parts, strict=True)
        rows[name] = (np.concatenate(keys), np.concatenate(vectors))
    return Segment(segments[0].after, segments[-1].last, segments[-1].mark, rows)


def load_segments(folder: Path, spaces: Mapping[str, Space]) -> tuple[list[Segment], list[str]]:
    """The segments that follow one another from the first row on, and what is wrong with others.

    Raises:
        IndexFolderUnusable: the folder cannot be read.
    """
    for _ in range(_ATTEMPTS):
        try:
            return _load(folder, spaces)
        except FileNotFoundError:
            continue  # another process joined it with others since they were listed
    return [], []


def _load(folder: Path, spaces: Mapping[str, Space]) -> tuple[list[Segment], list[str]]:
    segments: list[Segment] = []
    complaints: list[str] = []
    covered = 0
    for after, last, path in _listed(folder):
        if after != covered or last <= covered:
            continue  # joined into another one, or behind a damaged one
        try:
            segments.append(_read(path, after, last, spaces))
        except SegmentDamaged as damage:
            complaints.append(str(damage))
            continue
        covered = last
    return segments, complaints


def save_segment(folder: Path, segment: Segment) -> None:
    """Write a segment and remove the files that it makes needless; for the holder of the lock.

    Raises:
        IndexFolderUnusable: the folder cannot be written.
    """
    path = folder / f"{segment.after:012d}-{segment.last:012d}.segment"
    unfinished = path.with_suffix(f".{os.getpid()}{_UNFINISHED}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for leftover in folder.glob(f"*{_UNFINISHED}"):
            leftover.unlink(missing_ok=True)
        _write(unfinished, segment)
        unfinished.replace(path)
        _flush_folder(folder)
        for after, last, other in _listed(folder):
            if other != path and segment.after <= after and last <= segment.last:
                other.unlink(missing_ok=True)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink()
        raise IndexFolderUnusable(folder, error.strerror or str(error)) from None


def discard_segments(folder: Path, after: int) -> None:
    """Remove the files of rows later than `after`; for the holder of the lock.

    Raises:
        IndexFolderUnusable: the folder cannot be written.
    """
    try:
        for _, last, path in _listed(folder):
            if last > after:
                path.unlink(missing_ok=True)
    except OSError as error:
        raise IndexFolderUnusable(folder, error.strerror or str(error)) from None


def _listed(folder: Path) -> list[tuple[int, int, Path]]:
    """The files, those of the same start with the longest first."""
    try:
        names = [path.name for path in folder.iterdir()]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise IndexFolderUnusable(folder, error.strerror or str(error)) from None
    found = [
        (int(match[1]), int(match[2]), folder / name)
        for name in names
        if (match := _NAME.fullmatch(name)) is not None
    ]
    return sorted(found, key=lambda one: (one[0], -one[1]))


def _write(path: Path, segment: Segment) -> None:
    """Write and flush; the digest goes in last, over what was written."""
    described = [
        {"name": name, "vectors": len(keys), "vector_bytes": int(vectors.shape[1])}
        for name, (keys, vectors) in segment.rows.items()
    ]
    header = json.dumps({"mark": segment.mark, "spaces": described}).encode()
    header += b" " * (-(len(_MAGIC) + _DIGEST_BYTES + _HEADER_LENGTH.size + len(header)) % 8)
    digest = blake2b(digest_size=_DIGEST_BYTES)
    with path.open("wb") as file:
        file.write(_MAGIC + bytes(_DIGEST_BYTES))
        for piece in (_HEADER_LENGTH.pack(len(header)), header):
            file.write(piece)
            digest.update(piece)
        for keys, vectors in segment.rows.values():
            for array in (np.ascontiguousarray(keys, "<i8"), np.ascontiguousarray(vectors)):
                file.write(array.data)
                digest.update(array.data)
        file.seek(len(_MAGIC))
        file.write(digest.digest())
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path, after: int, last: int, spaces: Mapping[str, Space]) -> Segment:
    """Map a file into memory and check it; spaces that are not asked for are left out."""
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise SegmentDamaged(path, str(error)) from None
    start = len(_MAGIC) + _DIGEST_BYTES
    if data[: len(_MAGIC)] != _MAGIC:
        raise SegmentDamaged(path, "it is no segment of this version")
    with memoryview(data) as view, view[start:] as body:
        if blake2b(body, digest_size=_DIGEST_BYTES).digest() != data[len(_MAGIC) : start]:
            raise SegmentDamaged(path, "its digest does not fit")
    (length,) = _HEADER_LENGTH.unpack_from(data, start)
    position = start + _HEADER_LENGTH.size + length
    header = json.loads(data[start + _HEADER_LENGTH.size : position])
    rows: Rows = {}
    for described in header["spaces"]:
        count, size = described["vectors"], described["vector_bytes"]
        keys: Keys = np.frombuffer(data, "<i8", count, position)
        vectors = np.frombuffer(data, np.uint8, count * size, position + keys.nbytes)
        position += keys.nbytes + vectors.nbytes
        space = spaces.get(described["name"])
        if space is not None and space.vector_bytes == size:
            rows[space.name] = (keys, vectors.reshape(count, size))
    return Segment(after, last, header["mark"], rows)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
