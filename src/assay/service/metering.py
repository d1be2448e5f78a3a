"""Meter any ASGI application by vouchers: each request is paid for, answered once, charged once.

    app = MeteredEndpoint(app, payments, price=100)        # 0.0001 of a token with 6 decimals

    from assay.client import connect
    payments = connect().workspace.channels.payments       # of the account that is paid

A request without a voucher is answered 402 with what to pay; one with a voucher reaches the inner
application once its price is set aside. Its answer is charged and stored in one durable
transaction, and only then sent: the same request with the same voucher gets the same answer again,
for nothing more. An answer of 400 or above is not charged. Answers are kept whole, so this is for
requests and answers that fit into memory; `GET` with a refund gives a channel's rest back.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assay.core.digest import Digest
from assay.errors import (
    AssayError,
    InputError,
    IntegrityError,
    RefusedError,
    UnavailableError,
)
from assay.market.channels.account import Charge, Judged, Order
from assay.market.channels.errors import VoucherRefused
from assay.market.channels.model import VoucherState
from assay.market.channels.payload import ChannelPayment, PaymentKind
from assay.market.channels.payments import VoucherPayments
from assay.market.channels.reasons import Refusal
from assay.market.errors import CallerLeft, PaymentMalformed, PaymentRefused, PaymentRequired
from assay.market.metering import BATCH
from assay.market.payment_header import SignedHeader, read_header, required_header

Price = int | Callable[[Scope], int]
Headers = list[tuple[bytes, bytes]]

_STATUS = {InputError: 400, RefusedError: 409, IntegrityError: 502, UnavailableError: 503}
_PAYMENT, _RECEIPT = b"payment-signature", b"payment-response"
_JSON = (b"content-type", b"application/json")


class RequestTooLarge(InputError):
    """A request's body is larger than this endpoint takes."""

    http_status = 413

    def __init__(self, largest_bytes: int) -> None:
        super().__init__(f"The request body is larger than {largest_bytes} bytes.")
        self.largest_bytes = largest_bytes


@dataclass(slots=True)
class _Answer:
    """A whole answer of the inner application; `deposit` is the transaction that came with it."""

    status: int
    headers: Headers
    body: bytes
    deposit: str = ""

    def encode(self) -> bytes:
        """As it is stored: a line of JSON, then the body."""
        headers = [
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in self.headers
        ]
        return json.dumps([self.status, headers, self.deposit]).encode() + b"\n" + self.body

    @classmethod
    def decode(cls, data: bytes) -> _Answer:
        """Read what `encode` wrote."""
        head, _, body = data.partition(b"\n")
        status, headers, deposit = json.loads(head)
        raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return cls(status, raw, body, deposit)


