"""What can be wrong with what a task or a round left behind."""

from __future__ import annotations

from assay.errors import InputError, IntegrityError


class PayloadMalformed(IntegrityError):
    """What a node sealed is no update with its facts."""

    def __init__(self) -> None:
        super().__init__(
            "The sealed update holds something else than an update.",
            hint="The node has to run a version of Assay that fits the task's.",
        )


class PlanMalformed(InputError):
    """A task's plan is not one that can be read."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The task's plan cannot be read: {reason}.",
            hint="`assay train open --help` names its options; the sponsor has to open a new task.",
        )
        self.reason = reason


class RecordMalformed(IntegrityError):
    """A round's record is not what a committee writes."""

    def __init__(self, round_number: int, reason: str) -> None:
        super().__init__(
            f"The record of round {round_number} cannot be read: {reason}.",
            hint="Fetch it anew from another gateway; its CID is on the chain.",
        )
        self.round = round_number
        self.reason = reason


class FileTooLarge(IntegrityError):
    """A file of a folder is larger than anything that belongs there."""

    def __init__(self, name: str, limit_bytes: int) -> None:
        super().__init__(
            f"{name} has more than the {limit_bytes} bytes that it can need.",
            hint="It was not read; whoever made the folder did not keep to the task's plan.",
        )
        self.name = name
        self.limit_bytes = limit_bytes
