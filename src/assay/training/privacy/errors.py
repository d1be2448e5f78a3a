"""What can go wrong where a task promises differential privacy; see `assay.errors` for the tree."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from assay.errors import InputError, IntegrityError, RefusedError

_MICRO = 1_000_000


class PrivacyTermsInvalid(InputError):
    """A term of the promise can't be."""

    def __init__(self, term: str, value: object, allowed: str) -> None:
        super().__init__(
            f"Privacy can't have {term} = {value}.",
            hint=f"Give {allowed}; `assay train open --help` names the options.",
        )
        self.term = term
        self.value = value


class DeltaTooLarge(RefusedError):
    """A task's delta would allow what the promise is there to prevent."""

    def __init__(self, delta: Fraction, records: int) -> None:
        super().__init__(
            f"The task's delta is {delta}, which is above 1/{records} for {records} records: "
            "whoever gives one of them away whole would keep such a promise.",
            hint="Do not take part with so many records, or ask the sponsor for a task with a "
            "smaller --delta.",
        )
        self.delta = delta
        self.records = records


class PrivacyBudgetSpent(RefusedError):
    """One more round would take a node beyond the task's limit of epsilon."""

    def __init__(self, round_number: int, would_be_micro: int, limit_micro: int) -> None:
        super().__init__(
            f"Training in round {round_number} would bring a node's epsilon to "
            f"{would_be_micro / _MICRO:.4f}, and the task's limit is {limit_micro / _MICRO:g}.",
            hint="A node takes no part any more then; so that the others need not wait for it, it "
            "can leave: `assay train leave TASK`. A new task needs more noise, fewer rounds, or a "
            "higher limit.",
        )
        self.round = round_number
        self.would_be_micro = would_be_micro
        self.limit_micro = limit_micro


class PrivacyLedgerDamaged(IntegrityError):
    """What a node has spent cannot be read or written, so it must not spend more."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The record of spent privacy in {path} can't be used: {reason}.",
            hint="Bring the file back from a copy, or leave the task: without it nobody knows how "
            "much of the promise is left.",
        )
        self.path = path
        self.reason = reason


class PrivacyMissing(RefusedError):
    """An update is to be published, and the task's noise was not added."""

    def __init__(self, round_number: int) -> None:
        super().__init__(
            f"The update of round {round_number} has not been through the task's privacy "
            "mechanism, and is not published.",
            hint="An app of one's own needs the mods of `assay.training.engine.client.client_app`.",
        )
        self.round = round_number


class RecordsPrivate(RefusedError):
    """A server asks how good a model is on records that a task keeps private."""

    def __init__(self) -> None:
        super().__init__(
            "This node does not tell how good a model is on its records: the task promises "
            "differential privacy, and such an answer has none.",
            hint="The validators measure on their own records: `assay train status`.",
        )
