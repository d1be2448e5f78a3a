"""The tables of runs; the sums are in the providers' records."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text

from assay.ledger.database import metadata
from assay.ledger.exact_text import ExactText

runs = Table(
    "pipeline_runs",
    metadata,
    Column("run_id", String(32), primary_key=True),
    Column("definition", Text, nullable=False),  # the pipeline's file
    Column("folder", Text, nullable=False),  # that paths in it are relative to
    Column("given", ExactText, nullable=False),
    Column("state", String(16), nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("record_cid", String(64)),
    Column("request", String(66)),  # of the buyer's call, where the pipeline is sold
    Column("topic", String(66)),
    Index(None, "started_at"),
    Index(None, "request"),
    Index(None, "topic", "state"),
)

steps = Table(
    "pipeline_steps",
    metadata,
    Column("run_id", String(32), ForeignKey("pipeline_runs.run_id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", String(64), nullable=False),
    Column("chain_id", BigInteger, nullable=False),
    Column("genesis", String(66), nullable=False),
    Column("anchor", String(42), nullable=False),
    Column("text", ExactText, nullable=False),
    Column("finish_reason", String(32), nullable=False),
    Column("record", Text, nullable=False),  # the provider's artefact, canonical JSON
    Column("transaction_hash", String(66), nullable=False),
    Column("prompt_tokens", Integer, nullable=False),
    Column("completion_tokens", Integer, nullable=False),
)
