"""A whole consortium on one machine: validators on loopback, nodes in this process or in Ray's.

consortium = Consortium.read(Path("consortium.yaml"))
gather(workspace, 7, consortium)
run_consortium(workspace, 7, consortium, watch)
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

from flwr.serverapp import Grid

from assay.bootstrap.participants import Consortium, Participant
from assay.bootstrap.simulated_nodes import with_simulated_nodes
from assay.bootstrap.training_edges import node_or_edge
from assay.bootstrap.training_members import (
    Around,
    Heard,
    Listening,
    newest_model,
    reveal_guard,
    serve_rounds,
    task_authority,
    validator,
)
from assay.bootstrap.workspace import Workspace
from assay.core.address import Address
from assay.core.amount import parse_amount
from assay.errors import AssayError
from assay.training.chain_ports import TaskReader
from assay.training.committee.running import Seat
from assay.training.engine.client import client_app
from assay.training.engine.grids import LocalGrid
from assay.training.learning.data import LabelledData
from assay.training.learning.perceptron import Evaluation, Perceptron
from assay.training.model import Phase, Role, Task
from assay.training.ports import Measured, RoundObserver
from assay.training.rounds import CertifiedModel, RoundPlace
from assay.training.use_cases.duty import Decided, Duty
from assay.training.use_cases.own_reveal import RevealGuard, guard_reveals
from assay.training.use_cases.patience import Patience

_LOOPBACK = "127.0.0.1"
_WORKERS = 4
_PAUSE_S = 0.1
_STOP_WITHIN_S = 10
NODE_ROLES = Role.TRAINER | Role.DATA_PROVIDER


def gather(workspace: Workspace, number: int, consortium: Consortium, name: str) -> Task:
    """Have everybody join who has not, and start the task.

    Args:
        name: the account that starts it; before the time to join is over, the sponsor's.

    Raises:
        RefusedError: somebody can't join, or the members are too few.
    """
    parts = workspace.training
    task = parts.reader.task(number)
    if task.phase is not Phase.JOINING:
        return task
    joined = {member.address for member in parts.reader.members(number) if member.active}
    for one, roles in [
        *((one, Role.VERIFIER) for one in consortium.validators),
        *((one, NODE_ROLES) for one in consortium.nodes),
    ]:
        if workspace.address(one.account) not in joined:
            stake = task.terms.minimum_stake
            if one.stake is not None:
                stake = parse_amount(one.stake, decimals=workspace.token_decimals)
            key = parts.sealing_key(one.account, number)
            parts.account(one.account).join(number, roles, stake, key.public)
    parts.account(name).start(number)
    return parts.reader.task(number)


@dataclass
class Watch:
    """Who is told what goes on.

    Attributes:
        agreed: is told of each certificate, by the validator's account.
        failed: is told of a validator that had to stop.
    """

    rounds: RoundObserver
    agreed: Callable[[str], Decided] = lambda _name: lambda _certificate: None
    failed: Callable[[str, AssayError], None] = lambda _name, _error: None


@dataclass(frozen=True)
class MeasuringObserver:
    """Tells another observer how good each round's model is on some records."""

    told: RoundObserver
    learner: Perceptron
    held_out: LabelledData

    def seen(self, place: RoundPlace, step: str, done: int, total: int) -> None:
        """See `RoundObserver.seen`."""
        self.told.seen(place, step, done, total)

    def left_out(self, place: RoundPlace, node: str, reason: str) -> None:
        """See `RoundObserver.left_out`."""
        self.told.left_out(place, node, reason)

    def finished(self, place: RoundPlace, model: CertifiedModel, measured: Measured | None) -> None:
        """See `RoundObserver.finished`."""
        found = measured or self.learner.evaluate(model.parameters, self.held_out)
        self.told.finished(place, model, found)


@dataclass
class Members:
    """What differs from an ordinary run: for studies of what hostile members can do."""

    around: Around = lambda _name, training: training
    duty: Callable[[str, Duty], Duty] = field(default=lambda _name, duty: duty)


