"""Keys of sealed assets, each release of one, and the sign-ins that were used."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_licences"
down_revision = "0004_channels"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "key_releases",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("asset_id", sa.String(66), nullable=False),
        sa.Column("licence_id", sa.String(66), nullable=False),
        sa.Column("address", sa.String(42), nullable=False),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("block", sa.BigInteger, nullable=False),
        sa.Column("block_hash", sa.String(66), nullable=False),
        sa.Column("block_time", sa.BigInteger, nullable=False),
        sa.Column("released_at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("nonce", name="uq_key_releases_nonce"),
    )
    op.create_index("ix_key_releases_asset_id", "key_releases", ["asset_id"])
    op.create_table(
        "sign_ins",
        sa.Column("nonce", sa.String(64), primary_key=True),
        sa.Column("address", sa.String(42), nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_sign_ins_expires_at", "sign_ins", ["expires_at"])


def downgrade() -> None:
    """Drop the tables; the log of releases is lost."""
    op.drop_table("sign_ins")
    op.drop_table("key_releases")
