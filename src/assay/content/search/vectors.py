"""The vectors of contents: in the database, in memory, and in files that spare reading all again.

    vectors = StoredVectors(engine, spaces, home / "search", FileLocks(home / "locks"))
    vectors.nearest({"picture": [query]}, 20)

The database is the truth. Each process keeps all vectors in memory and, before it searches, reads
the rows that came since it last looked; so what one process adds every other finds, and a process
that is killed loses nothing. Who has read enough new rows writes them into a segment (see
`segments`), if it gets the lock, for the next process to start from. A segment that is damaged,
missing, or of another database is read from the rows again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import log, sqrt
from pathlib import Path
from threading import RLock
from typing import Any

import numpy as np
import structlog
from sqlalchemy import Connection, Engine, Row, func, insert, select

from assay.content.search.errors import IndexFolderUnusable, SpaceUnknown, VectorMalformed
from assay.content.search.model import Neighbour, Space, Vectors
from assay.content.search.scan import Bytes, Keys, ScanningIndex, as_rows
from assay.content.search.segments import (
    Rows,
    Segment,
    discard_segments,
    join,
    load_segments,
    mark_of,
    save_segment,
)
from assay.content.search.tables import vectors as stored
from assay.coordination.port import Locks
from assay.core.digest import Digest
from assay.errors import InputError
from assay.ledger.database import reading

SAVED_AFTER = 4096
"""So many new vectors are worth a file."""

_LOCK = "search-index"
_APPEND_LOCK = 0x6173736179  # of transactions on Postgres
_PAGE = 20_000
_BATCH = 500
_log = structlog.get_logger("assay.content")


@dataclass(frozen=True, slots=True)
class Found:
    """Content with a vector that is near one of those asked for.

    Attributes:
        distance: of the nearest pair in `space`.
        surprise: how unlikely that is by chance; see `Space.surprise`.
        excess: the sum, over the vectors asked for, of the surprise of the content's nearest vector
            beyond that to be expected of the nearest of all by chance, sqrt(2 ln n) of n.
    """

    content_id: Digest
    space: str
    distance: float
    surprise: float
    excess: float


class StoredVectors:
    """The vectors of all contents in all spaces.

    Args:
        folder: for the files; each set of spaces has a folder of its own in it.
        saved_after: how many new vectors are worth a file.
    """

    def __init__(
        self,
        engine: Engine,
        spaces: Sequence[Space],
        folder: Path,
        locks: Locks,
        *,
        saved_after: int = SAVED_AFTER,
    ) -> None:
        self._engine = engine
        self._spaces = {space.name: space for space in spaces}
        self._folders = folder
        self._locks = locks
        self._saved_after = saved_after
        self._guard = RLock()
        self._index: ScanningIndex | None = None
        self._last, self._mark = 0, ""
        self._unsaved: list[Segment] = []

    @property
    def _folder(self) -> Path:
        named = [f"{one.name} {one.kind} {one.dimensions}" for one in self._spaces.values()]
        digest = blake2b("\n".join(sorted(named)).encode(), digest_size=8)
        return self._folders / digest.hexdigest()

    def add_space(self, space: Space) -> None:
        """Search one more space from now on; its vectors, and all others, are read again."""
        with self._guard:
            if space.name not in self._spaces:
                self._spaces = {**self._spaces, space.name: space}
                self._index = None

    def append(self, connection: Connection, content_id: Digest, vectors: Vectors) -> None:
        """Store a content's vectors, within the caller's transaction.

        Raises:
            SpaceUnknown: there is no such space.
            VectorMalformed: a vector does not fit its space.
        """
        rows = []
        for name, members in vectors.items():
            if name not in self._spaces:
                raise SpaceUnknown(name, tuple(self._spaces))
            as_rows(self._spaces[name], members)
            rows += [
                {"content_id": content_id.hex, "space": name, "vector": vector}
                for vector in members
            ]
        if not rows:
            return
        if connection.dialect.name == "postgresql":
            # Transactions side by side would show row 8 before row 7, which a reader then misses.
            connection.execute(select(func.pg_advisory_xact_lock(_APPEND_LOCK)))
        connection.execute(insert(stored), rows)

    def nearest(self, queries: Vectors, limit: int) -> list[Found]:
        """The contents nearest to any of these vectors, the least likely by chance first.

        Raises:
            SpaceUnknown: there is no such space.
            VectorMalformed: a vector does not fit its space.
        """
        index = self.catch_up()
        while True:
            sightings = self._sightings(index, queries)
            owners = self._owners({one.neighbour.key for one in sightings})
            gone = {one.neighbour.key for one in sightings} - owners.keys()
            if not gone:
                return _ranked(sightings, owners)[:limit]
            index.remove(list(gone))  # deleted from the database since

    def _sightings(self, index: ScanningIndex, queries: Vectors) -> list[_Sighting]:
        """All neighbours of all vectors that are asked for."""
        sightings = []
        for name, vectors in queries.items():
            if name not in self._spaces:
                raise SpaceUnknown(name, tuple(self._spaces))
            space = self._spaces[name]
            chance = sqrt(2 * log(max(index.size(name), 2)))
            found = index.search(name, vectors, space.neighbours)
            sightings += [
                _Sighting((name, number), neighbour, space.surprise(neighbour.distance), chance)
                for number, neighbours in enumerate(found)
                for neighbour in neighbours
            ]
        return sightings

    def catch_up(self) -> ScanningIndex:
        """Read what came since, and write it to a file where that is worth it."""
        with self._guard:
            if self._index is None:
                self._open()
            while rows := self._newer():
                self._take(rows)
            if sum(map(len, self._unsaved)) >= self._saved_after:
                self._save()
            assert self._index is not None
            return self._index

    def __len__(self) -> int:
        """How many vectors there are."""
        return len(self.catch_up())

    def _open(self) -> None:
        """Begin with what the files hold of this database."""
        self._index = ScanningIndex(list(self._spaces.values()))
        self._last, self._mark, self._unsaved = 0, "", []
        for segment in self._own_segments():
            for name, (keys, vectors) in segment.rows.items():
                self._index.add_rows(name, keys, vectors)
            self._last, self._mark = segment.last, segment.mark

    def _own_segments(self) -> list[Segment]:
        """The segments up to the first that is damaged or does not fit the database."""
        try:
            segments, complaints = load_segments(self._folder, self._spaces)
        except IndexFolderUnusable as error:
            segments, complaints = [], [str(error)]
        if segments:
            lasts = select(stored.c.id, stored.c.vector).where(
                stored.c.id.in_([segment.last for segment in segments])
            )
            with reading(self._engine) as connection:
                marks = {row.id: mark_of(row.vector) for row in connection.execute(lasts)}
            fitting = 0
            while fitting < len(segments):
                if marks.get(segments[fitting].last) != segments[fitting].mark:
                    complaints.append(f"{self._folder} was written for other rows")
                    break
                fitting += 1
            segments = segments[:fitting]
        for complaint in complaints:
            _log.warning("search index is read from the database", reason=complaint)
        return segments

    def _newer(self) -> list[Row[Any, Any, Any]]:
        """The next rows; all from the first where the last known one is not there any more."""
        query = (
            select(stored.c.id, stored.c.space, stored.c.vector)
            .where(stored.c.id >= self._last)
            .order_by(stored.c.id)
            .limit(_PAGE)
        )
        with reading(self._engine) as connection:
            rows = list(connection.execute(query))
        if self._last == 0:
            return rows
        if rows and rows[0].id == self._last and mark_of(rows[0].vector) == self._mark:
            return rows[1:]
        self._index = ScanningIndex(list(self._spaces.values()))
        self._last, self._mark, self._unsaved = 0, "", []
        return self._newer()

    def _take(self, rows: Sequence[Row[Any, Any, Any]]) -> None:
        assert self._index is not None
        by_space: dict[str, list[tuple[int, bytes]]] = defaultdict(list)
        for row in rows:
            if row.space in self._spaces:
                by_space[row.space].append((row.id, row.vector))
        taken: Rows = {}
        for name, members in by_space.items():
            keys, vectors = _usable(self._spaces[name], members)
            self._index.add_rows(name, keys, vectors)
            taken[name] = (keys, vectors)
        last = rows[-1]
        mark = mark_of(last.vector)
        self._unsaved.append(Segment(self._last, last.id, mark, taken))
        self._last, self._mark = last.id, mark

    def _save(self) -> None:
        """Write what no file has yet, unless another process is at it or has done it."""
        try:
            with self._locks.attempt(_LOCK) as lease:
                if lease is None:
                    return
                segments = self._own_segments()
                covered = segments[-1].last if segments else 0
                discard_segments(self._folder, covered)
                unsaved = [piece for piece in self._unsaved if piece.last > covered]
                self._unsaved = unsaved
                if not unsaved or unsaved[0].after > covered:
                    return  # a file is gone since: who starts next reads those rows again
                segment = _later_than(covered, join(unsaved))
                while segments and len(segments[-1]) < 2 * len(segment):
                    segment = join([segments.pop(), segment])
                lease.check()
                save_segment(self._folder, segment)
                self._unsaved = []
        except IndexFolderUnusable as error:
            self._unsaved = []  # it costs memory, and the database has it
            _log.warning("search index is not kept", reason=str(error))

    def _owners(self, keys: Iterable[int]) -> dict[int, str]:
        wanted, owners = list(keys), {}
        with reading(self._engine) as connection:
            for start in range(0, len(wanted), _BATCH):
                query = select(stored.c.id, stored.c.content_id).where(
                    stored.c.id.in_(wanted[start : start + _BATCH])
                )
                owners.update(
                    {
                        row.id: row.content_id
                        for row in connection.execute(query)
                        if _is_digest(row.content_id)  # another program may have written it
                    }
                )
        return owners


@dataclass(frozen=True, slots=True)
class _Sighting:
    """A neighbour of the vector `asked`; `chance` is the surprise to expect of the best of all."""

    asked: tuple[str, int]
    neighbour: Neighbour
    surprise: float
    chance: float


def _ranked(sightings: Sequence[_Sighting], owners: Mapping[int, str]) -> list[Found]:
    """By how much their neighbours together are nearer than chance brings the nearest one."""
    nearest: dict[tuple[str, tuple[str, int]], _Sighting] = {}
    for one in sightings:
        place = (owners[one.neighbour.key], one.asked)
        if place not in nearest or nearest[place].surprise < one.surprise:
            nearest[place] = one
    by_owner: dict[str, list[_Sighting]] = defaultdict(list)
    for (owner, _), one in nearest.items():
        by_owner[owner].append(one)
    found = []
    for owner, members in by_owner.items():
        best = max(members, key=lambda one: one.surprise)
        excess = sum(max(0.0, one.surprise - one.chance) for one in members)
        content_id = Digest.parse(owner)
        distance = best.neighbour.distance
        found.append(Found(content_id, best.asked[0], distance, best.surprise, excess))
    return sorted(found, key=lambda one: (-one.excess, -one.surprise, one.content_id.hex))


def _later_than(covered: int, segment: Segment) -> Segment:
    """The part of a segment that no file has."""
    rows = {
        name: (keys[keys > covered], vectors[keys > covered])
        for name, (keys, vectors) in segment.rows.items()
    }
    return Segment(max(covered, segment.after), segment.last, segment.mark, rows)


def _usable(space: Space, members: Sequence[tuple[int, bytes]]) -> tuple[Keys, Bytes]:
    """Those that fit their space: another program may have written others into the table."""
    try:
        rows = as_rows(space, [vector for _, vector in members])
    except VectorMalformed:
        members = [one for one in members if _fits(space, one[1])]
        rows = as_rows(space, [vector for _, vector in members])
    return np.array([key for key, _ in members], np.int64), rows


def _is_digest(text: str) -> bool:
    try:
        Digest.parse(text)
    except InputError:
        return False
    return True


def _fits(space: Space, vector: bytes) -> bool:
    try:
        as_rows(space, [vector])
    except VectorMalformed:
        return False
    return True
