"""What a training task is made of: roles, results of rounds, and the votes on them.

A round's result is three digests; a validator's vote is an EIP-712 signature over them, and a
quorum of votes is the certificate that the contract checks. A task, its members and its money are
as the contract `TrainingTasks` has them.

>>> zero = Digest(bytes(32))
>>> result = RoundResult(task=1, round=2, aggregate=zero, record=zero, contributions=zero)
>>> vote_message(result, view=3)["view"]
3
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from enum import IntEnum, IntFlag
from typing import Any

from assay.core.address import Address
from assay.core.digest import Digest
from assay.errors import InputError

VOTE_TYPE = "RoundVote"
VOTE_TYPES = {
    VOTE_TYPE: [
        {"name": "task", "type": "uint256"},
        {"name": "round", "type": "uint32"},
        {"name": "view", "type": "uint32"},
        {"name": "aggregate", "type": "bytes32"},
        {"name": "record", "type": "bytes32"},
        {"name": "contributions", "type": "bytes32"},
    ]
}
"""Of a vote, as `TrainingTasks` checks it."""


class Role(IntFlag):
    """What an account may do in a task."""

    DATA_PROVIDER = 1
    TRAINER = 2
    INFERENCE_NODE = 4
    VERIFIER = 8

    @classmethod
    def parse(cls, text: str) -> Role:
        """Roles as they are written, like `trainer,data-provider`.

        Raises:
            InputError: there is no such role, or none at all.
        """
        roles = cls(0)
        for name in text.split(","):
            found = {role_name(role): role for role in cls}.get(name.strip().lower())
            if found is None:
                raise InputError(
                    f"{name.strip()[:80]!r} is no role in a task.",
                    hint="Give one or more of " + ", ".join(map(role_name, cls)) + ".",
                )
            roles |= found
        return roles


def role_name(role: Role) -> str:
    """One role as it is written: `data-provider`."""
    assert role.name is not None, "one role, not a sum of some"
    return role.name.lower().replace("_", "-")


class Phase(IntEnum):
    """Where a task stands; each phase but the last two has a deadline."""

    NONE = 0
    JOINING = 1
    COMMITTING = 2
    REVEALING = 3
    CERTIFYING = 4
    CHALLENGING = 5
    FINISHED = 6
    ABANDONED = 7


@dataclass(frozen=True, slots=True)
class RoundResult:
    """What a committee agrees on at the end of a round.

    Attributes:
        task: number of the task, from 1.
        round: number of the round, from 1.
        aggregate: SHA-256 of the new global parameters in safetensors.
        record: SHA-256 of the root block of the folder that holds those parameters and the round's
            record; with the codec dag-pb it is the folder's CID.
        contributions: root of the Merkle tree of what each node has earned up to this round.
    """

    task: int
    round: int
    aggregate: Digest
    record: Digest
    contributions: Digest


def vote_domain(chain_id: int, tasks: Address) -> dict[str, Any]:
    """The EIP-712 domain of votes; `tasks` is where the contract `TrainingTasks` lives."""
    return {
        "name": "Assay Training",
        "version": "1",
        "chainId": chain_id,
        "verifyingContract": str(tasks),
    }


def vote_message(result: RoundResult, view: int) -> dict[str, Any]:
    """What a validator signs; `view` counts the primaries that the committee went through."""
    return {
        "task": result.task,
        "round": result.round,
        "view": view,
        "aggregate": result.aggregate.raw,
        "record": result.record.raw,
        "contributions": result.contributions.raw,
    }


@dataclass(frozen=True, slots=True)
class SignedVote:
    """A vote with its signature of 65 bytes; two different ones of one view prove a fault."""

    result: RoundResult
    view: int
    signature: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a sponsor lays down for a task; amounts in the token's units, times in seconds.

    Attributes:
        token: the ERC-20 token of budget and stakes.
        minimum_stake: what a member has to stake at least; above 0.
        initial_model: content digest of the asset that training begins with.
        policy: SHA-256 of the task's plan and data policy.
        budget: what all rounds together pay.
        modes: bits that the chain does not interpret.
        rounds: with those that fail.
        minimum_nodes: how many trainers a start needs, and how many updates a round.
        join_s: for joining; then anyone may start the task or end it. So, with their work, for
            `commit_s`, `reveal_s` and `certify_s`.
        challenge_s: how long a result can be overturned; 0 makes it final at once.
        unbonding_s: how long the stake of a member who left can still be slashed.
        faults: f; the committee has 3f+1 seats.
    """

    token: Address
    minimum_stake: int
    initial_model: Digest
    policy: Digest
    budget: int
    modes: int
    rounds: int
    minimum_nodes: int
    join_s: int
    commit_s: int
    reveal_s: int
    certify_s: int
    challenge_s: int
    unbonding_s: int
    faults: int

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {**asdict(self), "initial_model": self.initial_model.hex, "policy": self.policy.hex}


