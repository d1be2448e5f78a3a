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
    sqlite_with_rowid=False,
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
    # The indexed arguments as 32-byte words in hex; the first one says whom the event is about.
    Column("subject", String(66)),
    Column("second_topic", String(66)),
    Column("third_topic", String(66)),
    Column("transaction_hash", String(66), nullable=False),
    Column("arguments", Text, nullable=False),  # JSON, see assay.ledger.arguments
    Index(None, "contract", "name", "subject", "second_topic"),
    Index(None, "transaction_hash"),
    sqlite_with_rowid=False,
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
