"""What may happen to a task: the chain is away, members die, and nobody is there for a while."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import pytest
from structlog.testing import capture_logs

import assay
from assay.bootstrap.training_members import Heard, reveal_guard
from assay.chain.local_node import LocalNode
from assay.training.committee.model import Certificate
from assay.training.engine.client import TrainingNode
from assay.training.model import Phase, Task
from assay.training.rounds import RoundPlace
from assay.training.use_cases.own_reveal import guard_reveals
from tests.e2e.consortium import (
    BUDGET,
    NODES,
    OFFER,
    SPONSOR,
    STAKE,
    VALIDATORS,
    Consortium,
    running_consortium,
)
from tests.e2e.site import ASSAY
from tests.fakes.rounds import Watch
from tests.integration.training.committee.scene import free_ports

ROOT = Path(__file__).parents[2]
AWAY_S = 3.0


@pytest.fixture(scope="module")
def consortium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Consortium]:
    with running_consortium(tmp_path_factory.mktemp("bad-luck")) as found:
        yield found


def nodes_of(consortium: Consortium, task: int) -> dict[str, TrainingNode]:
    return {name: consortium.node(task, name) for name in NODES}


def check_money(consortium: Consortium, task: int, held_before: int, rounds: int) -> None:
    """Everybody has its stake, and what it earned in so many final rounds; nothing is left."""
    got = consortium.settled(task)

    total = consortium.client.training.show(task).terms.rounds
    earned = {name: got[name] - STAKE for name in NODES}
    assert sum(earned.values()) == BUDGET * rounds // total
    assert min(earned.values()) >= 0
    assert got[SPONSOR] == BUDGET - sum(earned.values())
    assert all(got[name] == STAKE for name in VALIDATORS)
    assert consortium.held() == held_before


def check_rounds(consortium: Consortium, task: int, rounds: Sequence[int]) -> None:
    checks = consortium.client.training.verify(task)

    assert [(one.round, one.reason) for one in checks] == [(round_, "") for round_ in rounds]


# The chain


@dataclass
class Outage:
    """Ends the chain's node, and starts it again some seconds later with its state."""

    consortium: Consortium
    seconds: float = AWAY_S
    back: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        chain = self.consortium.chain
        os.kill(chain.pid, signal.SIGTERM)
        while chain.healthy():
            time.sleep(0.01)
        self.back.append(threading.Thread(target=self._end))
        self.back[-1].start()

    def _end(self) -> None:
        time.sleep(self.seconds)
        self.consortium.chain.revive()


@dataclass
class ChainLost(Watch):
    """The chain is away while nodes commit in the first round, and when the second is agreed on."""

    outage: Outage = field(kw_only=True)
    node: TrainingNode = field(kw_only=True)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def samples(self) -> int:
        return self.node.training.samples

    def train(self, start: object, place: RoundPlace) -> object:
        trained = self.node.training.train(start, place)  # type: ignore[arg-type]
        if place.round == 1:
            self.outage.begin()
        return trained

    def heard(self, _name: str) -> Heard:
        return Heard(agreed=self._agreed)

    def _agreed(self, certificate: Certificate) -> None:
        with self.lock:
            if certificate.round == 2 and len(self.outage.back) == 1:
                self.outage.begin()


def test_a_chain_that_is_away_is_waited_for_and_nothing_is_sent_twice(
    consortium: Consortium,
) -> None:
    held_before = consortium.held()
    task = consortium.started()
    nodes, outage = nodes_of(consortium, task), Outage(consortium)
    first_block = consortium.workspace.node.block_number() + 1
    watch = ChainLost(outage=outage, node=nodes[NODES[0]])
    nodes[NODES[0]] = TrainingNode(watch, nodes[NODES[0]].hooks)  # type: ignore[arg-type]

    with capture_logs() as logs, consortium.validating(task, heard=watch.heard):
        ended = consortium.serve(task, nodes)
    for thread in outage.back:
        thread.join()

    assert len(outage.back) == 2
    assert (ended.phase, ended.final_rounds) == (Phase.FINISHED, 2)
    said = Counter(log["event"] for log in logs)
    assert 1 <= said["waiting for what is away"] <= 12
    assert said["it is back, going on"] == said["waiting for what is away"]
    assert said["the validator goes on"] >= 1
    assert sent_twice(consortium, first_block) == []
    check_rounds(consortium, task, [1, 2])
    check_money(consortium, task, held_before, rounds=2)


def sent_twice(consortium: Consortium, first_block: int) -> list[tuple[str, str]]:
    """Calls of members that stand in two transactions, but for those that end phases."""
    node = consortium.workspace.node
    advance = consortium.workspace.deployment.training.encode("advance", 1)[:4].hex()
    calls: Counter[tuple[str, str]] = Counter()
    for number in range(first_block, node.block_number() + 1):
        for transaction in node.request("eth_getBlockByNumber", [hex(number), True])[
            "transactions"
        ]:
            if not transaction["input"].startswith(f"0x{advance}"):
                calls[transaction["from"], transaction["input"]] += 1
    return [call for call, times in calls.items() if times > 1]


