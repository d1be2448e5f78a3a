"""How far a task is, for whoever looks: rounds, accuracy, traffic, committee, rewards, faults.

    progress = progress_of(task, chain=chain, folders=folders)
    progress.as_json(decimals=6)["rewards"]

All of it is read from the chain and from the certified records, never from a server.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assay.core.address import Address
from assay.core.amount import format_amount
from assay.core.digest import Digest
from assay.training.chain_ports import TaskReader
from assay.training.model import Seat, Slash, Task
from assay.training.ports import Measured
from assay.training.records import RECORD_LIMIT_BYTES, ROUND_FILE, RoundRecord
from assay.training.rewards.earnings import Earnings
from assay.training.rounds import RoundPlace
from assay.training.use_cases.ports import Folders

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class RoundLine:
    """What came of one round.

    Attributes:
        accuracy, loss: of the model that the round made, on the records of the next round's
            validators, or as somebody measured them; None where nobody has yet.
        refused: why each other node's update was left out.
        epsilon_micro: the privacy that each node had spent by then; empty without a promise of it.
        masked: nobody saw a single update, only the mean of those that were accepted.
    """

    round: int
    accuracy: float | None
    loss: float | None
    accepted: tuple[Address, ...]
    refused: Mapping[Address, str]
    bytes_up: int
    bytes_down: int
    epsilon_micro: Mapping[Address, int] = field(default_factory=dict)
    masked: bool = False

    @classmethod
    def of(cls, record: RoundRecord, after: RoundRecord | Measured | None = None) -> RoundLine:
        """Out of a round's record; `after` tells how good its model is."""
        if isinstance(after, RoundRecord):
            accuracy: float | None = after.base_accuracy_ppm / _MILLION
            loss: float | None = after.base_loss_micro / _MILLION
        else:
            accuracy = None if after is None else after.accuracy
            loss = None if after is None else after.loss
        refused = {update.node: update.refused for update in record.updates if update.refused}
        return cls(
            record.round,
            accuracy,
            loss,
            record.accepted,
            refused,
            record.bytes_up,
            record.bytes_down,
            record.epsilon_micro,
            record.unmasking is not None,
        )


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """Where a task stands.

    Attributes:
        rounds: those with a result, from the first.
        accuracy: of the newest model that was measured; None if none was.
        measured_after: the round which that model came of; 0 for the initial one.
        earnings: of each node up to the newest result, which may still be challenged.
        model_asset: that the final model was registered as, if it is known here.
    """

    task: Task
    seats: tuple[Seat, ...]
    rounds: tuple[RoundLine, ...]
    accuracy: float | None
    earnings: Earnings
    slashes: tuple[Slash, ...]
    model_asset: Digest | None = None
    measured_after: int = 0

    def as_json(self, decimals: int) -> dict[str, Any]:
        """What `assay train status --json` and `run --json` print; amounts are decimal text."""
        return {
            "task": self.task.id,
            "round": self.task.round,
            "accuracy": self.accuracy,
            "bytes_up": sum(line.bytes_up for line in self.rounds),
            "bytes_down": sum(line.bytes_down for line in self.rounds),
            "committee": {
                "faults": self.task.terms.faults,
                "phase": self.task.phase.name.lower(),
                "members": {
                    seat.validator: format_amount(seat.weight, decimals=decimals)
                    for seat in self.seats
                },
            },
            "rewards": {
                node: format_amount(units, decimals=decimals) for node, units in self.earnings.of
            },
            "slashed": [
                {
                    "member": slash.member,
                    "round": slash.round,
                    "reason": slash.reason,
                    "amount": format_amount(slash.amount, decimals=decimals),
                    "reporter": slash.reporter,
                }
                for slash in self.slashes
            ],
            "model_asset": self.model_asset.hex if self.model_asset else None,
            **({"epsilon": self.epsilon} if self.epsilon else {}),
            **({"masked": True} if self.masked else {}),
        }

    @property
    def masked(self) -> bool:
        """Whether updates of the rounds so far were masked."""
        return any(line.masked for line in self.rounds)

    @property
    def epsilon(self) -> dict[Address, dict[str, float]]:
        """What each node has spent of a promise of privacy, by round; empty without a promise."""
        found: dict[Address, dict[str, float]] = {}
        for line in self.rounds:
            for node, micro in line.epsilon_micro.items():
                found.setdefault(node, {})[str(line.round)] = micro / _MILLION
        return found


def progress_of(
    task: Task,
    *,
    chain: TaskReader,
    folders: Folders,
    measured: Measured | None = None,
    model_asset: Digest | None = None,
) -> TaskProgress:
    """Read where a task stands.

    Args:
        measured: how good the newest model is, if somebody measured it.

    Raises:
        AssayError: the chain does not answer, or a certified record cannot be fetched.
    """
    records = certified_records(task, chain=chain, folders=folders)
    afters = [*records[1:], measured][: len(records)]
    lines = tuple(
        RoundLine.of(record, after) for record, after in zip(records, afters, strict=True)
    )
    certified = [0, *(record.round for record in records)]
    accuracy, after = (measured.accuracy, certified[-1]) if measured else (None, 0)
    if accuracy is None and records:
        accuracy, after = records[-1].base_accuracy_ppm / _MILLION, certified[-2]
    return TaskProgress(
        task,
        chain.committee(task.id),
        lines,
        accuracy,
        earnings_in(records[-1]) if records else Earnings.none(),
        chain.slashes(task.id),
        model_asset,
        after,
    )


def certified_records(
    task: Task, *, chain: TaskReader, folders: Folders
) -> tuple[RoundRecord, ...]:
    """The records of all rounds with a result, from the first.

    Raises:
        AssayError: one cannot be fetched, or is damaged.
    """
    found = []
    for number in range(1, task.round + 1):
        result = chain.result(RoundPlace(task.id, number))
        if result is not None:
            data = folders.read(result.record, ROUND_FILE, RECORD_LIMIT_BYTES)
            found.append(RoundRecord.decode(data, number))
    return tuple(found)


def earnings_in(record: RoundRecord) -> Earnings:
    """Of each node, from the first round up to a record's."""
    return Earnings(tuple((one.node, one.cumulative) for one in record.earnings))
