"""One task beside hostile nodes and forged votes: a chain, a committee over HTTP, real nodes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace

import httpx
import numpy as np
import pytest

from assay.bootstrap.training_members import Heard, Listening, validator
from assay.core.address import Address
from assay.training.committee.encoding import encode
from assay.training.committee.errors import NotAMember
from assay.training.committee.messages import Commit
from assay.training.committee.model import Certificate
from assay.training.committee.signing import Domain
from assay.training.model import Phase, RoundResult, Task
from assay.training.rounds import RoundPlace
from assay.training.task_errors import RoleMissing
from tests.e2e.consortium import (
    BUDGET,
    NODES,
    OFFER,
    STAKE,
    VALIDATORS,
    Consortium,
    running_consortium,
)
from tests.e2e.hostile_nodes import copying, hostile, message_of, sending
from tests.fakes.rounds import Watch

ROUNDS = (1, 2, 3)
SIZE = 30 * 4 + 4 + 4 * 2 + 2
HOSTILE = {
    "local-8": ("sends NaN", "a number is not finite"),
    "hostile-1": ("sends another shape", "the number of parameters"),
    "hostile-2": ("sends 1e30 everywhere", "its norm is"),
    "hostile-3": ("sends a megabyte too much", "it is too large"),
    "hostile-4": ("copies an honest node's sealed folder", "cannot be opened and read"),
}


@dataclass
class Run:
    """What came of the task."""

    consortium: Consortium
    task: Task
    statuses: dict[str, set[int]]
    held_before: int

    @property
    def honest(self) -> set[Address]:
        return {self.consortium.address(name) for name in NODES}


class Forger(Watch):
    """Sends validators what nobody may send them, while they wait for the third round's updates."""

    def __init__(self, consortium: Consortium, task: int, urls: dict[str, str]) -> None:
        super().__init__()
        self._consortium = consortium
        self._task = task
        self._urls = urls
        self._decided: dict[int, Certificate] = {}
        self.statuses: dict[str, set[int]] = {}

    def heard(self, _name: str) -> Heard:
        return Heard(agreed=lambda one: self._decided.update({one.round: one}))

    def seen(self, place: RoundPlace, step: str, done: int, total: int) -> None:
        if (place.round, step, done) == (3, "reveal", 1):
            self._forge()

    def _forge(self) -> None:
        late, double = (_vote(self._decided[round_]) for round_ in (1, 2))
        present = replace(double.result, round=3)
        for kind, message in {
            "double": double,
            "late": late,
            "replayed": replace(double, result=present),
            "of another chain": self._foreign(present, chain_id=1),
            "of another task": self._foreign(present, task=self._task + 1),
            "by no member": replace(double, sender=self._consortium.address("local-9")),
        }.items():
            self._post(kind, encode(self._task, message))
        self._post("junk", b"[" * 3_000_000)

    def _foreign(self, result: RoundResult, **changes: int) -> Commit:
        """What a validator signed elsewhere, as if it had been signed here."""
        parts = self._consortium.workspace.training
        here = Domain(parts.reader.chain_id, parts.reader.address, self._task)
        account = self._consortium.workspace.account(VALIDATORS[0])
        vote = Commit(result=result, view=0, sender=account.address)
        return replace(vote, signature=account.sign_digest(replace(here, **changes).digest(vote)))

    def _post(self, kind: str, body: bytes) -> None:
        for url in self._urls.values():
            for _ in range(3):
                answer = httpx.post(
                    f"{url}/tasks/{self._task}/messages", content=body, trust_env=False
                )
                self.statuses.setdefault(kind, set()).add(answer.status_code)


def _vote(certificate: Certificate) -> Commit:
    vote = certificate.votes[0]
    return Commit(
        result=certificate.result,
        view=certificate.view,
        sender=vote.sender,
        signature=vote.signature,
    )


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    with running_consortium(tmp_path_factory.mktemp("bad-input")) as consortium:
        consortium.fund(*(name for name in HOSTILE if name != "local-8"))
        held_before = consortium.held()
        names = (*NODES, *HOSTILE)
        number = consortium.started(names, replace(OFFER, rounds=3))
        nodes = {name: consortium.node(number, name) for name in names}
        usual = np.full(SIZE, 0.01, np.float32)
        sent = {
            "local-8": message_of(np.append(usual[1:], np.float32("nan"))),
            "hostile-1": message_of(np.append(usual, usual)),
            "hostile-2": message_of(usual * np.float32(1e32)),
            "hostile-3": message_of(usual) + bytes(1 << 20),
        }
        for name, message in sent.items():
            nodes[name] = hostile(nodes[name], sending(message))
        nodes["hostile-4"] = hostile(nodes["hostile-4"], copying(nodes[NODES[0]]))
        urls = consortium.seats()
        forger = Forger(consortium, number, urls)
        with consortium.validating(number, urls=urls, heard=forger.heard):
            ended = consortium.serve(number, nodes, forger)
        yield Run(consortium, ended, forger.statuses, held_before)


def test_each_is_refused_with_its_reason_and_the_honest_are_aggregated(run: Run) -> None:
    for round_ in ROUNDS:
        record = run.consortium.record(run.task.id, round_)

        assert set(record.accepted) <= run.honest
        assert len(record.accepted) >= 2
        refused = {one.node: one.refused for one in record.updates}
        for name, (what, reason) in HOSTILE.items():
            assert reason in refused[run.consortium.address(name)], what
    assert run.task.phase is Phase.FINISHED
    assert run.task.final_rounds == len(ROUNDS)


def test_whoever_does_the_rounds_again_comes_to_the_same(run: Run) -> None:
    checks = run.consortium.client.training.verify(run.task.id)

    assert [(one.round, one.ok, one.reason) for one in checks] == [(at, True, "") for at in ROUNDS]


def test_late_double_replayed_and_foreign_votes_change_nothing(run: Run) -> None:
    # A vote that was given counts once, however often it comes; all others are turned away.
    assert run.statuses == {
        "double": {204},
        "late": {204},
        "replayed": {400},
        "of another chain": {400},
        "of another task": {400},
        "by no member": {400},
        "junk": {413},
    }
    assert run.consortium.client.training.slashes(run.task.id) == ()


def test_a_member_without_the_role_of_a_trainer_cannot_train(run: Run) -> None:
    with pytest.raises(RoleMissing, match="without the role of a trainer") as found:
        run.consortium.node(run.task.id, VALIDATORS[0])

    assert "join with another account" in found.value.hint


def test_a_member_without_the_role_of_a_verifier_has_no_seat(run: Run) -> None:
    consortium, listening = run.consortium, Listening("127.0.0.1", 0, {})
    duty, seat = validator(
        consortium.workspace, run.task.id, NODES[0], consortium.records(NODES[0]), listening
    )

    with pytest.raises(NotAMember) as found:
        asyncio.run(duty.serve(seat))

    assert "as a verifier before it starts" in found.value.hint


def test_money_is_right_to_the_unit(run: Run) -> None:
    names = (*NODES, *HOSTILE)

    got = run.consortium.settled(run.task.id, names)

    earned = {name: units - STAKE for name, units in got.items() if name in names}
    assert all(earned[name] == 0 for name in HOSTILE)
    assert sum(earned.values()) + got["local-0"] == BUDGET
    assert all(got[name] == STAKE for name in VALIDATORS)
    assert run.consortium.held() == run.held_before
