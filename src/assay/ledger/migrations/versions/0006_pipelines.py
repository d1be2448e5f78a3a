"""Runs of pipelines and their answered steps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006_pipelines"
down_revision = "0005_licences"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "pipeline_runs",
        sa.Column("run_id", sa.String(32), primary_key=True),
        sa.Column("definition", sa.Text, nullable=False),
        sa.Column("folder", sa.Text, nullable=False),
        sa.Column("given", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("started_at", sa.BigInteger, nullable=False),
        sa.Column("record_cid", sa.String(64), nullable=True),
        sa.Column("request", sa.String(66), nullable=True),
        sa.Column("topic", sa.String(66), nullable=True),
    )
    op.create_index("ix_pipeline_runs_started_at", "pipeline_runs", ["started_at"])
    op.create_index("ix_pipeline_runs_request", "pipeline_runs", ["request"])
    op.create_index("ix_pipeline_runs_topic_state", "pipeline_runs", ["topic", "state"])
    op.create_table(
        "pipeline_steps",
        sa.Column("run_id", sa.String(32), sa.ForeignKey("pipeline_runs.run_id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("chain_id", sa.BigInteger, nullable=False),
        sa.Column("genesis", sa.String(66), nullable=False),
        sa.Column("anchor", sa.String(42), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("finish_reason", sa.String(32), nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("transaction_hash", sa.String(66), nullable=False),
        sa.Column("prompt_tokens", sa.Integer, nullable=False),
        sa.Column("completion_tokens", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Drop the tables. The answers of unfinished runs are nowhere else: keep a copy."""
    op.drop_table("pipeline_steps")
    op.drop_table("pipeline_runs")
