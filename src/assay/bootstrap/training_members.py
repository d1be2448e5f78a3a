"""Who takes part in a task, put together: a node, a validator, the server.

node = training_node(workspace, 7, "hospital-1", data)
duty, seat = validator(workspace, 7, "clinic", held_out, place, peers)
task = serve_rounds(workspace, authority, 7, grid, ...)
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flwr.serverapp import Grid

from assay.bootstrap.training import check_extra
from assay.bootstrap.training_masking import masked_rounds, masking_routes, round_strategy
from assay.bootstrap.workspace import Workspace
from assay.core.address import Address
from assay.core.clock import SystemClock
from assay.training.committee.report_exchange import PeerReports
from assay.training.committee.running import Seat
from assay.training.contribution.perceptron_values import perceptron_values
from assay.training.engine.client import TrainingNode
from assay.training.engine.exchange import Waiting
from assay.training.learning.data import LabelledData
from assay.training.learning.local import PerceptronTraining
from assay.training.learning.perceptron import Perceptron
from assay.training.model import Role, Task
from assay.training.node_memory import NodeFolder
from assay.training.parameters import Parameters
from assay.training.payload import Source
from assay.training.plan import Plan
from assay.training.ports import LocalTraining, RoundObserver
from assay.training.rewards.quality import profile
from assay.training.rounds import RoundPlace
from assay.training.task_errors import NotActive, RoleMissing
from assay.training.use_cases.duty import Decided, Duty, Told
from assay.training.use_cases.masked_validating import MaskedApplication
from assay.training.use_cases.node import NodeRounds
from assay.training.use_cases.own_reveal import SERVER_PART, RevealGuard
from assay.training.use_cases.patience import (
    Patience,
    PatientAuthority,
    PatientHooks,
    PatientMasking,
)
from assay.training.use_cases.serving import TaskAuthority
from assay.training.use_cases.validating import RoundApplication
from assay.training.use_cases.verifying import round_terms

if TYPE_CHECKING:
    from assay.bootstrap.training_privacy import NodePrivacy

_FIRST_PATIENCE_S, _LATER_PATIENCE_S = 60.0, 5.0
_PAUSE_S = 0.05

Around = Callable[[str, LocalTraining], LocalTraining]
"""What to put around a node's training, by the node's account; for studies of hostile nodes."""


@dataclass(frozen=True, slots=True)
class Listening:
    """Where a validator listens, and where the others do, by address."""

    host: str
    port: int
    peers: Mapping[Address, str]


@dataclass(frozen=True, slots=True)
class Heard:
    """Whom a validator tells what goes on; see `Duty`."""

    task: Told = lambda _task: None
    agreed: Decided = lambda _certificate: None


_NOBODY = Heard()


def training_node(
    workspace: Workspace,
    number: int,
    name: str,
    data: LabelledData,
    around: Around = lambda _name, training: training,
    *,
    patience: Patience | None = None,
) -> TrainingNode:
    """A node with its records, for Flower's app.

    Args:
        patience: with which it waits for a chain that is away; without an end if None.

    Raises:
        NotActive, RoleMissing: the account takes no part in the task, or not as a trainer.
        DeltaTooLarge: the plan promises privacy, and not enough to so many records.
        PrivacyLedgerDamaged: what the node has spent of it so far cannot be read.
        AssayError: plan or initial model cannot be had.
    """
    check_trainer(workspace, number, name)
    plan, address = (
        workspace.training.plan(workspace.training.reader.task(number)),
        workspace.address(name),
    )
    privacy = _privacy(workspace, number, name, plan, data)
    if privacy is None:
        training = PerceptronTraining(plan, address, data)
        source = Source(profile(data.features, data.labels, plan.widths[-1]), data.digest)
        hooks = node_rounds(workspace, number, name, lambda: source)
    else:
        training = PerceptronTraining(plan, address, data, privacy.account)
        hooks = node_rounds(workspace, number, name, lambda: privacy.source)
        hooks = replace(hooks, spent_micro=privacy.account.spent_micro)
    waiting = patience or Patience()
    masked = None if plan.masking is None else masked_rounds(workspace, number, name, hooks)
    masking = None if masked is None else PatientMasking(masked, waiting)
    patient = PatientHooks(masked or hooks, waiting)
    client = privacy.client if privacy else None
    return TrainingNode(around(name, training), patient, client, masking)


def _privacy(
    workspace: Workspace, number: int, name: str, plan: Plan, data: LabelledData
) -> NodePrivacy | None:
    """What the node needs for the plan's promise; None if it makes none."""
    if plan.privacy is None:
        return None
    check_extra("opacus")
    from assay.bootstrap.training_privacy import NodePrivacy  # noqa: PLC0415 - loads Opacus

    folder = _memory(workspace, number, name).folder
    return NodePrivacy.of(workspace, number, name, folder, data)


def check_trainer(workspace: Workspace, number: int, name: str) -> None:
    """The contract would refuse its commitment, after all the training.

    Raises:
        NotActive, RoleMissing: the account takes no part in the task, or not as a trainer.
    """
    member = workspace.training.reader.member(number, workspace.address(name))
    if not member.active:
        raise NotActive(number, member.address)
    if Role.TRAINER not in member.roles:
        raise RoleMissing(number, member.address, Role.TRAINER)


