"""The index of the chain: blocks, their events, and how far it reaches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001_ledger"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "blocks",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.String(66), nullable=False),
        sa.Column("parent_hash", sa.String(66), nullable=False),
        sa.Column("timestamp", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "events",
        sa.Column(
            "block_number",
            sa.BigInteger,
            sa.ForeignKey("blocks.number", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("log_index", sa.Integer, primary_key=True),
        sa.Column("address", sa.String(42), nullable=False),
        sa.Column("contract", sa.String(64), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(66), nullable=True),
        sa.Column("second_topic", sa.String(66), nullable=True),
        sa.Column("third_topic", sa.String(66), nullable=True),
        sa.Column("transaction_hash", sa.String(66), nullable=False),
        sa.Column("arguments", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_events_contract_name_subject_second_topic",
        "events",
        ["contract", "name", "subject", "second_topic"],
    )
    op.create_index("ix_events_transaction_hash", "events", ["transaction_hash"])
    op.create_table(
        "checkpoint",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("chain_id", sa.BigInteger, nullable=False),
        sa.Column("genesis_hash", sa.String(66), nullable=False),
        sa.Column("scope", sa.String(66), nullable=False),
        sa.Column("block_number", sa.BigInteger, nullable=False),
        sa.CheckConstraint("id = 1", name="one_row"),
    )


def downgrade() -> None:
    """Drop the tables; the chain still has everything that was in them."""
    op.drop_table("checkpoint")
    op.drop_table("events")
    op.drop_table("blocks")