# A validator


def test_a_validator_killed_in_mid_vote_votes_the_same_and_the_round_ends(
    consortium: Consortium,
) -> None:
    held_before = consortium.held()
    task = consortium.started()
    urls = consortium.seats()
    seats = consortium.workspace.training.history(task).committee
    by_address = {consortium.address(name): name for name in VALIDATORS}
    # Who leads the two rounds is there; of the others one is killed, and its vote is needed.
    present = [by_address[seats.primary(round_, 0)] for round_ in (1, 2)]
    killed, _absent = [name for name in VALIDATORS if name not in present]

    with (
        validator_process(consortium, task, killed, urls, die_at_vote=1) as first,
        consortium.validating(task, present, urls),
    ):
        until_it_listens(f"{urls[killed]}/tasks/{task}/status")
        server = threading.Thread(
            target=consortium.serve, args=(task, nodes_of(consortium, task)), daemon=True
        )
        server.start()
        assert first.wait(60) == -signal.SIGKILL
        before = votes(consortium, task, killed)
        undecided = consortium.client.training.show(task)
        with validator_process(consortium, task, killed, urls) as second:
            server.join(60)
            assert second.wait(60) == 0

    assert (undecided.round, undecided.phase) == (1, Phase.CERTIFYING)
    assert [vote[0] for vote in before] == [1]
    assert set(before) <= set(votes(consortium, task, killed))
    ended = consortium.client.training.show(task)
    assert (ended.phase, ended.final_rounds) == (Phase.FINISHED, 2)
    assert consortium.client.training.slashes(task) == ()
    check_money(consortium, task, held_before, rounds=2)


