"""What paying by rules needs of the world."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from assay.authoring.payments.model import Decision, Order, Past, Treasury


class TreasuryOnChain(Protocol):
    """One treasury, as an account sees it and acts on it."""

    def state(self) -> Treasury:
        """The rules and what is left by them, at the newest block."""

    def now_s(self) -> int:
        """The chain's time, in seconds since 1970."""

    def paid_at(self, digest: str) -> int:
        """When a request was paid; 0 if it was not."""

    def approvals(self, order: Order) -> tuple[str, ...]:
        """Those of today's approvers who agreed to exactly this order."""

    def approve(self, order: Order) -> str:
        """Agree to an order; the transaction's hash.

        Raises:
            PaymentRefused: the account may not.
        """

    def pay(self, order: Order) -> str:
        """Pay an order; the transaction's hash. An attempt that is under way is waited for.

        Raises:
            PaymentRefused: a rule of the contract forbids it.
        """


class Journal(Protocol):
    """What was decided and paid from here."""

    def begin(self, past: Past, order: Order, text: str) -> None:
        """Keep, before anything is sent, that an order is about to be paid."""

    def end(self, digest: str, decision: Decision) -> None:
        """Keep what became of it."""

    def order(self, digest: str) -> Order | None:
        """An order that was begun."""

    def pasts(self) -> tuple[Past, ...]:
        """Everything that was begun, oldest first."""

    def lock(self) -> AbstractContextManager[None]:
        """One payment at a time.

        Raises:
            PaymentBusy: another process pays.
        """
