"""The index of pictures: fingerprints in the SQL database, found by the vectors of their parts.

index = StoredImageIndex(engine, vectors)
index.add([(content_id, fingerprint, index_vectors(fingerprint))])
for found, fingerprint in index.candidates(query_vectors(picture), 20): ...
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine

from assay.content.images.fingerprint import ImageFingerprint
from assay.content.search.model import Vectors
from assay.content.search.stored import Entry, StoredCatalogue
from assay.content.search.vectors import Found, StoredVectors
from assay.core.digest import Digest

_KIND = "image"


class StoredImageIndex:
    """Fingerprints of pictures in one SQL database."""

    def __init__(self, engine: Engine, vectors: StoredVectors) -> None:
        self._catalogue = StoredCatalogue(engine, vectors, _KIND)

    def add(self, added: Sequence[tuple[Digest, ImageFingerprint, Vectors]]) -> None:
        """Index these contents; one that is there already stays.

        Raises:
            SpaceUnknown: a vector is in a space that does not exist.
            VectorMalformed: a vector does not fit its space.
        """
        self._catalogue.add(
            [
                Entry(content_id, fingerprint.as_json(), vectors)
                for content_id, fingerprint, vectors in added
            ]
        )

    def get(self, content_ids: Sequence[Digest]) -> dict[Digest, ImageFingerprint]:
        """The fingerprints of those of these contents that have one."""
        found = self._catalogue.get(content_ids)
        return {one: ImageFingerprint.from_json(value) for one, value in found.items()}

    def candidates(self, queries: Vectors, limit: int) -> list[tuple[Found, ImageFingerprint]]:
        """The contents that a picture with these vectors may be a copy of, the likeliest first."""
        found = self._catalogue.nearest(queries, limit)
        return [(one, ImageFingerprint.from_json(value)) for one, value in found]
