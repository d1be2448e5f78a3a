"""What can be wrong with a statement."""

from __future__ import annotations

from collections.abc import Sequence

from assay.errors import InputError, IntegrityError

_SHOWN = 20


class PeriodMalformed(InputError):
    """A date that is none, or a period that ends before it begins."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"This is no period: {detail}.",
            hint="Write dates like 2026-01-31, or times like 2026-01-31T12:00:00, in UTC.",
        )
        self.detail = detail


class StatementMalformed(IntegrityError):
    """A document that is not a statement."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"The statement is malformed: {detail[:300]}.")
        self.detail = detail


class VoucherDamaged(IntegrityError):
    """A voucher in the book is not what was written."""

    def __init__(self, digest: str, detail: str) -> None:
        super().__init__(f"The voucher {digest} in the book is damaged: {detail[:200]}.")
        self.digest = digest
        self.detail = detail


class StatementFaulty(IntegrityError):
    """A statement that does not say what happened. `faults` are sentences."""

    def __init__(self, faults: Sequence[str]) -> None:
        shown = "; ".join(faults[:_SHOWN])
        rest = f"; and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        super().__init__(
            f"The statement is wrong in {len(faults)} ways: {shown}{rest}.",
            hint="Keep it, and your own records: together they show what the provider did.",
        )
        self.faults = tuple(faults)
