"""Have a model answer a paid call, whole or aloud, and keep what it said with a signed record.

call = await answering.whole(call, settling, wanted)        # a text or a picture
call = await answering.aloud(call, settling, wanted, speech)
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, field

from assay.core.address import Address
from assay.core.chat import TextChunk, TextRequest, join_chunks
from assay.core.clock import Clock
from assay.core.image_request import ImageRequest
from assay.errors import AssayError
from assay.market.calls import RecordDomain, TypedDataSigner, sign_record
from assay.market.errors import UnknownModel
from assay.market.metering import Answer, PaidCall
from assay.market.ports import Blobs, ImageModels, TextModels
from assay.market.use_cases.settling import Settling, Wanted

INTERRUPTED = "interrupted"


@dataclass
class Speech:
    """A stream between the task that generates it and the caller who listens.

    Attributes:
        settled: the call, once its first piece is paid for.
    """

    settled: asyncio.Future[PaidCall]
    chunks: asyncio.Queue[TextChunk | None] = field(default_factory=asyncio.Queue)

    async def listen(self, finished: asyncio.Future[PaidCall]) -> AsyncIterator[TextChunk]:
        """The chunks; raises what `finished` raises, after the last one."""
        while (chunk := await self.chunks.get()) is not None:
            yield chunk
        await asyncio.shield(finished)


class Answering:
    """The models of one provider, and its pen."""

    def __init__(
        self,
        *,
        models: TextModels,
        image_models: ImageModels | None,
        blobs: Blobs,
        signer: TypedDataSigner,
        domain: RecordDomain,
        token: Address,
        clock: Clock,
    ) -> None:
        self._models = models
        self._image_models = image_models
        self._blobs = blobs
        self._signer = signer
        self._domain = domain
        self._token = token
        self._clock = clock

    async def whole(self, call: PaidCall, settling: Settling, wanted: Wanted) -> PaidCall:
        """Generate the whole answer, then keep it; a failure gives the payment back."""
        started_at = self._clock.now_s()
        try:
            if isinstance(call.request, ImageRequest):
                whole = await self._draw(call, call.request)
            else:
                whole = await self._tell(call, call.request)
        except AssayError:
            await settling.release(call)
            raise
        answer = await self._write(call, whole, started_at)
        return await settling.keep(call, answer, wanted)

    async def aloud(
        self, call: PaidCall, settling: Settling, wanted: Wanted, speech: Speech
    ) -> PaidCall:
        """Settle at the first piece, hand out each, and keep the answer when the stream ends.

        When the model fails half-way, the part that was served is charged, where the scheme can do
        so. When the caller leaves, the stream goes on to its end, costs its price and is kept to be
        fetched: else whoever leaves before the last word would pay for a part of what was heard.
        """
        request = call.request
        assert isinstance(request, TextRequest), "pictures come whole"
        started_at = self._clock.now_s()
        spoken: list[TextChunk] = []
        try:
            model = await asyncio.to_thread(self._models.text_model, call.served)
            async with aclosing(model.stream(request)) as chunks:
                async for chunk in chunks:
                    if not spoken:
                        call = await settling.settle(call, wanted)
                        speech.settled.set_result(call)
                    spoken.append(chunk)
                    speech.chunks.put_nowait(chunk)
        except AssayError:
            if spoken and settling.sells_parts:
                most = request.max_tokens
                return await self._keep_part(call, settling, spoken, most, started_at)
            await settling.release(call)
            raise
        answer = await self._write(call, join_chunks(spoken), started_at)
        return await settling.keep(call, answer, wanted)

    async def _tell(self, call: PaidCall, request: TextRequest) -> TextChunk:
        model = await asyncio.to_thread(self._models.text_model, call.served)
        async with aclosing(model.stream(request)) as chunks:
            return join_chunks([chunk async for chunk in chunks])

    async def _draw(self, call: PaidCall, request: ImageRequest) -> TextChunk:
        """A picture as the text that is kept and sent: base64 of its file."""
        if self._image_models is None:
            raise UnknownModel(call.served.name, [])
        model = await asyncio.to_thread(self._image_models.image_model, call.served)
        drawing = await model.generate(request)
        return TextChunk(base64.b64encode(drawing.png).decode(), "stop")

    async def _keep_part(
        self,
        call: PaidCall,
        settling: Settling,
        spoken: list[TextChunk],
        most: int,
        started_at: int,
    ) -> PaidCall:
        """Charge the share of the tokens that were asked for at most, rounded down to a unit.

        It costs a unit at least: the sum of the next voucher has to be another one.
        """
        tokens = sum(bool(chunk.text) for chunk in spoken)
        text = join_chunks(spoken).text
        part = TextChunk(text, INTERRUPTED, completion_tokens=tokens)
        price = call.payment.amount
        amount = min(price, max(1, price * min(tokens, most) // most))
        answer = await self._write(call.charged(amount), part, started_at)
        return await settling.keep_part(call, answer)

    async def _write(self, call: PaidCall, whole: TextChunk, started_at: int) -> Answer:
        """Sign the record of the call and store it."""
        record = call.record_of(whole.text, started_at, self._clock.now_s(), self._token)

        def write() -> Answer:
            signed = sign_record(record, self._domain, self._signer)
            self._blobs.add_bytes(signed.encode())
            return Answer(
                text=whole.text,
                finish_reason=whole.finish_reason or "stop",
                prompt_tokens=whole.prompt_tokens,
                completion_tokens=whole.completion_tokens,
                record=signed,
            )

        return await asyncio.to_thread(write)
