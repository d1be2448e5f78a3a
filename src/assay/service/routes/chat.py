"""`/v1`: models that answer for a payment, in the shape of OpenAI's API.

Without a payment the answer is 402 with what to pay in PAYMENT-REQUIRED; an x402 client pays and
asks again with PAYMENT-SIGNATURE. See `assay.market.use_cases.paid_calls` for the order of things.
A client that wants the rest of its channel back asks with a refund in that header, by GET or POST.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from assay.errors import AssayError
from assay.market.errors import PaymentRefused, PaymentRequired, PaymentReused
from assay.market.use_cases.paid_calls import PaidCalls, Streamed
from assay.service import chat_format
from assay.service.chat_format import ChatCompletionRequest, ChatRequest, read_request
from assay.service.deps import ClientDependency
from assay.service.paying import (
    ask_payment,
    give_refund,
    read_payment,
    tell_failure,
    write_receipt,
)

router = APIRouter(prefix="/v1", tags=["calls"])

_REQUEST_SCHEMA = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": ChatCompletionRequest.model_json_schema()}},
    }
}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    400: {"description": "The request or the payment header cannot be read"},
    402: {"description": "What to pay is in the header PAYMENT-REQUIRED"},
    404: {"description": "No such model"},
    503: {"description": "Try again, with the same payment"},
}


@router.get("/models")
async def models(client: ClientDependency) -> dict[str, Any]:
    """The services that can be called, each with its price in units of the payment token."""
    calls = client.workspace.market.paid_calls
    return chat_format.model_list(await calls.services(), calls.token)


@router.get("/chat/completions", responses=_RESPONSES)
async def refunds(request: Request, client: ClientDependency) -> Response:
    """What a call costs, by 402; or, for a refund in PAYMENT-SIGNATURE, a channel's rest.

    `?model=` names the model; without it the price is that of the first one.
    """
    calls, model = client.workspace.market.paid_calls, request.query_params.get("model")
    try:
        try:
            if refunded := await give_refund(calls, request):
                return refunded
            raise PaymentRequired(model or "any model here")
        except (PaymentRequired, PaymentRefused) as refusal:
            return await ask_payment(calls, request, model, refusal)
    except AssayError as error:
        return await tell_failure(request, error)


@router.post("/chat/completions", openapi_extra=_REQUEST_SCHEMA, responses=_RESPONSES)
async def chat_completions(request: Request, client: ClientDependency) -> Response:
    """Answer a chat for one payment, whole or as server-sent events."""
    calls = client.workspace.market.paid_calls
    model: str | None = None
    try:
        try:
            if refunded := await give_refund(calls, request):
                return refunded
            asked = read_request(await request.body())
            model = asked.call.model
            payment = read_payment(request)
            if payment is None:
                raise PaymentRequired(model)
            return await _serve(calls, asked, request, payment)
        except (PaymentRequired, PaymentRefused, PaymentReused) as refusal:
            return await ask_payment(calls, request, model, refusal)
    except AssayError as error:
        return await tell_failure(request, error)


async def _serve(calls: PaidCalls, asked: ChatRequest, request: Request, payment: str) -> Response:
    async def wanted() -> bool:
        return not await request.is_disconnected()

    if asked.stream:
        streamed = await calls.stream(asked.call, payment, wanted)
        return StreamingResponse(
            _events(request, streamed, include_usage=asked.include_usage),
            media_type="text/event-stream",
            headers=await write_receipt(calls, streamed.call, request),
        )
    call = await calls.answer(asked.call, payment, wanted)
    return JSONResponse(
        chat_format.completion(call), headers=await write_receipt(calls, call, request)
    )


async def _events(
    request: Request, streamed: Streamed, *, include_usage: bool
) -> AsyncIterator[str]:
    yield chat_format.first_piece(streamed.call)
    try:
        async for chunk in streamed.chunks:
            if chunk.text:
                yield chat_format.piece(streamed.call, chunk)
    except AssayError as error:
        yield chat_format.error_piece((await tell_failure(request, error)).body)
        return
    yield chat_format.last_pieces(streamed.finished.result(), include_usage=include_usage)
