"""What can go wrong where models are trained together; see `assay.errors` for the tree."""

from __future__ import annotations

from assay.core.digest import Digest
from assay.errors import InputError, IntegrityError, RefusedError


class ParametersUnreadable(InputError):
    """Bytes that should be parameters in safetensors are something else."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"These are no parameters: {reason}.",
            hint="Parameters are float32 arrays in safetensors; pickled files are never read.",
        )
        self.reason = reason


class ShapesDiffer(InputError):
    """Parameters belong to another architecture than the task's."""

    def __init__(self, name: str, expected: tuple[int, ...] | None, found: object) -> None:
        wanted = "no such array" if expected is None else f"shape {expected}"
        super().__init__(
            f"The parameters do not fit the task's model: {name} should have {wanted}, "
            f"but has {found}.",
            hint="Train the model that the task names; its card gives the architecture.",
        )
        self.name = name


class UpdateRejected(IntegrityError):
    """A node's update is no honest result of training: not finite, too large, or not as committed.

    Attributes:
        node: whose it is, as 0x and 40 characters.
    """

    def __init__(self, node: str, reason: str) -> None:
        super().__init__(f"The update of {node} is left out: {reason}.")
        self.node = node
        self.reason = reason


class RoundWithoutResult(RefusedError):
    """A round ended and no new global model came of it; the old one stays.

    Attributes:
        round: which one, from 1.
    """

    def __init__(self, round_number: int, reason: str) -> None:
        super().__init__(
            f"Round {round_number} has no result: {reason}.",
            hint="The global model stays as it was, and stakes and rewards with it; the next "
            "round begins as usual.",
        )
        self.round = round_number
        self.reason = reason


class NothingCommitted(RefusedError):
    """A node is asked to open a commitment that it never made."""

    def __init__(self, task: int, round_number: int) -> None:
        super().__init__(
            f"There is no commitment of this node in round {round_number} of task {task}.",
            hint="It joined later, or its folder was lost; it takes part from the next round.",
        )
        self.task = task
        self.round = round_number


class CommitmentsOpen(RefusedError):
    """A node is asked what it committed to while others can still commit to the same."""

    def __init__(self, task: int, round_number: int) -> None:
        super().__init__(
            f"In round {round_number} of task {task} nodes can still commit.",
            hint="Ask again when the task is revealing; a server that keeps asking is hostile.",
        )
        self.task = task
        self.round = round_number


class OrderForeign(IntegrityError):
    """The server asks a node to start from another model than the chain holds."""

    def __init__(self, round_number: int, asked: Digest, expected: Digest) -> None:
        super().__init__(
            f"In round {round_number} the server sent the model {asked}, and the chain holds "
            f"{expected}.",
            hint="Nothing was trained. Ask the sponsor; a server that goes on so is hostile, or "
            "follows another chain.",
        )
        self.round = round_number
        self.asked = asked
        self.expected = expected


class RoundNotPresent(RefusedError):
    """The server asks a node to train in a round that the task is not in."""

    def __init__(self, task: int, asked: int, present: int) -> None:
        super().__init__(
            f"The server asks for training in round {asked} of task {task}, which is in round "
            f"{present}.",
            hint="Nothing was trained, and nothing spent. A server that goes on so is hostile, or "
            "follows another chain.",
        )
        self.asked = asked
        self.present = present
