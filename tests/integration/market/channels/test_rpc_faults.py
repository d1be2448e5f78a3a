"""A node that does not answer, answers late, refuses, miscounts, or sits on transactions."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from assay.chain.node import Node
from assay.errors import UnavailableError
from assay.market.channels.onchain import SettlementChain
from assay.market.channels.use_cases.settle import SettlementWorker
from assay.market.errors import SettlementUncertain
from tests.integration.market.channels.faulty_rpc import FAULTS, FaultyRpc, sometimes
from tests.integration.market.channels.house import House
from tests.integration.market.channels.scene import Scene


@pytest.fixture
def house(own_scene: Scene, tmp_path: object) -> Iterator[House]:
    house = House(own_scene, f"sqlite:///{own_scene.folder / 'house.db'}")
    yield house
    house.close()


def faulty(house: House, rpc: FaultyRpc, **options: float) -> SettlementChain:
    """The contract through a node that fails."""
    node = Node(rpc.url, timeout_s=0.75)
    return house.scene.chain(node=node, **options)


def round_of(worker: SettlementWorker) -> bool:
    """One round; False if it failed as a whole or ended early."""
    try:
        return not worker.settle(asked=True).fault
    except UnavailableError:
        return False


@pytest.mark.parametrize("fault", FAULTS)
def test_a_round_that_meets_a_fault_is_finished_by_the_next(house: House, fault: str) -> None:
    channel = house.channel(1)
    house.serve(channel.id, 5_000)
    armed = [True]

    def once(method: str) -> str:
        if method == "eth_sendRawTransaction" and armed:
            armed.clear()
            return fault
        return ""

    with FaultyRpc(house.scene.node.url, once) as rpc:
        worker = house.worker(chain=faulty(house, rpc))
        for _ in range(3):
            if round_of(worker):
                break

    assert rpc.seen[fault] == 1
    assert house.claimed(channel.id) == [5_000]
    assert house.scene.tokens("local-1") == 5_000
    assert house.channel_now(channel.id).chain.claimed == 5_000


@pytest.mark.parametrize("seed", [1, 2])
def test_calls_and_rounds_under_a_failing_node_end_paid_to_the_unit(
    house: House, seed: int
) -> None:
    channels = [house.channel(number).id for number in range(1, 6)]
    with FaultyRpc(house.scene.node.url, sometimes(0.08, seed), hang_s=1.0) as rpc:
        worker = house.worker(chain=faulty(house, rpc))
        for turn in range(1, 9):
            for place, channel in enumerate(channels):
                house.serve(channel, turn * 1_000 + place)
            round_of(worker)

    final = house.worker().settle(asked=True)

    assert sum(rpc.seen.values()) > 5
    assert final.fault == ""
    assert house.claimed(*channels) == [8_000 + place for place in range(5)]
    assert house.scene.tokens("local-1") == sum(8_000 + place for place in range(5))


@pytest.mark.parametrize("fault", ["drop after", "hang after", "429"])
def test_a_deposit_whose_sending_failed_is_made_once(house: House, fault: str) -> None:
    deposit = house.scene.deposit(house.scene.config(1), 700)
    failures = ["", "", fault, fault, fault, fault, fault, fault]

    def at_sending(method: str) -> str:
        return failures.pop() if method == "eth_sendRawTransaction" and failures else ""

    with FaultyRpc(house.scene.node.url, at_sending) as rpc:
        chain = faulty(house, rpc)
        with pytest.raises((SettlementUncertain, UnavailableError)):
            chain.deposit(deposit)
        transaction = chain.deposit(deposit)

    (state,) = house.chain.states([deposit.config.channel_id(house.scene.domain)])
    assert state.balance == 700
    assert house.scene.node.receipt(transaction) is not None


@pytest.mark.parametrize("wrong", ["0x0", "0x3e8"])
def test_a_wrong_count_of_our_transactions_is_got_over(house: House, wrong: str) -> None:
    channel = house.channel(1)
    house.serve(channel.id, 5_000)

    with FaultyRpc(house.scene.node.url, lambda _: "") as rpc:
        rpc.answers["eth_getTransactionCount"] = [wrong, wrong]
        worker = house.worker(chain=faulty(house, rpc, wait_s=3.0))
        for _ in range(3):
            if round_of(worker):
                break
        left = rpc.answers["eth_getTransactionCount"]

    assert left == []
    assert house.scene.tokens("local-1") == 5_000


def test_another_wallet_on_the_same_key_costs_no_claim(house: House) -> None:
    channel = house.channel(1)
    elsewhere = house.scene.sender("local-3")
    elsewhere._folder = house.scene.folder / "elsewhere"
    to = house.scene.account("local-9").address
    stop = threading.Event()

    def interfere() -> None:
        while not stop.is_set():
            elsewhere.wait(elsewhere.send(to, value=1))

    thread = threading.Thread(target=interfere)
    thread.start()
    try:
        for total in range(1_000, 6_000, 1_000):
            house.serve(channel.id, total)
            round_of(house.worker())
    finally:
        stop.set()
        thread.join()
    round_of(house.worker())

    assert house.claimed(channel.id) == [5_000]
    assert house.scene.tokens("local-1") == 5_000


def test_a_claim_that_nobody_mines_is_not_sent_twice(house: House) -> None:
    channel = house.channel(1)
    house.serve(channel.id, 5_000)
    node = house.scene.node
    node.request("evm_setAutomine", [False])
    worker = house.worker(chain=house.scene.chain(wait_s=1.0))

    first, second = worker.settle(), worker.settle()
    pending = int(node.request("eth_getBlockTransactionCountByNumber", ["pending"]), 16)
    node.request("evm_setAutomine", [True])
    node.request("evm_mine")
    worker.settle()

    assert first.fault
    assert second.fault
    assert pending == 1
    assert house.claimed(channel.id) == [5_000]
    assert house.scene.tokens("local-1") == 5_000


def test_a_claim_that_is_stuck_behind_risen_fees_is_replaced_by_a_dearer_one(
    house: House,
) -> None:
    channel = house.channel(1)
    house.serve(channel.id, 5_000)
    node = house.scene.node
    node.request("evm_setAutomine", [False])
    worker = house.worker(chain=house.scene.chain(wait_s=0.3, stuck_after_s=0.5))
    assert worker.settle().fault
    node.request("anvil_setNextBlockBaseFeePerGas", [hex(10**12)])
    node.request("evm_mine")
    house.serve(channel.id, 6_000)  # another claim, which queues behind the one that is stuck
    assert house.claimed(channel.id) == [0]
    time.sleep(0.5)

    node.request("evm_setAutomine", [True])
    for _ in range(10):
        if round_of(worker) and house.claimed(channel.id) == [6_000]:
            break
        time.sleep(0.3)

    assert house.claimed(channel.id) == [6_000]
    assert house.scene.tokens("local-1") == 6_000


def test_a_dead_node_ends_the_round_and_a_living_one_begins_the_next(house: House) -> None:
    channel = house.channel(1)
    house.serve(channel.id, 5_000)
    dead = [True]

    with FaultyRpc(house.scene.node.url, lambda _: "drop before" if dead else "") as rpc:
        node = Node(rpc.url, timeout_s=0.5)
        dead.clear()
        worker = house.worker(chain=house.scene.chain(node=node))
        assert node.chain_id == 31337
        dead.append(True)
        with pytest.raises(UnavailableError):
            worker.settle()
        dead.clear()
        report = worker.settle()

    assert report.claimed == 5_000
