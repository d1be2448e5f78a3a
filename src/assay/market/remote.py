"""Calls of other people's models: pay, read the answer, and check what the provider signed.

    buyer = RemoteCalls(account, token, domain, recover_typed_data, PendingCalls(folder))
    answer = await buyer.call("http://127.0.0.1:8000", request, max_price=20_000)
    print(answer.text, answer.transaction, answer.record.cid)

Payments are made by the x402 library's own client. It may sign one thing only: a transfer of our
token on our chain, of no more than `max_price`, and that is on the disk before it is sent.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import httpx
from x402 import x402Client
from x402.http.clients.httpx import PaymentError, x402_httpx_transport
from x402.http.utils import (
    decode_payment_required_header,
    decode_payment_response_header,
    decode_payment_signature_header,
    encode_payment_signature_header,
)
from x402.mechanisms.evm.exact.client import ExactEvmScheme
from x402.mechanisms.evm.types import TypedDataDomain, TypedDataField
from x402.schemas import PaymentCreatedContext, PaymentPayload

from assay.core.address import Address, parse_address
from assay.core.digest import Digest
from assay.errors import AssayError, InputError
from assay.market.calls import (
    RecordDomain,
    RecoverTypedData,
    TypedDataSigner,
    check_record,
)
from assay.market.errors import (
    NothingToResume,
    PaymentRefused,
    PriceTooHigh,
    RecordMalformed,
    ServiceFailed,
    ServiceRejected,
    TermsUnacceptable,
)
from assay.market.metering import CallRequest
from assay.market.pending import PendingCall, PendingCalls
from assay.market.reply import (
    OnText,
    PaidAnswer,
    Reply,
    Terms,
    check_evidence,
    read_evidence,
    request_body,
)

_LARGEST_ANSWER_BYTES = 16_000_000
_RESUME_HINT = "Run `assay call --resume`: it repeats the same payment and never makes a second."


class RemoteCalls:
    """Pays for calls from one account.

    Args:
        token: the only ERC-20 that is paid in.
        domain: the chain and the anchor that records must be signed for.
        pending: where payments wait for their answers.
    """

    def __init__(
        self,
        signer: TypedDataSigner,
        token: Address,
        domain: RecordDomain,
        recover: RecoverTypedData,
        pending: PendingCalls,
        *,
        timeout_s: float = 600.0,
    ) -> None:
        self._signer = signer
        self._token = token
        self._domain = domain
        self._recover = recover
        self._pending = pending
        self._timeout = httpx.Timeout(timeout_s, connect=10.0)

    async def call(
        self,
        url: str,
        request: CallRequest,
        *,
        max_price: int,
        on_text: OnText | None = None,
    ) -> PaidAnswer:
        """Pay for one call and check its record; with `on_text` the text arrives in pieces.

        Args:
            url: base URL of the service.
            max_price: the most to pay, in units of the token.

        Raises:
            PriceTooHigh, TermsUnacceptable, ServiceRejected: nothing was signed.
            PaymentRefused: the provider did not take the payment.
            ServiceFailed: no answer; if it was paid for, `resume` gets it.
            RecordMalformed, RecordForged, RecordContradicted: the provider's record is wrong.
        """
        payment = _Payment(self, _base_url(url), request, max_price)
        try:
            async with httpx.AsyncClient(
                transport=payment.transport, timeout=self._timeout
            ) as http:
                reply = await _ask(http, payment.url, request, on_text, {})
        except PaymentError as error:
            raise payment.explain(error) from None
        except httpx.HTTPError as error:
            raise _broken(payment.url, error, paid=payment.made is not None) from None
        return self._conclude(payment.made, reply, payment.url)

    async def resume(self, call: PendingCall, on_text: OnText | None = None) -> PaidAnswer:
        """Get the answer of a call that was paid for before, with the same payment.

        Raises:
            As `call`.
        """
        headers = {"PAYMENT-SIGNATURE": call.header}
        try:
            async with httpx.AsyncClient(timeout=self._timeout) as http:
                reply = await _ask(http, call.url, call.request, on_text, headers)
        except httpx.HTTPError as error:
            raise _broken(call.url, error, paid=True) from None
        return self._conclude(call, reply, call.url)

    async def resume_all(self, on_text: OnText | None = None) -> list[PaidAnswer]:
        """Get the answers of all calls that were paid for and broke off, oldest first.

        A call that fails stays to be resumed, and neither hides nor holds up the others' answers.

        Raises:
            NothingToResume: there is none.
            As `call`, if not one of them could be answered.
        """
        calls = self._pending.all()
        if not calls:
            raise NothingToResume
        answers: list[PaidAnswer] = []
        failures: list[AssayError] = []
        for call in calls:
            try:
                answers.append(await self.resume(call, on_text))
            except AssayError as error:
                failures.append(error)
        if not answers:
            raise failures[0]
        return answers

    def _conclude(self, call: PendingCall | None, reply: Reply, url: str) -> PaidAnswer:
        if call is None:
            raise _refusal(reply, url, paid=False)
        if reply.status != httpx.codes.OK:
            raise _refusal(reply, url, paid=True)
        answer = self._check(call, reply)
        self._pending.drop(call)
        return answer

    def _check(self, call: PendingCall, reply: Reply) -> PaidAnswer:
        try:
            accepted = decode_payment_signature_header(call.header)
            transaction = decode_payment_response_header(reply.receipt).transaction
        except ValueError as error:
            raise RecordMalformed(f"its receipt: {error}") from None
        assert isinstance(accepted, PaymentPayload)
        terms = Terms(
            payer=parse_address(accepted.payload["authorization"]["from"]),
            provider=accepted.accepted.pay_to,
            token=self._token,
            amount=accepted.accepted.amount,
            nonce=call.nonce,
        )
        signed = read_evidence(reply)
        check_record(signed, self._domain, self._recover)
        seed = check_evidence(signed, reply, call.request, terms)
        return PaidAnswer(reply.text, reply.finish_reason, seed, transaction, signed)

    def x402_client(self, max_price: int) -> x402Client:
        """The library's client, able to sign for our token on our chain up to a price."""
        network = f"eip155:{self._domain.chain_id}"
        client = x402Client()
        client.register(network, ExactEvmScheme(_Signer(self._signer)))
        client.set_spend_controls(
            {
                "allowed_assets": [
                    {
                        "network": network,
                        "asset": self._token,
                        "max_amount_per_payment": str(max_price),
                    }
                ]
            }
        )
        client.register_policy(
            lambda _version, offers: [
                offer for offer in offers if getattr(offer, "asset", None) == self._token
            ]
        )
        return client

    def keep(self, call: PendingCall) -> None:
        """Put a signed payment on the disk."""
        self._pending.keep(call)

    def price_in(self, required: str) -> int | None:
        """What a PAYMENT-REQUIRED header asks of our token on our chain."""
        try:
            offers = decode_payment_required_header(required).accepts
            network = f"eip155:{self._domain.chain_id}"
            ours = [o for o in offers if o.network == network and o.asset == self._token]
            return min((int(offer.get_amount()) for offer in ours), default=None)
        except ValueError:
            return None


