"""The tables of paid calls and of the batches that their records are anchored in."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from assay.ledger.database import metadata
from assay.ledger.exact_text import ExactText

payments = Table(
    "payments",
    metadata,
    Column("payer", String(42), primary_key=True),
    Column("nonce", String(66), primary_key=True),
    Column("scheme", String(32), nullable=False, server_default="exact"),
    Column("identifier", String(128)),  # of the x402 extension `payment-identifier`
    Column("state", String(16), nullable=False),
    Column("recipient", String(42), nullable=False),
    Column("amount", String(78), nullable=False),
    Column("valid_before", BigInteger, nullable=False),
    Column("signature", Text, nullable=False),
    Column("header", Text, nullable=False),
    Column("request", Text, nullable=False),  # the prompt document, with the seed in use
    Column("request_digest", String(66), nullable=False),
    Column("service", String(66), nullable=False),
    Column("model", String(66), nullable=False),
    Column("model_name", Text, nullable=False),
    Column("price", String(78), nullable=False),
    Column("provider", String(42), nullable=False),
    Column("verified_at", BigInteger, nullable=False),
    Column("from_block", BigInteger, nullable=False),
    Column("broadcast", String(66)),
    Column("transaction_hash", String(66)),
    Index(None, "state", "verified_at"),
    Index(None, "transaction_hash"),
    Index(
        "uq_payments_identifier",
        "payer",
        "identifier",
        unique=True,
        sqlite_where=text("identifier IS NOT NULL"),
        postgresql_where=text("identifier IS NOT NULL"),
    ),
)

batches = Table(
    "batches",
    metadata,
    Column("provider", String(42), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("root", String(66), nullable=False),
    Column("calls", Integer, nullable=False),
    Column("transaction_hash", String(66)),  # empty until it is anchored
)

calls = Table(
    "calls",
    metadata,
    Column("record_cid", String(64), primary_key=True),
    Column("payer", String(42), nullable=False),
    Column("nonce", String(66), nullable=False),
    Column("provider", String(42), nullable=False),
    Column("service", String(66), nullable=False),
    Column("prompt_digest", String(66), nullable=False),
    Column("output_digest", String(66), nullable=False),
    Column("record", Text, nullable=False),  # the artefact, canonical JSON
    Column("text", ExactText, nullable=False),
    Column("finish_reason", String(32), nullable=False),
    Column("prompt_tokens", Integer, nullable=False),
    Column("completion_tokens", Integer, nullable=False),
    Column("finished_at", BigInteger, nullable=False),
    Column("batch", BigInteger),
    Column("position", Integer),
    UniqueConstraint("payer", "nonce"),
    ForeignKeyConstraint(["payer", "nonce"], ["payments.payer", "payments.nonce"]),
    ForeignKeyConstraint(["provider", "batch"], ["batches.provider", "batches.number"]),
    Index(None, "output_digest"),
    Index(None, "provider", "batch", "position"),
)
