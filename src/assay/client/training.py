"""`client.training`: tasks of training together, and everybody's part in them.

    opened = client.training.open(TaskOffer(widths=(30, 16, 2)))
    client.training.join(opened.task.id, "trainer,data-provider", stake="10", account="local-5")
    client.training.run_here(opened.task.id, "consortium.yaml")
    client.training.claim(opened.task.id)

Amounts are decimal amounts of the currency. Needs the extra `training`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assay.bootstrap import Workspace
from assay.bootstrap.training import InitialModelUnfit, perceptron_widths
from assay.core.address import Address, parse_address
from assay.core.amount import format_amount, parse_amount
from assay.core.digest import Digest
from assay.errors import InputError

if TYPE_CHECKING:
    from assay.bootstrap.consortium import Members, Watch
    from assay.training.compression.encoding import Encodings
    from assay.training.model import Member, Task
    from assay.training.parameters import Parameters
    from assay.training.plan import LocalSchedule, Plan
    from assay.training.ports import Measured
    from assay.training.use_cases.claiming import Claim
    from assay.training.use_cases.progress import TaskProgress

_HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class Durations:
    """How long each phase of a task lasts at most, in seconds; see `training.model.Terms`."""

    join_s: int = 24 * _HOUR_S
    commit_s: int = 600
    reveal_s: int = 120
    certify_s: int = 120
    challenge_s: int = 0
    unbonding_s: int = _HOUR_S


@dataclass(frozen=True, slots=True)
class TaskOffer:
    """What a sponsor lays down.

    Attributes:
        model: id of a registered model to begin with; or
        widths: of a new perceptron's layers, from features to classes, made with `seed`.
        budget, stake: decimal amounts: of all rounds together, and of each member at least.
        faults: f; the committee has 3f+1 seats.
        rule: how updates become one; `assay.training.aggregation.rules` lists them.
        data: what the nodes' records have to be, in words.
    """

    model: str | None = None
    widths: tuple[int, ...] | None = None
    seed: int = 1
    rounds: int = 10
    budget: str = "100"
    stake: str = "10"
    faults: int = 1
    minimum_nodes: int = 2
    rule: str = "adaptive"
    data: str = ""
    schedule: LocalSchedule | None = None
    encodings: Encodings | None = None
    durations: Durations = field(default_factory=Durations)


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
        from assay.training.aggregation.rules import Rule  # noqa: PLC0415 - loads numpy
        from assay.training.compression.encoding import Encodings  # noqa: PLC0415
        from assay.training.model import Terms  # noqa: PLC0415
        from assay.training.plan import LocalSchedule, Plan  # noqa: PLC0415

        Rule(offer.rule)
        name = account or self._workspace.settings.account
        initial, widths = self._initial(offer, name)
        schedule, encodings = offer.schedule or LocalSchedule(), offer.encodings or Encodings()
        plan = Plan(widths, offer.rule, schedule, encodings, offer.data)
        self._parts.keep_plan(plan)
        lasts = offer.durations
        terms = Terms(
            token=self._workspace.deployment.token.address,
            minimum_stake=self._units(offer.stake),
            initial_model=initial,
            policy=plan.digest,
            budget=self._units(offer.budget),
            modes=0,
            rounds=offer.rounds,
            minimum_nodes=offer.minimum_nodes,
            join_s=lasts.join_s,
            commit_s=lasts.commit_s,
            reveal_s=lasts.reveal_s,
            certify_s=lasts.certify_s,
            challenge_s=lasts.challenge_s,
            unbonding_s=lasts.unbonding_s,
            faults=offer.faults,
        )
        number, transaction = self._parts.account(name).open(terms)
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
    ) -> TaskProgress:
        """Run a task with all members on this machine: join, start, train until it has ended.

        It goes on where the task is, so that a run that was broken off is taken up by another.
        The accuracy is measured on the held-out records of all validators together.

        Args:
            consortium: a file as in `bootstrap.participants`.
            simulated: nodes run in Ray's processes.
        """
        from assay.bootstrap import consortium as here  # noqa: PLC0415 - loads torch and flwr
        from assay.bootstrap.participants import Consortium  # noqa: PLC0415

        listed = Consortium.read(Path(consortium))
        here.gather(self._workspace, task, listed)
        here.run_consortium(
            self._workspace, task, listed, watch, members=members, simulated=simulated
        )
        return self.progress(task, measured=here.measured(self._workspace, task, listed))

    def _initial(self, offer: TaskOffer, name: str) -> tuple[Digest, tuple[int, ...]]:
        if (offer.model is None) == (offer.widths is None):
            raise InputError(
                "A task begins with a registered model, or with a new perceptron.",
                hint="Give either the model's asset id, or the widths of the perceptron's layers.",
            )
        if offer.widths is not None:
            return self._new_model(offer.widths, offer.seed, name), offer.widths
        assert offer.model is not None, "one of the two is given"
        asset = Digest.parse(offer.model)
        found = perceptron_widths(self._parts.model(asset))
        if found is None:
            raise InitialModelUnfit(asset, "it is no perceptron")
        return asset, found

    def _new_model(self, widths: tuple[int, ...], seed: int, name: str) -> Digest:
        """Register an initial perceptron; the same widths and seed again are the same asset."""
        from assay.client.market import MarketClient  # noqa: PLC0415 - built when used
        from assay.training.learning.perceptron import Perceptron  # noqa: PLC0415 - loads torch

        data = Perceptron(widths).initial(seed).to_bytes()
        asset = Digest.of(data)
        if self._workspace.market.registry().assets([asset])[0] is not None:
            return asset
        folder = self._workspace.settings.home / "training" / "initial"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        layers = "-".join(map(str, widths))
        path = folder / f"perceptron-{layers}-seed-{seed}.safetensors"
        path.write_bytes(data)
        published = MarketClient(self._workspace).publish(
            path,
            kind="model",
            description=f"Initial parameters of a perceptron with layers {layers}, seed {seed}.",
            licence="CC0-1.0",
            account=name,
        )
        return published.asset.asset_id

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