@dataclass(frozen=True, slots=True)
class TaskMoney:
    """What became of a task's budget and of what was slashed, in the token's units.

    Attributes:
        released: what final rounds have released; nodes claim out of it.
        forfeited: what was slashed, less what its reporters had.
        reclaimed: what the sponsor has had back.
        root: of the tree of what each node has earned; None before a round is final.
    """

    released: int
    claimed: int
    forfeited: int
    reclaimed: int
    root: Digest | None

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {**asdict(self), "root": self.root.hex if self.root else None}


@dataclass(frozen=True, slots=True)
class Task:
    """A task, as the chain has it.

    Attributes:
        deadline_s: when anyone may end the phase, in seconds since 1970; None if it has ended.
        trainers: how many active members train.
        committed: how many of them committed in this round, and
        revealed: how many of those opened their commitment.
        failures: how many of the last rounds failed in a row.
        weights_bps: alpha, beta and gamma of the rewards, since the task was opened.
        total_stake: of all active members.
    """

    id: int
    sponsor: Address
    terms: Terms
    phase: Phase
    round: int
    deadline_s: int | None
    trainers: int
    committed: int
    revealed: int
    final_rounds: int
    failures: int
    ended_at_s: int | None
    weights_bps: tuple[int, int, int]
    money: TaskMoney
    total_stake: int

    @property
    def phase_s(self) -> int:
        """How long the present phase goes on before anyone may end it; 0 if the task has ended."""
        lasts = {
            Phase.JOINING: self.terms.join_s,
            Phase.COMMITTING: self.terms.commit_s,
            Phase.REVEALING: self.terms.reveal_s,
            Phase.CERTIFYING: self.terms.certify_s,
            Phase.CHALLENGING: self.terms.challenge_s,
        }
        return lasts.get(self.phase, 0)

    @property
    def is_over(self) -> bool:
        """Whether no round will follow."""
        return self.phase in {Phase.FINISHED, Phase.ABANDONED}

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values; amounts in the token's units."""
        shown = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            **shown,
            "phase": self.phase.name.lower(),
            "terms": self.terms.as_json(),
            "weights_bps": list(self.weights_bps),
            "money": self.money.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Member:
    """An account in a task.

    Attributes:
        roles: 0 if it is no member.
        active: it neither left nor was slashed for equivocation.
        seated: it is of the committee.
        last_round: in which it committed to an update; 0 if it never did.
        commitment: the first 25 bytes of that.
        silent: that commitment is not opened.
        withdrawable_at_s: when its stake can be withdrawn; None if it did not leave.
        sealing_key: X25519, 32 bytes.
    """

    address: Address
    roles: Role
    active: bool
    seated: bool
    last_round: int
    commitment: bytes
    silent: bool
    stake: int
    withdrawable_at_s: int | None
    sealing_key: bytes

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values; amounts in the token's units."""
        return {
            **asdict(self),
            "roles": [role_name(role) for role in self.roles],
            "commitment": self.commitment.hex(),
            "sealing_key": self.sealing_key.hex(),
        }


@dataclass(frozen=True, slots=True)
class Slash:
    """A proven fault, and what it cost.

    Attributes:
        equivocation: two votes in one view; else a commitment that was not opened.
        amount: in the token's units; a tenth of it went to the reporter.
    """

    member: Address
    round: int
    equivocation: bool
    amount: int
    reporter: Address

    @property
    def reason(self) -> str:
        """The fault in a word."""
        return "equivocation" if self.equivocation else "silence"


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of the committee; its weight is the validator's stake at the start, 0 since it left or
    was slashed.
    """

    validator: Address
    weight: int
