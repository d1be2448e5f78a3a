"""Fingerprints of minted content, and their index of shingles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003_content"
down_revision = "0002_market"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "content_fingerprints",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("content_id", sa.String(66), nullable=False),
        sa.Column("normalised", sa.String(66), nullable=False),
        sa.Column("sketch", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("content_id", name="uq_content_fingerprints_content_id"),
    )
    op.create_index("ix_content_fingerprints_normalised", "content_fingerprints", ["normalised"])
    op.create_table(
        "content_shingles",
        sa.Column("hash", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column(
            "fingerprint_id",
            sa.Integer,
            sa.ForeignKey("content_fingerprints.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop the tables; chain and store still have everything that was in them."""
    op.drop_table("content_shingles")
    op.drop_table("content_fingerprints")
