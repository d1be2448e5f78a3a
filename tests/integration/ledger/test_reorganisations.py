"""The index follows a real node through every kind of reorganisation."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from assay.chain.node import Node
from assay.ledger.errors import WrongChainError
from assay.ledger.indexer import Indexer
from tests.integration.ledger.conftest import AnchoringChain, indexed, start


@pytest.mark.parametrize("depth", [1, 3, 6])
def test_blocks_that_the_node_replaces_are_replaced_in_the_index(
    chain: AnchoringChain, engine: Engine, depth: int
) -> None:
    indexer = Indexer(engine, chain.node, chain.deployment.contracts)
    for root in range(1, 7):
        chain.anchor(root=root)
    indexer.sync()
    assert len(indexed(engine)) == 6
    newest = chain.node.block_number()

    chain.node.request("anvil_reorg", [depth, []])
    report = indexer.sync()

    assert report.rolled_back_to is not None
    assert report.rolled_back_to <= newest - depth
    assert indexed(engine) == chain.batches()
    assert len(indexed(engine)) == 6 - depth


@pytest.mark.parametrize("kept", [0, 1, 4])
@pytest.mark.parametrize("regrown", [0, 2, 9])
def test_a_chain_that_goes_back_and_grows_differently_is_followed(
    chain: AnchoringChain, engine: Engine, kept: int, regrown: int
) -> None:
    indexer = Indexer(engine, chain.node, chain.deployment.contracts)
    for root in range(1, kept + 1):
        chain.anchor(root=root)
    snapshot = chain.snapshot()
    for root in range(10, 15):
        chain.anchor(root=root)
        chain.mine(3)
    indexer.sync()
    before = indexed(engine)

    chain.revert(snapshot)
    chain.mine(1)  # so that the same number has another block
    for root in range(20, 20 + regrown):
        chain.anchor(account=6, root=root)
    indexer.sync()

    assert len(before) == kept + 5
    assert indexed(engine) == chain.batches()
    assert len(indexed(engine)) == kept + regrown


def test_an_index_is_followed_below_its_first_event(chain: AnchoringChain, engine: Engine) -> None:
    indexer = Indexer(engine, chain.node, [chain.deployment.anchor])
    snapshot = chain.snapshot()
    chain.anchor(root=1)
    indexer.sync()

    chain.revert(snapshot)
    report = indexer.sync()

    assert report.rolled_back_to == -1
    assert indexed(engine) == []
    assert report.block_number == chain.node.block_number()


def test_a_node_that_was_started_again_goes_on_in_the_same_index(
    tmp_path: Path, engine: Engine
) -> None:
    local, deployment = start(tmp_path)
    with local, Node(local.url) as node:
        chain = AnchoringChain(node, deployment)
        chain.anchor(root=1)
        Indexer(engine, node, deployment.contracts).sync()

    local, deployment = start(tmp_path)
    with local, Node(local.url) as node:
        chain = AnchoringChain(node, deployment)
        chain.anchor(root=2)
        report = Indexer(engine, node, deployment.contracts).sync()

        assert report.rolled_back_to is None
        assert report.events == 1
        assert indexed(engine) == chain.batches()


def test_the_index_of_another_chain_is_refused_and_kept(
    tmp_path: Path, chain: AnchoringChain, engine: Engine
) -> None:
    chain.anchor(root=1)
    Indexer(engine, chain.node, chain.deployment.contracts).sync()
    before = indexed(engine)

    local, deployment = start(tmp_path / "other")
    with local, Node(local.url) as node:
        AnchoringChain(node, deployment).mine(30)
        with pytest.raises(WrongChainError, match="genesis"):
            Indexer(engine, node, deployment.contracts).sync()

    assert indexed(engine) == before
