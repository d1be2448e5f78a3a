"""Steps as calls of other people's services: `RemoteCalls` on one chain, with payments kept by run.

Each step of a run keeps its payment in a folder of its own until the answer is there, so that going
on finds it: `<folder>/<run id>/<step>/`.
"""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from x402.http.utils import decode_payment_required_header
from x402.schemas import PaymentRequired

from assay.core.address import Address
from assay.core.clock import Clock
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.market.errors import PaymentRefused, ServiceFailed, ServiceRejected, TermsUnacceptable
from assay.market.metering import CallRequest, PaymentChoice
from assay.market.pending import PendingCall, PendingCalls
from assay.market.pipelines.model import (
    ChainName,
    PaymentState,
    Standing,
    Step,
    StepAnswer,
)
from assay.market.remote import RemoteCalls, base_url
from assay.market.reply import PaidAnswer, request_body

_QUOTE_TIMEOUT = httpx.Timeout(60.0, connect=10.0)


@dataclass(frozen=True)
class ChainAccess:
    """One chain, as the account that runs sees it.

    Attributes:
        remote_calls: paid calls that keep their payments in the folder given.
        spent: whether the token has moved the payment with this nonce.
    """

    name: ChainName
    token: Address
    remote_calls: Callable[[PendingCalls], RemoteCalls]
    spent: Callable[[Digest], bool]


class _KeptPayments(PendingCalls):
    """Payments that stay until the answer is kept too, not only seen."""

    def drop(self, call: PendingCall) -> None:
        """Nothing: `forget` is for those who have kept the answer."""

    def forget(self, call: PendingCall) -> None:
        """Drop a payment for good."""
        super().drop(call)


class PlacedCalls:
    """The `StepCalls` port on one chain."""

    def __init__(self, chain: ChainAccess, folder: Path, clock: Clock) -> None:
        self._chain = chain
        self._folder = folder
        self._clock = clock

    async def quote(self, step: Step, request: CallRequest) -> int:
        """See `StepCalls.quote`."""
        url = base_url(step.service)
        body = request_body(request, stream=False)
        try:
            async with httpx.AsyncClient(timeout=_QUOTE_TIMEOUT) as http:
                answer = await http.post(f"{url}/v1/chat/completions", json=body)
        except httpx.HTTPError as error:
            reason = f"the connection failed ({type(error).__name__})"
            hint = "Check the address of the service, and that it runs."
            raise ServiceFailed(url, reason, hint=hint) from None
        if answer.status_code != httpx.codes.PAYMENT_REQUIRED:
            raise _unasked(url, answer)
        return self._price(answer.headers.get("PAYMENT-REQUIRED", ""))

    async def answer(
        self, run_id: str, step: Step, request: CallRequest, *, max_price: int
    ) -> StepAnswer:
        """See `StepCalls.answer`."""
        kept = self._payments(run_id, step)
        calls = self._chain.remote_calls(kept)
        for call in await asyncio.to_thread(kept.all):
            try:
                return self._done(step, await calls.resume(call))
            except PaymentRefused:
                if not await self._is_void(call):
                    raise
                kept.forget(call)
        paid = await calls.call(
            step.service, request, max_price=max_price, scheme=PaymentChoice.EXACT
        )
        return self._done(step, paid)

    def forget(self, run_id: str, step: Step) -> None:
        """See `StepCalls.forget`."""
        shutil.rmtree(self._folder / run_id / step.name, ignore_errors=True)
        with suppress(OSError):  # the folder of the run goes with its last step
            (self._folder / run_id).rmdir()

    async def standing(self, run_id: str, step: Step) -> Standing:
        """See `StepCalls.standing`."""
        for call in await asyncio.to_thread(self._payments(run_id, step).all):
            signed, lapses_at = _authorized(call)
            if await asyncio.to_thread(self._chain.spent, call.nonce):
                return Standing(PaymentState.CHARGED, signed)
            over = lapses_at <= self._clock.now_s()
            state = PaymentState.RELEASED if over else PaymentState.OPEN
            return Standing(state, signed, lapses_at)
        return Standing(PaymentState.NONE)

    async def _is_void(self, call: PendingCall) -> bool:
        """Whether the payment can never be charged any more, and never was."""
        if _authorized(call)[1] > self._clock.now_s():
            return False
        return not await asyncio.to_thread(self._chain.spent, call.nonce)

    def _done(self, step: Step, paid: PaidAnswer) -> StepAnswer:
        return StepAnswer(
            name=step.name,
            chain=self._chain.name,
            text=paid.text,
            finish_reason=paid.finish_reason,
            record=paid.record,
            transaction=paid.transaction,
            prompt_tokens=paid.prompt_tokens,
            completion_tokens=paid.completion_tokens,
        )

    def _payments(self, run_id: str, step: Step) -> _KeptPayments:
        return _KeptPayments(self._folder / run_id / step.name)

    def _price(self, required: str) -> int:
        try:
            terms = decode_payment_required_header(required)
            assert isinstance(terms, PaymentRequired)
            network = f"eip155:{self._chain.name.chain_id}"
            prices = [
                int(offer.get_amount())
                for offer in terms.accepts
                if (offer.network, offer.asset) == (network, self._chain.token)
            ]
        except (ValueError, TypeError, AttributeError, AssertionError, RecursionError) as error:
            raise TermsUnacceptable(f"its PAYMENT-REQUIRED: {type(error).__name__}") from None
        if not prices:
            raise TermsUnacceptable("it takes no token of ours on the chain of the step")
        return min(prices)


def _unasked(url: str, answer: httpx.Response) -> AssayError:
    try:
        detail = str(answer.json()["error"]["message"])[:500]
    except (ValueError, KeyError, TypeError, RecursionError):
        detail = "it gives no reason"
    if answer.is_client_error:
        return ServiceRejected(url, answer.status_code, detail)
    if answer.is_success:
        return TermsUnacceptable("it answers without being paid")
    return ServiceFailed(url, f"{answer.status_code}, {detail}")


def _authorized(call: PendingCall) -> tuple[int, int]:
    """What a payment allows, and until when, in seconds since 1970; as its header says."""
    payment: Any = json.loads(base64.b64decode(call.header))
    authorization = payment["payload"]["authorization"]
    return int(authorization["value"]), int(authorization["validBefore"])
