"""Sending: nonces, fees, crashes, outages, replacements. Always a real node."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from assay.chain.account import Account
from assay.chain.commitment import claim
from assay.chain.contract import Contract
from assay.chain.deployment import deploy
from assay.chain.errors import (
    ChainUnreachable,
    ContractRevert,
    InsufficientFunds,
    TransactionPending,
    TransactionSuperseded,
    TransactionUncertain,
)
from assay.chain.fees import current_fees
from assay.chain.local_node import LocalNode
from assay.chain.node import Node
from assay.chain.recovery import recover_all
from assay.chain.transaction import Sender
from assay.core.address import Address
from assay.core.digest import Digest
from tests.integration.chain.servers import Drop, RpcProxy, method_of

SOMEBODY = Address("0x000000000000000000000000000000000000dEaD")

CHILD = """
import sys
from pathlib import Path
from assay.chain.account import Accounts
from assay.chain.node import Node
from assay.chain.transaction import Sender
url, outbox, count = sys.argv[1:]
account = Accounts(Path("none"), local_chain=True).open("local-0", None)
sender = Sender(Node(url), account, Path(outbox))
hashes = [sender.send("0x000000000000000000000000000000000000dEaD", value=1)
          for _ in range(int(count))]
for tx_hash in hashes:
    sender.wait(tx_hash)
