"""Paid calls, their records, and the batches that anchor them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_market"
down_revision = "0001_ledger"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    _create_payments()
    op.create_table(
        "batches",
        sa.Column("provider", sa.String(42), primary_key=True),
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("root", sa.String(66), nullable=False),
        sa.Column("calls", sa.Integer, nullable=False),
        sa.Column("transaction_hash", sa.String(66), nullable=True),
    )
    _create_calls()


def _create_payments() -> None:
    op.create_table(
        "payments",
        sa.Column("payer", sa.String(42), primary_key=True),
        sa.Column("nonce", sa.String(66), primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("recipient", sa.String(42), nullable=False),
        sa.Column("amount", sa.String(78), nullable=False),
        sa.Column("valid_before", sa.BigInteger, nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
        sa.Column("header", sa.Text, nullable=False),
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("request_digest", sa.String(66), nullable=False),
        sa.Column("service", sa.String(66), nullable=False),
        sa.Column("model", sa.String(66), nullable=False),
        sa.Column("model_name", sa.Text, nullable=False),
        sa.Column("price", sa.String(78), nullable=False),
        sa.Column("provider", sa.String(42), nullable=False),
        sa.Column("verified_at", sa.BigInteger, nullable=False),
        sa.Column("from_block", sa.BigInteger, nullable=False),
        sa.Column("broadcast", sa.String(66), nullable=True),
        sa.Column("transaction_hash", sa.String(66), nullable=True),
    )
    op.create_index("ix_payments_state_verified_at", "payments", ["state", "verified_at"])
    op.create_index("ix_payments_transaction_hash", "payments", ["transaction_hash"])


def _create_calls() -> None:
    op.create_table(
        "calls",
        sa.Column("record_cid", sa.String(64), primary_key=True),
        sa.Column("payer", sa.String(42), nullable=False),
        sa.Column("nonce", sa.String(66), nullable=False),
        sa.Column("provider", sa.String(42), nullable=False),
        sa.Column("service", sa.String(66), nullable=False),
        sa.Column("prompt_digest", sa.String(66), nullable=False),
        sa.Column("output_digest", sa.String(66), nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("finish_reason", sa.String(32), nullable=False),
        sa.Column("prompt_tokens", sa.Integer, nullable=False),
        sa.Column("completion_tokens", sa.Integer, nullable=False),
        sa.Column("finished_at", sa.BigInteger, nullable=False),
        sa.Column("batch", sa.BigInteger, nullable=True),
        sa.Column("position", sa.Integer, nullable=True),
        sa.UniqueConstraint("payer", "nonce"),
        sa.ForeignKeyConstraint(["payer", "nonce"], ["payments.payer", "payments.nonce"]),
        sa.ForeignKeyConstraint(["provider", "batch"], ["batches.provider", "batches.number"]),
    )
    op.create_index("ix_calls_output_digest", "calls", ["output_digest"])
    op.create_index("ix_calls_provider_batch_position", "calls", ["provider", "batch", "position"])


def downgrade() -> None:
    """Drop the tables. Their payments and records are nowhere else: keep a copy of the database."""
    op.drop_table("calls")
    op.drop_table("batches")
    op.drop_table("payments")
