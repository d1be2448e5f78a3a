"""The tables of channels; sums are decimal text, because SQL integers end at 2**63."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
    Text,
    text,
)

from assay.ledger.database import metadata


def _partial(condition: str) -> dict[str, Any]:
    """An index of the few rows that meet a condition, on either database."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


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
    Column("refunding", String(39), nullable=False),
    Column("signed", String(39), nullable=False),
    Column("signature", Text, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Index(None, "receiver"),
    Index(None, "payer"),
)

# A voucher is named by channel and sum, of which its digest is a function: keys that grow keep
# neighbours together, where an index of random digests would touch a page for each voucher.
vouchers = Table(
    "vouchers",
    metadata,
    Column("channel_id", String(66), ForeignKey("channels.channel_id"), primary_key=True),
    Column("max_claimable", String(39), primary_key=True),
    Column("digest", String(66), nullable=False),
    Column("signature", Text, nullable=False),
    Column("request_digest", String(66), nullable=False),
    Column("state", String(16), nullable=False),
    Column("amount", String(39), nullable=False),  # reserved, or charged
    Column("owner", String(32), nullable=False),  # the worker that serves or served it
    Column("expires_at", BigInteger, nullable=False),  # until when `owner` is believed to live
    Column("charged_at", BigInteger),
    Column("charged_total", String(39)),  # the channel's sum right after this charge
    Column("identifier", String(128)),  # of the x402 extension `payment-identifier`
    Column("response", LargeBinary),  # what a metered endpoint answered, for a repeated request
    Index("ix_vouchers_live", "channel_id", **_partial("state <> 'charged'")),
    Index(
        "uq_vouchers_identifier",
        "channel_id",
        "identifier",
        unique=True,
        **_partial("identifier IS NOT NULL"),
    ),
)

unclaimed = Table(  # since when channels have had something to claim
    "unclaimed",
    metadata,
    Column("channel_id", String(66), ForeignKey("channels.channel_id"), primary_key=True),
    Column("since", BigInteger, nullable=False),  # seconds since 1970
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
    Column("deposit", Text),  # one that is signed and not confirmed yet
    Index(None, "payer", "url"),
)

purse_calls = Table(  # calls that were paid for and are not answered yet
    "purse_calls",
    metadata,
    Column("nonce", String(66), primary_key=True),  # the digest of the call's voucher
    Column("channel_id", String(66), ForeignKey("purse.channel_id"), nullable=False),
    Column("price", String(39), nullable=False),
    Column("call", Text, nullable=False),  # request and payment, to be sent again
    Column("begun_at", BigInteger, nullable=False),
    Index(None, "channel_id"),
)
