"""The tables of channels; sums are decimal text, because SQL integers end at 2**63."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from assay.ledger.database import metadata

channels = Table(
    "channels",
    metadata,
    Column("channel_id", String(66), primary_key=True),
    Column("payer", String(42), nullable=False),
    Column("payer_authorizer", String(42), nullable=False),
    Column("receiver", String(42), nullable=False),
    Column("receiver_authorizer", String(42), nullable=False),
    Column("token", String(42), nullable=False),
    Column("withdraw_delay_s", BigInteger, nullable=False),
    Column("salt", String(66), nullable=False),
    Column("balance", String(39), nullable=False),
    Column("claimed", String(39), nullable=False),
    Column("withdrawal", String(39), nullable=False),
    Column("withdrawal_at", BigInteger, nullable=False),
    Column("refund_nonce", BigInteger, nullable=False),
    Column("block", BigInteger, nullable=False),
    Column("charged", String(39), nullable=False),
    Column("reserved", String(39), nullable=False),
    Column("open", String(39), nullable=False),
    Column("signed", String(39), nullable=False),
    Column("signature", Text, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Index(None, "receiver"),
    Index(None, "payer"),
)

vouchers = Table(
    "vouchers",
    metadata,
    Column("digest", String(66), primary_key=True),
    Column("channel_id", String(66), ForeignKey("channels.channel_id"), nullable=False),
    Column("max_claimable", String(39), nullable=False),
    Column("signature", Text, nullable=False),
    Column("request_digest", String(66), nullable=False),
    Column("state", String(16), nullable=False),
    Column("amount", String(39), nullable=False),  # reserved, or charged
    Column("expires_at", BigInteger, nullable=False),  # of a reservation
    Column("charged_at", BigInteger),
    Column("response", LargeBinary),  # what a metered endpoint answered, for a repeated request
    UniqueConstraint("channel_id", "max_claimable"),
    Index(None, "channel_id", "state"),
)

purse = Table(  # the buyer's side: channels that were opened from here
    "purse",
    metadata,
    Column("channel_id", String(66), primary_key=True),
    Column("chain_id", BigInteger, nullable=False),
    Column("url", Text, nullable=False),
    Column("payer", String(42), nullable=False),
    Column("payer_authorizer", String(42), nullable=False),
    Column("receiver", String(42), nullable=False),
    Column("receiver_authorizer", String(42), nullable=False),
    Column("token", String(42), nullable=False),
    Column("withdraw_delay_s", BigInteger, nullable=False),
    Column("salt", String(66), nullable=False),
    Column("deposited", String(39), nullable=False),
    Column("charged", String(39), nullable=False),
    Column("signed", String(39), nullable=False),
    Column("signature", Text, nullable=False),
    Column("state", String(16), nullable=False),  # opening, open, closing, closed
    Column("opened_at", BigInteger, nullable=False),
    Index(None, "payer", "url"),
)