@contextmanager
def validator_process(
    consortium: Consortium, task: int, name: str, urls: dict[str, str], *, die_at_vote: int = 0
) -> Iterator[subprocess.Popen[bytes]]:
    """`assay train validator`, which ends with the task or when it is killed."""
    peers = [f"--peers={consortium.address(one)}={url}" for one, url in urls.items()]
    command = [sys.executable, "-m", "tests.e2e.dying_validator", str(die_at_vote), str(task)]
    command += ["--held-out", str(consortium.records_file(name))]
    command += ["--listen", urls[name].removeprefix("http://"), *peers]
    with (consortium.folder / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=consortium.environment(name), stdout=log, stderr=log
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until_it_listens(url: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(httpx.HTTPError):
            if httpx.get(url, trust_env=False).is_success:
                return
        time.sleep(0.05)
    raise AssertionError(f"nobody listens at {url}")


def votes(consortium: Consortium, task: int, name: str) -> list[tuple[int, int, str]]:
    """What stands in a validator's journal."""
    home = consortium.workspace.training.home(task)
    journal = home / f"validator-{consortium.address(name)}.sqlite"
    connection = sqlite3.connect(journal)
    try:
        return connection.execute("SELECT round, view, result FROM votes").fetchall()
    finally:
        connection.close()


# Everybody else


class Gone(Exception):
    """Whoever serves the task is not there any more."""


@dataclass
class Vanishing(Watch):
    """The server's process ends as soon as a round's commitments are closed."""

    in_round: int = 2

    def seen(self, place: RoundPlace, step: str, done: int, total: int) -> None:
        super().seen(place, step, done, total)
        if (place.round, step) == (self.in_round, "train"):
            raise Gone


def test_without_sponsor_and_server_the_others_end_the_task_and_get_all_that_is_theirs(
    consortium: Consortium,
) -> None:
    held_before = consortium.held()
    task = consortium.started(offer=replace(OFFER, rounds=3), commit_s=8, reveal_s=6)
    nodes = nodes_of(consortium, task)
    guards = [reveal_guard(consortium.workspace, task, name) for name in NODES]
    reader, stop = consortium.workspace.training.reader, threading.Event()

    with consortium.validating(task) as validators:
        with pytest.raises(Gone):
            consortium.serve(task, nodes, Vanishing())
        guard_reveals(task, reader, guards, stop, 0.2)  # until the task has ended
        for thread in validators:
            thread.join(30)

    ended = reader.task(task)
    # What was committed to in the second round is opened by the nodes themselves.
    assert (ended.phase, ended.round, ended.final_rounds) == (Phase.FINISHED, 3, 2)
    assert consortium.client.training.slashes(task) == ()
    check_rounds(consortium, task, [1, 2])
    check_money(consortium, task, held_before, rounds=2)


def test_after_everybody_was_away_past_the_deadline_the_task_goes_on_and_nobody_pays(
    consortium: Consortium,
) -> None:
    held_before = consortium.held()
    task = consortium.started(commit_s=10, reveal_s=4)
    with consortium.validating(task), pytest.raises(Gone):
        consortium.serve(task, nodes_of(consortium, task), Vanishing())
    left = consortium.client.training.show(task)
    assert left.deadline_s is not None
    time.sleep(max(0.0, left.deadline_s + 1 - time.time()))

    with consortium.validating(task):
        ended = consortium.serve(task, nodes_of(consortium, task))

    assert (left.round, left.phase, left.committed) == (2, Phase.REVEALING, len(NODES))
    assert (ended.phase, ended.final_rounds) == (Phase.FINISHED, 2)
    assert consortium.client.training.slashes(task) == ()
    check_rounds(consortium, task, [1, 2])
    check_money(consortium, task, held_before, rounds=2)


def test_a_committee_without_a_quorum_ends_the_round_and_the_task(consortium: Consortium) -> None:
    held_before = consortium.held()
    task = consortium.started(offer=replace(OFFER, rounds=1), certify_s=4)

    with consortium.validating(task, VALIDATORS[:2]) as validators:
        server = threading.Thread(
            target=consortium.serve, args=(task, nodes_of(consortium, task)), daemon=True
        )
        server.start()
        ended = wait_for(consortium, task)
        server.join(20)
        for thread in validators:
            thread.join(20)

    assert (ended.phase, ended.failures, ended.final_rounds) == (Phase.ABANDONED, 1, 0)
    got = consortium.settled(task)
    assert got == {SPONSOR: BUDGET, **dict.fromkeys((*VALIDATORS, *NODES), STAKE)}
    assert consortium.held() == held_before


def wait_for(consortium: Consortium, task: int) -> Task:
    """How the task ended."""
    until = time.monotonic() + 40
    while not (found := consortium.client.training.show(task)).is_over:
        assert time.monotonic() < until, found
        time.sleep(0.1)
    return found


def test_a_task_of_a_chain_that_was_reset_is_not_taken_for_the_new_one(
    consortium: Consortium, tmp_path: Path
) -> None:
    with (
        LocalNode.start(tmp_path / "chain") as chain,
        assay.connect(home=tmp_path / "home", rpc_url=chain.url) as client,
    ):
        other = client.workspace.training
        ours = consortium.workspace.training

        assert (other.reader.chain_id, other.reader.address) == (
            ours.reader.chain_id,
            ours.reader.address,
        )
        assert other.home(1).name != ours.home(1).name


# The network


@contextmanager
def server_process(
    consortium: Consortium, task: int, superlink: str
) -> Iterator[subprocess.Popen[bytes]]:
    """`assay train run`, with a SuperLink as its child."""
    command = [*ASSAY, "train", "run", str(task), "--superlink", superlink, "--json"]
    with (consortium.folder / "server.log").open("ab") as log:
        process = subprocess.Popen(
            command, env=consortium.environment("local-9"), stdout=log, stderr=log
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def superlink_of(server: subprocess.Popen[bytes]) -> int:
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    [found] = [one for one in children if "flower-superlink" in command_of(int(one))]
    return int(found)


def command_of(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text()
    except FileNotFoundError:
        return ""


def test_superlink_and_server_are_killed_in_a_round_and_it_goes_on(
    consortium: Consortium,
) -> None:
    held_before = consortium.held()
    task = consortium.started(offer=replace(OFFER, rounds=3))
    [port] = free_ports(1)
    superlink, training = f"127.0.0.1:{port}", consortium.client.training
    nodes = [
        threading.Thread(
            target=training.serve_node,
            args=(task, consortium.records_file(name), superlink),
            kwargs={"account": name},
            daemon=True,
        )
        for name in NODES
    ]

    with consortium.validating(task) as validators:
        for thread in nodes:
            thread.start()
        with server_process(consortium, task, superlink) as first:
            in_round(consortium, task, 1)
            killed = superlink_of(first)
            os.kill(killed, signal.SIGKILL)
            in_round(consortium, task, 2)
            orphan = superlink_of(first)
            first.kill()
            first.wait()
        with server_process(consortium, task, superlink) as second:
            assert second.wait(90) == 0
        for thread in [*nodes, *validators]:
            thread.join(20)

    assert not any(thread.is_alive() for thread in nodes)
    assert killed != orphan
    assert command_of(orphan) == ""
    assert "the SuperLink ended and is started again" in server_log(consortium)
    ended = training.show(task)
    assert (ended.phase, ended.final_rounds) == (Phase.FINISHED, 3)
    assert training.slashes(task) == ()
    check_rounds(consortium, task, [1, 2, 3])
    check_money(consortium, task, held_before, rounds=3)


def server_log(consortium: Consortium) -> str:
    return (consortium.folder / "server.log").read_text()


def in_round(consortium: Consortium, task: int, round_: int) -> None:
    """Wait until a node has committed in a round."""
    until = time.monotonic() + 90
    while True:
        found = consortium.client.training.show(task)
        assert found.round <= round_, "it went past"
        if found.round == round_ and found.committed:
            return
        assert time.monotonic() < until, server_log(consortium)
        time.sleep(0.01)
