"""Tasks on a real chain: paid to the unit, slashed for proven faults, and ended by anyone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assay.chain.broadcast import Verdict, broadcast
from assay.chain.errors import ChainUnreachable, TransactionUncertain
from assay.chain.node import Node
from assay.core.digest import Digest
from assay.ledger.database import open_database
from assay.ledger.events import events_where
from assay.ledger.indexer import Indexer
from assay.training.indexed import LedgerTaskIndex
from assay.training.model import Phase, Role
from assay.training.onchain.reading import OnChainTasks
from assay.training.rounds import RoundPlace, commitment
from assay.training.task_errors import (
    AlreadyCommitted,
    NothingToClaim,
    NotSilent,
    PhaseRunning,
    ProofRejected,
    QuorumMissing,
    RoleMissing,
    SilenceUnpaid,
    StakeTooSmall,
    TermInvalid,
    UnknownTask,
    VoteForeign,
    VotesProveNothing,
    WrongOpening,
    WrongPhase,
    WrongRound,
)
from tests.integration.training.task_scene import (
    BUDGET,
    NODES,
    SPONSOR,
    STAKE,
    STRANGER,
    VALIDATORS,
    TaskScene,
    open_task_scene,
)

NO_ROOT = Digest.of(b"nobody").raw


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TaskScene]:
    with open_task_scene(tmp_path_factory.mktemp("tasks")) as scene:
        yield scene


def test_a_task_of_two_rounds_pays_its_budget_to_the_unit_and_gives_stakes_back(
    scene: TaskScene,
) -> None:
    stranger, held = scene.chains[STRANGER], scene.balance(scene.chains[0].address)
    before = {number: scene.balance(scene.address(number)) for number in (*VALIDATORS, *NODES)}
    task = scene.started()
    first, second = RoundPlace(task, 1), RoundPlace(task, 2)
    for number, opening in zip(NODES, scene.committed(first), strict=True):
        scene.chains[number].reveal(first, opening.sealed, opening.salt)
    tree = scene.earned({5: 1_000_000, 6: 2_000_000, 7: 2_000_000})
    scene.certified(scene.result(first, tree.root))
    scene.pass_phase(task)
    paid = stranger.claim(task, scene.address(6), 2_000_000, tree.proof(1))
    scene.brought(second)
    shares = {5: 3_000_000, 6: 3_000_000, 7: BUDGET - 6_000_000}
    tree = scene.earned(shares)
    scene.certified(scene.result(second, tree.root))
    scene.pass_phase(task)

    for place, (number, amount) in enumerate(shares.items()):
        paid += stranger.claim(task, scene.address(number), amount, tree.proof(place))
    for number in before:
        scene.chains[number].leave(task)
    scene.later(3600)
    returned = [scene.chains[number].withdraw(task) for number in before]

    ended = stranger.task(task)
    assert (ended.phase, ended.final_rounds) == (Phase.FINISHED, 2)
    assert paid == ended.money.claimed == ended.money.released == BUDGET
    assert returned == [STAKE] * 7
    after = {number: scene.balance(scene.address(number)) for number in before}
    assert after == {number: before[number] + shares.get(number, 0) for number in before}
    assert scene.balance(stranger.address) == held


def test_what_happened_in_a_round_is_read_from_the_chain_alone(scene: TaskScene) -> None:
    task = scene.started(rounds=1)
    place = RoundPlace(task, 1)
    openings = scene.committed(place)
    scene.chains[SPONSOR].reveal_all(place, openings)
    result = scene.result(place, NO_ROOT)
    scene.certified(result)
    reader = OnChainTasks(scene.node, scene.deployment.training, scene.deployment.first_block)

    read = reader.task(task)

    assert read.terms == scene.terms(rounds=1)
    assert (read.phase, read.round, read.committed, read.revealed) == (Phase.CHALLENGING, 1, 3, 3)
    assert (read.weights_bps, read.total_stake) == ((4000, 3000, 3000), 7 * STAKE)
    assert reader.commitments(place) == {each.node: each.commitment for each in openings}
    assert reader.revealed(place) == {each.node: each.sealed for each in openings}
    assert reader.result(place) == result
    assert reader.result(RoundPlace(task, 2)) is None
    assert [member.address for member in reader.members(task)] == [
        scene.address(number) for number in (*VALIDATORS, *NODES)
    ]
    assert reader.member(task, scene.address(5)).roles == Role.TRAINER | Role.DATA_PROVIDER
    seats = reader.committee(task)
    assert [int(seat.validator, 16) for seat in seats] == sorted(
        int(scene.address(number), 16) for number in VALIDATORS
    )
    assert set(reader.committee_keys(task).keys) == {seat.validator for seat in seats}


def test_an_equivocator_is_slashed_by_a_stranger_and_its_certificate_falls(
    scene: TaskScene,
) -> None:
    task = scene.started()
    place = RoundPlace(task, 1)
    scene.brought(place)
    result = scene.result(place, NO_ROOT)
    other = scene.result(place, NO_ROOT, name="another record")
    scene.certified(result)
    guilty, stranger = VALIDATORS[0], scene.chains[STRANGER]
    before = scene.balance(stranger.account)

    stranger.slash_equivocation(scene.vote(guilty, result), scene.vote(guilty, other))

    slashed, read = stranger.member(task, scene.address(guilty)), stranger.task(task)
    assert (slashed.stake, slashed.active, slashed.seated) == (0, False, False)
    assert scene.balance(stranger.account) - before == STAKE // 10
    assert read.money.forfeited == STAKE - STAKE // 10
    assert (read.phase, read.round, read.failures) == (Phase.COMMITTING, 2, 1)
    assert stranger.result(place) is None
    [slash] = stranger.slashes(task)
    assert (slash.member, slash.round, slash.equivocation) == (scene.address(guilty), 1, True)
    assert (slash.amount, slash.reporter) == (STAKE, stranger.account)
    with pytest.raises(VotesProveNothing):
        stranger.slash_equivocation(scene.vote(guilty, result), scene.vote(guilty, other))
    with pytest.raises(VotesProveNothing):
        stranger.slash_equivocation(scene.vote(2, result), scene.vote(3, other))


def test_a_silent_node_pays_a_tenth_and_goes_on(scene: TaskScene) -> None:
    task = scene.started()
    place, later = RoundPlace(task, 1), RoundPlace(task, 2)
    openings = scene.committed(place)
    stranger, silent = scene.chains[STRANGER], scene.address(7)
    with pytest.raises(NotSilent):
        stranger.slash_silence(task, silent)
    stranger.reveal_all(place, openings[:2])
    scene.pass_phase(task)
    scene.certified(scene.result(place, NO_ROOT))
    scene.pass_phase(task)
    with pytest.raises(SilenceUnpaid) as caught:
        scene.committed(later, [7])

    stranger.slash_silence(task, silent)
    scene.committed(later, [7])

    assert caught.value.round == 1
    assert [slash.member for slash in stranger.slashes(task)] == [silent]
    assert stranger.member(task, silent).stake == STAKE - STAKE // 10


def test_an_abandoned_task_gives_everybody_their_money_back(scene: TaskScene) -> None:
    held = scene.balance(scene.chains[0].address)
    task = scene.started(rounds=5)
    stranger, before = scene.chains[STRANGER], scene.balance(scene.address(SPONSOR))

    while stranger.task(task).ended_at_s is None:
        scene.pass_phase(task)
    amount = stranger.reclaim(task)
    for number in (*VALIDATORS, *NODES):
        scene.chains[number].leave(task)
    scene.later(3600)
    returned = [scene.chains[number].withdraw(task) for number in (*VALIDATORS, *NODES)]

    assert stranger.task(task).phase is Phase.ABANDONED
    assert stranger.task(task).failures == 3
    assert amount == BUDGET == scene.balance(scene.address(SPONSOR)) - before
    assert returned == [STAKE] * 7
    assert scene.balance(stranger.address) == held


def test_the_ledger_finds_tasks_by_sponsor_member_and_model(
    scene: TaskScene, tmp_path: Path
) -> None:
    task = scene.started()
    engine = open_database(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    deployment = scene.deployment
    indexer = Indexer(engine, scene.node, deployment.contracts, first_block=deployment.first_block)

    indexer.sync()

    index = LedgerTaskIndex(engine)
    assert index.tasks_of(scene.address(SPONSOR))[-1] == task
    assert index.tasks_with(scene.address(VALIDATORS[0]))[-1] == task
    assert index.tasks_from(scene.terms().initial_model)[-1] == task
    assert index.tasks_with(scene.address(STRANGER)) == []
    [formed] = events_where(engine, contract="TrainingTasks", name="CommitteeFormed", task=task)
    seats = [(seat.validator, seat.weight) for seat in scene.chains[0].committee(task)]
    assert [tuple(seat) for seat in formed.args["seats"]] == seats
    engine.dispose()


def test_steps_that_are_repeated_after_a_crash_do_no_harm(scene: TaskScene) -> None:
    task = scene.started()
    place = RoundPlace(task, 1)
    [opening] = scene.committed(place, [5])
    scene.committed(place, [5])
    with pytest.raises(AlreadyCommitted):
        scene.chains[5].commit(place, Digest.of(b"another"))
    with pytest.raises(WrongRound):
        scene.chains[6].commit(RoundPlace(task, 2), opening.commitment)
    openings = [opening, *scene.committed(place, [6, 7])]
    scene.chains[5].reveal(place, opening.sealed, opening.salt)
    scene.chains[5].reveal(place, opening.sealed, opening.salt)

    sent = scene.chains[SPONSOR].reveal_all(place, openings)
    again = scene.chains[SPONSOR].reveal_all(place, openings)

    assert sent is not None
    assert again is None
    assert scene.chains[5].task(task).phase is Phase.CERTIFYING


def test_what_the_contract_refuses_is_said_with_its_values(scene: TaskScene) -> None:
    task = scene.started(rounds=1)
    place, stranger = RoundPlace(task, 1), scene.chains[STRANGER]
    result = scene.result(place, NO_ROOT)

    with pytest.raises(UnknownTask):
        stranger.task(task + 1)
    with pytest.raises(TermInvalid) as invalid:
        stranger.open(scene.terms(certify_s=0, budget=0))
    with pytest.raises(StakeTooSmall):
        stranger.join(task, Role.TRAINER, STAKE - 1, b"k" * 32)
    with pytest.raises(RoleMissing) as missing:
        scene.committed(place, [VALIDATORS[0]])
    with pytest.raises(PhaseRunning):
        stranger.advance(task)
    with pytest.raises(WrongPhase) as wrong:
        scene.certified(result)
    openings = scene.committed(place)
    with pytest.raises(WrongOpening):
        scene.chains[5].reveal(place, openings[0].sealed, bytes(32))
    stranger.reveal_all(place, openings)
    with pytest.raises(QuorumMissing):
        scene.certified(result, VALIDATORS[:2])

    assert invalid.value.term == "certify_s"
    assert missing.value.role is Role.TRAINER
    assert (wrong.value.phase, wrong.value.needed) == (Phase.COMMITTING, Phase.CERTIFYING)


def test_votes_on_another_task_and_false_proofs_are_refused(scene: TaskScene) -> None:
    other, task = scene.started(), scene.started()
    place = RoundPlace(task, 1)
    scene.brought(place)
    tree = scene.earned({5: 1000})
    foreign = {
        scene.address(number): scene.vote(
            number, scene.result(RoundPlace(other, 1), tree.root)
        ).signature
        for number in VALIDATORS[:3]
    }
    with pytest.raises(VoteForeign):
        scene.chains[STRANGER].certify(scene.result(place, tree.root), 0, foreign)
    scene.certified(scene.result(place, tree.root))
    scene.pass_phase(task)
    stranger, node = scene.chains[STRANGER], scene.address(5)

    with pytest.raises(ProofRejected):
        stranger.claim(task, node, 1001, [])
    stranger.claim(task, node, 1000, [])
    with pytest.raises(NothingToClaim):
        stranger.claim(task, node, 1000, [])


@pytest.mark.parametrize("arrives", [True, False])
def test_a_commitment_whose_answer_was_lost_is_sent_once(
    scene: TaskScene, monkeypatch: pytest.MonkeyPatch, arrives: bool
) -> None:
    place = RoundPlace(scene.started(), 1)
    opening = scene.opening(place, NODES[0])
    bound = commitment(place, opening.node, opening.sealed, opening.salt)
    node, before = scene.chains[NODES[0]], scene.nonce(NODES[0])

    def losing(chain: Node, raw: bytes) -> tuple[Verdict, str]:
        if arrives:
            broadcast(chain, raw)
        raise ChainUnreachable("http://chain", "the connection broke")

    with monkeypatch.context() as connection:
        connection.setattr("assay.chain.transaction.broadcast", losing)
        with pytest.raises(TransactionUncertain):
            node.commit(place, bound)

    node.commit(place, bound)

    assert node.commitments(place) == {opening.node: bound}
    assert scene.nonce(NODES[0]) == before + 1
