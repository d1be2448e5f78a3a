"""How the calls of one scheme are opened, kept and settled: what `PaidCalls` leaves to the scheme.

    settling = ExactSettling(scheme, book)
    call = await settling.begin(call)

`exact` settles each call by a transaction of its own on the chain, which takes long and may end
unknown: so each step is written down before and after. See `assay.market.metering` for the steps.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Protocol

from assay.market.errors import CallerLeft, PaymentRefused, PaymentReused
from assay.market.metering import Answer, CallState, PaidCall, Payment
from assay.market.ports import CallBook, PaymentScheme

Wanted = Callable[[], Awaitable[bool]]


class Settling(Protocol):
    """The durable steps of a paid call, by one scheme."""

    async def begin(self, call: PaidCall, before: PaidCall | None) -> PaidCall | None:
        """Check the payment of a new call, and note the call; None if the payment has one by now.

        Args:
            before: the call of another request that the payment was given for.

        Raises:
            PaymentRefused, PaymentReused: the payment is not good.
            UnavailableError: chain or database cannot be asked.
        """
        ...

    async def resume(self, call: PaidCall) -> PaidCall:
        """The call, asked for again: as it stands, and free to be worked on."""
        ...

    async def vouch(self, payment: Payment, call: PaidCall) -> None:
        """Check that who asks for a call again, perhaps by another payment, is its payer."""
        ...

    async def keep(self, call: PaidCall, answer: Answer, wanted: Wanted) -> PaidCall:
        """Store the whole answer."""
        ...

    async def keep_part(self, call: PaidCall, answer: Answer) -> PaidCall:
        """Store the part of a stream that was served, for `call.payment.amount`."""
        ...

    async def settle(self, call: PaidCall, wanted: Wanted) -> PaidCall:
        """Have the call paid for; raises as `PaymentScheme.settle`."""
        ...

    async def release(self, call: PaidCall) -> None:
        """Give the payment back, if nothing was served for it."""
        ...

    async def reconcile(self, call: PaidCall) -> PaidCall:
        """After a crash: what became of the payment."""
        ...

    async def receipt(self, call: PaidCall) -> str:
        """The PAYMENT-RESPONSE header of a settled call."""
        ...

    @property
    def one_at_a_time(self) -> bool:
        """Whether the work on one payment has to be kept apart by who works on it."""
        ...

    @property
    def sells_parts(self) -> bool:
        """Whether a stream that breaks off is charged in part, and not generated to its end."""
        ...


class ExactSettling:
    """See `Settling`."""

    one_at_a_time = True
    sells_parts = False

    def __init__(self, scheme: PaymentScheme, book: CallBook) -> None:
        self._scheme = scheme
        self._book = book

    async def begin(self, call: PaidCall, before: PaidCall | None) -> PaidCall | None:
        """See `Settling.begin`; a payment is good for one request."""
        if before is not None:
            raise PaymentReused(call.payment.payer, call.payment.nonce)
        block = await self._scheme.verify(call.payment, call.served)
        call = replace(call, from_block=block)
        return call if await asyncio.to_thread(self._book.insert, call) else None

    async def resume(self, call: PaidCall) -> PaidCall:
        """A payment that was good may have expired since, or somebody else sent it for us."""
        if call.state is not CallState.VERIFIED:
            return call
        try:
            await self._scheme.verify(call.payment, call.served)
        except PaymentRefused:
            call = await self.reconcile(call)
            if call.state is not CallState.SETTLED:
                raise
        return call

    async def vouch(self, payment: Payment, call: PaidCall) -> None:
        """The same payment has to be the same to the letter; another one has to be good."""
        if payment.id != call.payment.id:
            await self._scheme.verify(payment, call.served)
        elif payment.signature != call.payment.signature:
            raise PaymentReused(payment.payer, payment.nonce)

    async def keep(
        self,
        call: PaidCall,
        answer: Answer,
        wanted: Wanted,  # noqa: ARG002 - asked when it is settled, which comes after
    ) -> PaidCall:
        """See `Settling.keep`."""
        return await self._step(call, call.answered(answer))

    async def keep_part(self, call: PaidCall, answer: Answer) -> PaidCall:  # noqa: ARG002
        """Never asked for, as `sells_parts` says: `exact` moves its whole amount."""
        raise AssertionError("a payment by `exact` cannot be charged in part")

    async def settle(self, call: PaidCall, wanted: Wanted) -> PaidCall:
        """Move the money. Once it is on its way the caller's wishes no longer count."""
        if call.state is CallState.SETTLED:
            return call
        if call.state is not CallState.SETTLING and not await wanted():
            raise CallerLeft
        now = await self._step(call, call.settling())

        def sent(transaction: str) -> None:
            nonlocal now
            before, now = now, now.sent(transaction)
            self._book.update(before, now)

        try:
            transaction = await self._scheme.settle(now, sent)
        except PaymentRefused:
            await self._step(now, now.refused())
            raise
        return await self._step(now, now.settled(transaction))

    async def release(self, call: PaidCall) -> None:
        """See `Settling.release`."""
        if call.state is CallState.VERIFIED:
            await asyncio.to_thread(self._book.forget, call)

    async def reconcile(self, call: PaidCall) -> PaidCall:
        """Hold the call against the chain."""
        found = await self._scheme.find_settlement(call)
        if found.transaction:
            return await self._step(call, call.settling().settled(found.transaction))
        if not found.possible:
            return await self._step(call, call.lapsed())
        return call

    async def receipt(self, call: PaidCall) -> str:
        """See `Settling.receipt`."""
        return self._scheme.response_header(call)

    async def _step(self, before: PaidCall, after: PaidCall) -> PaidCall:
        await asyncio.to_thread(self._book.update, before, after)
        return after
