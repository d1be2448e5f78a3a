"""What comes into channels and goes back: deposits with a payment, and refunds on request.

    transaction = await funds.bring(payment, price)      # before the call is served
    refund = await funds.give_back(payment)

Both are transactions that cost us gas, so whatever can be checked is checked before. Both can be
repeated: a deposit is made once, and a refund once for each nonce of the channel. What is about to
be given back is held in the book first, so that no voucher is accepted on it meanwhile.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from assay.errors import RefusedError
from assay.market.channels.engine import VoucherEngine
from assay.market.channels.errors import VoucherRefused
from assay.market.channels.model import Channel, Voucher
from assay.market.channels.payload import ChannelPayment
from assay.market.channels.ports import ChannelBook, ChannelChain, Claim
from assay.market.channels.reasons import Refusal

_POLL_S = 0.05


@dataclass(frozen=True, slots=True)
class Refund:
    """What was given back: `amount`, by a transaction; `channel` stands as it is after that."""

    channel: Channel
    amount: int
    transaction: str


class ChannelFunds:
    """Deposits and refunds of one provider; its async methods belong to one event loop.

    Args:
        least_deposit: smaller deposits are not worth their gas to us.
        wait_s: how long a refund waits for calls under way.
    """

    def __init__(
        self,
        engine: VoucherEngine,
        book: ChannelBook,
        chain: ChannelChain,
        *,
        least_deposit: int = 0,
        wait_s: float = 10.0,
    ) -> None:
        self._engine = engine
        self._book = book
        self._chain = chain
        self._least_deposit = least_deposit
        self._wait_s = wait_s

    def least_deposit(self, price: int) -> int:
        """What a client is asked to deposit at least, for calls of this price."""
        return max(self._least_deposit, 10 * price)

    async def bring(self, payment: ChannelPayment, price: int) -> str | None:
        """Make the deposit that came with a voucher; None if that voucher came before.

        Returns:
            The hash of the transaction that made it.

        Raises:
            VoucherRefused: not worth its gas, or the voucher could not pay after it; not made.
            PaymentRefused: the chain refuses it.
            SettlementUncertain, UnavailableError: to be repeated.
        """
        deposit, voucher = payment.deposit, payment.voucher
        assert deposit is not None, "a payload without a deposit brings nothing"
        digest = voucher.digest(self._engine.terms.domain)
        await self._engine.check(payment, digest)
        known = await asyncio.to_thread(
            self._book.find_voucher, voucher.channel, voucher.max_claimable
        )
        if known is not None:
            return None
        if deposit.amount < self._least_deposit:
            raise VoucherRefused(Refusal.DEPOSIT_TOO_SMALL, None, f"least {self._least_deposit}")
        channel = await asyncio.to_thread(self._book.find, voucher.channel)
        charged, spendable = (channel.charged, channel.spendable) if channel else (0, 0)
        if charged + price > voucher.max_claimable:
            raise VoucherRefused(Refusal.SUM, channel)
        if voucher.max_claimable > spendable + deposit.amount:
            raise VoucherRefused(Refusal.ABOVE_BALANCE, channel)
        transaction = await asyncio.to_thread(self._chain.deposit, deposit)
        await self._engine.mirror.refresh(payment.config, payment.channel)
        return transaction

    async def give_back(self, payment: ChannelPayment) -> Refund:
        """Give back what is left of a channel, or the part that is asked for.

        The voucher has to be for what is charged so far: who signs it knows the channel's state.

        Raises:
            VoucherRefused: another sum, nothing left, or calls under way that do not end.
            UnavailableError: to be repeated.
        """
        digest = payment.voucher.digest(self._engine.terms.domain)
        await self._engine.check(payment, digest)
        await self._engine.mirror.refresh(payment.config, payment.channel)
        channel = await self._at_rest(payment)
        if payment.voucher.max_claimable != channel.charged:
            raise VoucherRefused(Refusal.SUM, channel)
        left = channel.chain.balance - channel.charged
        if left <= 0 or (payment.refund_amount or 0) > left:
            raise VoucherRefused(Refusal.NOTHING_TO_REFUND, channel)
        hold = self._book.hold_refund
        held = await asyncio.to_thread(hold, payment.channel, payment.refund_amount)
        if held.refunding <= 0:
            raise VoucherRefused(Refusal.BUSY, held)
        try:
            transaction = await asyncio.to_thread(
                self._chain.refund,
                held.config,
                held.refunding,
                held.chain.refund_nonce,
                _claims(held),
            )
        except RefusedError as error:
            await self._engine.mirror.refresh(payment.config, payment.channel)
            await asyncio.to_thread(
                self._book.drop_refund, payment.channel, held.chain.refund_nonce
            )
            raise VoucherRefused(Refusal.REFUND_FAILED, held, str(error).rstrip(".")) from None
        await self._engine.mirror.refresh(payment.config, payment.channel)
        after = await asyncio.to_thread(self._book.find, payment.channel)
        return Refund(after or held, held.refunding, transaction)

    async def _at_rest(self, payment: ChannelPayment) -> Channel:
        """The channel once none of its calls is under way, or when waiting has gone on enough."""
        deadline = time.monotonic() + self._wait_s
        order = self._engine.known_order(payment, payment.channel, 0)
        while True:
            await self._engine.sweep(order)
            channel = await asyncio.to_thread(self._book.find, payment.channel)
            if channel is None:
                raise VoucherRefused(Refusal.UNKNOWN_CHANNEL)
            if not channel.reserved and not channel.open:
                return channel
            if time.monotonic() >= deadline:
                raise VoucherRefused(Refusal.BUSY, channel)
            await asyncio.sleep(_POLL_S)


def _claims(channel: Channel) -> list[Claim]:
    """What is due goes with the refund, in one transaction."""
    if channel.claimable <= 0:
        return []
    voucher = Voucher(channel.id, channel.signed, channel.signature)
    return [Claim(channel.config, voucher, channel.charged - channel.open)]
