"""The log of released keys."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, UniqueConstraint

from assay.ledger.database import metadata

key_releases = Table(
    "key_releases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("asset_id", String(66), nullable=False),
    Column("licence_id", String(66), nullable=False),
    Column("address", String(42), nullable=False),
    Column("nonce", String(64), nullable=False),  # of the signed challenge: used once
    Column("block", BigInteger, nullable=False),
    Column("block_hash", String(66), nullable=False),
    Column("block_time", BigInteger, nullable=False),
    Column("released_at", BigInteger, nullable=False),
    UniqueConstraint("nonce"),
    Index(None, "asset_id"),
)
