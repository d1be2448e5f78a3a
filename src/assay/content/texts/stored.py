"""The index of meanings: in the SQL database, found by the directions of their passages.

space = meaning_space("multilingual-e5-small/4-bit", 384)
index = StoredMeaningIndex(engine, vectors, space)    # whose vectors have this space, too
index.add([(content_id, fingerprint.meaning)])
for found, meaning in index.candidates(query.meaning, 20): ...
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine

from assay.content.search.model import Space
from assay.content.search.stored import Entry, StoredCatalogue
from assay.content.search.vectors import Found, StoredVectors
from assay.content.texts.meaning import Meaning
from assay.content.texts.paraphrase import search_vectors
from assay.core.digest import Digest

_KIND = "meaning"
_NEIGHBOURS = 20
_NAME_CHARACTERS = 40


def meaning_space(model: str, dimensions: int) -> Space:
    """The space of the signs of a model's directions; each model has its own."""
    bits = -(-dimensions // 8) * 8
    return Space(f"text {model[:_NAME_CHARACTERS]}", "binary", bits, _NEIGHBOURS)


class StoredMeaningIndex:
    """The meanings of texts by one model, in one SQL database."""

    def __init__(self, engine: Engine, vectors: StoredVectors, space: Space) -> None:
        self._catalogue = StoredCatalogue(engine, vectors, _KIND)
        self._space = space

    def add(self, added: Sequence[tuple[Digest, Meaning]]) -> None:
        """Index these contents; one that is there already stays.

        Raises:
            VectorMalformed: a meaning is of another size than the space's model.
        """
        self._catalogue.add(
            [
                Entry(content_id, meaning.as_json(), search_vectors(meaning, self._space.name))
                for content_id, meaning in added
            ]
        )

    def get(self, content_ids: Sequence[Digest]) -> dict[Digest, Meaning]:
        """The meanings of those of these contents that have one."""
        found = self._catalogue.get(content_ids)
        return {one: Meaning.from_json(value) for one, value in found.items()}

    def candidates(self, meaning: Meaning, limit: int) -> list[tuple[Found, Meaning]]:
        """The contents with passages most like those of a text, the likest first."""
        found = self._catalogue.nearest(search_vectors(meaning, self._space.name), limit)
        return [(one, Meaning.from_json(value)) for one, value in found]