print("done", flush=True)
"""


def start_child(url: str, outbox: Path, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, url, str(outbox), str(count)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def transactions(node: Node) -> int:
    return sum(
        int(node.request("eth_getBlockTransactionCountByNumber", [hex(number)]), 16)
        for number in range(node.block_number() + 1)
    )


def kill_node(local: LocalNode) -> None:
    os.kill(local.pid, signal.SIGKILL)
    while local.healthy():
        time.sleep(0.01)


# Errors before anything is sent


def test_a_transfer_beyond_the_balance_is_refused_with_figures(node: Node, sender: Sender) -> None:
    have = node.balance(sender.account.address)

    with pytest.raises(InsufficientFunds) as caught:
        sender.send(SOMEBODY, value=have)

    assert caught.value.have == have
    assert caught.value.need > have
    assert caught.value.account == sender.account.address
    assert node.block_number() == 0


def test_an_account_without_ether_is_told(node: Node, outbox: Path) -> None:
    poor = Sender(node, Account(b"\x55" * 32), outbox)

    with pytest.raises(InsufficientFunds) as caught:
        poor.send(SOMEBODY)

    assert caught.value.have == 0


def test_a_revert_is_decoded_before_anything_is_sent(
    node: Node, sender: Sender, tmp_path: Path
) -> None:
    token = deploy(node, sender, tmp_path / "deployments").token
    before = node.block_number()

    with pytest.raises(ContractRevert) as caught:
        sender.transact(token, "transfer", SOMEBODY, 10**30)

    assert caught.value.name == "ERC20InsufficientBalance"
    assert caught.value.values["needed"] == 10**30
    assert node.block_number() == before


def test_a_revert_that_only_the_block_brings_is_decoded_too(
    node: Node, sender: Sender, tmp_path: Path, account: Callable[[int], Account], outbox: Path
) -> None:
    token = deploy(node, sender, tmp_path / "deployments").token
    other = Sender(node, account(1), outbox)
    sender.transact(token, "transfer", other.account.address, 5)
    node.request("evm_setAutomine", [False])
    call = token.encode("transfer", SOMEBODY, 5)
    first, second = other.send(token.address, call), _send_unchecked(other, token, call)
    node.request("evm_mine", [])

    assert other.wait(first).succeeded
    with pytest.raises(ContractRevert) as caught:
        other.wait(second)

    assert caught.value.name == "ERC20InsufficientBalance"


def _send_unchecked(sender: Sender, contract: Contract, data: bytes) -> str:
    """Send what passes the estimate on the newest block, not yet on the pending one."""
    fields = {"type": 2, "chainId": 31337, "to": contract.address, "data": "0x" + data.hex()}
    with sender._outbox.lock():
        return sender._send_locked(
            {**fields, "value": 0, "gas": 200_000}, current_fees(sender._node)
        ).hash


# Many at once


def test_many_threads_send_from_one_account(node: Node, sender: Sender) -> None:
    with ThreadPoolExecutor(8) as pool:
        hashes = list(pool.map(lambda _: sender.send(SOMEBODY, value=1), range(40)))

    assert all(sender.wait(tx_hash).succeeded for tx_hash in hashes)
    assert node.balance(SOMEBODY) == 40


def test_two_processes_send_from_one_account_at_once(node: Node, outbox: Path) -> None:
    children = [start_child(node.url, outbox, 25) for _ in range(2)]

    outcomes = [child.communicate(timeout=60) for child in children]

    assert [out for out, _ in outcomes] == ["done\n", "done\n"], outcomes
    assert node.balance(SOMEBODY) == 50


def test_a_nonce_taken_by_another_wallet_is_stepped_over(node: Node, sender: Sender) -> None:
    foreign = {"from": sender.account.address, "to": SOMEBODY, "value": "0x1"}
    sender.wait(sender.send(SOMEBODY, value=1))
    node.request("evm_setAutomine", [False])
    node.request("eth_sendTransaction", [foreign])

    tx_hash = sender.send(SOMEBODY, value=1)
    node.request("evm_mine", [])
    sender.wait(tx_hash)

    assert node.balance(SOMEBODY) == 3


# Crashes of the sender


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_sender_killed_around_the_broadcast_sends_exactly_once(
    node: Node, sender: Sender, outbox: Path, moment: str
) -> None:
    children: list[subprocess.Popen[str]] = []
    reached = threading.Event()

    def kill(body: Any) -> None:
        if method_of(body) == "eth_sendRawTransaction":
            children[0].kill()
            reached.set()
            raise Drop

    with RpcProxy(node.url, **{moment: kill}) as proxy:  # type: ignore[arg-type]
        children.append(start_child(proxy.url, outbox, 1))
        children[0].communicate(timeout=60)
    sent_by_child = node.balance(SOMEBODY)
    sender.recover()
    sender.wait(sender.send(SOMEBODY, value=10))

    assert reached.is_set()
    assert children[0].returncode == -signal.SIGKILL
    assert sent_by_child == (0 if moment == "before" else 1)
    assert node.balance(SOMEBODY) == 11


def test_a_sender_killed_before_the_receipt_leaves_nothing_to_repeat(
    node: Node, sender: Sender, outbox: Path
) -> None:
    children: list[subprocess.Popen[str]] = []

    def kill(body: Any) -> None:
        if any(call["method"] == "eth_getTransactionReceipt" for call in _calls(body)):
            children[0].kill()

    with RpcProxy(node.url, before=kill) as proxy:
        children.append(start_child(proxy.url, outbox, 1))
        children[0].communicate(timeout=60)

    assert children[0].returncode == -signal.SIGKILL
    assert sender.recover() == 0
    assert node.balance(SOMEBODY) == 1


def _calls(body: Any) -> list[Any]:
    return body if isinstance(body, list) else [body]


def test_what_a_crash_left_unsent_goes_before_the_next(
    node: Node, sender: Sender, outbox: Path
) -> None:
    children: list[subprocess.Popen[str]] = []

    def kill(body: Any) -> None:
        if method_of(body) == "eth_sendRawTransaction":
            children[0].kill()
            raise Drop

    with RpcProxy(node.url, before=kill) as proxy:
        children.append(start_child(proxy.url, outbox, 1))
        children[0].communicate(timeout=60)

    receipt = sender.wait(sender.send(SOMEBODY, value=10))

    assert node.balance(SOMEBODY) == 11
    assert receipt.block_number == 2


# Outages of the node


def test_a_connection_lost_while_sending_is_told_apart_and_mended(
    node: Node, account: Callable[[int], Account], outbox: Path
) -> None:
    broken = threading.Event()
    broken.set()

    def drop(body: Any) -> None:
        if broken.is_set() and method_of(body) == "eth_sendRawTransaction":
            raise Drop

    with RpcProxy(node.url, before=drop) as proxy, Node(proxy.url) as behind:
        sender = Sender(behind, account(0), outbox)
        with pytest.raises(TransactionUncertain) as caught:
            sender.send(SOMEBODY, value=1)
        broken.clear()

        receipt = sender.wait(caught.value.tx_hash)

    assert receipt.transaction_hash == caught.value.tx_hash
    assert node.balance(SOMEBODY) == 1


def test_an_answer_lost_once_is_no_trouble(
    node: Node, account: Callable[[int], Account], outbox: Path
) -> None:
    lost: list[Any] = []

    def lose_first(body: Any) -> None:
        if method_of(body) == "eth_sendRawTransaction" and not lost:
            lost.append(body)
            raise Drop

    with RpcProxy(node.url, after=lose_first) as proxy, Node(proxy.url) as behind:
        sender = Sender(behind, account(0), outbox)
        sender.wait(sender.send(SOMEBODY, value=1))

    assert len(lost) == 1
    assert node.balance(SOMEBODY) == 1


def test_a_dead_node_is_an_error_and_keeps_nothing(local_node: LocalNode, sender: Sender) -> None:
    sender.wait(sender.send(SOMEBODY, value=1))
    kill_node(local_node)

    with pytest.raises(ChainUnreachable):
        sender.send(SOMEBODY, value=1)
    local_node.revive()
    sender.recover()

    assert sender._node.balance(SOMEBODY) == 1


def test_a_wait_outlasts_a_restart_of_the_node(
    local_node: LocalNode, node: Node, sender: Sender
) -> None:
    node.request("evm_setAutomine", [False])
    tx_hash = sender.send(SOMEBODY, value=1)

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(sender.wait, tx_hash)
        kill_node(local_node)
        time.sleep(0.3)
        local_node.revive()  # mines by itself again, and has forgotten the transaction
        receipt = waiting.result(timeout=30)

    assert receipt.transaction_hash == tx_hash
    assert node.balance(SOMEBODY) == 1


def test_blocks_lost_with_a_killed_node_are_restored_in_order(
    local_node: LocalNode, node: Node, account: Callable[[int], Account], outbox: Path
) -> None:
    rich = Sender(node, account(0), outbox)
    poor = Sender(node, Account(b"\x55" * 32), outbox)
    for _ in range(3):
        hashes = [rich.send(SOMEBODY, value=1) for _ in range(20)]
        hashes.append(rich.send(poor.account.address, value=10**17))
        rich.wait(hashes[-1])
        hashes.append(poor.send(SOMEBODY, value=1))
        poor.wait(hashes[-1])
        balance = node.balance(SOMEBODY)
        kill_node(local_node)
        local_node.revive()

        recover_all(node, outbox)

        for sender, tx_hash in ((rich, hashes[-2]), (poor, hashes[-1])):
            assert sender.wait(tx_hash).succeeded
        assert node.balance(SOMEBODY) == balance
    assert node.balance(SOMEBODY) == 63
    assert recover_all(node, outbox) == 0


def test_a_new_chain_never_gets_what_was_meant_for_an_old_one(
    tmp_path: Path, account: Callable[[int], Account], outbox: Path
) -> None:
    for name in ("one", "two"):
        with LocalNode.start(tmp_path / name) as local, Node(local.url) as node:
            assert recover_all(node, outbox) == 0
            sender = Sender(node, account(0), outbox)
            sender.wait(sender.send(SOMEBODY, value=1))
            assert node.balance(SOMEBODY) == 1


# Waiting


def test_a_stuck_transaction_is_replaced_by_a_dearer_one(
    node: Node, account: Callable[[int], Account], outbox: Path
) -> None:
    sender = Sender(node, account(0), outbox, stuck_after_s=0.2)
    sender.wait(sender.send(SOMEBODY, value=1))
    node.request("evm_setAutomine", [False])
    stuck = sender.send(SOMEBODY, value=1)

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(sender.wait, stuck)
        while len(sender._outbox.rivals(stuck)) < 2:
            time.sleep(0.05)
        time.sleep(0.1)
        node.request("evm_mine", [])
        receipt = waiting.result(timeout=20)

    first, second = sender._outbox.rivals(stuck)[:2]
    assert first.hash == stuck
    for fee in ("maxFeePerGas", "maxPriorityFeePerGas"):
        assert 1000 * second.fields[fee] >= 1125 * first.fields[fee]
    assert receipt.transaction_hash in {rival.hash for rival in sender._outbox.rivals(stuck)}
    assert receipt.transaction_hash != stuck
    assert node.balance(SOMEBODY) == 2


def test_the_original_counts_if_it_is_mined_before_its_replacement(
    node: Node, account: Callable[[int], Account], outbox: Path
) -> None:
    sender = Sender(node, account(0), outbox, stuck_after_s=0.2)
    node.request("evm_setAutomine", [False])
    stuck = sender.send(SOMEBODY, value=1)
    raw = sender._outbox.rivals(stuck)[0].raw
    with pytest.raises(TransactionPending):
        sender.wait(stuck, timeout_s=1.5)
    replaced = sender._outbox.rivals(stuck)
    node.request("anvil_dropTransaction", [replaced[-1].hash])
    node.request("eth_sendRawTransaction", ["0x" + raw.hex()])
    node.request("evm_mine", [])

    receipt = sender.wait(replaced[-1].hash)

    assert len(replaced) == 2
    assert receipt.transaction_hash == stuck


def test_a_dropped_transaction_is_sent_again(node: Node, sender: Sender) -> None:
    node.request("evm_setAutomine", [False])
    tx_hash = sender.send(SOMEBODY, value=1)
    node.request("anvil_dropTransaction", [tx_hash])
    node.request("evm_setAutomine", [True])

    receipt = sender.wait(tx_hash)

    assert receipt.transaction_hash == tx_hash


def test_a_transaction_that_waits_too_long_is_pending_and_kept(node: Node, sender: Sender) -> None:
    node.request("evm_setAutomine", [False])
    tx_hash = sender.send(SOMEBODY, value=1)

    with pytest.raises(TransactionPending) as caught:
        sender.wait(tx_hash, timeout_s=0.2)
    node.request("evm_mine", [])

    assert caught.value.tx_hash == tx_hash
    assert sender.wait(tx_hash).succeeded


def test_a_nonce_lost_to_another_wallet_ends_the_wait(node: Node, sender: Sender) -> None:
    node.request("evm_setAutomine", [False])
    tx_hash = sender.send(SOMEBODY, value=1)
    node.request("anvil_dropTransaction", [tx_hash])
    foreign = {"from": sender.account.address, "to": SOMEBODY, "value": "0x7"}
    node.request("eth_sendTransaction", [foreign])
    node.request("evm_mine", [])

    with pytest.raises(TransactionSuperseded) as caught:
        sender.wait(tx_hash)

    assert caught.value.nonce == 0
    assert node.balance(SOMEBODY) == 7


def test_an_old_transaction_deep_in_the_chain_is_forgotten(
    node: Node, sender: Sender, outbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender.wait(sender.send(SOMEBODY, value=1))
    sender.wait(sender.send(SOMEBODY, value=1))
    sender._outbox.prune(node)
    young = sender._outbox.nonces()
    monkeypatch.setattr("assay.chain.outbox._OLD_S", 0.0)

    sender._outbox.prune(node)
    shallow = sender._outbox.nonces()
    node.request("anvil_mine", ["0xc"])
    sender._outbox.prune(node)

    assert young == shallow == {0, 1}
    assert sender._outbox.nonces() == set()
    assert sender.wait(sender.send(SOMEBODY, value=1)).succeeded


def test_a_commitment_and_its_reveal_are_restored_to_blocks_of_their_own(
    local_node: LocalNode, node: Node, sender: Sender, outbox: Path, tmp_path: Path
) -> None:
    registry = deploy(node, sender, tmp_path / "deployments").registry
    digests = [Digest.of(bytes([number])) for number in range(10)]
    for digest in digests:
        registration = (digest.raw, b"\x01" * 32, 0, 0, b"\x02" * 4, 0, 0)
        claim(node, sender, registry, digest, _reveal(registration))
    kill_node(local_node)
    local_node.revive()

    recover_all(node, outbox)

    owners = [registry.read("ownerOf", digest.token_id) for digest in digests]
    assert owners == [sender.account.address] * 10


def _reveal(registration: tuple[Any, ...]) -> Callable[[bytes], tuple[str, tuple[Any, ...]]]:
    return lambda salt: ("register", (registration, salt))