class _Payment:
    """One paying request: the library's transport, watched on both sides."""

    def __init__(self, buyer: RemoteCalls, url: str, request: CallRequest, max_price: int) -> None:
        self._buyer = buyer
        self._request = request
        self._max_price = max_price
        self._failure: AssayError | None = None
        self.url = url
        self.made: PendingCall | None = None
        self._watched = _Watched()
        client = buyer.x402_client(max_price)
        client.on_after_payment_creation(self._created)
        self.transport = x402_httpx_transport(client, self._watched)

    def _created(self, context: PaymentCreatedContext) -> None:
        payload = context.payment_payload
        assert isinstance(payload, PaymentPayload)
        nonce = Digest.parse(payload.payload["authorization"]["nonce"])
        header = encode_payment_signature_header(payload)
        call = PendingCall(self.url, self._request, nonce, header)
        try:
            self._buyer.keep(call)
        except AssayError as error:  # the library would wrap it; nothing has been sent
            self._failure = error
            raise
        self.made = call

    def explain(self, error: PaymentError) -> AssayError:
        """Our error for what stopped the library."""
        if self._failure:
            return self._failure
        if isinstance(error.__cause__, httpx.HTTPError):
            return _broken(self.url, error.__cause__, paid=self.made is not None)
        price = self._buyer.price_in(self._watched.required)
        if price is not None and price > self._max_price:
            return PriceTooHigh(price, self._max_price)
        return TermsUnacceptable(str(error)[:300])


