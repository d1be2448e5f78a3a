"""What can go wrong when contracts are tried; see `assay.errors` for the tree."""

from __future__ import annotations

from assay.errors import UnavailableError


class TrialImpossible(UnavailableError):
    """A contract cannot be put to the test."""

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(f"The contract cannot be tried: {reason}.", hint=hint)
        self.reason = reason
