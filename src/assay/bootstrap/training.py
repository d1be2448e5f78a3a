"""The parts of training together: the contract, what is kept of tasks, and members' keys.

Who takes part - nodes, validators, the server - is put together in `training_members`, and a whole
consortium on one machine in `consortium`.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from assay.core.digest import Digest
from assay.errors import InputError, IntegrityError, UnavailableError

if TYPE_CHECKING:
    from assay.bootstrap.workspace import Workspace
    from assay.core.address import Address
    from assay.training.model import Task
    from assay.training.onchain.acting import OnChainTaskAccount
    from assay.training.onchain.reading import OnChainTasks
    from assay.training.parameters import Parameters
    from assay.training.plan import Plan
    from assay.training.privacy.sealing_key import SealingKey
    from assay.training.stored import StoredFolders
    from assay.training.use_cases.verifying import History

NEEDED = ("flwr", "nacl", "torch", "zstandard")
_MOST_EPOCHS = 64
_MODEL_LIMIT_BYTES = 1 << 30
_EXPORTED = "model_asset"


class TrainingExtraMissing(UnavailableError):
    """Training together needs libraries that are not installed."""

    def __init__(self, missing: str) -> None:
        super().__init__(
            f"Training together needs {missing}, which is not installed.",
            hint='Install it: pip install "assay-chain[training]"',
        )
        self.missing = missing


class InitialModelUnfit(IntegrityError):
    """The asset that a task names as its initial model is none that can be trained here."""

    def __init__(self, asset: Digest, reason: str) -> None:
        super().__init__(
            f"The initial model {asset} can't be used: {reason}.",
            hint="It has to be one public .safetensors file with the layers that the plan names.",
        )
        self.asset = asset
        self.reason = reason


class SealingKeyForeign(InputError):
    """A member's registered key was not made from its account by this version."""

    def __init__(self, address: Address, task: int) -> None:
        super().__init__(
            f"The sealing key of {address} in task {task} was not made from its account.",
            hint="Run `assay train rotate-key` with this account, which registers one that was.",
        )
        self.address = address
        self.task = task


def check_extra(*needed: str) -> None:
    """See that what training needs is installed; nothing is imported.

    Raises:
        TrainingExtraMissing: something is not.
    """
    for name in needed:
        if find_spec(name) is None:
            raise TrainingExtraMissing(name)


