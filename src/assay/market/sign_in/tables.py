"""The nonces of sign-ins that were used."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, String, Table

from assay.ledger.database import metadata

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("nonce", String(64), primary_key=True),
    Column("address", String(42), nullable=False),
    Column("expires_at", BigInteger, nullable=False),  # after it the row may go
    Index(None, "expires_at"),
)