class MeteredEndpoint:
    """The ASGI application that stands before the one that is paid for.

    Args:
        price: units of the token for a request; a function of the ASGI scope, if it differs.
        description: what is sold, for people.
        largest_bytes: of a request's body.
    """

    def __init__(
        self,
        app: ASGIApp,
        payments: VoucherPayments,
        *,
        price: Price,
        description: str = "One request",
        largest_bytes: int = 1_000_000,
    ) -> None:
        self._app = app
        self._payments = payments
        self._engine = payments.engine
        self._price = price
        self._description = description
        self._largest_bytes = largest_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        try:
            given = [value for name, value in scope["headers"] if name == _PAYMENT]
            if not given:
                raise PaymentRequired(self._description)
            if len(given) > 1:
                raise PaymentMalformed("there are two payment headers")
            signed = read_header(given[0].decode("latin-1"))
            if signed.scheme != BATCH:
                raise PaymentRefused(Refusal.SCHEME, f"{BATCH} is asked")
            payment = self._payments.read_channel(signed)
            if payment.kind is PaymentKind.REFUND:
                return await self._refund(payment, send)
            return await self._serve(scope, receive, send, signed, payment)
        except AssayError as error:
            return await self._refuse(scope, send, error)

    async def _serve(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        signed: SignedHeader,
        payment: ChannelPayment,
    ) -> None:
        body = await self._read(receive)
        price = self._price if isinstance(self._price, int) else self._price(scope)
        if self._payments.agreed(signed) < price:
            digest = payment.voucher.digest(self._engine.terms.domain)
            await self._engine.check(payment, digest)  # no stranger sees a channel
            channel = (await self._engine.look(payment.voucher)).channel
            raise VoucherRefused(Refusal.SUM, channel, f"the price is {price}")
        deposit = await self._payments.funds.bring(payment, price) if payment.deposit else None
        request = _request_digest(scope, body)
        order = await self._engine.order(payment, request, price, signed.identifier)
        judged = await self._engine.reserve(order)
        entry = judged.entry
        if entry is not None and entry.state is VoucherState.CHARGED:
            if entry.response is None:  # it paid for something else of this provider
                raise VoucherRefused(Refusal.SUM, judged.channel)
            return await self._send(send, payment, judged, _Answer.decode(entry.response))
        answer = await self._ask(scope, body, order)
        if answer.status >= 400:
            await self._engine.release(order)
            return await _write(send, answer.status, answer.headers, answer.body)
        answer.deposit = deposit or ""
        judged = await self._engine.charge(order, Charge(price, response=answer.encode()))
        if judged.entry is not None and judged.entry.response is not None:
            answer = _Answer.decode(judged.entry.response)  # perhaps another worker's
        return await self._send(send, payment, judged, answer)

    async def _ask(self, scope: Scope, body: bytes, order: Order) -> _Answer:
        """Have the inner application answer; what it raises gives the price back."""
        inner = _Inner(body)
        try:
            await self._app(scope, inner.receive, inner.send)
        except BaseException:
            await asyncio.shield(self._engine.release(order))
            raise
        return inner.answer()

    async def _read(self, receive: Receive) -> bytes:
        parts, size = [], 0
        while True:
            message = await receive()
            if message["type"] != "http.request":
                raise CallerLeft
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > self._largest_bytes:
                raise RequestTooLarge(self._largest_bytes)
            if not message.get("more_body", False):
                break
        return parts[0] if len(parts) == 1 else b"".join(parts)

    async def _send(
        self, send: Send, payment: ChannelPayment, judged: Judged, answer: _Answer
    ) -> None:
        assert judged.channel is not None, "a charged call has a channel"
        assert judged.entry is not None, "a charged call has a voucher"
        receipt = self._payments.receipt(
            payment.config.payer, judged.channel, judged.entry, answer.deposit
        )
        headers = [*answer.headers, (_RECEIPT, receipt.encode())]
        await _write(send, answer.status, headers, answer.body)

    async def _refund(self, payment: ChannelPayment, send: Send) -> None:
        refund = await self._payments.funds.give_back(payment)
        body = {"message": "Refund acknowledged", "channelId": payment.channel.hex}
        receipt = self._payments.refund_receipt(refund).encode()
        await _write(send, 200, [_JSON, (_RECEIPT, receipt)], json.dumps(body).encode())

    async def _refuse(self, scope: Scope, send: Send, error: AssayError) -> None:
        own: int | None = getattr(error, "http_status", None)
        branch = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 500)
        status = own or branch
        headers: Headers = [_JSON]
        if status == 402:
            headers.append((b"payment-required", self._required(scope, error).encode()))
        said = {"type": type(error).__name__, "message": str(error), "hint": error.hint}
        await _write(send, status, headers, json.dumps({"error": said}).encode())

    def _required(self, scope: Scope, error: AssayError) -> str:
        price = self._price if isinstance(self._price, int) else self._price(scope)
        refusal = error if isinstance(error, VoucherRefused) else None
        offer = self._payments.offer(price, self._engine.terms.receiver, refusal)
        reason = str(getattr(error, "reason", ""))
        return required_header([offer], _url(scope), reason, self._description)


class _Inner:
    """The two sides of an ASGI application that is asked with a whole body and answers whole."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._asked = False
        self._status = 500
        self._headers: Headers = []
        self._parts: list[bytes] = []

    async def receive(self) -> Message:
        if self._asked:
            await asyncio.get_running_loop().create_future()  # whether the caller left is not told
        self._asked = True
        return {"type": "http.request", "body": self._body, "more_body": False}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            self._headers = [(bytes(name), bytes(value)) for name, value in message["headers"]]
        elif message["type"] == "http.response.body":
            self._parts.append(message.get("body", b""))

    def answer(self) -> _Answer:
        return _Answer(self._status, self._headers, b"".join(self._parts))


async def _write(
    send: Send, status: int, headers: Sequence[tuple[bytes, bytes]], body: bytes
) -> None:
    names = {name.lower() for name, _ in headers}
    if b"content-length" not in names:
        headers = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _request_digest(scope: Scope, body: bytes) -> Digest:
    """Tells one request from another: by method, path, query and body."""
    head = hashlib.sha256()
    for part in (scope["method"].encode(), scope["path"].encode(), scope["query_string"], body):
        head.update(len(part).to_bytes(8, "big") + part)
    return Digest(head.digest())


def _url(scope: Scope) -> str:
    host = next((value for name, value in scope["headers"] if name == b"host"), b"localhost")
    query = "?" + scope["query_string"].decode("latin-1") if scope["query_string"] else ""
    return f"{scope['scheme']}://{host.decode('latin-1')}{scope['path']}{query}"
