"""The tables of what is searched for by its vectors: the truth, of which indexes are caches.

Rows of `content_vectors` are never given an id twice, and become visible in the order of their ids
(see `stored`), so that "later than the last one that I know" misses none.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table

from assay.ledger.database import metadata

catalogue = Table(
    "content_catalogue",
    metadata,
    Column("content_id", String(66), primary_key=True),
    Column("kind", String(16), primary_key=True),  # of fingerprint
    Column("fingerprint", LargeBinary, nullable=False),  # canonical JSON, deflated
)

vectors = Table(
    "content_vectors",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("content_id", String(66), nullable=False),
    Column("space", String(48), nullable=False),
    Column("vector", LargeBinary, nullable=False),
    Index(None, "content_id"),
    sqlite_autoincrement=True,
)
