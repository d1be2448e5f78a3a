"""The tables of the index.

`blocks` keeps a chosen few: each block that has an event, and the last one of every range that was
read. Their hashes tell how much of the index the chain still stands by.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from assay.ledger.database import metadata

blocks = Table(
    "blocks",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", String(66), nullable=False),
    Column("parent_hash", String(66), nullable=False),
    Column("timestamp", BigInteger, nullable=False),  # seconds since 1970
)

events = Table(
    "events",
    metadata,
    Column(
        "block_number",
        BigInteger,
        ForeignKey("blocks.number", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("log_index", Integer, primary_key=True),
    Column("address", String(42), nullable=False),
    Column("contract", String(64), nullable=False),
    Column("name", String(64), nullable=False),
    Column("subject", String(66)),  # first indexed argument
    Column("transaction_hash", String(66), nullable=False),
    Column("arguments", Text, nullable=False),  # JSON, see assay.ledger.arguments
    Index(None, "contract", "name", "subject"),
    Index(None, "subject"),
    Index(None, "transaction_hash"),
)

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("chain_id", BigInteger, nullable=False),
    Column("genesis_hash", String(66), nullable=False),
    Column("scope", String(66), nullable=False),  # the contracts and events read
    Column("block_number", BigInteger, nullable=False),  # the index reaches to here
    CheckConstraint("id = 1", name="one_row"),
)