class TrainingParts:
    """What `workspace.training` holds; each part is built when it is first asked for.

    Raises:
        TrainingExtraMissing: the extra `training` is not installed.
    """

    def __init__(self, workspace: Workspace) -> None:
        check_extra(*NEEDED)
        self._workspace = workspace

    @cached_property
    def reader(self) -> OnChainTasks:
        """The contract, as anybody reads it."""
        from assay.training.onchain.reading import OnChainTasks

        deployment = self._workspace.deployment
        node, contract = self._workspace.node, deployment.training
        return OnChainTasks(node, contract, deployment.first_block)

    def account(self, name: str) -> OnChainTaskAccount:
        """The contract, as an account acts on it."""
        from assay.training.onchain.acting import OnChainTaskAccount

        workspace = self._workspace
        return OnChainTaskAccount(
            self.reader,
            workspace.deployment.token,
            workspace.address(name),
            lambda: workspace.sender(name),
        )

    @cached_property
    def folders(self) -> StoredFolders:
        """Sealed updates and records in the store."""
        from assay.training.stored import StoredFolders

        return StoredFolders(self._workspace.store)

    def home(self, task: int) -> Path:
        """What is kept of a task on this disk."""
        return self._workspace.settings.home / "training" / f"{self._contract_name}-{task}"

    @cached_property
    def _contract_name(self) -> str:
        """Tells contracts apart, also on development chains that were reset: these count their
        tasks anew, at the same address. The block of the first contract is a new one then.
        """
        reader = self.reader
        first = reader.node.block(reader.first_block)
        return f"{reader.chain_id}-{reader.address[2:10].lower()}-{first.hash[2:10]}"

    # Plan and models

    def keep_plan(self, plan: Plan) -> None:
        """Put a plan where the members of its task find it."""
        from assay.store.port import Block

        self._workspace.store.put_blocks([Block(plan.cid, plan.encode())], pin=plan.cid)

    def plan(self, task: Task) -> Plan:
        """What a task trains, and how.

        Raises:
            UnknownCidError: it is not in the store, nor at the gateway.
            PlanMalformed: it is no plan.
        """
        from assay.core.cid import RAW, Cid
        from assay.training.plan import PLAN_LIMIT_BYTES, Plan

        cid = Cid(RAW, task.terms.policy)
        return Plan.decode(self._workspace.store.read_bytes(cid, limit=PLAN_LIMIT_BYTES))

    def initial(self, task: Task) -> Parameters:
        """The parameters of the asset that a task begins with.

        Raises:
            UnknownAsset: it is not registered.
            InitialModelUnfit: it is sealed, damaged, or of another model than the plan's.
        """
        parameters = self.model(task.terms.initial_model)
        if parameters.shapes != perceptron_shapes(self.plan(task).widths):
            reason = f"its arrays are {dict(parameters.shapes)}"[:200]
            raise InitialModelUnfit(task.terms.initial_model, reason)
        return parameters

    def model(self, asset: Digest) -> Parameters:
        """The parameters of a registered model.

        Raises:
            UnknownAsset: it is not registered.
            InitialModelUnfit: it is sealed or damaged.
            ParametersUnreadable: it is no safetensors file.
        """
        from assay.training.parameters import Parameters

        metadata = self._workspace.market.show_asset(asset).metadata
        if metadata.sealed:
            raise InitialModelUnfit(asset, "it is sealed")
        data = self._workspace.store.read_bytes(metadata.content, limit=_MODEL_LIMIT_BYTES)
        if Digest.of(data) != asset:
            raise InitialModelUnfit(asset, "its bytes have another digest")
        return Parameters.from_bytes(data)

    def history(self, number: int) -> History:
        """What the rounds of a task that has started are held against.

        Raises:
            UnknownTask: there is no such task.
            CommitteeInvalid: it has not started.
        """
        from assay.training.committee.model import Committee
        from assay.training.committee.signing import Domain
        from assay.training.use_cases.verifying import History

        task, seats = self.reader.task(number), self.reader.formed_committee(number)
        return History(
            task,
            Domain(self.reader.chain_id, self.reader.address, number),
            Committee(tuple(one.validator for one in seats), tuple(one.weight for one in seats)),
            self.plan(task),
            self.initial(task),
        )

    def exported(self, task: int) -> Digest | None:
        """The asset that a task's final model was registered as from here."""
        path = self.home(task) / _EXPORTED
        return Digest.parse(path.read_text().strip()) if path.exists() else None

    def note_export(self, task: int, asset: Digest) -> None:
        """Remember what a task's final model was registered as."""
        path = self.home(task) / _EXPORTED
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(f"{asset.hex}\n")

    # Keys

    def sealing_key(self, name: str, task: int, epoch: int = 0) -> SealingKey:
        """An account's key in a task, after so many rotations."""
        from assay.training.privacy.sealing_key import SealingKey

        secret_of = self._secret_of()
        return SealingKey.derive(
            lambda: self._workspace.account(name).sign_digest(secret_of), task, epoch
        )

    def sealing_keys(self, name: str, task: int) -> tuple[SealingKey, ...]:
        """An account's keys in a task up to the registered one, the newest first.

        Raises:
            SealingKeyForeign: that is none of them.
        """
        address = self._workspace.address(name)
        registered = self.reader.member(task, address).sealing_key
        keys: list[SealingKey] = []
        for epoch in range(_MOST_EPOCHS):
            keys.insert(0, self.sealing_key(name, task, epoch))
            if keys[0].public == registered:
                return tuple(keys)
        raise SealingKeyForeign(address, task)

    def next_sealing_key(self, name: str, task: int) -> SealingKey:
        """The key that follows an account's registered one; the first if that is none of its."""
        epoch = 0
        with suppress(SealingKeyForeign):
            epoch = len(self.sealing_keys(name, task))
        return self.sealing_key(name, task, epoch)

    def records_salt(self, name: str, task: int) -> Digest:
        """By which a node blinds the digest of its records; the same in every round of a task."""
        from assay.training.privacy.disclosure import records_salt

        secret_of = self._secret_of()
        return records_salt(self._workspace.account(name).sign_digest(secret_of), task)

    def _secret_of(self) -> bytes:
        """What the account signs for nothing else; a wallet's messages begin with 0x19."""
        from assay.core.keccak import keccak

        place = f"{self.reader.chain_id} {self.reader.address}"
        return keccak(f"Assay: secret of the sealing keys of this account, 1: {place}".encode())


def perceptron_shapes(widths: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    """The arrays of a perceptron with layers of these widths."""
    shapes: dict[str, tuple[int, ...]] = {}
    for at, (before, after) in enumerate(pairwise(widths)):
        shapes[f"layer{at}.weight"] = (after, before)
        shapes[f"layer{at}.bias"] = (after,)
    return shapes


def perceptron_widths(parameters: Parameters) -> tuple[int, ...] | None:
    """The widths of the perceptron that has these parameters; None if none has."""
    found = parameters.shapes
    layers = [found.get(f"layer{at}.weight", ()) for at in range(len(found) // 2)]
    if not layers or any(len(shape) != 2 for shape in layers):
        return None
    widths = (layers[0][1], *(shape[0] for shape in layers))
    return widths if perceptron_shapes(widths) == found else None