class _Watched(httpx.AsyncHTTPTransport):
    """Remembers what was asked for in the last 402."""

    required = ""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await super().handle_async_request(request)
        self.required = response.headers.get("PAYMENT-REQUIRED", self.required)
        return response


class _Signer:
    """x402's `ClientEvmSigner` on an account of ours."""

    def __init__(self, signer: TypedDataSigner) -> None:
        self._signer = signer

    @property
    def address(self) -> str:
        return self._signer.address

    def sign_typed_data(
        self,
        domain: TypedDataDomain,
        types: dict[str, list[TypedDataField]],
        primary_type: str,
        message: dict[str, Any],
    ) -> bytes:
        whole: Mapping[str, Any] = {
            "name": domain.name,
            "version": domain.version,
            "chainId": domain.chain_id,
            "verifyingContract": domain.verifying_contract,
        }
        fields: Mapping[str, Sequence[Mapping[str, str]]] = {
            name: [{"name": entry.name, "type": entry.type} for entry in entries]
            for name, entries in types.items()
        }
        return self._signer.sign_typed_data(whole, fields, primary_type, message)


async def _ask(
    http: httpx.AsyncClient,
    url: str,
    request: CallRequest,
    on_text: OnText | None,
    headers: Mapping[str, str],
) -> Reply:
    body = request_body(request, stream=on_text is not None)
    target = f"{url}/v1/chat/completions"
    async with http.stream("POST", target, json=body, headers=headers) as response:
        reply = Reply(response.status_code, response.headers.get("PAYMENT-RESPONSE", ""))
        kind = response.headers.get("content-type", "")
        try:
            if kind.startswith("text/event-stream") and on_text:
                async for event in _events(response):
                    reply.add_event(event, on_text)
            else:
                reply.add_whole(json.loads(await _read(response)))
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
            raise ServiceFailed(url, "its answer is not one", hint=_RESUME_HINT) from None
    if reply.error and reply.status == httpx.codes.OK:
        detail = str(reply.error.get("message", "the stream broke off"))[:500]
        raise ServiceFailed(url, detail, hint=_RESUME_HINT)
    return reply


async def _read(response: httpx.Response) -> bytes:
    data = b""
    async for chunk in response.aiter_bytes():
        data += chunk
        if len(data) > _LARGEST_ANSWER_BYTES:
            raise ValueError("too large")
    return data


async def _events(response: httpx.Response) -> AsyncIterator[Any]:
    seen = 0
    async for line in response.aiter_lines():
        seen += len(line)
        if seen > _LARGEST_ANSWER_BYTES:
            raise ValueError("too large")
        if line.startswith("data: ") and line != "data: [DONE]":
            yield json.loads(line[6:])


def _refusal(reply: Reply, url: str, *, paid: bool) -> AssayError:
    detail = str(reply.error.get("message", "no reason given"))[:500]
    hint = str(reply.error.get("hint", ""))[:500]
    if reply.status == httpx.codes.PAYMENT_REQUIRED:
        return PaymentRefused("the provider does not take it", detail)
    if httpx.codes.is_client_error(reply.status):
        return ServiceRejected(url, reply.status, detail, hint)
    return ServiceFailed(url, f"{reply.status}, {detail}", hint=_RESUME_HINT if paid else hint)


def _broken(url: str, error: BaseException, *, paid: bool) -> ServiceFailed:
    detail = f"the connection failed ({type(error).__name__})"
    hint = _RESUME_HINT if paid else "Check the address, and that `assay up` runs there."
    return ServiceFailed(url, detail, hint=hint)


def _base_url(url: str) -> str:
    """The URL without a trailing slash or /v1.

    Raises:
        InputError: not an http or https URL.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise InputError(f"{url[:80]!r} is not a URL.", hint="Write it like http://host:8000.")
    return url.rstrip("/").removesuffix("/v1")
