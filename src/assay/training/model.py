"""What a training task is made of: roles, results of rounds, and the votes on them.

A round's result is three digests; a validator's vote is an EIP-712 signature over them, and a
quorum of votes is the certificate that the contract checks.

>>> zero = Digest(bytes(32))
>>> result = RoundResult(task=1, round=2, aggregate=zero, record=zero, contributions=zero)
>>> vote_message(result, view=3)["view"]
3
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, IntFlag
from typing import Any

from assay.core.address import Address
from assay.core.digest import Digest

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
