"""An indexer may die at any moment, and any number may work at once."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import Engine, select

from assay.ledger.database import reading
from assay.ledger.indexer import Indexer
from assay.ledger.stored import blocks, checkpoint
from tests.integration.ledger import indexing_process
from tests.integration.ledger.conftest import AnchoringChain, indexed

Indexing = subprocess.Popen[str]


def start_indexing(chain: AnchoringChain, database: str, folder: Path) -> Indexing:
    command = [sys.executable, str(indexing_process.__file__), database, chain.node.url]
    process = subprocess.Popen(
        [*command, str(folder / "deployments")], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def assert_consistent(chain: AnchoringChain, engine: Engine) -> None:
    """Whatever is in the index is the chain's, complete up to the checkpoint."""
    with reading(engine) as connection:
        reached = connection.execute(select(checkpoint.c.block_number)).scalar() or 0
        for row in connection.execute(select(blocks)):
            assert chain.node.block(row.number).hash == row.hash
    assert indexed(engine) == [batch for batch in chain.batches() if batch[0] <= reached]


def test_an_indexer_killed_at_any_moment_leaves_a_consistent_index(
    chain: AnchoringChain, engine: Engine, database_url: str, tmp_path: Path
) -> None:
    dice = random.Random(7)
    for round_number in range(12):
        process = start_indexing(chain, database_url, tmp_path)
        deadline = time.monotonic() + dice.uniform(0.0, 0.25)
        while time.monotonic() < deadline:
            chain.anchor(root=round_number + 1)
        process.kill()
        process.wait()

        assert_consistent(chain, engine)

    Indexer(engine, chain.node, chain.deployment.contracts).sync()
    assert indexed(engine) == chain.batches()
    assert len(indexed(engine)) > 12


def test_several_indexers_at_once_index_each_event_once_through_reorganisations(
    chain: AnchoringChain, engine: Engine, database_url: str, tmp_path: Path
) -> None:
    processes = [start_indexing(chain, database_url, tmp_path) for _ in range(3)]
    try:
        for root in range(1, 30):
            chain.anchor(root=root)
            if root % 7 == 0:
                chain.node.request("anvil_reorg", [3, []])
        time.sleep(0.5)
        for process in processes:
            assert process.poll() is None
    finally:
        for process in processes:
            process.kill()
            process.wait()

    assert_consistent(chain, engine)
    Indexer(engine, chain.node, chain.deployment.contracts).sync()
    assert indexed(engine) == chain.batches()
