"""A call anchor and its index in memory, with the contract's rule: each number once, in order."""

from __future__ import annotations

from collections.abc import Sequence

from assay.core.address import Address
from assay.core.digest import Digest
from assay.errors import RefusedError
from assay.market.metering import PaymentId
from assay.market.model import AnchoredBatch


class FakeAnchors:
    """Both the `Anchors` and the `CallIndex` port; `lose` takes batches back, as a reorg does."""

    def __init__(self, provider: Address) -> None:
        self.provider = provider
        self.batches: list[AnchoredBatch] = []
        self.crash_after_sending = False

    def next_batch(self) -> int:
        return len(self.batches)

    def anchor(self, number: int, root: bytes, calls: int) -> str:
        if number != len(self.batches):
            raise RefusedError(f"expected batch {len(self.batches)}, not {number}")
        transaction = Digest.of(root + bytes([number])).hex
        self.batches.append(
            AnchoredBatch(self.provider, number, root, calls, bytes(32), transaction)
        )
        if self.crash_after_sending:
            self.crash_after_sending = False
            raise KeyboardInterrupt
        return transaction

    def anchored(self, transactions: Sequence[str]) -> list[list[AnchoredBatch]]:
        return [[b for b in self.batches if b.transaction == wanted] for wanted in transactions]

    def anchor_transaction(self, provider: Address, number: int) -> str | None:
        assert provider == self.provider
        return self.batches[number].transaction if number < len(self.batches) else None

    def payment_transaction(self, payment: PaymentId) -> str | None:
        return None

    def lose(self, count: int) -> None:
        del self.batches[len(self.batches) - count :]
