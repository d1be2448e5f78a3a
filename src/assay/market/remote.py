"""Calls of other people's models: pay, read the answer, and check what the provider signed.

    buyer = RemoteCalls(account, token, domain, recover_typed_data, PendingCalls(folder))
    answer = await buyer.call("http://127.0.0.1:8000", request, max_price=20_000)
    print(answer.text, answer.payment, answer.record.cid)

A call is paid from an open channel that fits (`assay.market.purse`), else by a transfer of its own
(x402 `exact`), which the x402 library's client signs. It may sign one thing only: a transfer of our
token on our chain, of no more than `max_price`. Either payment is on the disk before it is sent.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

import httpx
from x402 import x402Client
from x402.http.utils import (
    decode_payment_required_header,
    decode_payment_response_header,
    decode_payment_signature_header,
    encode_payment_signature_header,
)
from x402.mechanisms.evm.exact.client import ExactEvmScheme
from x402.mechanisms.evm.types import TypedDataDomain, TypedDataField
from x402.schemas import PaymentPayload, PaymentRequired
from x402.schemas.errors import PaymentError

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
from assay.market.purse.errors import NoOpenChannel
from assay.market.purse.payer import CallOrder, ChannelPayer
from assay.market.purse.wire import read_terms
from assay.market.receipts import check_offers, check_receipt
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
_MOST_CORRECTIONS = 3
_UNCHARGED = frozenset({400, 402, 404, 413, 422})
_RESUME_HINT = "Run `assay call --resume`: it repeats the same payment and never makes a second."


class Scheme(StrEnum):
    """How a call is to be paid: from a channel where one fits, only so, or by its own transfer."""

    AUTO = "auto"
    CHANNEL = "channel"
    EXACT = "exact"


class RemoteCalls:
    """Pays for calls from one account.

    Args:
        token: the only ERC-20 that is paid in.
        domain: the chain and the anchor that records must be signed for.
        pending: where payments by transfer wait for their answers.
        channels: the account's channels, where it has any.
    """

    def __init__(
        self,
        signer: TypedDataSigner,
        token: Address,
        domain: RecordDomain,
        recover: RecoverTypedData,
        pending: PendingCalls,
        *,
        channels: ChannelPayer | None = None,
        timeout_s: float = 600.0,
    ) -> None:
        self._signer = signer
        self._token = token
        self._domain = domain
        self._recover = recover
        self._pending = pending
        self._channels = channels
        self._timeout = httpx.Timeout(timeout_s, connect=10.0)

    async def call(
        self,
        url: str,
        request: CallRequest,
        *,
        max_price: int,
        scheme: Scheme = Scheme.AUTO,
        on_text: OnText | None = None,
    ) -> PaidAnswer:
        """Pay for one call and check its record; with `on_text` the text arrives in pieces.

        Any number of calls may be under way at once.

        Args:
            url: base URL of the service.
            max_price: the most to pay, in units of the token.

        Raises:
            PriceTooHigh, TermsUnacceptable, ServiceRejected, NoOpenChannel, ChannelShort: nothing
                was signed.
            PaymentRefused, ChannelContradicted: the provider did not take the payment.
            ServiceFailed: no answer; if it was paid for, `resume` gets it.
            RecordMalformed, RecordForged, RecordContradicted: the provider's record is wrong.
            ReceiptMalformed, ReceiptForged, ReceiptContradicted: its signed offer or receipt is.
        """
        base = base_url(url)
        async with httpx.AsyncClient(timeout=self._timeout) as http:
            asked = await _ask(http, base, request, on_text, {})
            if asked.status != httpx.codes.PAYMENT_REQUIRED or not asked.required:
                raise _refusal(asked, base, paid=False)
            check_offers(
                asked.required, url=_target(base), now_s=int(time.time()), recover=self._recover
            )
            order = CallOrder(base, request, max_price)
            call = await self._pay(order, scheme, asked.required)
            return await self._exchange(http, call, on_text, first=True)

    async def resume(self, call: PendingCall, on_text: OnText | None = None) -> PaidAnswer:
        """Get the answer of a call that was paid for before, with the same payment.

        Raises:
            As `call`.
        """
        async with httpx.AsyncClient(timeout=self._timeout) as http:
            return await self._exchange(http, call, on_text, first=False)

    async def resume_all(self, on_text: OnText | None = None) -> list[PaidAnswer]:
        """Get the answers of all calls that were paid for and broke off, oldest first.

        A call that fails stays to be resumed, and neither hides nor holds up the others' answers.

        Raises:
            NothingToResume: there is none.
            As `call`, if not one of them could be answered.
        """
        calls = self._pending.all()
        if self._channels:
            calls += await asyncio.to_thread(self._channels.pending_calls)
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

    async def _pay(self, order: CallOrder, scheme: Scheme, required: str) -> PendingCall:
        """Sign a payment for a call; it is on the disk when this returns."""
        if scheme is not Scheme.EXACT and self._channels:
            pay = self._pay_by_channel
            call = await asyncio.to_thread(pay, self._channels, order, scheme, required)
            if call:
                return call
        if scheme is Scheme.CHANNEL:
            raise NoOpenChannel(order.url)
        return await self._pay_by_transfer(order, required)

    def _pay_by_channel(
        self, channels: ChannelPayer, order: CallOrder, scheme: Scheme, required: str
    ) -> PendingCall | None:
        for offer in read_terms(required).offers:
            if offer.token != self._token:
                continue
            fitting = channels.fitting(offer)
            if fitting and (fitting[0].pays(offer.price) or scheme is Scheme.CHANNEL):
                return channels.pay(fitting[0], offer, order)
        return None

    async def _pay_by_transfer(self, order: CallOrder, required: str) -> PendingCall:
        terms = _decode_required(required)
        try:
            payload = await self._x402_client(order.max_price).create_payment_payload(terms)
        except (PaymentError, ValueError) as error:
            price = self._price_in(terms)
            if price is not None and price > order.max_price:
                raise PriceTooHigh(price, order.max_price) from None
            raise TermsUnacceptable(str(error)[:300]) from None
        assert isinstance(payload, PaymentPayload)
        nonce = Digest.parse(payload.payload["authorization"]["nonce"])
        header = encode_payment_signature_header(payload)
        call = PendingCall(order.url, order.request, nonce, header)
        self._pending.keep(call)
        return call

    async def _exchange(
        self, http: httpx.AsyncClient, call: PendingCall, on_text: OnText | None, *, first: bool
    ) -> PaidAnswer:
        """Send a payment, with a further voucher where the provider shows why; read the answer.

        A call that is refused the `first` time was not charged, and its voucher is free again.
        """
        reply = await self._send(http, call, on_text)
        for _ in range(_MOST_CORRECTIONS):
            if not call.voucher or not self._channels or not _corrective(reply):
                break
            correct = self._channels.correct
            call = await asyncio.to_thread(correct, call, read_terms(reply.required))
            reply = await self._send(http, call, on_text)
        if reply.status != httpx.codes.OK:
            if first and call.voucher and self._channels and reply.status in _UNCHARGED:
                await asyncio.to_thread(self._channels.drop, call)
            raise _refusal(reply, call.url, paid=True)
        answer = self._check(call, reply)
        if call.voucher and self._channels:
            charged = answer.record.record.amount
            await asyncio.to_thread(self._channels.end, call, charged)
        else:
            self._pending.drop(call)
        return answer

    async def _send(
        self, http: httpx.AsyncClient, call: PendingCall, on_text: OnText | None
    ) -> Reply:
        headers = {"PAYMENT-SIGNATURE": call.header}
        return await _ask(http, call.url, call.request, on_text, headers, paid=True)

    def _check(self, call: PendingCall, reply: Reply) -> PaidAnswer:
        try:
            accepted = decode_payment_signature_header(call.header)
            transaction = decode_payment_response_header(reply.receipt).transaction
        except ValueError as error:
            raise RecordMalformed(f"its receipt: {error}") from None
        assert isinstance(accepted, PaymentPayload)
        terms = Terms(
            payer=self._signer.address,
            provider=parse_address(accepted.accepted.pay_to),
            token=self._token,
            amount=int(accepted.accepted.amount),
            nonce=call.nonce,
            by_channel=call.voucher is not None,
        )
        signed = read_evidence(reply)
        check_record(signed, self._domain, self._recover)
        check_receipt(
            reply.receipt,
            url=_target(call.url),
            payer=terms.payer,
            provider=signed.record.provider,
            chain_id=self._domain.chain_id,
            now_s=int(time.time()),
            recover=self._recover,
        )
        seed = check_evidence(signed, reply, call.request, terms)
        channel = call.voucher.channel if call.voucher else None
        return PaidAnswer(
            text=reply.text,
            finish_reason=reply.finish_reason,
            seed=seed,
            transaction=transaction,
            record=signed,
            channel=channel,
            prompt_tokens=reply.prompt_tokens,
            completion_tokens=reply.completion_tokens,
        )

    def _x402_client(self, max_price: int) -> x402Client:
        """The library's client, able to sign for our token on our chain up to a price."""
        client = x402Client()
        client.register(self._network, ExactEvmScheme(_Signer(self._signer)))
        client.set_spend_controls(
            {
                "allowed_assets": [
                    {
                        "network": self._network,
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

    def _price_in(self, terms: PaymentRequired) -> int | None:
        """What is asked of our token on our chain."""
        ours = [o for o in terms.accepts if o.network == self._network and o.asset == self._token]
        try:
            return min((int(offer.get_amount()) for offer in ours), default=None)
        except ValueError:
            return None

    @property
    def _network(self) -> str:
        return f"eip155:{self._domain.chain_id}"


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


def _decode_required(header: str) -> PaymentRequired:
    try:
        terms = decode_payment_required_header(header)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise TermsUnacceptable(f"its PAYMENT-REQUIRED: {type(error).__name__}") from None
    if not isinstance(terms, PaymentRequired):
        raise TermsUnacceptable("it speaks another version of x402")
    return terms


def _corrective(reply: Reply) -> bool:
    if reply.status != httpx.codes.PAYMENT_REQUIRED or not reply.required:
        return False
    return read_terms(reply.required).corrective


def _target(url: str) -> str:
    return f"{url}/v1/chat/completions"


async def _ask(
    http: httpx.AsyncClient,
    url: str,
    request: CallRequest,
    on_text: OnText | None,
    headers: Mapping[str, str],
    *,
    paid: bool = False,
) -> Reply:
    try:
        return await _read_reply(http, url, request, on_text, headers)
    except httpx.HTTPError as error:
        raise _broken(url, error, paid=paid) from None


async def _read_reply(
    http: httpx.AsyncClient,
    url: str,
    request: CallRequest,
    on_text: OnText | None,
    headers: Mapping[str, str],
) -> Reply:
    body = request_body(request, stream=on_text is not None)
    target = _target(url)
    async with http.stream("POST", target, json=body, headers=headers) as response:
        reply = Reply(
            response.status_code,
            response.headers.get("PAYMENT-RESPONSE", ""),
            required=response.headers.get("PAYMENT-REQUIRED", ""),
        )
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


def base_url(url: str) -> str:
    """The URL of the service, where that of its API or a pay link is given.

    Raises:
        InputError: not an http or https URL.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise InputError(f"{url[:80]!r} is not a URL.", hint="Write it like http://host:8000.")
    path = parts.path.rstrip("/").removesuffix("/chat/completions").removesuffix("/v1")
    return f"{parts.scheme}://{parts.netloc}{path}"
