"""Who opens commitments: the server for all, or each node for itself; and who pays for silence."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from nacl.public import PrivateKey

from assay.core.clock import SystemClock
from assay.errors import AssayError
from assay.store.disk import DiskStore
from assay.training.errors import CommitmentsOpen
from assay.training.model import Phase, Role
from assay.training.node_memory import NodeFolder
from assay.training.parameters import Parameters
from assay.training.payload import Source
from assay.training.plan import Plan
from assay.training.privacy.sealing import BOX_FILE
from assay.training.rewards.quality import DataProfile
from assay.training.rounds import LocalUpdate, Opening, RoundPlace
from assay.training.stored import StoredFolders
from assay.training.use_cases.node import NodeRounds
from assay.training.use_cases.own_reveal import RevealGuard, guard_reveals
from assay.training.use_cases.serving import TaskAuthority
from tests.integration.training.task_scene import (
    NODES,
    SPONSOR,
    STAKE,
    STRANGER,
    VALIDATORS,
    TaskScene,
    open_task_scene,
)

PLAN = Plan((3, 2))
START = Parameters(
    {"layer0.weight": np.ones((2, 3), np.float32), "layer0.bias": np.zeros(2, np.float32)}
)
REVEAL_S = 600


class Waited(Exception):
    """The server has nothing to do but to wait."""


def stop_waiting(_pause_s: float) -> None:
    raise Waited


class StoppedClock:
    """A machine whose clock is far behind."""

    def now_s(self) -> int:
        return 0


@dataclass
class Parties:
    """The nodes and the server of one task, as their processes hold them."""

    scene: TaskScene
    task: int
    folder: Path

    @property
    def place(self) -> RoundPlace:
        return RoundPlace(self.task, 1)

    @property
    def folders(self) -> StoredFolders:
        return StoredFolders(DiskStore(self.folder / "store"))

    def memory(self, number: int) -> NodeFolder:
        return NodeFolder(self.folder / f"{self.task}-{number}")

    def node(self, number: int) -> NodeRounds:
        return NodeRounds(
            node=self.scene.address(number),
            plan=PLAN,
            like=START,
            source=lambda: Source(DataProfile(2, 6, 0, (1, 1))),
            chain=self.scene.chains[number],
            folders=self.folders,
            memory=self.memory(number),
        )

    def guard(self, number: int) -> RevealGuard:
        chain = self.scene.chains[number]
        return RevealGuard(
            self.scene.address(number), chain, self.folders, self.memory(number), StoppedClock()
        )

    def server(self) -> TaskAuthority:
        chain = self.scene.chains[SPONSOR]
        return TaskAuthority(PLAN, START, chain, self.folders, SystemClock(), sleep=stop_waiting)

    def commit(self, *numbers: int) -> None:
        for number in numbers:
            vector = np.full(START.size, float(number))
            self.node(number).commit(LocalUpdate(self.place, vector, samples=2))

    def silent(self) -> list[int]:
        chain = self.scene.chains[STRANGER]
        return [one for one in NODES if chain.member(self.task, self.scene.address(one)).silent]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TaskScene]:
    with open_task_scene(tmp_path_factory.mktemp("reveals")) as opened:
        yield opened


@pytest.fixture
def parties(scene: TaskScene, tmp_path: Path) -> Parties:
    task, _ = scene.chains[SPONSOR].open(scene.terms(reveal_s=REVEAL_S, policy=PLAN.digest))
    for number in (*VALIDATORS, *NODES):
        roles = Role.VERIFIER if number in VALIDATORS else Role.TRAINER
        key = PrivateKey(bytes([number]) * 32).public_key
        scene.chains[number].join(task, roles, STAKE, bytes(key))
    scene.chains[SPONSOR].start(task)
    return Parties(scene, task, tmp_path)


def test_the_server_opens_all_commitments_at_once_and_no_node_sends_a_thing(
    parties: Parties,
) -> None:
    parties.commit(*NODES)
    openings = [parties.node(number).reveal(parties.place) for number in NODES]
    nonces = [_nonce(parties.scene, number) for number in (SPONSOR, *NODES)]

    with pytest.raises(Waited):
        parties.server().certify(parties.place, openings)

    assert parties.silent() == []
    sent = [_nonce(parties.scene, number) for number in (SPONSOR, *NODES)]
    assert [b - a for a, b in zip(nonces, sent, strict=True)] == [1, 0, 0, 0]
    revealed = parties.scene.chains[STRANGER].revealed(parties.place)
    assert revealed == {one.node: one.sealed for one in openings}
    for sealed in revealed.values():
        assert parties.folders.read(sealed, BOX_FILE, 1 << 20)


def test_a_wrong_opening_stops_no_other(parties: Parties) -> None:
    parties.commit(*NODES)
    first, second, third = (parties.node(number).reveal(parties.place) for number in NODES)
    wrong = [first, replace(second, salt=bytes(32)), replace(third, place=RoundPlace(9, 1)), second]

    with pytest.raises(Waited):
        parties.server().certify(parties.place, wrong)

    assert parties.silent() == [NODES[2]]


def test_a_node_that_runs_twice_can_still_open_what_it_committed_to(parties: Parties) -> None:
    first, *others = NODES
    parties.commit(first)

    again = LocalUpdate(parties.place, np.full(START.size, 0.5), samples=2)
    parties.node(first).commit(again)  # a process that had looked before the other one kept
    parties.commit(*others)
    opening = parties.node(first).reveal(parties.place)
    with pytest.raises(Waited):
        parties.server().certify(parties.place, [opening])

    assert first not in parties.silent()


def test_nothing_is_given_away_while_others_can_still_commit(parties: Parties) -> None:
    early, late = NODES[0], NODES[1:]
    parties.commit(early)

    with pytest.raises(CommitmentsOpen):
        parties.node(early).reveal(parties.place)

    kept = parties.memory(early).update(1)
    assert kept is not None
    with pytest.raises(AssayError):
        parties.folders.read(kept.sealed, BOX_FILE, 1 << 20)
    parties.commit(*late)
    assert parties.node(early).reveal(parties.place).sealed == kept.sealed


def test_a_node_opens_its_commitment_itself_at_half_time_if_the_server_keeps_it(
    parties: Parties,
) -> None:
    parties.commit(*NODES)
    chain, victim = parties.scene.chains[STRANGER], NODES[0]
    parties.node(victim).reveal(parties.place)  # to a server that keeps it to itself
    at_once = parties.guard(victim).look(chain.task(parties.task))

    parties.scene.later(REVEAL_S // 2)
    restarted = parties.guard(victim).look(chain.task(parties.task))
    again = parties.guard(victim).look(chain.task(parties.task))

    assert (at_once, restarted, again) == (False, True, False)
    assert parties.silent() == list(NODES[1:])
    assert chain.task(parties.task).phase is Phase.REVEALING


def test_nodes_look_after_themselves_while_no_server_runs(parties: Parties) -> None:
    parties.commit(*NODES)
    parties.scene.later(REVEAL_S + 60)
    chain, stop = parties.scene.chains[STRANGER], threading.Event()
    guards = [parties.guard(number) for number in NODES]
    watching = threading.Thread(
        target=guard_reveals, args=(parties.task, chain, guards, stop, 0.01)
    )

    watching.start()
    for _ in range(500):
        if chain.task(parties.task).phase is Phase.CERTIFYING:
            break
        stop.wait(0.02)
    stop.set()
    watching.join(10)

    assert not watching.is_alive()
    assert chain.task(parties.task).phase is Phase.CERTIFYING
    assert set(chain.revealed(parties.place)) == {parties.scene.address(one) for one in NODES}


def test_server_and_nodes_may_both_open_the_same_in_any_order(parties: Parties) -> None:
    parties.commit(*NODES)
    openings = [parties.node(number).reveal(parties.place) for number in NODES]
    parties.scene.later(REVEAL_S // 2)
    for number in NODES[:2]:
        parties.guard(number).look(parties.scene.chains[STRANGER].task(parties.task))

    _serve(parties, openings)
    _serve(parties, openings)  # restarted, after its transaction was mined

    task = parties.scene.chains[STRANGER].task(parties.task)
    assert (task.phase, task.revealed) == (Phase.CERTIFYING, 3)
    assert parties.guard(NODES[2]).look(task) is False


def test_who_was_silent_pays_when_the_next_round_begins_and_takes_part_in_it(
    parties: Parties,
) -> None:
    parties.commit(*NODES)
    openings = [parties.node(number).reveal(parties.place) for number in NODES[:2]]
    _serve(parties, openings)
    chain, silent = parties.scene.chains[STRANGER], parties.scene.address(NODES[2])
    parties.scene.pass_phase(parties.task)
    before = [slash.member for slash in chain.slashes(parties.task)]
    parties.scene.pass_phase(parties.task)

    order = parties.server().order(RoundPlace(parties.task, 2), START)
    parties.server().order(RoundPlace(parties.task, 2), START)

    assert before == []
    assert order.place.round == 2
    [slash] = chain.slashes(parties.task)
    assert (slash.member, slash.round, slash.equivocation) == (silent, 1, False)
    assert slash.reporter == parties.scene.address(SPONSOR)
    parties.node(NODES[2]).commit(
        LocalUpdate(RoundPlace(parties.task, 2), np.ones(START.size), samples=2)
    )


def _serve(parties: Parties, openings: list[Opening]) -> None:
    with pytest.raises(Waited):
        parties.server().certify(parties.place, openings)


def _nonce(scene: TaskScene, number: int) -> int:
    count = scene.node.request("eth_getTransactionCount", [scene.address(number), "latest"])
    return int(count, 16)
