"""The index of pictures: fingerprints in the SQL database, found by the vectors of their parts.

index = StoredImageIndex(engine, vectors)
index.add([(content_id, fingerprint, index_vectors(fingerprint))])
for found, fingerprint in index.candidates(query_vectors(picture), 20): ...
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from sqlalchemy import Engine

from assay.content.errors import FingerprintMalformed
from assay.content.images.fingerprint import ImageFingerprint
from assay.content.search.model import Vectors
from assay.content.search.stored import Entry, StoredCatalogue
from assay.content.search.vectors import Found, StoredVectors
from assay.core.digest import Digest

_log = structlog.get_logger("assay.content")
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
        return {
            one: fingerprint
            for one, value in found.items()
            if (fingerprint := self._read(one, value)) is not None
        }

    def candidates(self, queries: Vectors, limit: int) -> list[tuple[Found, ImageFingerprint]]:
        """The contents that a picture with these vectors may be a copy of, the likeliest first."""
        found = self._catalogue.nearest(queries, limit)
        return [
            (one, fingerprint)
            for one, value in found
            if (fingerprint := self._read(one.content_id, value)) is not None
        ]

    def _read(self, content_id: Digest, value: Any) -> ImageFingerprint | None:
        """The fingerprint; None where it is damaged, and then it is forgotten to be made again."""
        try:
            return ImageFingerprint.from_json(value)
        except FingerprintMalformed as error:
            _log.warning("damaged fingerprint is indexed again", reason=str(error))
            self._catalogue.remove(content_id)
            return None
