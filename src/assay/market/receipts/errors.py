"""Why a signed offer or receipt is worth nothing."""

from __future__ import annotations

from assay.errors import IntegrityError


class ReceiptMalformed(IntegrityError):
    """A header whose offer or receipt is not one."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"The signed offer or receipt cannot be read: {detail}.")
        self.detail = detail


class ReceiptForged(IntegrityError):
    """An offer or receipt that the provider has not signed."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(f"The signature of the {kind.lower()} does not hold: {detail}.")
        self.kind = kind
        self.detail = detail


class ReceiptContradicted(IntegrityError):
    """An offer or receipt about something else than was asked and paid."""

    def __init__(self, field: str, expected: str, found: str) -> None:
        super().__init__(
            f"The {field} in the signed offer or receipt is {found[:200]}, but should be "
            f"{expected[:200]}.",
            hint="Keep the headers: the provider has signed them.",
        )
        self.field = field
        self.expected = expected
        self.found = found
