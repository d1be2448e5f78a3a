"""`/v1/images/generations`: pictures for a payment, in the shape of OpenAI's API.

Paid, recorded and repeated as chats are (`assay.service.routes.chat`); the record's output digest
is the SHA-256 of the PNG, and so the id that it can be minted as.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from assay.errors import AssayError
from assay.market.errors import PaymentRefused, PaymentRequired, PaymentReused
from assay.service.deps import ClientDependency
from assay.service.image_format import ImageGenerationRequest, generation, read_request
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
        "content": {"application/json": {"schema": ImageGenerationRequest.model_json_schema()}},
    }
}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    400: {"description": "The request or the payment header cannot be read, or not be drawn"},
    402: {"description": "What to pay is in the header PAYMENT-REQUIRED"},
    404: {"description": "No such model"},
    503: {"description": "Try again, with the same payment"},
}


@router.post("/images/generations", openapi_extra=_REQUEST_SCHEMA, responses=_RESPONSES)
async def image_generations(request: Request, client: ClientDependency) -> Response:
    """Draw one picture for one payment."""
    calls = client.workspace.market.paid_calls
    model: str | None = None

    async def wanted() -> bool:
        return not await request.is_disconnected()

    try:
        try:
            if refunded := await give_refund(calls, request):
                return refunded
            asked = read_request(await request.body())
            model = asked.model
            payment = read_payment(request)
            if payment is None:
                raise PaymentRequired(model)
            call = await calls.answer(asked, payment, wanted)
            headers = await write_receipt(calls, call, request)
            return JSONResponse(generation(call), headers=headers)
        except (PaymentRequired, PaymentRefused, PaymentReused) as refusal:
            return await ask_payment(calls, request, model, refusal)
    except AssayError as error:
        return await tell_failure(request, error)
