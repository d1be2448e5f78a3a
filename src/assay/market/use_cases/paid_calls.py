"""Serve paid calls: verify, generate, settle and deliver, in an order that survives a crash.

    calls = PaidCalls(catalogue=..., models=..., scheme=..., book=..., ...)
    await calls.recover()
    call = await calls.answer(request, payment_header)
    print(call.answer.text, call.transaction)

What may follow what is written in `assay.market.metering`; here it is done. Work goes on when the
caller leaves, and one payment is worked on by one task at a time.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from assay.core.address import Address
from assay.core.chat import LARGEST_SEED, TextChunk, join_chunks
from assay.core.clock import Clock
from assay.errors import AssayError
from assay.market.calls import RecordDomain, TypedDataSigner, sign_record
from assay.market.errors import CallerLeft, PaymentRefused
from assay.market.metering import (
    Answer,
    CallRequest,
    CallState,
    PaidCall,
    Payment,
    PaymentId,
    ServedModel,
    Step,
)
from assay.market.ports import (
    Blobs,
    CallBook,
    PaymentScheme,
    ServiceCatalogue,
    TextModels,
)

_T = TypeVar("_T")
Wanted = Callable[[], Awaitable[bool]]


def pick_seed() -> int:
    """A seed for a caller who gave none."""
    return secrets.randbelow(LARGEST_SEED + 1)


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
    """The metered service of one provider; used from one event loop."""

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
        choose_seed: Callable[[], int] = pick_seed,
    ) -> None:
        self._catalogue = catalogue
        self._models = models
        self._scheme = scheme
        self._book = book
        self._blobs = blobs
        self._signer = signer
        self._domain = domain
        self._clock = clock
        self._choose_seed = choose_seed
        self._locks: WeakValueDictionary[PaymentId, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def token(self) -> Address:
        """The ERC-20 that is paid in."""
        return self._scheme.token

    async def services(self) -> list[ServedModel]:
        """What can be called, at which price."""
        return await asyncio.to_thread(self._catalogue.services)

    async def ask_payment(self, model: str, url: str, error: str) -> str:
        """The PAYMENT-REQUIRED header for one call of a model.

        Raises:
            UnknownModel: it is not served here.
        """
        served = await asyncio.to_thread(self._catalogue.service, model)
        return await self._scheme.required_header(served, url, error)

    def receipt(self, call: PaidCall) -> str:
        """The PAYMENT-RESPONSE header of a settled call."""
        return self._scheme.response_header(call)

    async def answer(self, request: CallRequest, header: str, wanted: Wanted = _always) -> PaidCall:
        """Serve one call whole; the result is settled and has its answer.

        `wanted` is asked before money moves: a caller who left is not charged, and gets the
        answer by repeating the request with the same payment.

        Raises:
            PaymentMalformed, PaymentRefused, PaymentReused: nothing was charged by this request.
            SettlementUncertain: to be repeated with the same payment.
            UnknownModel, InputError, UnavailableError: the model cannot answer; nothing charged.
            CallerLeft: `wanted` said no.
        """
        payment = self._scheme.read(header)
        return await asyncio.shield(self._start(self._answer(request, payment, wanted)))

    async def stream(self, request: CallRequest, header: str, wanted: Wanted = _always) -> Streamed:
        """Serve one call in pieces: the payment is settled once the first piece is there.

        Raises:
            As `answer`; and from the chunks, UnavailableError: the model failed half-way. The
            whole answer is then still to be had by repeating the request with the same payment.
        """
        payment = self._scheme.read(header)
        settled = asyncio.get_running_loop().create_future()
        channel: asyncio.Queue[TextChunk | None] = asyncio.Queue()
        finished = self._start(self._stream(request, payment, wanted, settled, channel))
        await asyncio.wait({settled, finished}, return_when=asyncio.FIRST_COMPLETED)
        if not settled.done():
            await asyncio.shield(finished)  # raises what went wrong
        return Streamed(settled.result(), _read(channel, finished), finished)

    async def recover(self) -> Recovery:
        """After a start: hold every unfinished call against the chain.

        Nothing is charged here: a caller whose answer is ready pays when asking for it again.

        Raises:
            UnavailableError: the chain or the database cannot be asked.
        """
        calls = await asyncio.to_thread(self._book.unfinished)
        ended = [await self._reconcile(call) for call in calls]
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

    async def _answer(self, request: CallRequest, payment: Payment, wanted: Wanted) -> PaidCall:
        lock = self._lock(payment.id)
        async with lock:
            call = await self._open(request, payment)
            while True:
                match call.next_step():
                    case Step.GENERATE:
                        call = await self._generate(call)
                    case Step.SETTLE:
                        call = await self._settle(call, wanted)
                    case Step.DELIVER:
                        return call

    async def _stream(
        self,
        request: CallRequest,
        payment: Payment,
        wanted: Wanted,
        settled: asyncio.Future[PaidCall],
        channel: asyncio.Queue[TextChunk | None],
    ) -> PaidCall:
        try:
            lock = self._lock(payment.id)
            async with lock:
                call = await self._open(request, payment)
                if call.state in (CallState.GENERATED, CallState.SETTLING):
                    call = await self._settle(call, wanted)
                if call.next_step() is Step.GENERATE:
                    return await self._generate_aloud(call, wanted, settled, channel)
                settled.set_result(call)
                channel.put_nowait(_stored_chunk(call))
                return call
        finally:
            channel.put_nowait(None)

    async def _open(self, request: CallRequest, payment: Payment) -> PaidCall:
        """The call of this payment: the one begun before, or a new one if the payment is good."""
        call = await asyncio.to_thread(self._book.find, payment.id)
        if call is None:
            served = await asyncio.to_thread(self._catalogue.service, request.model)
            block = await self._scheme.verify(payment, served)
            seed = request.text.seed if request.seed_given else self._choose_seed()
            call = PaidCall(
                payment=payment,
                served=served,
                request=replace(request.text, seed=seed),
                request_digest=request.digest,
                verified_at=self._clock.now_s(),
                from_block=block,
            )
            if await asyncio.to_thread(self._book.insert, call):
                return call
            call = await asyncio.to_thread(self._book.find, payment.id) or call
        call.check_same(payment, request)
        if call.state is CallState.VERIFIED:
            call = await self._verify_again(call)
        return call

    async def _verify_again(self, call: PaidCall) -> PaidCall:
        """A payment that was good may have expired since, or somebody else sent it for us."""
        try:
            await self._scheme.verify(call.payment, call.served)
        except PaymentRefused:
            call = await self._reconcile(call)
            if call.state is not CallState.SETTLED:
                raise
        return call

    async def _generate(self, call: PaidCall) -> PaidCall:
        started_at = self._clock.now_s()
        try:
            model = await asyncio.to_thread(self._models.text_model, call.served)
            async with aclosing(model.stream(call.request)) as chunks:
                whole = join_chunks([chunk async for chunk in chunks])
        except AssayError:
            await self._release(call)
            raise
        return await self._keep(call, whole, started_at)

    async def _generate_aloud(
        self,
        call: PaidCall,
        wanted: Wanted,
        settled: asyncio.Future[PaidCall],
        channel: asyncio.Queue[TextChunk | None],
    ) -> PaidCall:
        started_at = self._clock.now_s()
        spoken: list[TextChunk] = []
        try:
            model = await asyncio.to_thread(self._models.text_model, call.served)
            async with aclosing(model.stream(call.request)) as chunks:
                async for chunk in chunks:
                    if not spoken:
                        call = await self._settle(call, wanted)
                        settled.set_result(call)
                    spoken.append(chunk)
                    channel.put_nowait(chunk)
        except AssayError:
            await self._release(call)
            raise
        return await self._keep(call, join_chunks(spoken), started_at)

    async def _keep(self, call: PaidCall, whole: TextChunk, started_at: int) -> PaidCall:
        """Sign the record and store it, then the answer."""
        record = call.record_of(whole.text, started_at, self._clock.now_s(), self._scheme.token)

        def keep() -> PaidCall:
            signed = sign_record(record, self._domain, self._signer)
            self._blobs.add_bytes(signed.encode())
            answer = Answer(
                text=whole.text,
                finish_reason=whole.finish_reason or "stop",
                prompt_tokens=whole.prompt_tokens,
                completion_tokens=whole.completion_tokens,
                record=signed,
            )
            after = call.answered(answer)
            self._book.update(call, after)
            return after

        return await asyncio.to_thread(keep)

    async def _settle(self, call: PaidCall, wanted: Wanted) -> PaidCall:
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

    async def _reconcile(self, call: PaidCall) -> PaidCall:
        found = await self._scheme.find_settlement(call)
        if found.transaction:
            return await self._step(call, call.settling().settled(found.transaction))
        if not found.possible:
            return await self._step(call, call.lapsed())
        return call

    async def _release(self, call: PaidCall) -> None:
        if call.state is CallState.VERIFIED:
            await asyncio.to_thread(self._book.forget, call)

    async def _step(self, before: PaidCall, after: PaidCall) -> PaidCall:
        await asyncio.to_thread(self._book.update, before, after)
        return after

    def _lock(self, payment: PaymentId) -> asyncio.Lock:
        return self._locks.setdefault(payment, asyncio.Lock())

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


async def _read(
    channel: asyncio.Queue[TextChunk | None], finished: asyncio.Future[PaidCall]
) -> AsyncIterator[TextChunk]:
    while (chunk := await channel.get()) is not None:
        yield chunk
    await asyncio.shield(finished)


def _stored_chunk(call: PaidCall) -> TextChunk:
    answer = call.answer
    assert answer
    return TextChunk(
        answer.text, answer.finish_reason, answer.prompt_tokens, answer.completion_tokens
    )
