"""Serve paid calls: verify, generate, settle and deliver, in an order that survives a crash.

    calls = PaidCalls(catalogue=..., models=..., scheme=..., book=..., ...)
    await calls.recover()
    call = await calls.answer(request, payment_header)
    print(call.answer.text, call.transaction)

What may follow what is written in `assay.market.metering`; here it is done, for payments by `exact`
and, where the provider takes them, by voucher. Work goes on when the caller leaves, and one payment
is worked on by one task at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from assay.core.address import Address
from assay.core.chat import TextChunk, pick_seed
from assay.core.clock import Clock
from assay.market.calls import RecordDomain, TypedDataSigner
from assay.market.channels.errors import VoucherRefused
from assay.market.channels.payload import PaymentKind
from assay.market.channels.payments import VoucherPayments
from assay.market.errors import CallChangedElsewhere, IdentifierReused, PaymentMalformed
from assay.market.metering import (
    BATCH,
    AnyCallRequest,
    CallRequest,
    CallState,
    PaidCall,
    Payment,
    PaymentId,
    ServedModel,
    Step,
)
from assay.market.payment_header import read_header, required_header
from assay.market.ports import (
    Blobs,
    CallBook,
    ImageModels,
    PaymentScheme,
    Receipts,
    ServiceCatalogue,
    TextModels,
)
from assay.market.use_cases.answering import Answering, Speech
from assay.market.use_cases.settling import ExactSettling, Settling, Wanted
from assay.market.use_cases.voucher_settling import VoucherSettling

_T = TypeVar("_T")


async def _always() -> bool:
    return True


@dataclass(frozen=True)
class Streamed:
    """A settled call whose answer arrives: `chunks` ends with the finish reason and the counts.

    `finished` is the same call with its answer and record, once the chunks have ended.
    """

    call: PaidCall
    chunks: AsyncIterator[TextChunk]
    finished: asyncio.Future[PaidCall]


@dataclass(frozen=True)
class Recovery:
    """What `recover` found: calls that the chain says were paid, that lapsed, and still open."""

    settled: int
    lapsed: int
    open: int


class PaidCalls:
    """The metered service of one provider; used from one event loop.

    Args:
        image_models: those that draw, where pictures are sold.
        vouchers: payments by `batch-settlement`, where the chain has the contract for them.
        receipts: signs offers and receipts.
    """

    def __init__(
        self,
        *,
        catalogue: ServiceCatalogue,
        models: TextModels,
        scheme: PaymentScheme,
        book: CallBook,
        blobs: Blobs,
        signer: TypedDataSigner,
        domain: RecordDomain,
        clock: Clock,
        image_models: ImageModels | None = None,
        vouchers: VoucherPayments | None = None,
        receipts: Receipts | None = None,
        choose_seed: Callable[[], int] = pick_seed,
    ) -> None:
        self._catalogue = catalogue
        self._scheme = scheme
        self._vouchers = vouchers
        self._receipts = receipts
        self._book = book
        self._blobs = blobs
        self._clock = clock
        self._choose_seed = choose_seed
        self._answering = Answering(
            models=models,
            image_models=image_models,
            blobs=blobs,
            signer=signer,
            domain=domain,
            token=scheme.token,
            clock=clock,
        )
        self._exact: Settling = ExactSettling(scheme, book)
        self._by_voucher: Settling | None = None
        if vouchers is not None:
            self._by_voucher = VoucherSettling(vouchers, book)
        self._locks: WeakValueDictionary[PaymentId, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def token(self) -> Address:
        """The ERC-20 that is paid in."""
        return self._scheme.token

    async def services(self) -> list[ServedModel]:
        """What can be called, at which price."""
        return await asyncio.to_thread(self._catalogue.services)

    async def ask_payment(self, model: str | None, url: str, refusal: Exception | str) -> str:
        """The PAYMENT-REQUIRED header for one call of a model; of the first one, if None.

        Args:
            refusal: why it is asked for; one of a voucher corrects what its client believes.

        Raises:
            UnknownModel: it is not served here.
        """
        served = await asyncio.to_thread(self._served, model)
        offers = [self._scheme.offer(served)]
        if self._vouchers is not None:
            corrected = refusal if isinstance(refusal, VoucherRefused) else None
            offers.append(self._vouchers.offer(served.price, served.provider, corrected))
        reason = refusal if isinstance(refusal, str) else str(getattr(refusal, "reason", ""))
        header = required_header(offers, url, reason, f"One call of {served.name}")
        if self._receipts is None:
            return header
        return await asyncio.to_thread(self._receipts.with_offers, header, url)

    async def receipt(self, call: PaidCall, url: str) -> str:
        """The PAYMENT-RESPONSE header of a settled call."""
        header = await self._settling(call.payment).receipt(call)
        if self._receipts is None:
            return header
        return await asyncio.to_thread(self._receipts.with_receipt, header, url)

    async def answer(
        self, request: AnyCallRequest, header: str, wanted: Wanted = _always
    ) -> PaidCall:
        """Serve one call whole; the result is settled and has its answer.

        `wanted` is asked before money moves: a caller who left is not charged, and gets the
        answer by repeating the request with the same payment.

        Raises:
            PaymentMalformed, PaymentRefused, PaymentReused: nothing was charged by this request.
            SettlementUncertain: to be repeated with the same payment.
            UnknownModel, InputError, UnavailableError: the model cannot answer; nothing charged.
            CallerLeft: `wanted` said no.
        """
        payment = self._read(header)
        return await asyncio.shield(self._start(self._answer(request, payment, wanted)))

    async def stream(self, request: CallRequest, header: str, wanted: Wanted = _always) -> Streamed:
        """Serve one call in pieces: the payment is settled once the first piece is there.

        A stream that was paid by voucher and whose model fails costs the part that was served, and
        that part is the answer.

        Raises:
            As `answer`; and from the chunks, UnavailableError: the model failed half-way. The
            whole answer is then still to be had by repeating the request with the same payment.
        """
        payment = self._read(header)
        speech = Speech(asyncio.get_running_loop().create_future())
        finished = self._start(self._stream(request, payment, wanted, speech))
        await asyncio.wait({speech.settled, finished}, return_when=asyncio.FIRST_COMPLETED)
        if not speech.settled.done():
            await asyncio.shield(finished)  # raises what went wrong
        return Streamed(speech.settled.result(), speech.listen(finished), finished)

    async def refund(self, header: str) -> tuple[dict[str, str], str] | None:
        """Give a channel's rest back, if that is what the payment header asks for.

        Returns:
            The body of the answer and its PAYMENT-RESPONSE; None if the header asks for a call.

        Raises:
            PaymentMalformed, PaymentRefused, UnavailableError: nothing was given back, or it is
                not known; asking again is harmless.
        """
        signed = read_header(header)
        asked = isinstance(signed.payload.get("type"), str) and signed.payload["type"]
        if signed.scheme != BATCH or asked != PaymentKind.REFUND or self._vouchers is None:
            return None
        payment = self._vouchers.read_channel(signed)
        refund = await asyncio.shield(self._start(self._vouchers.funds.give_back(payment)))
        body = {"message": "Refund acknowledged", "channelId": payment.channel.hex}
        return body, self._vouchers.refund_receipt(refund)

    async def recover(self) -> Recovery:
        """After a start: hold every unfinished call against the chain.

        Nothing is charged here: a caller whose answer is ready pays when asking for it again. A
        stream that was charged by voucher and broke off with its worker is generated to its end, in
        the background: until then its channel's sum is open, and can be neither claimed nor given
        back.

        Raises:
            UnavailableError: the chain or the database cannot be asked.
        """
        for owed in await asyncio.to_thread(self._book.unanswered, BATCH):
            self._start(self._finish(owed))
        calls = await asyncio.to_thread(self._book.unfinished)
        ended = [await self._settling(call.payment).reconcile(call) for call in calls]
        states = [call.state for call in ended]
        settled, lapsed = states.count(CallState.SETTLED), states.count(CallState.LAPSED)
        return Recovery(settled, lapsed, len(states) - settled - lapsed)

    async def close(self, patience_s: float = 30.0) -> None:
        """Let the calls in progress end, then stop those that do not."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=patience_s)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._vouchers is not None:
            await asyncio.to_thread(self._vouchers.engine.close)

    async def _finish(self, call: PaidCall) -> None:
        """Answer a call that is charged, unless another worker does."""
        settling = self._settling(call.payment)
        call = await settling.resume(call)
        if call.next_step() is Step.GENERATE:
            await self._answering.whole(call, settling, _always)

    async def _answer(self, request: AnyCallRequest, payment: Payment, wanted: Wanted) -> PaidCall:
        name = await self._name(payment, request)
        async with self._lock(payment, name):
            call = await self._open(request, payment, name)
            settling = self._settling(call.payment)
            while True:
                match call.next_step():
                    case Step.GENERATE:
                        call = await self._answering.whole(call, settling, wanted)
                    case Step.SETTLE:
                        call = await settling.settle(call, wanted)
                    case Step.DELIVER:
                        return call

    async def _stream(
        self, request: CallRequest, payment: Payment, wanted: Wanted, speech: Speech
    ) -> PaidCall:
        try:
            name = await self._name(payment, request)
            async with self._lock(payment, name):
                call = await self._open(request, payment, name)
                settling = self._settling(call.payment)
                if call.state in (CallState.GENERATED, CallState.SETTLING):
                    call = await settling.settle(call, wanted)
                if call.next_step() is Step.GENERATE:
                    return await self._answering.aloud(call, settling, wanted, speech)
                speech.settled.set_result(call)
                speech.chunks.put_nowait(_stored_chunk(call))
                return call
        finally:
            speech.chunks.put_nowait(None)

    async def _name(self, payment: Payment, request: AnyCallRequest) -> PaymentId:
        """The payment that stands for the call: the first one that came with its identifier.

        Raises:
            IdentifierReused: the identifier stands for another request.
        """
        if payment.identifier is None:
            return payment.id
        call = await asyncio.to_thread(
            self._book.find_identified, payment.payer, payment.identifier
        )
        if call is None or call.payment.id == payment.id:
            return payment.id
        if call.request_digest != request.digest:
            raise IdentifierReused(payment.identifier)
        return call.payment.id

    async def _open(self, request: AnyCallRequest, payment: Payment, name: PaymentId) -> PaidCall:
        """The call of this payment: the one begun before, or a new one if the payment is good."""
        call = await asyncio.to_thread(self._book.find, name)
        settling = self._settling(payment)
        if call is None or call.request_digest != request.digest:
            served = await asyncio.to_thread(self._catalogue.service, request.model)
            new = PaidCall(
                payment=payment,
                served=served,
                request=request.seeded(self._choose_seed),
                request_digest=request.digest,
                verified_at=self._clock.now_s(),
                from_block=0,
            )
            if begun := await settling.begin(new, call):
                return begun
            name = await self._name(payment, request)  # another one began it meanwhile
            call = await asyncio.to_thread(self._book.find, name)
            if call is None or call.request_digest != request.digest:
                raise CallChangedElsewhere(payment.payer, payment.nonce)
        await settling.vouch(payment, call)
        return await self._settling(call.payment).resume(call)

    def _read(self, header: str) -> Payment:
        """The payment in a header, by the scheme that it names."""
        signed = read_header(header)
        if signed.scheme == BATCH and self._vouchers is not None:
            return self._vouchers.read(signed)
        return self._scheme.read(header)

    def _settling(self, payment: Payment) -> Settling:
        if payment.scheme != BATCH:
            return self._exact
        if self._by_voucher is None:
            raise PaymentMalformed("vouchers are not taken here")
        return self._by_voucher

    def _served(self, model: str | None) -> ServedModel:
        if model is not None:
            return self._catalogue.service(model)
        services = self._catalogue.services()
        return services[0] if services else self._catalogue.service("")

    def _lock(self, payment: Payment, name: PaymentId) -> AbstractAsyncContextManager[Any]:
        if not self._settling(payment).one_at_a_time:
            return nullcontext()
        return self._locks.setdefault(name, asyncio.Lock())

    def _start(self, work: Coroutine[Any, Any, _T]) -> asyncio.Task[_T]:
        """Run to the end whatever happens to the request that asked for it."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # seen: the one who waits for it, if anybody still does, gets it


def _stored_chunk(call: PaidCall) -> TextChunk:
    answer = call.answer
    assert answer
    return TextChunk(
        answer.text, answer.finish_reason, answer.prompt_tokens, answer.completion_tokens
    )