def node_rounds(
    workspace: Workspace, number: int, name: str, source: Callable[[], Source]
) -> NodeRounds:
    """What a node does around its training, whoever trains for it."""
    parts = workspace.training
    task = parts.reader.task(number)
    return NodeRounds(
        node=workspace.address(name),
        plan=parts.plan(task),
        like=parts.initial(task),
        source=source,
        chain=parts.account(name),
        folders=parts.folders,
        memory=_memory(workspace, number, name),
    )


def reveal_guard(workspace: Workspace, number: int, name: str) -> RevealGuard:
    """What looks after a node's commitments, in a thread of the process that the node runs in."""
    parts, address = workspace.training, workspace.address(name)
    return RevealGuard(
        address, parts.account(name), parts.folders, _memory(workspace, number, name), SystemClock()
    )


def _memory(workspace: Workspace, number: int, name: str) -> NodeFolder:
    return NodeFolder(workspace.training.home(number) / f"node-{workspace.address(name)}")


def validator(
    workspace: Workspace,
    number: int,
    name: str,
    held_out: LabelledData,
    listening: Listening,
    *,
    heard: Heard = _NOBODY,
    pause_s: float = 0.3,
) -> tuple[Duty, Seat]:
    """A validator with its records: what it does, and where.

    Raises:
        CommitteeInvalid: the task has not started.
        SealingKeyForeign: the account registered a key that can't be made again.
        AssayError: plan or initial model cannot be had.
    """
    parts = workspace.training
    history, address = parts.history(number), workspace.address(name)
    plan, learner, chain = history.plan, Perceptron(history.plan.widths), parts.account(name)
    board = PeerReports(history.domain, history.committee, address, listening.peers)
    make = RoundApplication if plan.masking is None else MaskedApplication
    application = make(
        key=workspace.account(name),
        sealing_keys=parts.sealing_keys(name, number),
        domain=history.domain,
        committee=history.committee,
        initial=history.initial,
        terms=lambda round_: round_terms(
            history.task, plan, round_, chain.task(number).final_rounds
        ),
        evaluate=lambda parameters: learner.evaluate(parameters, held_out),
        contributions=perceptron_values(plan.widths, held_out),
        chain=chain,
        folders=parts.folders,
        reports=board,
    )
    duty = Duty(
        number,
        application,
        chain,
        SystemClock(),
        pause_s=pause_s,
        told=heard.task,
        agreed=heard.agreed,
        routes=(board.route(), *masking_routes(number, application)),
    )
    journal = parts.home(number) / f"validator-{address}.sqlite"
    journal.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    seat = Seat(
        history.committee, history.domain, listening.peers, listening.host, listening.port, journal
    )
    return duty, seat


def task_authority(
    workspace: Workspace, number: int, name: str, pause_s: float = 0.2
) -> TaskAuthority:
    """The server's part of a task; the account pays for ending phases that nobody else ends."""
    parts = workspace.training
    task = parts.reader.task(number)
    return TaskAuthority(
        parts.plan(task),
        parts.initial(task),
        parts.account(name),
        parts.folders,
        SystemClock(),
        pause_s=pause_s,
    )


def serve_rounds(
    authority: TaskAuthority,
    number: int,
    grid: Grid,
    observer: RoundObserver,
    minimum_nodes: int | None = None,
    *,
    peers: Mapping[Address, str] | None = None,
) -> Task:
    """Run the rounds that a task has left, until it has ended; how it ended.

    All nodes that joined are waited for, a minute before the first round, and then a little. A
    chain that is away is waited for without an end.

    Args:
        minimum_nodes: as many have to be connected; the task's minimum if None.
        peers: where the validators listen; needed where updates are masked.

    Raises:
        TooFewNodes: not enough came in time.
        ValidatorsUnknown: updates are masked, and `peers` is missing.
    """
    patience = Patience()
    make = round_strategy(authority, number, peers, patience)

    def look() -> Task:
        return patience.until(lambda: authority.chain.task(number))

    task = look()
    terms, first = task.terms, max(1, task.round)
    strategy = make(
        number,
        PatientAuthority(authority, patience),
        patience.until(lambda: authority.ground(RoundPlace(number, first))).parameters,
        first_round=first,
        minimum_nodes=minimum_nodes or terms.minimum_nodes,
        waiting=Waiting(train_s=terms.commit_s, reveal_s=SERVER_PART * terms.reveal_s),
        observer=observer,
    )
    patience_s = _FIRST_PATIENCE_S
    while not task.is_over and strategy.first_round <= terms.rounds:
        _await_nodes(grid, task.trainers, patience_s)
        strategy.run(grid, 1)
        strategy.first_round += 1
        patience_s = _LATER_PATIENCE_S
        task = look()
    return patience.until(lambda: authority.finish(number))


def _await_nodes(grid: Grid, trainers: int, patience_s: float) -> None:
    """Wait for all who joined: the chain waits for them anyway, up to the deadline of the phase."""
    until = time.monotonic() + patience_s
    while len(list(grid.get_node_ids())) < trainers and time.monotonic() < until:
        time.sleep(_PAUSE_S)


def newest_model(authority: TaskAuthority, task: Task) -> Parameters:
    """The global parameters after the last certified round; the initial ones before the first."""
    return authority.ground(RoundPlace(task.id, task.round + 1)).parameters
