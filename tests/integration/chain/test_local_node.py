"""The local node's life: shared, restarted, killed, damaged."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assay.chain.account import Account
from assay.chain.errors import ChainStateDamaged, NodeFailed, NodeProgramMissing
from assay.chain.local_node import LocalNode, find_anvil
from assay.chain.node import Node
from assay.chain.transaction import Sender
from assay.core.address import Address

LOG_CODE = Address("0x00000000000000000000000000000000000000AA")

CHILD = """
import sys, time
from pathlib import Path
from assay.chain.local_node import LocalNode
local = LocalNode.start(Path(sys.argv[1]))
print(local.pid, flush=True)
time.sleep(60)
"""


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_until(condition: Callable[[], bool], limit_s: float = 10.0) -> bool:
    deadline = time.monotonic() + limit_s
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


def start_child(folder: Path) -> tuple[subprocess.Popen[str], int]:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    return child, int(child.stdout.readline())


def test_blocks_receipts_and_logs_survive_a_restart(
    tmp_path: Path, account: Callable[[int], Account]
) -> None:
    folder = tmp_path / "chain"
    with LocalNode.start(folder) as local, Node(local.url) as node:
        node.request("anvil_setCode", [LOG_CODE, "0x60016000a0"])  # LOG0 over one byte
        sender = Sender(node, account(0), tmp_path / "outbox")
        before = sender.wait(sender.send(LOG_CODE))
        blocks = node.blocks(range(node.block_number() + 1))
        url = local.url

    with LocalNode.start(folder) as local, Node(local.url) as node:
        assert local.url == url
        assert node.receipt(before.transaction_hash) == before
        assert node.logs([LOG_CODE], 0, before.block_number) == list(before.logs)
        assert node.blocks(range(len(blocks))) == blocks
        assert node.code(LOG_CODE).hex() == "60016000a0"


def test_users_of_one_folder_share_one_node_until_the_last_leaves(tmp_path: Path) -> None:
    folder = tmp_path / "chain"
    with ThreadPoolExecutor(6) as pool:
        users = list(pool.map(lambda _: LocalNode.start(folder), range(6)))

    pids = {user.pid for user in users}
    for user in users[:-1]:
        user.stop()
    still_there = users[-1].healthy()
    users[-1].stop()

    assert len(pids) == 1
    assert still_there
    assert not alive(pids.pop())
    assert not (folder / "node.json").exists()


def test_processes_share_one_node(tmp_path: Path) -> None:
    folder = tmp_path / "chain"
    children = [start_child(folder) for _ in range(2)]
    with LocalNode.start(folder) as local:
        pids = {local.pid, *(pid for _, pid in children)}
        for child, _ in children:
            child.kill()
            child.wait()
        time.sleep(0.3)

        assert len(pids) == 1
        assert local.healthy()


def test_the_node_dies_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    child, pid = start_child(tmp_path / "chain")
    was_alive = alive(pid)

    child.send_signal(signal.SIGKILL)
    child.wait()

    assert was_alive
    assert wait_until(lambda: not alive(pid))
    assert json.loads((tmp_path / "chain" / "state.json").read_bytes())


def test_the_node_dies_with_a_keeper_that_is_killed(tmp_path: Path) -> None:
    folder = tmp_path / "chain"
    local = LocalNode.start(folder)
    keeper = json.loads((folder / "node.json").read_bytes())["keeper"]

    os.kill(keeper, signal.SIGKILL)

    assert wait_until(lambda: not alive(local.pid))
    local.revive()
    assert local.healthy()
    local.stop()


def test_the_node_outlives_the_thread_that_started_it(tmp_path: Path) -> None:
    started: list[LocalNode] = []
    thread = threading.Thread(target=lambda: started.append(LocalNode.start(tmp_path / "chain")))
    thread.start()
    thread.join()
    time.sleep(0.3)

    (local,) = started

    assert local.healthy()
    local.stop()


def test_a_node_json_of_a_dead_node_is_recognised(tmp_path: Path) -> None:
    folder = tmp_path / "chain"
    folder.mkdir()
    stale = {"url": "http://127.0.0.1:1", "pid": 2**22 + 1, "keeper": 2**22 + 1}
    (folder / "node.json").write_text(json.dumps(stale))
    for name in ("users.lock", "node.lock"):
        (folder / name).write_text("left over")

    with LocalNode.start(folder) as local:
        assert local.healthy()
        assert local.pid != stale["pid"]


def test_a_killed_node_comes_back_on_its_port(tmp_path: Path) -> None:
    with LocalNode.start(tmp_path / "chain") as local:
        url, pid = local.url, local.pid
        os.kill(pid, signal.SIGKILL)
        assert wait_until(lambda: not local.healthy())

        local.revive()

        assert local.healthy()
        assert (local.url, local.pid != pid) == (url, True)


def test_a_node_killed_in_its_first_moment_comes_back_as_the_same_chain(tmp_path: Path) -> None:
    with LocalNode.start(tmp_path / "chain") as local, Node(local.url) as node:
        genesis = node.block(0)
        os.kill(local.pid, signal.SIGKILL)
        assert wait_until(lambda: not local.healthy())
        time.sleep(1.1)

        local.revive()

        assert node.block(0) == genesis


def test_the_first_block_stays_the_same_over_many_restarts(tmp_path: Path) -> None:
    genesis = set()
    for _ in range(5):
        with LocalNode.start(tmp_path / "chain") as local, Node(local.url) as node:
            node.request("evm_mine", [])
            genesis.add(node.block(0).hash)

    assert len(genesis) == 1


def test_the_chains_clock_is_the_worlds_after_every_start(tmp_path: Path) -> None:
    for _ in range(3):
        with LocalNode.start(tmp_path / "chain") as local, Node(local.url) as node:
            time.sleep(1)
            node.request("evm_mine", [])
            lag_s = time.time() - node.block("latest").timestamp

        assert -1 <= lag_s <= 3


def test_two_chains_are_never_the_same(tmp_path: Path) -> None:
    genesis = set()
    for name in ("one", "two"):
        with LocalNode.start(tmp_path / name) as local, Node(local.url) as node:
            genesis.add(node.block(0).hash)

    assert len(genesis) == 2


@pytest.mark.parametrize("damage", [lambda d: d[: len(d) // 2], lambda _: b"", lambda _: b"{}x"])
def test_a_damaged_state_gives_way_to_the_last_good_copy(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    folder = tmp_path / "chain"
    with LocalNode.start(folder) as local, Node(local.url) as node:
        node.request("anvil_mine", ["0x5"])
    state = folder / "state.json"
    state.write_bytes(damage(state.read_bytes()))
    damaged = state.read_bytes()

    with LocalNode.start(folder) as local, Node(local.url) as node:
        assert node.block_number() == 5
        (kept,) = folder.glob("state.damaged-*.json")
        assert str(kept) in local.notice
        assert kept.read_bytes() == damaged


def test_a_damaged_state_without_a_copy_is_a_clear_error_and_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "chain"
    folder.mkdir()
    (folder / "state.json").write_bytes(b'{"block":')

    for _ in range(2):
        with pytest.raises(ChainStateDamaged) as caught:
            LocalNode.start(folder)

    assert str(folder / "state.json") in str(caught.value)
    assert (folder / "state.json").read_bytes() == b'{"block":'


def test_another_program_on_the_remembered_port_is_no_trouble(tmp_path: Path) -> None:
    folder = tmp_path / "chain"
    with LocalNode.start(folder) as first, LocalNode.start(tmp_path / "other") as other:
        taken = other.url
        first.stop()
        (folder / "port").write_text(taken.rpartition(":")[2])

        with LocalNode.start(folder) as again:
            assert again.healthy()
            assert again.url != taken


def test_a_missing_program_says_where_it_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(NodeProgramMissing) as caught:
        LocalNode.start(tmp_path / "chain", program=tmp_path / "anvil")

    assert str(tmp_path / "anvil") in str(caught.value)
    assert "npm install" in caught.value.hint


def test_the_environment_may_name_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = find_anvil()
    link = tmp_path / "my-anvil"
    link.symlink_to(found)
    monkeypatch.setenv("ASSAY_ANVIL", str(link))

    assert find_anvil() == found


def test_a_program_that_is_no_node_is_a_clear_error(tmp_path: Path) -> None:
    program = tmp_path / "anvil"
    program.write_text("#!/bin/sh\necho 'I am not a node' >&2\nexit 1\n")
    program.chmod(0o755)

    with pytest.raises(NodeFailed, match="I am not a node"):
        LocalNode.start(tmp_path / "chain", program=program)
