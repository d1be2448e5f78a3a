"""Run by tests, to be killed: add contents without end. Arguments: database, folder, name."""

from __future__ import annotations

import sys
from hashlib import sha256
from itertools import count
from pathlib import Path

from assay.content.search.model import Space
from assay.content.search.stored import Entry, StoredCatalogue
from assay.content.search.vectors import StoredVectors
from assay.coordination.file_locks import FileLocks
from assay.core.digest import Digest
from assay.ledger.database import open_database

SPACES = (Space("bits", "binary", 256, neighbours=5), Space("floats", "float", 16, neighbours=5))


def open_catalogue(
    database: str, folder: Path, *, saved_after: int = 8
) -> tuple[StoredCatalogue, StoredVectors]:
    """A catalogue that writes a file for every few vectors."""
    engine = open_database(database)
    locks = FileLocks(folder / "locks")
    vectors = StoredVectors(engine, SPACES, folder, locks, saved_after=saved_after)
    return StoredCatalogue(engine, vectors, "image"), vectors


def bits_of(content_id: Digest) -> bytes:
    """Two hundred and fifty-six bits that only this content has."""
    return sha256(content_id.hex.encode()).digest()


def entry(name: str) -> Entry:
    """A content with one vector of its own."""
    content_id = Digest.of(name.encode())
    return Entry(content_id, {"name": name}, {"bits": [bits_of(content_id)]})


def main(database: str, folder: str, name: str) -> None:
    catalogue, vectors = open_catalogue(database, Path(folder))
    for number in count():
        catalogue.add([entry(f"{name} {number}")])
        vectors.catch_up()
        print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
