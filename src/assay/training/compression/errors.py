"""What can go wrong where updates are compressed; see `assay.errors` for the tree."""

from __future__ import annotations

from assay.errors import InputError, IntegrityError


class EncodingImpossible(InputError):
    """An option of an encoding is outside its range."""

    def __init__(self, option: str, value: object, allowed: str) -> None:
        super().__init__(
            f"{option} = {repr(value)[:80]} is no way to encode an update.",
            hint=f"Give {option} as {allowed}.",
        )
        self.option = option
        self.value = value


class NotEncodable(InputError):
    """A vector holds numbers that no message can carry, or has another length than its residual."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"This vector cannot be encoded: {reason}.",
            hint="Lower the learning rate or clip gradients if training diverged.",
        )
        self.reason = reason


class ResidualDamaged(IntegrityError):
    """What a sender kept of earlier rounds is not as it was kept."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"This is no residual of the task's model: {reason}.",
            hint="A node may start again from none; a committee takes it from the last record.",
        )
        self.reason = reason


class MessageMalformed(IntegrityError):
    """Bytes that should be an encoded vector are cut, changed, or made to harm the reader."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"This is no encoded update: {reason}.",
            hint="Fetch it again by its CID; if it is the same, its sender is at fault.",
        )
        self.reason = reason


class MessageUnexpected(IntegrityError):
    """A message is encoded in another way, or for another model, than the task says."""

    def __init__(self, property_name: str, expected: object, found: object) -> None:
        super().__init__(
            f"The message does not keep to the task's encoding: {property_name} should be "
            f"{expected}, but is {found}.",
            hint="Encode with the options in the task's terms.",
        )
        self.property_name = property_name
        self.expected = expected
        self.found = found
