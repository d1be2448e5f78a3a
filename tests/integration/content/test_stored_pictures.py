"""The index of pictures in SQL: a damaged fingerprint costs its picture an indexing, no more."""

from __future__ import annotations

import zlib
from pathlib import Path

from sqlalchemy import update

from assay.content.images.describing import SPACES, fingerprint_picture, index_vectors
from assay.content.images.reading import read_picture
from assay.content.images.stored import StoredImageIndex
from assay.content.search.tables import catalogue
from assay.content.search.vectors import StoredVectors
from assay.coordination.file_locks import FileLocks
from assay.core.digest import Digest
from assay.ledger.database import open_database
from tests.unit.content.images import hostile


def test_a_damaged_fingerprint_is_forgotten_to_be_made_again(
    database_url: str, tmp_path: Path
) -> None:
    engine = open_database(database_url)
    vectors = StoredVectors(engine, SPACES, tmp_path / "search", FileLocks(tmp_path / "locks"))
    index = StoredImageIndex(engine, vectors)
    fingerprint = fingerprint_picture(read_picture(hostile.saved(hostile.image(), "PNG")))
    one, other = Digest.of(b"one"), Digest.of(b"other")
    queries = index_vectors(fingerprint)
    index.add([(one, fingerprint, queries), (other, fingerprint, queries)])
    damaged = zlib.compress(b'{"method": "assay-image/1", "width": -1}')
    with engine.begin() as connection:
        row = catalogue.c.content_id == one.hex
        connection.execute(update(catalogue).where(row).values(fingerprint=damaged))

    meanwhile = [found.content_id for found, _ in index.candidates(queries, 5)]
    known = index.get([one, other])
    index.add([(one, fingerprint, queries)])
    later = {found.content_id for found, _ in index.candidates(queries, 5)}
    engine.dispose()

    assert meanwhile == [other]
    assert known == {other: fingerprint}
    assert later == {one, other}
