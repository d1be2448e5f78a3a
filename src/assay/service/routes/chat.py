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
from assay.market.errors import PaymentMalformed, PaymentRefused, PaymentRequired, PaymentReused
from assay.market.metering import PaidCall
from assay.market.use_cases.paid_calls import PaidCalls, Streamed
from assay.service import chat_format
from assay.service.chat_format import ChatCompletionRequest, ChatRequest, read_request
from assay.service.deps import ClientDependency

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
            if refunded := await _refund(calls, request):
                return refunded
            raise PaymentRequired(model or "any model here")
        except (PaymentRequired, PaymentRefused) as refusal:
            return await _ask(calls, request, model, refusal)
    except AssayError as error:
        return await _failure(request, error)


@router.post("/chat/completions", openapi_extra=_REQUEST_SCHEMA, responses=_RESPONSES)
async def chat_completions(request: Request, client: ClientDependency) -> Response:
    """Answer a chat for one payment, whole or as server-sent events."""
    calls = client.workspace.market.paid_calls
    model: str | None = None
    try:
        try:
            if refunded := await _refund(calls, request):
                return refunded
            asked = read_request(await request.body())
            model = asked.call.model
            payment = _payment(request)
            if payment is None:
                raise PaymentRequired(model)
            return await _serve(calls, asked, request, payment)
        except (PaymentRequired, PaymentRefused, PaymentReused) as refusal:
            return await _ask(calls, request, model, refusal)
    except AssayError as error:
        return await _failure(request, error)


def _payment(request: Request) -> str | None:
    given = request.headers.getlist("payment-signature")
    if len(given) > 1:
        raise PaymentMalformed("there are two payment headers")
    return given[0] if given else None


async def _refund(calls: PaidCalls, request: Request) -> Response | None:
    """The answer to a refund; None if the request asks for something else."""
    payment = _payment(request)
    refunded = await calls.refund(payment) if payment else None
    if refunded is None:
        return None
    body, receipt = refunded
    return JSONResponse(body, headers={"PAYMENT-RESPONSE": receipt})


async def _ask(
    calls: PaidCalls, request: Request, model: str | None, refusal: AssayError
) -> Response:
    """402 with what to pay."""
    required = await calls.ask_payment(model, str(request.url), refusal)
    response = await _failure(request, refusal)
    response.headers["PAYMENT-REQUIRED"] = required
    return response


async def _serve(calls: PaidCalls, asked: ChatRequest, request: Request, payment: str) -> Response:
    async def wanted() -> bool:
        return not await request.is_disconnected()

    if asked.stream:
        streamed = await calls.stream(asked.call, payment, wanted)
        return StreamingResponse(
            _events(request, streamed, include_usage=asked.include_usage),
            media_type="text/event-stream",
            headers=await _receipt(calls, streamed.call, request),
        )
    call = await calls.answer(asked.call, payment, wanted)
    return JSONResponse(chat_format.completion(call), headers=await _receipt(calls, call, request))


async def _events(
    request: Request, streamed: Streamed, *, include_usage: bool
) -> AsyncIterator[str]:
    yield chat_format.first_piece(streamed.call)
    try:
        async for chunk in streamed.chunks:
            if chunk.text:
                yield chat_format.piece(streamed.call, chunk)
    except AssayError as error:
        yield chat_format.error_piece((await _failure(request, error)).body)
        return
    yield chat_format.last_pieces(streamed.finished.result(), include_usage=include_usage)


async def _failure(request: Request, error: AssayError) -> Response:
    """The application's own answer to an error, marked as not to be repeated blindly.

    A client that tries again by itself would sign a second payment: the same one is to be repeated.
    """
    response: Response = await request.app.exception_handlers[AssayError](request, error)
    response.headers["x-should-retry"] = "false"
    return response


async def _receipt(calls: PaidCalls, call: PaidCall, request: Request) -> dict[str, str]:
    headers = {"PAYMENT-RESPONSE": await calls.receipt(call, str(request.url))}
    if call.answer:
        headers["ASSAY-CALL-RECORD"] = str(call.answer.record.cid)
    return headers
