"""Who takes part in a task, put together: a node, a validator, the server.

node = training_node(workspace, 7, "hospital-1", data)
duty, seat = validator(workspace, 7, "clinic", held_out, place, peers)
task = serve_rounds(workspace, authority, 7, grid, ...)
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flwr.serverapp import Grid

from assay.bootstrap.workspace import Workspace
from assay.core.address import Address
from assay.core.clock import SystemClock
from assay.training.committee.report_exchange import PeerReports
from assay.training.committee.running import Seat
from assay.training.contribution.perceptron_values import perceptron_values
from assay.training.engine.client import TrainingNode
from assay.training.engine.exchange import Waiting
from assay.training.engine.strategy import CertifiedRounds
from assay.training.learning.data import LabelledData
from assay.training.learning.local import PerceptronTraining
from assay.training.learning.perceptron import Perceptron
from assay.training.model import Task
from assay.training.node_memory import NodeFolder
from assay.training.parameters import Parameters
from assay.training.payload import Source
from assay.training.ports import LocalTraining, RoundObserver
from assay.training.rewards.quality import profile
from assay.training.rounds import RoundPlace
from assay.training.use_cases.duty import Decided, Duty, Told
from assay.training.use_cases.node import NodeRounds
from assay.training.use_cases.own_reveal import SERVER_PART, RevealGuard
from assay.training.use_cases.serving import TaskAuthority
from assay.training.use_cases.validating import RoundApplication
from assay.training.use_cases.verifying import round_terms

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
) -> TrainingNode:
    """A node with its records, for Flower's app.

    Raises:
        PrivacyUnsupported: the plan asks for what the node can't give.
        AssayError: plan or initial model cannot be had.
    """
    plan = workspace.training.plan(workspace.training.reader.task(number))
    training = PerceptronTraining(plan, workspace.address(name), data)
    source = Source(profile(data.features, data.labels, plan.widths[-1]), data.digest)
    return TrainingNode(
        around(name, training), node_rounds(workspace, number, name, lambda: source)
    )


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
    application = RoundApplication(
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
        routes=(board.route(),),
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
) -> Task:
    """Run the rounds that a task has left, until it has ended; how it ended.

    All nodes that joined are waited for, a minute before the first round, and then a little.

    Args:
        minimum_nodes: as many have to be connected; the task's minimum if None.

    Raises:
        TooFewNodes: not enough came in time.
    """
    task = authority.chain.task(number)
    terms, first = task.terms, max(1, task.round)
    strategy = CertifiedRounds(
        number,
        authority,
        authority.ground(RoundPlace(number, first)).parameters,
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
        task = authority.chain.task(number)
    return authority.finish(number)


def _await_nodes(grid: Grid, trainers: int, patience_s: float) -> None:
    """Wait for all who joined: the chain waits for them anyway, up to the deadline of the phase."""
    until = time.monotonic() + patience_s
    while len(list(grid.get_node_ids())) < trainers and time.monotonic() < until:
        time.sleep(_PAUSE_S)


def newest_model(authority: TaskAuthority, task: Task) -> Parameters:
    """The global parameters after the last certified round; the initial ones before the first."""
    return authority.ground(RoundPlace(task.id, task.round + 1)).parameters
