"""What can go wrong with payment channels; see `assay.errors` for the tree."""

from __future__ import annotations

from assay.errors import RefusedError


class ClaimRefused(RefusedError):
    """The settlement contract refuses a batch of claims; nothing was claimed."""

    def __init__(self, lines: int, reason: str) -> None:
        super().__init__(
            f"The settlement contract refuses a batch of {lines} claims: {reason}.",
            hint="`assay settle --dry-run` names the channels that cannot be claimed.",
        )
        self.lines = lines
        self.reason = reason


class ClaimTooLarge(RefusedError):
    """A batch of claims does not fit into a block; nothing was claimed."""

    def __init__(self, lines: int, gas: int | None, limit: int) -> None:
        super().__init__(
            f"A batch of {lines} claims takes {gas or 'too much'} gas; {limit} is the limit.",
            hint="Claim fewer channels at once.",
        )
        self.lines = lines
        self.gas = gas
        self.limit = limit
