"""The index equals the chain, whatever the chain did and whenever it did it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from assay.chain.contract import Contract
from assay.chain.errors import ChainUnreachable, RpcFault
from assay.chain.node import Node
from assay.errors import InputError
from assay.ledger.database import open_database, reading
from assay.ledger.errors import UnstableChainError, WrongChainError
from assay.ledger.indexer import Indexer, SyncReport, events_where
from assay.ledger.stored import blocks
from tests.fakes.chain import ANCHOR, FakeChain

BRANCHES = st.lists(st.lists(st.integers(0, 99), max_size=3), max_size=5)
REORGANISATIONS = st.tuples(st.integers(0, 12), BRANCHES)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_database(database_url)
    yield engine
    engine.dispose()


def indexer(engine: Engine, chain: FakeChain, **options: int) -> Indexer:
    node = cast("Node", chain)
    return Indexer(engine, node, [Contract(node, "CallAnchor", ANCHOR)], **options)


def indexed(engine: Engine, **arguments: Any) -> list[tuple[int, int]]:
    events = events_where(engine, contract="CallAnchor", name="BatchAnchored", **arguments)
    return [(event.block_number, event.args["batch"]) for event in events]


def chain_of(*batches: int) -> FakeChain:
    chain = FakeChain()
    for batch in batches:
        chain.mine(batch)
    return chain


def test_every_event_is_indexed_once_with_its_arguments(engine: Engine) -> None:
    chain = FakeChain()
    chain.mine(3, 4)
    chain.mine()
    chain.mine(5)

    report = indexer(engine, chain).sync()

    assert report == SyncReport(block_number=3, events=3, rolled_back_to=None)
    [event] = events_where(engine, contract="CallAnchor", name="BatchAnchored", batch=4)
    assert event.args == {
        "provider": "0x" + "00" * 20,
        "batch": 4,
        "root": (4).to_bytes(32),
        "calls": 7,
        "head": bytes(32),
    }
    assert (event.block_number, event.log_index) == (1, 1)
    assert (event.block_hash, event.address) == (chain.blocks[1].hash, ANCHOR)


def test_syncing_again_adds_nothing(engine: Engine) -> None:
    chain = chain_of(1, 2)
    indexer(engine, chain).sync()

    report = indexer(engine, chain).sync()

    assert report == SyncReport(block_number=2, events=0)
    assert indexed(engine) == chain.batches()


def test_kept_blocks_carry_the_hash_of_their_parent(engine: Engine) -> None:
    chain = chain_of(1, 2, 3)

    indexer(engine, chain).sync()

    with reading(engine) as connection:
        kept = connection.execute(select(blocks).order_by(blocks.c.number)).all()
    assert [(row.number, row.hash, row.parent_hash) for row in kept] == [
        (block.number, block.hash, block.parent_hash) for block in chain.blocks[1:]
    ]


@pytest.mark.parametrize("depth", [1, 2, 5, 9, 10, 99])
@pytest.mark.parametrize("grown", [-3, 0, 4])
def test_a_reorganisation_of_any_depth_replaces_just_the_blocks_that_changed(
    engine: Engine, depth: int, grown: int
) -> None:
    chain = chain_of(*range(10))
    indexer(engine, chain).sync()
    chain.reorganise(depth, [[100 + n] for n in range(min(depth, 10) + grown)])

    report = indexer(engine, chain).sync()

    assert indexed(engine) == chain.batches()
    assert report.rolled_back_to == (10 - depth if depth < 10 else -1)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(REORGANISATIONS, st.booleans(), st.integers(1, 8)), max_size=12),
    st.integers(1, 5),
)
def test_any_schedule_of_reorganisations_ends_in_the_chains_own_events(
    schedule: list[tuple[tuple[int, list[list[int]]], bool, int]], most_blocks: int
) -> None:
    chain = chain_of(1, 2, 3)
    chain.most_blocks = most_blocks
    engine = open_database("sqlite://")

    for (depth, branch), sync_after, questions in schedule:
        # Reorganise in the middle of a sync: after some of its questions are answered.
        left = questions

        def disturb(depth: int = depth, branch: list[list[int]] = branch) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                chain.reorganise(depth, branch)

        chain.before_answer = disturb
        indexer(engine, chain).sync()
        chain.before_answer = lambda: None
        if sync_after:
            indexer(engine, chain).sync()
            assert indexed(engine) == chain.batches()
    indexer(engine, chain).sync()

    assert indexed(engine) == chain.batches()
    with reading(engine) as connection:
        for row in connection.execute(select(blocks)):
            assert chain.blocks[row.number].hash == row.hash
    engine.dispose()


@pytest.mark.parametrize("questions", range(1, 12))
def test_a_node_that_fails_in_the_middle_leaves_a_consistent_index(
    engine: Engine, questions: int
) -> None:
    chain = chain_of(*range(20))
    chain.most_blocks = 4
    left = questions

    def fail() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise ChainUnreachable("http://node", "it went away")

    chain.before_answer = fail
    with pytest.raises(ChainUnreachable):
        indexer(engine, chain).sync()

    assert indexed(engine) == chain.batches()[: len(indexed(engine))]
    indexer(engine, chain).sync()
    assert indexed(engine) == chain.batches()


@pytest.mark.parametrize("question", range(1, 16))
def test_an_indexer_that_was_overtaken_drops_what_it_read(engine: Engine, question: int) -> None:
    chain = chain_of(*range(12))
    chain.most_blocks = 3
    overtaking, left = indexer(engine, chain), question

    def interfere() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            overtaking.sync()

    chain.before_answer = interfere
    indexer(engine, chain).sync()

    assert left <= 0
    assert indexed(engine) == chain.batches()


@pytest.mark.parametrize("question", range(1, 12))
def test_a_reorganisation_below_the_last_stored_block_is_seen_in_the_middle_of_a_sync(
    engine: Engine, question: int
) -> None:
    chain = chain_of(*range(6))
    indexer(engine, chain).sync()
    for batch in range(6, 9):
        chain.mine(batch)
    left = question

    def disturb() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            chain.reorganise(6, [[100 + n] for n in range(7)])

    chain.before_answer = disturb
    indexer(engine, chain).sync()
    chain.before_answer = lambda: None

    indexer(engine, chain).sync()
    assert indexed(engine) == chain.batches()


def test_a_chain_that_never_settles_is_an_error(engine: Engine) -> None:
    chain = chain_of(1, 2, 3)
    chain.before_answer = lambda: chain.reorganise(3, [[1], [2], [3]])

    with pytest.raises(UnstableChainError) as caught:
        indexer(engine, chain).sync()

    assert caught.value.attempts > 1


def test_a_node_that_refuses_every_range_is_an_error(engine: Engine) -> None:
    chain = chain_of(1, 2, 3)
    chain.most_blocks = 0

    with pytest.raises(RpcFault, match="exceeds"):
        indexer(engine, chain).sync()


def test_a_block_that_goes_before_its_events_are_read_is_no_failure(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = chain_of(1, 2)
    indexer(engine, chain).sync()
    chain.mine(3)
    read = chain.logs

    def gone(*asked: Any) -> Any:
        monkeypatch.setattr(chain, "logs", read)
        chain.reorganise(1, [])
        return read(*asked)

    monkeypatch.setattr(chain, "logs", gone)
    indexer(engine, chain).sync()

    assert indexed(engine) == chain.batches() == [(1, 1), (2, 2)]


@pytest.mark.parametrize("other", [FakeChain(chain_id=1), FakeChain(seed=9)], ids=["id", "genesis"])
def test_the_index_of_another_chain_is_left_alone(engine: Engine, other: FakeChain) -> None:
    chain = chain_of(1, 2)
    indexer(engine, chain).sync()

    with pytest.raises(WrongChainError) as caught:
        indexer(engine, other).sync()

    assert "ASSAY_" in caught.value.hint
    assert indexed(engine) == chain.batches()


def test_an_index_of_other_contracts_is_read_again(engine: Engine) -> None:
    chain = chain_of(1, 2)
    node = cast("Node", chain)
    nothing_known = Contract(node, "AssayToken", ANCHOR)
    assert Indexer(engine, node, [nothing_known]).sync().events == 0

    report = indexer(engine, chain).sync()

    assert report.events == 2
    assert indexed(engine) == chain.batches()


def test_blocks_before_the_first_one_asked_for_are_skipped(engine: Engine) -> None:
    chain = chain_of(1, 2, 3)

    indexer(engine, chain, first_block=2).sync()

    assert indexed(engine) == [(2, 2), (3, 3)]


def test_a_first_block_in_the_future_is_waited_for(engine: Engine) -> None:
    chain = chain_of(1)

    assert indexer(engine, chain, first_block=5).sync().events == 0


def test_events_are_found_by_indexed_and_by_plain_arguments(engine: Engine) -> None:
    indexer(engine, chain_of(7, 8, 9)).sync()

    assert indexed(engine, batch=8) == [(2, 8)]
    assert indexed(engine, provider="0x" + "00" * 20, root=(9).to_bytes(32)) == [(3, 9)]
    assert indexed(engine, calls=1) == []


@pytest.mark.parametrize(
    "arguments", [{"nonsense": 1}, {"provider": "0x12"}, {"batch": -1}, {"batch": "x"}]
)
def test_a_question_that_makes_no_sense_is_refused(
    engine: Engine, arguments: dict[str, Any]
) -> None:
    with pytest.raises(InputError):
        indexed(engine, **arguments)
