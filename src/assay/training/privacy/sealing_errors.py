"""What can go wrong with sealed updates; see `assay.errors`. No message holds a secret."""

from __future__ import annotations

from assay.core.address import Address
from assay.errors import InputError, IntegrityError, RefusedError


class CommitteeUnusable(InputError):
    """Nothing can be sealed to a committee whose keys are missing, misshapen or weak."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"No update can be sealed to this committee: {reason}.",
            hint="Each validator registers the X25519 key of its account with `rotateKey`.",
        )
        self.reason = reason


class SealedMalformed(IntegrityError):
    """Files that should be a sealed update are something else."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"This is no sealed update: {reason}.")
        self.reason = reason


class SealedElsewhere(IntegrityError):
    """A sealed update belongs to another task, round, node or set of keys."""

    def __init__(self, property_name: str, expected: object, found: object) -> None:
        super().__init__(
            f"The sealed update belongs elsewhere: its {property_name} is {found}, not {expected}.",
            hint="Seal again, to the committee's present keys.",
        )
        self.property_name = property_name
        self.expected = expected
        self.found = found


class SealedDamaged(IntegrityError):
    """A sealed update, or a member's key in it, was changed, or never opened at all."""

    def __init__(self, part: str) -> None:
        super().__init__(
            f"The {part} of the sealed update does not open: it was changed, or sealed to "
            "another key.",
            hint="Ask another validator for the content key; it is checked before it is used.",
        )
        self.part = part


class NotSealedTo(RefusedError):
    """An update was sealed to others."""

    def __init__(self, member: Address, epoch: int) -> None:
        super().__init__(
            f"The update is not sealed to {member} in epoch {epoch} of the committee's keys.",
            hint="Only validators whose key was registered before the round began open it.",
        )
        self.member = member
        self.epoch = epoch
