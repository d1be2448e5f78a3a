"""What can go wrong where models are trained together; see `assay.errors` for the tree."""

from __future__ import annotations

from assay.errors import InputError, IntegrityError


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
