"""The index of meanings: in the SQL database, found by the directions of their passages.

    index = StoredMeaningIndex(engine, vectors, "multilingual-e5-small/4-bit", 384)
    index.add([(content_id, fingerprint.meaning)])
    for found, meaning in index.candidates(query.meaning, 20): ...

Each model has a kind of entry and a space of its own, so that changing it, or the size of its
vectors, loses nothing: texts are embedded again, and found again by the earlier ones after a change
back.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import structlog
from sqlalchemy import Engine, func, select

from assay.content.errors import FingerprintMalformed
from assay.content.search.model import Space
from assay.content.search.stored import Entry, StoredCatalogue
from assay.content.search.tables import catalogue as entries
from assay.content.search.vectors import Found, StoredVectors
from assay.content.texts.meaning import DIMENSIONS_LIMIT, Meaning
from assay.content.texts.paraphrase import search_vectors
from assay.core.digest import Digest
from assay.ledger.database import reading

_log = structlog.get_logger("assay.content")
_NEIGHBOURS = 20
_NAME_CHARACTERS = 32


def meaning_space(model: str, dimensions: int) -> Space:
    """The space of the signs of a model's directions; each model and size has its own."""
    bits = -(-min(dimensions, DIMENSIONS_LIMIT) // 8) * 8
    name = f"text {_key(model, dimensions)} {model[:_NAME_CHARACTERS]}"
    return Space(name, "binary", bits, _NEIGHBOURS)


class StoredMeaningIndex:
    """The meanings of texts by one model, in one SQL database.

    Args:
        vectors: those of all contents; the model's space is added to them.
        dimensions: how many numbers the model's vectors have.
    """

    def __init__(self, engine: Engine, vectors: StoredVectors, model: str, dimensions: int) -> None:
        self._engine = engine
        self._space = meaning_space(model, dimensions)
        vectors.add_space(self._space)
        key = _key(model, dimensions)
        self._known = StoredCatalogue(engine, vectors, f"meaning {key}")
        self._absent = StoredCatalogue(engine, vectors, f"without {key}")

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of entry of a text whose meaning is known, or known not to be had."""
        return (self._known.kind, self._absent.kind)

    def add(self, added: Sequence[tuple[Digest, Meaning]]) -> None:
        """Index these contents; one that is there already stays.

        Raises:
            VectorMalformed: a meaning is of another size than the space's model.
        """
        self._known.add(
            [
                Entry(content_id, meaning.as_json(), search_vectors(meaning, self._space.name))
                for content_id, meaning in added
            ]
        )

    def add_absent(self, content_ids: Sequence[Digest]) -> None:
        """Remember that there is nothing to tell the meaning of these contents from."""
        self._absent.add([Entry(content_id, {}, {}) for content_id in content_ids])

    def count_absent(self) -> int:
        """How many contents are remembered so."""
        query = select(func.count()).where(entries.c.kind == self._absent.kind)
        with reading(self._engine) as connection:
            return connection.scalar(query) or 0

    def get(self, content_ids: Sequence[Digest]) -> dict[Digest, Meaning]:
        """The meanings of those of these contents that have one."""
        found = self._known.get(content_ids)
        return {
            one: meaning
            for one, value in found.items()
            if (meaning := self._read(one, value)) is not None
        }

    def candidates(self, meaning: Meaning, limit: int) -> list[tuple[Found, Meaning]]:
        """The contents with passages most like those of a text, the likest first."""
        found = self._known.nearest(search_vectors(meaning, self._space.name), limit)
        return [
            (one, other)
            for one, value in found
            if (other := self._read(one.content_id, value)) is not None
        ]

    def _read(self, content_id: Digest, value: Any) -> Meaning | None:
        """The meaning; None where it is damaged, and then it is forgotten to be made again."""
        try:
            return Meaning.from_json(value)
        except FingerprintMalformed as error:
            _log.warning("damaged meaning is indexed again", reason=str(error))
            self._known.remove(content_id)
            return None


def _key(model: str, dimensions: int) -> str:
    return blake2b(f"{model} {dimensions}".encode(), digest_size=4).hexdigest()