def run_consortium(
    workspace: Workspace,
    number: int,
    consortium: Consortium,
    watch: Watch,
    *,
    account: str | None = None,
    members: Members | None = None,
    simulated: bool = False,
) -> Task:
    """Run a started task until it has ended; how it ended.

    Args:
        account: pays for ending phases that nobody else ends; the configured one if None.
        simulated: nodes run in Ray's processes.

    Raises:
        AssayError: a member's data do not fit, or the chain does not answer.
    """
    members = members or Members()
    parts = workspace.training
    widths = parts.plan(parts.reader.task(number)).widths
    data = {one.account: one.own(widths) for one in consortium.nodes}
    threads = list(_validators(workspace, number, consortium.validators, watch, members))
    name = account or workspace.settings.account
    authority = task_authority(workspace, number, name, pause_s=_PAUSE_S)
    held_out = LabelledData.pooled([one.records(widths) for one in consortium.validators])
    observer = MeasuringObserver(watch.rounds, Perceptron(widths), held_out)

    def serve(grid: Grid) -> Task:
        nodes, peers = len(consortium.nodes), threads[0].peers if threads else {}
        return serve_rounds(authority, number, grid, observer, nodes, peers=peers)

    guards = [reveal_guard(workspace, number, name) for name in data]
    with _running(threads), _guarding(number, parts.reader, guards):
        if simulated:
            return with_simulated_nodes(workspace.settings, number, consortium.nodes, serve)
        patience = Patience()
        with ExitStack() as opened:
            nodes = {
                name: opened.enter_context(
                    node_or_edge(workspace, number, name, own, members.around, patience=patience)
                )
                for name, own in data.items()
            }
            app = client_app(lambda context: nodes[str(context.node_config["account"])])
            configs = [{"account": name} for name in nodes]
            grid = LocalGrid(app, configs, workers=min(_WORKERS, len(nodes)))
            opened.enter_context(grid)
            try:
                return serve(grid)
            finally:
                patience.stop.set()  # the grid closes when no node works or waits any more


def measured(workspace: Workspace, number: int, consortium: Consortium) -> Evaluation:
    """How good the newest model is on the held-out records of all validators together."""
    authority = task_authority(workspace, number, workspace.settings.account)
    task = workspace.training.reader.task(number)
    widths = authority.plan.widths
    held_out = LabelledData.pooled([one.records(widths) for one in consortium.validators])
    return Perceptron(widths).evaluate(newest_model(authority, task), held_out)


def _validators(
    workspace: Workspace,
    number: int,
    participants: Sequence[Participant],
    watch: Watch,
    members: Members,
) -> Generator[ValidatorThread]:
    """Built before any of them is started: what does not fit stops the run, not a round of it."""
    widths = workspace.training.plan(workspace.training.reader.task(number)).widths
    ports = dict(zip([one.account for one in participants], _ports(len(participants)), strict=True))
    peers: Mapping[Address, str] = {
        workspace.address(name): f"http://{_LOOPBACK}:{port}" for name, port in ports.items()
    }
    for one in participants:
        duty, seat = validator(
            workspace,
            number,
            one.account,
            one.records(widths),
            Listening(_LOOPBACK, ports[one.account], peers),
            heard=Heard(agreed=watch.agreed(one.account)),
            pause_s=_PAUSE_S,
        )
        failed = partial(watch.failed, one.account)
        yield ValidatorThread(members.duty(one.account, duty), seat, failed)


class ValidatorThread(threading.Thread):
    """A validator beside others in this process."""

    def __init__(self, duty: Duty, seat: Seat, failed: Callable[[AssayError], None]) -> None:
        super().__init__(name=f"validator-{seat.port}", daemon=True)
        self.peers = seat.peers
        self._duty = duty
        self._seat = seat
        self._failed = failed
        self._loop: asyncio.AbstractEventLoop | None = None
        self._serving: asyncio.Task[None] | None = None

    def run(self) -> None:
        """Validate until the task has ended, or `stop` is called."""
        try:
            asyncio.run(self._serve())
        except AssayError as error:
            self._failed(error)

    def stop(self) -> None:
        """End it before the task has."""
        if self._loop is not None and self._serving is not None:
            with suppress(RuntimeError):  # it has just ended by itself
                self._loop.call_soon_threadsafe(self._serving.cancel)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._serving = asyncio.create_task(self._duty.serve(self._seat))
        with suppress(asyncio.CancelledError):
            await self._serving


@contextmanager
def _running(threads: Sequence[ValidatorThread]) -> Generator[None]:
    """Validators outlive the last round: they see that the task has ended, and stop."""
    for thread in threads:
        thread.start()
    try:
        yield
    except BaseException:
        for thread in threads:
            thread.stop()
        raise
    finally:
        for thread in threads:
            thread.join(_STOP_WITHIN_S)


@contextmanager
def _guarding(number: int, reader: TaskReader, guards: Sequence[RevealGuard]) -> Generator[None]:
    """See that nodes' commitments are opened, also where the nodes are in Ray's processes."""
    stop = threading.Event()
    thread = threading.Thread(
        target=guard_reveals, args=(number, reader, guards, stop), name="assay-task", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(_STOP_WITHIN_S)


def _ports(count: int) -> list[int]:
    """Free ports, all different."""
    sockets = [socket.create_server((_LOOPBACK, 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports
