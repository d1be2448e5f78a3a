"""A whole task: nodes train through Flower, four validators agree over HTTP, the chain decides."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_digits

from assay.core.clock import SystemClock
from assay.core.digest import Digest
from assay.errors import UnavailableError
from assay.store.disk import DiskStore
from assay.training.committee.model import Committee
from assay.training.committee.report_exchange import PeerReports
from assay.training.committee.running import Seat
from assay.training.committee.signing import Domain
from assay.training.compression.encoding import Encoding, Encodings
from assay.training.engine.client import TrainingNode, client_app
from assay.training.engine.grids import LocalGrid
from assay.training.engine.records import to_arrays
from assay.training.engine.strategy import CertifiedRounds
from assay.training.learning.data import LabelledData
from assay.training.learning.perceptron import Perceptron
from assay.training.model import Phase, Role
from assay.training.node_memory import NodeFolder
from assay.training.outcome import RoundTerms
from assay.training.payload import Source
from assay.training.plan import Plan
from assay.training.privacy.sealing import CommitteeKeys
from assay.training.privacy.sealing_key import SealingKey
from assay.training.rewards.quality import profile
from assay.training.rounds import RoundPlace
from assay.training.stored import StoredFolders
from assay.training.use_cases.duty import Duty
from assay.training.use_cases.node import NodeRounds
from assay.training.use_cases.serving import TaskAuthority
from assay.training.use_cases.validating import RoundApplication
from assay.training.use_cases.verifying import History, round_terms, verify_task
from tests.fakes.local_training import PerceptronTraining
from tests.integration.training.committee.scene import free_ports
from tests.integration.training.task_scene import (
    NODES,
    SPONSOR,
    STAKE,
    VALIDATORS,
    TaskScene,
    open_task_scene,
)

_MOST = Encoding(kept_basis_points=5000, bits=8)
PLAN = Plan((64, 16, 10), encodings=Encodings(up=_MOST, down=_MOST))
LEARNER = Perceptron(PLAN.widths)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TaskScene]:
    with open_task_scene(tmp_path_factory.mktemp("rounds")) as opened:
        yield opened


@pytest.fixture(scope="module")
def digits() -> LabelledData:
    features, labels = load_digits(return_X_y=True)
    return LabelledData((features / 16).astype(np.float32), labels.astype(np.int64))


class HalfOfTheCommittee:
    """The chain of a node that gives its key to two of the validators only."""

    def __init__(self, chain: Any) -> None:
        self._chain = chain

    def __getattr__(self, name: str) -> Any:
        return getattr(self._chain, name)

    def committee_keys(self, task: int) -> CommitteeKeys:
        found = self._chain.committee_keys(task)
        blind = sorted(found.keys)[:2]
        return replace(
            found, keys={**found.keys, **{who: _sealing_key(77).public for who in blind}}
        )


class AwayAtFirst:
    """A store that does not answer the first questions of validators that a quorum needs."""

    def __init__(self, folders: StoredFolders) -> None:
        self._folders = folders
        self._refusals = 2 * len(NODES)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._folders, name)

    def read(self, root: Digest, name: str, limit: int) -> bytes:
        if self._refusals:
            self._refusals -= 1
            raise UnavailableError("the store is away")
        return self._folders.read(root, name, limit)


def test_a_task_is_trained_certified_and_paid(
    scene: TaskScene, digits: LabelledData, tmp_path: Path
) -> None:
    folders = StoredFolders(DiskStore(tmp_path / "store"))
    initial = LEARNER.initial(seed=1)
    task = _opened(scene)
    committee = _committee(scene, task)
    # All of them know each other's ports before the first begins.
    ports = dict(zip(VALIDATORS, free_ports(len(VALIDATORS)), strict=True))
    validators = [
        threading.Thread(
            target=_validate,
            args=(scene, task, committee, number, ports, digits, folders, tmp_path),
        )
        for number in VALIDATORS
    ]
    for validator in validators:
        validator.start()
    nodes = {number: _node(scene, number, digits, folders, tmp_path) for number in NODES}
    hooks = nodes[NODES[-1]].hooks
    half = HalfOfTheCommittee(hooks.chain)
    nodes[NODES[-1]] = replace(nodes[NODES[-1]], hooks=replace(hooks, chain=half))
    app = client_app(lambda context: nodes[int(context.node_config["number"])])
    grid = LocalGrid(app, [{"number": number} for number in NODES])
    server = scene.chains[SPONSOR]
    authority = TaskAuthority(PLAN, initial, server, folders, SystemClock(), pause_s=0.05)
    start = authority.ground(RoundPlace(task, 1)).parameters
    strategy = CertifiedRounds(task, authority, start, minimum_nodes=len(NODES))

    before = _sent(scene)
    strategy.start(grid, to_arrays(start), num_rounds=2)
    ended = authority.finish(task)
    for validator in validators:
        validator.join(30)

    assert not any(validator.is_alive() for validator in validators)
    assert ended.phase is Phase.FINISHED
    assert ended.money.released == ended.terms.budget
    assert _sent(scene) - before == 2, "one validator brings the certificate, and no other pays"
    final = authority.ground(RoundPlace(task, 3))
    assert final.record is not None
    assert [one.refused for one in final.record.updates if "opened" in one.refused] == []
    held_out = digits.take(np.arange(1500, 1797))
    before, after = (LEARNER.evaluate(one, held_out).loss for one in (start, final.parameters))
    assert after < before - 0.05
    history = History(
        ended, Domain(server.chain_id, server.address, task), committee, PLAN, initial
    )
    checks = list(verify_task(history, chain=server, folders=folders))
    assert [(check.round, check.ok, check.reason) for check in checks] == [
        (1, True, ""),
        (2, True, ""),
    ]
    paid = 0
    for node, cumulative in final.earnings.of:
        paid += server.claim(task, node, cumulative, final.earnings.proof(node))
    assert paid == final.earnings.total == ended.terms.budget


def _sent(scene: TaskScene) -> int:
    """How many transactions the validators have sent."""
    counts = [
        scene.node.request("eth_getTransactionCount", [scene.address(number), "latest"])
        for number in VALIDATORS
    ]
    return sum(int(count, 16) for count in counts)


def _opened(scene: TaskScene) -> int:
    task, _ = scene.chains[SPONSOR].open(scene.terms(challenge_s=0, policy=PLAN.digest))
    for number in VALIDATORS:
        key = _sealing_key(number).public
        scene.chains[number].join(task, Role.VERIFIER, STAKE, key)
    for number in NODES:
        scene.chains[number].join(task, Role.TRAINER | Role.DATA_PROVIDER, STAKE, b"n" * 32)
    scene.chains[SPONSOR].start(task)
    return task


def _committee(scene: TaskScene, task: int) -> Committee:
    seats = scene.chains[SPONSOR].committee(task)
    return Committee(tuple(seat.validator for seat in seats), tuple(seat.weight for seat in seats))


def _sealing_key(number: int) -> SealingKey:
    return SealingKey(bytes([number]) * 32)


def _validate(
    scene: TaskScene,
    task: int,
    committee: Committee,
    number: int,
    ports: Mapping[int, int],
    digits: LabelledData,
    folders: StoredFolders,
    folder: Path,
) -> None:
    chain = scene.chains[number]
    domain = Domain(chain.chain_id, chain.address, task)
    urls = {scene.address(one): f"http://127.0.0.1:{ports[one]}" for one in VALIDATORS}
    board = PeerReports(domain, committee, scene.address(number), urls)
    own = digits.take(np.arange(1200 + 75 * number, 1275 + 75 * number))

    def terms_of(round_: int) -> RoundTerms:
        found = chain.task(task)
        return round_terms(found, PLAN, round_, found.final_rounds)

    application = RoundApplication(
        key=scene.accounts[number],
        sealing_keys=(_sealing_key(number),),
        domain=domain,
        committee=committee,
        initial=LEARNER.initial(seed=1),
        terms=terms_of,
        evaluate=lambda parameters: LEARNER.evaluate(parameters, own),
        contributions=lambda _start, updates: dict.fromkeys(updates.nodes, 1),
        chain=chain,
        folders=AwayAtFirst(folders) if number in VALIDATORS[-2:] else folders,
        reports=board,
    )
    duty = Duty(task, application, chain, SystemClock(), pause_s=0.1, routes=(board.route(),))
    journal = folder / f"validator-{number}.sqlite"
    seat = Seat(committee, domain, urls, "127.0.0.1", ports[number], journal)
    asyncio.run(duty.serve(seat))


def _node(
    scene: TaskScene, number: int, digits: LabelledData, folders: StoredFolders, home: Path
) -> TrainingNode:
    own = digits.take(np.arange(number * 200 - 1000, number * 200 - 800))
    source = Source(profile(own.features, own.labels, 10))
    hooks = NodeRounds(
        node=scene.address(number),
        plan=PLAN,
        like=LEARNER.initial(seed=1),
        source=lambda: source,
        chain=scene.chains[number],
        folders=folders,
        memory=NodeFolder(home / f"node-{number}"),
    )
    return TrainingNode(PerceptronTraining(LEARNER, own), hooks)
