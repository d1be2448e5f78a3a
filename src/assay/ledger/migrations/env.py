"""Alembic's entry: runs inside the transaction that `assay.ledger.migration` has opened."""

from __future__ import annotations

from alembic import context

from assay.ledger.database import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
