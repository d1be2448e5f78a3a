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
import time
from functools import cached_property
from typing import TYPE_CHECKING

import httpx
from x402.http.utils import decode_payment_response_header, decode_payment_signature_header
from x402.schemas import PaymentPayload

from assay.core.address import Address, parse_address
from assay.errors import AssayError
from assay.market.calls import (
    RecordDomain,
    RecoverTypedData,
    TypedDataSigner,
    check_record,
)
from assay.market.errors import NothingToResume, RecordMalformed
from assay.market.metering import CallRequest, PaymentChoice
from assay.market.pending import PendingCall, PendingCalls
from assay.market.purse.errors import NoOpenChannel
from assay.market.purse.payer import CallOrder, ChannelPayer
from assay.market.purse.wire import read_terms
from assay.market.receipts import check_offers, check_receipt
from assay.market.remote.http import ask, base_url, refusal, target
from assay.market.reply import OnText, PaidAnswer, Reply, Terms, check_evidence, read_evidence

if TYPE_CHECKING:
    from assay.market.remote.transfers import TransferPayer

_MOST_CORRECTIONS = 3
_UNCHARGED = frozenset({400, 402, 404, 413, 422})


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

    @cached_property
    def _transfers(self) -> TransferPayer:
        from assay.market.remote.transfers import TransferPayer  # noqa: PLC0415 - slow to import

        return TransferPayer(self._signer, self._token, self._domain.chain_id)

    async def call(
        self,
        url: str,
        request: CallRequest,
        *,
        max_price: int,
        scheme: PaymentChoice = PaymentChoice.AUTO,
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
            asked = await ask(http, base, request, on_text, {})
            if asked.status != httpx.codes.PAYMENT_REQUIRED or not asked.required:
                raise refusal(asked, base, paid=False)
            check_offers(
                asked.required, url=target(base), now_s=int(time.time()), recover=self._recover
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

    async def _pay(self, order: CallOrder, scheme: PaymentChoice, required: str) -> PendingCall:
        """Sign a payment for a call; it is on the disk when this returns."""
        if scheme is not PaymentChoice.EXACT and self._channels:
            pay = self._pay_by_channel
            call = await asyncio.to_thread(pay, self._channels, order, scheme, required)
            if call:
                return call
        if scheme is PaymentChoice.CHANNEL:
            raise NoOpenChannel(order.url)
        call = await self._transfers.pay(order, required)
        self._pending.keep(call)
        return call

    def _pay_by_channel(
        self, channels: ChannelPayer, order: CallOrder, scheme: PaymentChoice, required: str
    ) -> PendingCall | None:
        for offer in read_terms(required).offers:
            if offer.token != self._token:
                continue
            fitting = channels.fitting(offer)
            if fitting and (fitting[0].pays(offer.price) or scheme is PaymentChoice.CHANNEL):
                return channels.pay(fitting[0], offer, order)
        return None

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
            raise refusal(reply, call.url, paid=True)
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
        return await ask(http, call.url, call.request, on_text, headers, paid=True)

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
            url=target(call.url),
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


def _corrective(reply: Reply) -> bool:
    if reply.status != httpx.codes.PAYMENT_REQUIRED or not reply.required:
        return False
    return read_terms(reply.required).corrective
