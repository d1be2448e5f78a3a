"""What every paid route shares: the payment in a request, what to pay in 402, the receipt."""

from __future__ import annotations

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from assay.errors import AssayError
from assay.market.errors import PaymentMalformed
from assay.market.metering import PaidCall
from assay.market.use_cases.paid_calls import PaidCalls


def read_payment(request: Request) -> str | None:
    """The payment header, if there is one.

    Raises:
        PaymentMalformed: there are two.
    """
    given = request.headers.getlist("payment-signature")
    if len(given) > 1:
        raise PaymentMalformed("there are two payment headers")
    return given[0] if given else None


async def give_refund(calls: PaidCalls, request: Request) -> Response | None:
    """The answer to a refund; None if the request asks for something else."""
    payment = read_payment(request)
    refunded = await calls.refund(payment) if payment else None
    if refunded is None:
        return None
    body, receipt = refunded
    return JSONResponse(body, headers={"PAYMENT-RESPONSE": receipt})


async def ask_payment(
    calls: PaidCalls, request: Request, model: str | None, refusal: AssayError
) -> Response:
    """402 with what to pay."""
    required = await calls.ask_payment(model, str(request.url), refusal)
    response = await tell_failure(request, refusal)
    response.headers["PAYMENT-REQUIRED"] = required
    return response


async def tell_failure(request: Request, error: AssayError) -> Response:
    """The application's own answer to an error, marked as not to be repeated blindly.

    A client that tries again by itself would sign a second payment: the same one is to be repeated.
    """
    response: Response = await request.app.exception_handlers[AssayError](request, error)
    response.headers["x-should-retry"] = "false"
    return response


async def write_receipt(calls: PaidCalls, call: PaidCall, request: Request) -> dict[str, str]:
    """The headers of an answer that was paid for."""
    headers = {"PAYMENT-RESPONSE": await calls.receipt(call, str(request.url))}
    if call.answer:
        headers["ASSAY-CALL-RECORD"] = str(call.answer.record.cid)
    return headers
