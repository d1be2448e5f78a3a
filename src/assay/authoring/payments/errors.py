"""What can fail when payments are made from a treasury."""

from __future__ import annotations

from assay.errors import InputError, RefusedError, UnavailableError


class TreasuryMissing(UnavailableError):
    """There is no treasury where one is looked for."""

    def __init__(self, address: str | None) -> None:
        super().__init__(
            f"There is no treasury at {address}."
            if address
            else "This home has made no treasury on this chain.",
            hint="Create one with `assay payment policy create`, or name one with --treasury.",
        )
        self.address = address


class PaymentRefused(RefusedError):
    """The contract refuses; `rule` is the name of its error."""

    def __init__(self, rule: str, text: str, hint: str = "") -> None:
        super().__init__(text, hint=hint)
        self.rule = rule


class PaymentBusy(UnavailableError):
    """Another process pays from the treasury now."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"Another process is paying from the treasury {address} now.",
            hint="Try again in a moment: nothing was paid by this attempt.",
        )
        self.address = address


class NothingToApprove(InputError):
    """The request is refused whatever anybody approves."""

    def __init__(self, reasons: str) -> None:
        super().__init__(f"There is nothing to approve: {reasons}")
        self.reasons = reasons


class JournalDamaged(UnavailableError):
    """A kept payment cannot be read."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"The kept payment {path} cannot be read.",
            hint="Move the file away; what was paid stands on the chain all the same.",
        )
        self.path = path
