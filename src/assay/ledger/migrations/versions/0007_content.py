"""Fingerprints of minted content by kind, and the vectors that they are found by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007_content"
down_revision = "0006_pipelines"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "content_catalogue",
        sa.Column("content_id", sa.String(66), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("fingerprint", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "content_vectors",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("content_id", sa.String(66), nullable=False),
        sa.Column("space", sa.String(48), nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_content_vectors_content_id", "content_vectors", ["content_id"])


def downgrade() -> None:
    """Drop the tables; chain and store still have everything that was in them."""
    op.drop_table("content_vectors")
    op.drop_table("content_catalogue")
