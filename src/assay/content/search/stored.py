"""Fingerprints in the SQL database, found by content or by the vectors that were given with them.

catalogue = StoredCatalogue(engine, vectors, "image")
catalogue.add([Entry(content_id, fingerprint.as_json(), {"picture": [bits]})])
[(found, fingerprint), *_] = catalogue.nearest({"picture": [query]}, 20)
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import Engine, delete, select

from assay.content.search.model import Vectors
from assay.content.search.tables import catalogue as entries
from assay.content.search.tables import vectors as stored
from assay.content.search.vectors import Found, StoredVectors
from assay.core.canonical import canonical_json
from assay.core.digest import Digest
from assay.ledger.database import reading
from assay.ledger.insertion import insert_absent

_log = structlog.get_logger("assay.content")
_BATCH = 500


@dataclass(frozen=True)
class Entry:
    """A content's fingerprint of one kind, and the vectors that it is to be found by."""

    content_id: Digest
    fingerprint: Mapping[str, Any]
    vectors: Vectors


class StoredCatalogue:
    """The fingerprints of one kind, found by content or by near vectors."""

    def __init__(self, engine: Engine, vectors: StoredVectors, kind: str) -> None:
        self._engine = engine
        self._vectors = vectors
        self.kind = kind

    def add(self, added: Sequence[Entry]) -> None:
        """Store all of these or, if this fails or is killed, none; one that is there stays.

        Raises:
            SpaceUnknown: a vector is in a space that does not exist.
            VectorMalformed: a vector does not fit its space.
        """
        with self._engine.begin() as connection:
            for entry in added:
                row = {
                    "content_id": entry.content_id.hex,
                    "kind": self.kind,
                    "fingerprint": zlib.compress(canonical_json(entry.fingerprint)),
                }
                new = insert_absent(connection, entries).values(row)
                if connection.execute(new.returning(entries.c.kind)).first() is not None:
                    self._vectors.append(connection, entry.content_id, entry.vectors)

    def get(self, content_ids: Sequence[Digest]) -> dict[Digest, dict[str, Any]]:
        """The fingerprints of these contents, as JSON values, where there are any.

        What cannot be read is forgotten, so that it is indexed again.
        """
        found, damaged = {}, []
        with reading(self._engine) as connection:
            for start in range(0, len(content_ids), _BATCH):
                wanted = [one.hex for one in content_ids[start : start + _BATCH]]
                query = select(entries).where(
                    entries.c.kind == self.kind, entries.c.content_id.in_(wanted)
                )
                for row in connection.execute(query):
                    content_id = Digest.parse(row.content_id)
                    try:
                        found[content_id] = json.loads(zlib.decompress(row.fingerprint))
                    except (zlib.error, ValueError):
                        damaged.append(content_id)
        for content_id in damaged:
            _log.warning("damaged fingerprint is indexed again", content_id=content_id.hex)
            self.remove(content_id)
        return found

    def nearest(self, queries: Vectors, limit: int) -> list[tuple[Found, dict[str, Any]]]:
        """The contents nearest to any of these vectors with their fingerprints; see `Found`."""
        found = self._vectors.nearest(queries, limit)
        fingerprints = self.get([one.content_id for one in found])
        return [
            (one, fingerprints[one.content_id]) for one in found if one.content_id in fingerprints
        ]

    def remove(self, content_id: Digest) -> None:
        """Forget a content's fingerprints and its vectors, to be indexed again in every kind."""
        with self._engine.begin() as connection:
            connection.execute(delete(entries).where(entries.c.content_id == content_id.hex))
            connection.execute(delete(stored).where(stored.c.content_id == content_id.hex))
