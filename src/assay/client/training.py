"""`client.training`: tasks of training together, and everybody's part in them.

    opened = client.training.open(TaskOffer(widths=(30, 16, 2)))
    client.training.join(opened.task.id, "trainer,data-provider", stake="10", account="local-5")
    client.training.run_here(opened.task.id, "consortium.yaml")
    client.training.claim(opened.task.id)

Amounts are decimal amounts of the currency. Needs the extra `training`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assay.bootstrap import Workspace
from assay.bootstrap.leaves import Leaves
from assay.bootstrap.training_offers import Durations, TaskOffer, open_task
from assay.client import training_checks
from assay.client.training_checks import Export
from assay.core.address import Address, parse_address
from assay.core.amount import format_amount, parse_amount

if TYPE_CHECKING:
    from assay.bootstrap.consortium import Members, Watch
    from assay.bootstrap.training_members import Heard
    from assay.client.training_checks import WrittenReport
    from assay.market.use_cases.publish import Published
    from assay.training.engine.superlink import Certificates
    from assay.training.learning.data import LabelledData
    from assay.training.model import Member, Slash, Task
    from assay.training.parameters import Parameters
    from assay.training.plan import Plan
    from assay.training.ports import Measured, RoundObserver
    from assay.training.use_cases.claiming import Claim
    from assay.training.use_cases.progress import TaskProgress
    from assay.training.use_cases.verifying import RoundCheck

__all__ = ["Durations", "Opened", "TaskOffer", "TrainingClient"]


@dataclass(frozen=True, slots=True)
class Opened:
    """A task that was opened, with its plan and the transaction."""

    task: Task
    plan: Plan
    transaction: str


class TrainingClient:
    """The use cases of training together, on one workspace.

    Raises:
        TrainingExtraMissing: the extra `training` is not installed.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._parts = workspace.training

    # Tasks

    def open(self, offer: TaskOffer, *, account: str | None = None) -> Opened:
        """Publish the plan, and the initial model if it is new, and pay the budget in.

        Raises:
            InputError: neither or both of model and widths are given, or a term can't be.
            RefusedError: the contract refuses the terms.
        """
        number, plan, transaction = open_task(self._workspace, offer, self._name(account))
        return Opened(self.show(number), plan, transaction)

    def show(self, task: int) -> Task:
        """One task, as the chain has it."""
        return self._parts.reader.task(task)

    def tasks(self, *, limit: int = 100) -> list[Task]:
        """The newest tasks, the newest first."""
        count = self._parts.reader.task_count()
        return self._parts.reader.tasks(range(count, max(0, count - limit), -1))

    def members(self, task: int) -> tuple[Member, ...]:
        """All who ever joined a task, in that order."""
        self.show(task)
        return self._parts.reader.members(task)

    def plan(self, task: int) -> Plan:
        """What a task trains, and how."""
        return self._parts.plan(self.show(task))

    def progress(self, task: int, *, measured: Measured | None = None) -> TaskProgress:
        """Where a task stands, with every round so far.

        Args:
            measured: how good the newest model is, see `measure`.
        """
        from assay.training.use_cases.progress import progress_of  # noqa: PLC0415 - loads numpy

        found, parts = self.show(task), self._parts
        return progress_of(
            found,
            chain=parts.reader,
            folders=parts.folders,
            measured=measured,
            model_asset=parts.exported(task),
        )

    def measure(
        self, task: int, paths: Sequence[Path | str], *, label: str | None = None
    ) -> Measured:
        """How good the newest model is on the records of some files together."""
        from assay.training.learning.data import LabelledData  # noqa: PLC0415 - loads numpy
        from assay.training.learning.files import read_fitting  # noqa: PLC0415
        from assay.training.learning.perceptron import Perceptron  # noqa: PLC0415

        widths = self.plan(task).widths
        found = [read_fitting(Path(path), widths, label) for path in paths]
        return Perceptron(widths).evaluate(self.newest_model(task), LabelledData.pooled(found))

    def newest_model(self, task: int) -> Parameters:
        """The global parameters after the last certified round."""
        from assay.training.use_cases.resuming import ground_of  # noqa: PLC0415 - loads numpy

        found, parts = self.show(task), self._parts
        return ground_of(
            task,
            found.round + 1,
            parts.plan(found),
            parts.initial(found),
            chain=parts.reader,
            folders=parts.folders,
        ).parameters

    # Membership

    def join(
        self, task: int, roles: str, *, stake: str | None = None, account: str | None = None
    ) -> Member:
        """Join a task with a stake; the task's minimum if None.

        Args:
            roles: like "trainer,data-provider" or "verifier".

        Raises:
            InputError: there is no such role.
            RefusedError: the contract refuses it.
        """
        from assay.training.model import Role  # noqa: PLC0415 - built when used

        name = self._name(account)
        units = self._units(stake) if stake else self.show(task).terms.minimum_stake
        key = self._parts.sealing_key(name, task).public
        self._parts.account(name).join(task, Role.parse(roles), units, key)
        return self.member(task, account=name)

    def member(self, task: int, *, account: str | None = None) -> Member:
        """An account, by name or address, in a task; without roles if it never joined."""
        return self._parts.reader.member(task, self._address(account))

    def rotate_key(self, task: int, *, account: str | None = None) -> Member:
        """Replace an account's sealing key by its next one."""
        name = self._name(account)
        key = self._parts.next_sealing_key(name, task)
        self._parts.account(name).rotate_key(task, key.public)
        return self.member(task, account=name)

    def leave(self, task: int, *, account: str | None = None) -> Member:
        """End an account's part in a task; its stake rests for the unbonding period."""
        name = self._name(account)
        self._parts.account(name).leave(task)
        return self.member(task, account=name)

    def withdraw(self, task: int, *, account: str | None = None) -> str:
        """Get the stake back when its time has passed; how much it is."""
        return self._amount(self._parts.account(self._name(account)).withdraw(task))

    # Moving on

    def start(self, task: int, *, account: str | None = None) -> Task:
        """Start a task that enough have joined."""
        self._parts.account(self._name(account)).start(task)
        return self.show(task)

    def advance(self, task: int, *, account: str | None = None) -> Task:
        """End a phase past its deadline; anybody may."""
        self._parts.account(self._name(account)).advance(task)
        return self.show(task)

    def slash_silence(self, task: int, node: str, *, account: str | None = None) -> str:
        """Have a node pay that committed and did not reveal; the transaction."""
        return self._parts.account(self._name(account)).slash_silence(task, self._address(node))

    # Money

    def claim(
        self, task: int, *, whose: str | None = None, account: str | None = None
    ) -> list[Claim]:
        """Have nodes paid what they earned in final rounds; anybody may send it.

        Args:
            whose: a node, by account name or address; all that earned if None.

        Raises:
            NothingEarned: the node named has earned nothing.
        """
        from assay.training.use_cases.claiming import claim_rewards  # noqa: PLC0415 - loads numpy

        return claim_rewards(
            self.show(task),
            [self._address(whose)] if whose else None,
            account=self._parts.account(self._name(account)),
            folders=self._parts.folders,
        )

    def reclaim(self, task: int, *, account: str | None = None) -> str:
        """Pay the sponsor of a task that ended what is left; how much it is."""
        return self._amount(self._parts.account(self._name(account)).reclaim(task))

    # Running

    def run_here(
        self,
        task: int,
        consortium: Path | str,
        watch: Watch,
        *,
        members: Members | None = None,
        simulated: bool = False,
        account: str | None = None,
    ) -> TaskProgress:
        """Run a task with all members on this machine: join, start, train until it has ended.

        It goes on where the task is, so that a run that was broken off is taken up by another.
        The accuracy is measured on the held-out records of all validators together.

        Args:
            consortium: a file as in `bootstrap.participants`.
            simulated: nodes run in Ray's processes.
            account: starts the task, which the sponsor alone may before the time to join is over.
        """
        from assay.bootstrap import consortium as here  # noqa: PLC0415 - loads torch and flwr
        from assay.bootstrap.participants import Consortium  # noqa: PLC0415

        listed, name = Consortium.read(Path(consortium)), self._name(account)
        here.gather(self._workspace, task, listed, name)
        here.run_consortium(
            self._workspace,
            task,
            listed,
            watch,
            account=name,
            members=members,
            simulated=simulated,
        )
        return self.progress(task, measured=here.measured(self._workspace, task, listed))

    def run(
        self,
        task: int,
        superlink: str,
        observer: RoundObserver,
        *,
        certificates: Certificates | None = None,
        peers: Mapping[str, str] | None = None,
        account: str | None = None,
    ) -> TaskProgress:
        """Serve a task's rounds until it has ended, to nodes that run `serve_node` elsewhere.

        Args:
            superlink: host and port on which a Flower SuperLink is started for the nodes.
            certificates: TLS files; needed unless the host is loopback.
            peers: where the validators listen, by address; needed where updates are masked.

        Raises:
            SuperLinkFailed, TooFewNodes: it ends, or not enough nodes connected in time.
        """
        from assay.bootstrap import training_processes as processes  # noqa: PLC0415 - loads flwr

        name = self._name(account)
        processes.serve_network(
            self._workspace, task, name, superlink, observer, certificates=certificates, peers=peers
        )
        return self.progress(task)

    def serve_node(
        self,
        task: int,
        data: Path | str | Leaves,
        superlink: str,
        *,
        root_certificate: Path | None = None,
        label: str | None = None,
        account: str | None = None,
    ) -> Task:
        """Take part with one's own records until the task has ended, or SIGTERM or Ctrl-C.

        Raises:
            DataFileUnreadable, DataUnfit: the records are none, or do not fit the task.
            LeavesUnforeseen: the task's plan admits fewer leaves.
            PlainConnection: the server is on another machine, and there is no certificate.
        """
        from assay.bootstrap import training_processes as processes  # noqa: PLC0415 - loads flwr

        link = processes.SuperLinkAddress(superlink, root_certificate)
        own = data if isinstance(data, Leaves) else self._records(task, data, label)
        return processes.serve_training_node(self._workspace, task, self._name(account), own, link)

    def validate(
        self,
        task: int,
        held_out: Path | str,
        listen: str,
        peers: Mapping[str, str],
        heard: Heard,
        *,
        label: str | None = None,
        account: str | None = None,
    ) -> Task:
        """Validate until the task has ended, or SIGTERM or Ctrl-C.

        Args:
            held_out: a file of records that no node trains on.
            listen: host and port for the other validators.
            peers: the others' URLs, by address.

        Raises:
            DataFileUnreadable, DataUnfit: the records are none, or do not fit the task.
            NotAMember, PeersIncomplete, PortTaken: it cannot start.
        """
        from assay.bootstrap import training_processes as processes  # noqa: PLC0415 - loads torch

        name, own = self._name(account), self._records(task, held_out, label)
        return processes.validate(
            self._workspace, task, name, own, listen=listen, peers=peers, heard=heard
        )

    def _records(self, task: int, path: Path | str, label: str | None) -> LabelledData:
        from assay.training.learning.files import read_fitting  # noqa: PLC0415 - loads numpy

        return read_fitting(Path(path), self.plan(task).widths, label)

    # Afterwards

    def verify(
        self,
        task: int,
        *,
        only: int | None = None,
        told: Callable[[RoundCheck], None] = lambda _check: None,
    ) -> list[RoundCheck]:
        """Do a task's certified rounds again, and compare them to the bit; anybody may.

        Args:
            only: stop after this round.
            told: is told of each as it is done.
        """
        return training_checks.verify_rounds(self._workspace, task, only=only, told=told)

    def report(self, task: int, folder: Path | str) -> WrittenReport:
        """Write a page with plots into a folder.

        Raises:
            NothingTrained: no round is certified yet.
        """
        return training_checks.write_report(self._workspace, task, Path(folder))

    def export(
        self,
        task: int,
        *,
        name: str | None = None,
        licence: str = "Apache-2.0",
        datasets: Sequence[str] = (),
        price: str = "0",
        account: str | None = None,
    ) -> Published:
        """Register the newest certified model as an asset; see `export_model`."""
        asked = Export(name, licence, tuple(datasets), price)
        return training_checks.export_model(self._workspace, task, asked, account)

    def slashes(self, task: int) -> tuple[Slash, ...]:
        """Who lost a stake, and for what."""
        return self._parts.reader.slashes(task)

    def _name(self, account: str | None) -> str:
        return account or self._workspace.settings.account

    def _address(self, account: str | None) -> Address:
        if account is not None and account.startswith("0x"):
            return parse_address(account)
        return self._workspace.address(self._name(account))

    def _units(self, amount: str) -> int:
        return parse_amount(amount, decimals=self._workspace.token_decimals)

    def _amount(self, units: int) -> str:
        return format_amount(units, decimals=self._workspace.token_decimals)
