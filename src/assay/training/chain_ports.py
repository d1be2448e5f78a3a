"""The contract of training tasks, as others see it and as one account acts on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from assay.core.address import Address
from assay.core.digest import Digest
from assay.training.model import (
    Member,
    Role,
    RoundResult,
    Seat,
    SignedVote,
    Slash,
    Task,
    Terms,
)
from assay.training.privacy.sealing import CommitteeKeys
from assay.training.rounds import Opening, RoundPlace


class TaskReader(Protocol):
    """The contract, as anybody reads it.

    Raises, in every step: what the node raises, and `UnknownTask` where there is none.
    """

    @property
    def address(self) -> Address:
        """Where the contract lives: the verifying contract of votes."""
        ...

    @property
    def chain_id(self) -> int:
        """The chain that it lives on."""
        ...

    def task_count(self) -> int:
        """How many tasks there are; they are counted from 1."""
        ...

    def tasks(self, tasks: Sequence[int]) -> list[Task]:
        """Tasks by number, with their terms and money."""
        ...

    def task(self, task: int) -> Task:
        """One task."""
        ...

    def members(self, task: int) -> tuple[Member, ...]:
        """All who ever joined, in that order."""
        ...

    def member(self, task: int, address: Address) -> Member:
        """An account in a task; without roles if it never joined."""
        ...

    def committee(self, task: int) -> tuple[Seat, ...]:
        """The seats, in the order of their addresses since the task started."""
        ...

    def formed_committee(self, task: int) -> tuple[Seat, ...]:
        """The seats as they were when the task started: validators go by these weights, also where
        one of them left or was slashed since. None before the start.
        """
        ...

    def committee_keys(self, task: int) -> CommitteeKeys:
        """The keys that updates are sealed to, of all validators with a vote."""
        ...

    def commitments(self, place: RoundPlace) -> Mapping[Address, Digest]:
        """What each node committed to in a round, ascending by node."""
        ...

    def revealed(self, place: RoundPlace) -> Mapping[Address, Digest]:
        """The root of each node's sealed update of a round, ascending by node."""
        ...

    def result(self, place: RoundPlace) -> RoundResult | None:
        """What was certified for a round; None if nothing was, or it was overturned.

        Raises:
            ResultForged: the node names a result that is not the one the contract holds.
        """
        ...

    def slashes(self, task: int) -> tuple[Slash, ...]:
        """The proven faults of a task, oldest first."""
        ...

    def claimed(self, task: int, node: Address) -> int:
        """What a node has been paid in all, in the token's units."""
        ...

    def time_s(self) -> int:
        """When the newest block was made, in seconds since 1970: the time that deadlines go by."""
        ...


class TaskChain(TaskReader, Protocol):
    """The contract, as one account acts on it. Steps return their transaction's hash, if nothing
    else is said.

    Raises, in every step: a subclass of RefusedError if the contract refuses, and what `Sender`
    raises.
    """

    account: Address

    def open(self, terms: Terms) -> tuple[int, str]:
        """Open a task and pay its budget in: its number, and the transaction."""
        ...

    def join(self, task: int, roles: Role, stake: int, sealing_key: bytes) -> str:
        """Join with a stake; `sealing_key` is X25519, 32 bytes."""
        ...

    def rotate_key(self, task: int, sealing_key: bytes) -> str:
        """Replace the account's sealing key."""
        ...

    def leave(self, task: int) -> str:
        """End the account's part; its stake rests for the unbonding period."""
        ...

    def withdraw(self, task: int) -> int:
        """Get the stake back when its time has passed; how much it is, in units."""
        ...

    def start(self, task: int) -> str:
        """Start a task that enough have joined."""
        ...

    def advance(self, task: int) -> str:
        """End a phase past its deadline, or that waits for nobody."""
        ...

    def commit(self, place: RoundPlace, commitment: Digest) -> None:
        """Bind the account to a sealed update; nothing happens if it is bound to the same."""
        ...

    def reveal(self, place: RoundPlace, sealed: Digest, salt: bytes) -> None:
        """Open the account's commitment; nothing happens if it is open."""
        ...

    def reveal_all(self, place: RoundPlace, openings: Sequence[Opening]) -> str | None:
        """Open what others committed to, in one transaction; None if all are open.

        About a third of the gas of as many transactions of their own.
        """
        ...

    def certify(self, result: RoundResult, view: int, signatures: Mapping[Address, bytes]) -> str:
        """Bring a certificate: the votes' signatures by validator, in any order.

        Raises:
            QuorumMissing: they are too few, or have too little weight; nothing is sent.
        """
        ...

    def slash_equivocation(self, first: SignedVote, second: SignedVote) -> str:
        """Prove that one validator signed two different votes in one view."""
        ...

    def slash_silence(self, task: int, node: Address) -> str:
        """Have a node pay that did not open its commitment in time."""
        ...

    def claim(self, task: int, node: Address, cumulative: int, proof: Sequence[bytes]) -> int:
        """Have a node paid what it earned since its last claim; how much it is, in units."""
        ...

    def reclaim(self, task: int) -> int:
        """Pay the sponsor of a task that ended what is left; how much it is, in units."""
        ...


class TaskIndex(Protocol):
    """What the ledger knows of tasks: where to look, never what to believe."""

    def tasks_of(self, sponsor: Address) -> list[int]:
        """The tasks that an account opened, oldest first."""
        ...

    def tasks_with(self, member: Address) -> list[int]:
        """The tasks that an account joined, oldest first."""
        ...

    def tasks_from(self, initial_model: Digest) -> list[int]:
        """The tasks that began with a model, oldest first."""
        ...
