"""The voucher engine: checks what payers sign, and charges each call durably and once.

    engine = VoucherEngine(terms=terms, book=book, chain=chain, clock=clock)
    order = await engine.order(engine.reader.read(payload), request_digest, price)
    await engine.reserve(order)                        # the price is set aside; serve the call
    judged = await engine.charge(order, Charge(price)) # durable: now the answer may leave

In process, many calls at once, served already:

    judged = engine.pay([Paid(payment, request_digest, price)]).result()

A voucher pays for one call. When calls under way stand in the way of another one, that one waits
for them, for a bounded time; when the voucher's sum is too small it is refused with the sums that
the payer needs to sign a better one. Workers share the book: what one sets aside the others see.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from assay.core.clock import Clock
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.market.channels.account import Charge, Judged, Order, VoucherEntry, Worker
from assay.market.channels.committer import Committer, Outcomes
from assay.market.channels.errors import CallUnderWay, VoucherRefused
from assay.market.channels.mirror import ChainMirror
from assay.market.channels.model import (
    NOBODY,
    Channel,
    Shortfall,
    Voucher,
    VoucherState,
    voucher_digest,
)
from assay.market.channels.payload import ChannelPayment, ChannelTerms, PayloadReader
from assay.market.channels.ports import ChannelBook, ChannelChain
from assay.market.channels.reasons import Refusal
from assay.market.channels.signatures import SignatureChecker
from assay.market.channels.steps import Act, Note, Step
from assay.market.errors import IdentifierReused

_POLL_S = 0.05
_RENEWALS_IN_A_LEASE = 3


@dataclass(frozen=True, slots=True)
class Patience:
    """How long things may take.

    Attributes:
        wait_s: a call for others of its channel.
        fresh_s: until a channel's state is read from the chain again.
        lease_s: a worker that gives no sign of life is believed to live.
    """

    wait_s: float = 10.0
    fresh_s: float = 60.0
    lease_s: int = 8


@dataclass(slots=True)
class Paid:
    """A call that was served and is to be charged, with what was answered, if that is kept."""

    payment: ChannelPayment
    request: Digest
    price: int
    response: bytes | None = None


@dataclass(slots=True)
class _Held:
    order: Order
    renew_at: float
    task: asyncio.Task[object] | None  # that serves the call


class VoucherEngine:
    """The provider's side of `batch-settlement`; its async methods belong to one event loop."""

    def __init__(
        self,
        *,
        terms: ChannelTerms,
        book: ChannelBook,
        chain: ChannelChain,
        clock: Clock,
        patience: Patience = Patience(),
    ) -> None:
        self.terms = terms
        self.reader = PayloadReader(terms)
        self.mirror = ChainMirror(book, chain, fresh_s=patience.fresh_s)
        self._book = book
        self._chain = chain
        self._clock = clock
        self._patience = patience
        self._name = secrets.token_hex(8)
        self._separator = terms.domain.separator
        self._checker = SignatureChecker()
        self._committer = Committer(book, self._worker, self._renewals)
        self._held: dict[tuple[bytes, int], _Held] = {}
        self._waiting: dict[Digest, set[asyncio.Future[None]]] = {}

    def close(self) -> None:
        """End the thread that commits, after what was given to it."""
        self._committer.close()

    async def order(
        self,
        payment: ChannelPayment,
        request: Digest,
        price: int,
        identifier: str | None = None,
    ) -> Order:
        """What a payment orders, once its signature is checked and its channel known.

        Raises:
            VoucherRefused: not signed by who may sign, or of no channel on the chain.
            UnavailableError: the chain cannot be asked.
        """
        order = self.known_order(payment, request, price, identifier)
        await self.check(payment, order.digest)
        await self.mirror.ensure(payment.config, payment.channel)
        return order

    async def check(self, payment: ChannelPayment, digest: Digest) -> None:
        """Check who signed; where a contract has to be asked, on the chain (EIP-1271)."""
        config, signature = payment.config, payment.voucher.signature
        if config.payer_authorizer == NOBODY:
            ask = self._chain.valid_signature
            valid = await asyncio.to_thread(ask, config, digest, signature)
        else:
            valid = self._checker.signed(config.payer_authorizer, digest.raw, signature)
        if not valid:
            raise VoucherRefused(Refusal.SIGNATURE)

    async def reserve(self, order: Order, note: Note | None = None) -> Judged:
        """Set the price aside while the call is served, or find that it was charged before.

        `note` is written in the same transaction, if the price is set aside now.

        Returns:
            With an entry in state RESERVED, or OPEN if the stream of a worker that died goes on:
            serve the call. CHARGED: this very call was served; answer what was answered then.

        Raises:
            VoucherRefused: the voucher does not pay for the call.
            CallUnderWay: the same call is being served, for longer than anybody waits.
            IdentifierReused: the payment identifier stands for another request.
            UnavailableError: the database or the chain does not answer.
        """
        judged = await self._settled(order, Step(Act.RESERVE, order, None, note))
        if judged.entry is not None and judged.entry.state is not VoucherState.CHARGED:
            self._hold(order)
        return judged

    async def charge(self, order: Order, charge: Charge, note: Note | None = None) -> Judged:
        """Charge a call, durably, with `note` in the same transaction; raises as `reserve`.

        Charging twice charges once: the second time finds the first.
        """
        judged = await self._settled(order, Step(Act.CHARGE, order, charge, note))
        if charge.open:
            self._hold(order)
        else:
            self._let_go(order)
        return judged

    async def release(self, order: Order) -> None:
        """Give back what was set aside for a call that is not served."""
        self._let_go(order)
        await self._committer.take(Step(Act.RELEASE, order))
        self._wake(order.voucher.channel)

    async def sweep(self, order: Order) -> None:
        """Give back what dead workers had set aside in the order's channel."""
        await self._committer.take(Step(Act.SWEEP, order))

    async def look(self, voucher: Voucher) -> Judged:
        """How a voucher's channel and call stand, without a change."""
        channel = await asyncio.to_thread(self._book.find, voucher.channel)
        entry = await asyncio.to_thread(
            self._book.find_voucher, voucher.channel, voucher.max_claimable
        )
        return Judged(entry, channel=channel)

    def is_served(self, entry: VoucherEntry) -> bool:
        """Whether a worker that lives is serving the call."""
        return entry.served(self._clock.now_s())

    def pay(self, calls: Sequence[Paid]) -> Paying:
        """Check and charge calls that were served, in one transaction; from any thread.

        While one batch reaches the disk, the next can be checked: hand in a second batch before
        the result of the first is asked for.

        Raises:
            UnavailableError: the chain cannot be asked.
        """
        best: dict[bytes, ChannelPayment] = {}  # of each channel, the one to claim with
        for call in calls:
            voucher = call.payment.voucher
            other = best.get(voucher.channel.raw)
            if other is None or voucher.max_claimable > other.voucher.max_claimable:
                best[voucher.channel.raw] = call.payment
        self.mirror.ensure_all({payment.channel: payment.config for payment in best.values()})
        doubted = {name for name, payment in best.items() if not self._is_claimable(payment)}
        outcomes: list[Judged | AssayError | None] = []
        steps: list[Step] = []
        for call in calls:
            payment = call.payment
            name = payment.voucher.channel.raw
            is_best = best[name] is payment
            strictly = is_best or name in doubted
            order = self.known_order(payment, call.request, call.price, claimable=strictly)
            if is_best:
                signed = name not in doubted
            else:
                signed = self._signed(payment, order.digest, strictly=strictly)
            if signed:
                outcomes.append(None)
                steps.append(Step(Act.CHARGE, order, Charge(call.price, False, call.response)))
            else:
                outcomes.append(VoucherRefused(Refusal.SIGNATURE))
        return Paying(outcomes, self._committer.take_all(steps))

    def _is_claimable(self, payment: ChannelPayment) -> bool:
        return self._signed(payment, payment.voucher.digest(self.terms.domain), strictly=True)

    def _signed(self, payment: ChannelPayment, digest: Digest, *, strictly: bool) -> bool:
        config, signature = payment.config, payment.voucher.signature
        if config.payer_authorizer == NOBODY:
            return self._chain.valid_signature(config, digest, signature)
        return self._checker.signed(
            config.payer_authorizer, digest.raw, signature, strictly=strictly
        )

    def known_order(
        self,
        payment: ChannelPayment,
        request: Digest,
        price: int,
        identifier: str | None = None,
        *,
        claimable: bool = True,
    ) -> Order:
        """What a payment orders whose signature is known to be good."""
        voucher = payment.voucher
        digest = voucher_digest(self._separator, voucher.channel.raw, voucher.max_claimable)
        return Order(voucher, Digest(digest), request, price, identifier, claimable)

    async def _settled(self, order: Order, step: Step) -> Judged:
        """Take a step; wait while other calls stand in its way, within bounds."""
        deadline = time.monotonic() + self._patience.wait_s
        doubted = False
        while True:
            judged = await self._committer.take(step)
            if judged.lacks is None:
                self._wake(order.voucher.channel)
                check_identifier(order, judged)
                return judged
            if judged.lacks is Shortfall.BALANCE and not doubted and judged.channel is not None:
                doubted = True  # the payer may have brought more since it was read
                await self.mirror.refresh(judged.channel.config, judged.channel.id)
                continue
            left_s = deadline - time.monotonic()
            if judged.lacks is not Shortfall.BUSY or left_s <= 0:
                raise self._refusal(order, judged)
            await self._change(order.voucher.channel, min(_POLL_S, left_s))

    def _refusal(self, order: Order, judged: Judged) -> AssayError:
        check_identifier(order, judged)
        if judged.channel is None:
            return VoucherRefused(Refusal.UNKNOWN_CHANNEL)
        if judged.lacks is Shortfall.BALANCE:
            return VoucherRefused(Refusal.ABOVE_BALANCE, judged.channel)
        if judged.lacks is Shortfall.UNCLAIMED:
            return VoucherRefused(Refusal.BUSY, judged.channel, "what is due is claimed first")
        entry = judged.entry
        if judged.lacks is Shortfall.BUSY and entry and entry.request == order.request:
            return CallUnderWay(self._patience.wait_s)
        return VoucherRefused(Refusal.SUM, judged.channel)

    def _worker(self) -> Worker:
        now_s = self._clock.now_s()
        return Worker(self._name, now_s, now_s + self._patience.lease_s)

    def _hold(self, order: Order) -> None:
        """Keep this worker's lease of a call alive until it is let go."""
        self._committer.start()
        renew_at = time.monotonic() + self._patience.lease_s / _RENEWALS_IN_A_LEASE
        held = _Held(order, renew_at, asyncio.current_task())
        self._held[order.voucher.channel.raw, order.voucher.max_claimable] = held

    def _let_go(self, order: Order) -> None:
        self._held.pop((order.voucher.channel.raw, order.voucher.max_claimable), None)

    def _renewals(self) -> Sequence[Step]:
        """Called by the committing thread, about once a second."""
        if not self._held:
            return ()
        now = time.monotonic()
        for name, held in list(self._held.items()):
            if held.task is not None and held.task.done():  # something broke: nobody serves it
                self._held.pop(name, None)
        due = [held for held in list(self._held.values()) if held.renew_at <= now]
        for held in due:
            held.renew_at = now + self._patience.lease_s / _RENEWALS_IN_A_LEASE
        return [Step(Act.RENEW, held.order) for held in due]

    async def _change(self, channel: Digest, longest_s: float) -> None:
        """Until a call of the channel ends here; calls of other workers are found by asking."""
        future = asyncio.get_running_loop().create_future()
        waiting = self._waiting.setdefault(channel, set())
        waiting.add(future)
        try:
            await asyncio.wait({future}, timeout=longest_s)
        finally:
            waiting.discard(future)
            if not waiting:
                self._waiting.pop(channel, None)

    def _wake(self, channel: Digest) -> None:
        for future in self._waiting.pop(channel, ()):
            if not future.done():
                future.set_result(None)


@dataclass(slots=True)
class Paying:
    """Calls that are being charged."""

    _outcomes: list[Judged | AssayError | None]
    _future: Future[Outcomes]

    def result(self, timeout_s: float | None = None) -> list[Judged | AssayError]:
        """What became of each call, in their order; `lacks` says why one was not charged.

        Raises:
            UnavailableError: the database does not answer; paying again is harmless.
        """
        taken = iter(self._future.result(timeout_s))
        return [next(taken) if outcome is None else outcome for outcome in self._outcomes]


def check_identifier(order: Order, judged: Judged) -> None:
    """Refuse a payment identifier that stands for another request."""
    entry = judged.entry
    if (
        entry is not None
        and order.identifier is not None
        and entry.identifier == order.identifier
        and entry.request != order.request
    ):
        raise IdentifierReused(order.identifier)


def charged_so_far(channel: Channel) -> int:
    """What a client is told that its channel is charged: calls under way are counted in.

    It is what the next voucher has to start from, and never more than the payer has signed.
    """
    return channel.charged + channel.reserved
