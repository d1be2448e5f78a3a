"""A chain that takes back ten blocks: claims and deposits in them are made again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assay.market.channels.model import Shortfall
from tests.integration.market.channels.house import House
from tests.integration.market.channels.scene import Scene

DEPTH = 10


@pytest.fixture
def house(own_scene: Scene, database_url: str) -> Iterator[House]:
    own_scene.node.request("anvil_mine", ["0x14"])
    house = House(own_scene, database_url)
    yield house
    house.close()


def bury(house: House, blocks: int) -> None:
    house.scene.node.request("anvil_mine", [hex(blocks)])


def replace_blocks(house: House, depth: int = DEPTH) -> None:
    """Other blocks of the same numbers, without our transactions."""
    house.scene.node.request("anvil_reorg", [depth, []])


def take_back(house: House, depth: int = DEPTH) -> None:
    """The newest blocks are gone; the chain is shorter for now."""
    house.scene.node.request("anvil_rollback", [depth])


@pytest.mark.parametrize("undo", [replace_blocks, take_back])
def test_a_claim_that_vanished_is_made_again_and_paid_once(house: House, undo: object) -> None:
    channel = house.channel(1)
    bury(house, DEPTH)
    house.serve(channel.id, 5_000)
    worker = house.worker()
    worker.settle()
    assert house.scene.tokens("local-1") == 5_000
    bury(house, DEPTH - 2)

    undo(house)  # type: ignore[operator]
    report = worker.settle()

    assert report.resent > 0
    assert house.claimed(channel.id) == [5_000]
    assert house.scene.tokens("local-1") == 5_000
    assert house.channel_now(channel.id).chain.claimed == 5_000


def test_a_claim_that_vanished_is_made_again_by_a_worker_without_the_transactions(
    house: House,
) -> None:
    channel = house.channel(1)
    bury(house, DEPTH)
    house.serve(channel.id, 5_000)
    house.worker().settle()
    bury(house, DEPTH - 2)

    replace_blocks(house)
    report = house.worker(chain=house.scene.chain("local-4")).settle()

    assert report.claimed == 5_000
    assert house.scene.tokens("local-1") == 5_000


@pytest.mark.parametrize("undo", [replace_blocks, take_back])
def test_vouchers_above_the_true_balance_are_refused_until_the_deposit_is_back(
    house: House, undo: object
) -> None:
    config = house.scene.config(1)
    house.scene.chain().deposit(house.scene.deposit(config, 1_000, salt=1))
    bury(house, DEPTH)
    second = house.scene.deposit(config, 9_000, salt=2)
    house.chain.deposit(second)
    channel = house.note(config)
    house.indexer.sync()
    worker = house.worker()
    worker.watch()
    assert channel.lacks(5_000, 100) is None

    undo(house)  # type: ignore[operator]
    house.indexer.sync()
    worker.plan()
    fallen = house.channel_now(channel.id)
    worker.settle()
    house.chain.deposit(second)
    worker.plan()

    assert fallen.chain.balance == 1_000
    assert fallen.lacks(5_000, 100) is Shortfall.BALANCE
    assert house.channel_now(channel.id).chain.balance == 10_000
    assert house.channel_now(channel.id).lacks(5_000, 100) is None


def test_deposit_calls_and_claim_all_come_back_in_their_order(house: House) -> None:
    channel = house.channel(1, 8_000)
    house.serve(channel.id, 7_000)
    worker = house.worker()
    worker.settle()
    assert house.scene.tokens("local-1") == 7_000

    replace_blocks(house)
    worker.settle()

    assert house.claimed(channel.id) == [7_000]
    assert house.scene.tokens("local-1") == 7_000
    (state,) = house.chain.states([channel.id])
    assert state.balance == 8_000


def test_a_withdrawal_announced_only_in_the_new_blocks_is_noticed(house: House) -> None:
    channel = house.channel(1)
    house.serve(channel.id, 500)
    bury(house, DEPTH)
    house.indexer.sync()
    worker = house.worker()
    worker.watch()
    replace_blocks(house, DEPTH - 2)
    house.scene.chain("local-2").initiate_withdraw(channel.config, 1_000_000)
    house.indexer.sync()

    endangered = worker.watch()

    assert [each.id for each in endangered] == [channel.id]
    assert worker.settle().claimed == 500
