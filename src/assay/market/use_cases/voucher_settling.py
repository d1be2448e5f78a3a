"""How calls paid by voucher are opened, kept and settled: in one database, with no chain between.

    settling = VoucherSettling(payments, book)

Opening sets the price aside and notes the call in one transaction; settling charges the voucher and
writes the answer and the call's state in one durable transaction. So there is no moment at which a
call is charged and not known, or known as paid and not charged.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace

from assay.market.channels.account import Change, Charge, Judged, Order
from assay.market.channels.errors import VoucherRefused
from assay.market.channels.model import NOBODY, Shortfall, VoucherState
from assay.market.channels.payments import VoucherPayments
from assay.market.channels.reasons import Refusal
from assay.market.errors import CallChangedElsewhere, CallerLeft
from assay.market.metering import BATCH, Answer, CallState, PaidCall, Payment
from assay.market.ports import CallBook
from assay.market.use_cases.settling import Wanted


class VoucherSettling:
    """See `Settling`."""

    one_at_a_time = False  # a reservation does it, among all workers
    sells_parts = True

    def __init__(self, payments: VoucherPayments, book: CallBook) -> None:
        self._payments = payments
        self._engine = payments.engine
        self._book = book

    async def begin(self, call: PaidCall, before: PaidCall | None) -> PaidCall | None:
        """Make the deposit that came with the voucher, then set the price in force aside.

        Another call of the voucher that was not charged, and that nobody serves, makes room.

        Raises:
            VoucherRefused: it does not pay; perhaps because the price has risen since it was told.
        """
        paid, price = self._payments.channel_payment(call.payment), call.served.price
        if call.payment.amount < price:  # its payer agreed to less: tell the new price
            await self._engine.check(paid, call.payment.nonce)  # no stranger sees a channel
            channel = (await self._engine.look(paid.voucher)).channel
            raise VoucherRefused(Refusal.SUM, channel, f"the price is {price} now")
        brought = await self._payments.funds.bring(paid, price) if paid.deposit else None
        call = replace(call, payment=replace(call.payment, amount=price), broadcast=brought)
        order = await self._payments.order(call.payment, call.request_digest, price)

        def note(within: object, _judged: Judged) -> None:
            if before is not None:
                self._book.forget(before, within)
            if not self._book.insert(call, within):
                raise CallChangedElsewhere(call.payment.payer, call.payment.nonce)

        try:
            judged = await self._engine.reserve(order, note)
        except CallChangedElsewhere:
            return None
        if judged.entry is None or judged.entry.state is not VoucherState.RESERVED:
            if await self._find(call) is not None:
                return None
            raise VoucherRefused(Refusal.SUM, judged.channel)  # it paid for something else
        return call

    async def resume(self, call: PaidCall) -> PaidCall:
        """Take the call over from a worker that died, or wait for the one that serves it."""
        if call.state is CallState.GENERATED or call.answer is not None:
            return call

        def note(within: object, judged: Judged) -> None:
            """Whoever served it before has given up, and perhaps forgotten it."""
            if judged.entry and judged.entry.state is VoucherState.RESERVED:
                self._book.insert(call, within)

        await self._engine.reserve(self._order(call), note)
        return await self._find(call) or call

    async def vouch(self, payment: Payment, call: PaidCall) -> None:
        """See `Settling.vouch`: the signature says whose payment it is.

        Anybody can write a configuration that names the payer and a key of his own; such a key
        counts in the channel that paid for the call, and in no other.
        """
        if payment.signature == call.payment.signature:
            return
        paid = self._payments.channel_payment(payment)
        if paid.config.payer_authorizer not in (paid.config.payer, NOBODY) and (
            call.payment.scheme != BATCH
            or self._payments.channel_payment(call.payment).channel != paid.channel
        ):
            raise VoucherRefused(Refusal.SIGNATURE, None, "by a key that this call does not know")
        await self._engine.check(paid, payment.nonce)

    async def keep(self, call: PaidCall, answer: Answer, wanted: Wanted) -> PaidCall:
        """Charge for the answer and store it; or store it alone, for a caller who left."""
        answered = call.answered(answer)
        if call.state is CallState.SETTLED:
            return await self._charge(call, answered, Charge(call.payment.amount))
        if await wanted():
            return await self._charge(call, _settled(answered), Charge(call.payment.amount))
        await asyncio.to_thread(self._book.update, call, answered)
        await self._engine.release(self._order(call))
        raise CallerLeft

    async def keep_part(self, call: PaidCall, answer: Answer) -> PaidCall:
        """Let the charge fall to what the part costs, and store it."""
        amount = answer.record.record.amount
        return await self._charge(call, call.charged(amount).answered(answer), Charge(amount))

    async def settle(self, call: PaidCall, wanted: Wanted) -> PaidCall:
        """Charge the voucher: openly while the answer is on its way, for good when it is there."""
        if call.state is CallState.SETTLED:
            return call
        if not await wanted():
            raise CallerLeft
        charge = Charge(call.payment.amount, open=call.answer is None)
        return await self._charge(call, _settled(call), charge)

    async def release(self, call: PaidCall) -> None:
        """See `Settling.release`; a stream that was charged openly is left to be taken over."""
        await self._engine.release(self._order(call))
        if call.state is CallState.VERIFIED:
            await asyncio.to_thread(self._book.forget, call)

    async def reconcile(self, call: PaidCall) -> PaidCall:
        """See `Settling.reconcile`: what was not answered is begun anew when it is asked for."""
        voucher = self._payments.channel_payment(call.payment).voucher
        found = await self._engine.look(voucher)
        if found.channel is None or (found.entry and self._engine.is_served(found.entry)):
            return call
        short = found.channel.lacks(voucher.max_claimable, call.payment.amount)
        if call.state is CallState.VERIFIED:
            await asyncio.to_thread(self._book.forget, call)
            return call.lapsed()
        if short is Shortfall.SIGNED and found.entry is None:  # other calls have used its sum
            await asyncio.to_thread(self._book.update, call, call.lapsed())
            return call.lapsed()
        return call

    async def receipt(self, call: PaidCall) -> str:
        """See `Settling.receipt`."""
        voucher = self._payments.channel_payment(call.payment).voucher
        found = await self._engine.look(voucher)
        assert found.channel is not None, "a settled call has a channel"
        assert found.entry is not None, "a settled call has a charged voucher"
        payer, transaction = call.payment.payer, call.transaction or ""
        return self._payments.receipt(payer, found.channel, found.entry, transaction)

    async def _charge(self, before: PaidCall, after: PaidCall, charge: Charge) -> PaidCall:
        """Charge and write the call's step in one transaction."""

        def note(within: object, _judged: Judged) -> None:
            self._book.update(before, after, within)

        order = self._order(before)
        judged = await self._engine.charge(order, charge, note)
        if judged.change is Change.PUT:
            return after
        return await self._find(before) or before  # another worker has charged and answered it

    def _order(self, call: PaidCall) -> Order:
        return self._payments.known_order(call.payment, call.request_digest)

    async def _find(self, call: PaidCall) -> PaidCall | None:
        return await asyncio.to_thread(self._book.find, call.payment.id)


def _settled(call: PaidCall) -> PaidCall:
    """The call once its voucher is charged; the transaction is that of its deposit, if any."""
    return call.settling().settled(call.broadcast or "")
