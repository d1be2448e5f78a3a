"""The life of a paid call, as pure rules: what may happen next, and what may never happen.

    VERIFIED ──answer──▶ GENERATED ──▶ SETTLING ──▶ SETTLED
        └──first chunk of a stream──────▶ ┘ │          (answer added later, if streamed)
        ◀──────────── refused ──────────────┘
    VERIFIED, GENERATED, SETTLING ──payment no longer good──▶ LAPSED

A voucher is charged in one transaction of our own database, so that its call passes through
SETTLING in no time: answer, charge and state become durable together.

- An answer leaves the house only when its call is SETTLED: nothing is served unpaid.
- SETTLED is never left, and a settled call without an answer is generated again, from the same
  request and seed: nothing is charged unserved.
- One payment (payer and nonce) has one call, and the token spends a nonce once: nothing is charged
  twice.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from assay.core.address import Address
from assay.core.canonical import canonical_json
from assay.core.chat import TextRequest
from assay.core.digest import Digest
from assay.core.image_request import ImageRequest
from assay.market.calls import CallRecord, SignedCallRecord
from assay.market.errors import PaymentRefused, PaymentReused

EXACT, BATCH = "exact", "batch-settlement"


class PaymentChoice(StrEnum):
    """How a call is to be paid: from a channel where one fits, only so, or by its own transfer."""

    AUTO = "auto"
    CHANNEL = "channel"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class ServedModel:
    """A service that is sold: the asset, the model behind it, its name, price and provider.

    Attributes:
        price: whole units of the payment token for one call.
        provider: who is paid, and who signs the call records.
    """

    service: Digest
    model: Digest
    name: str
    price: int
    provider: Address


@dataclass(frozen=True, slots=True)
class PaymentId:
    """What names an EIP-3009 authorization on its token."""

    payer: Address
    nonce: Digest


@dataclass(frozen=True, slots=True)
class Payment:
    """What pays for one call, as it came in a PAYMENT-SIGNATURE header.

    Attributes:
        nonce: names the payment: of an EIP-3009 authorization, or a voucher's EIP-712 digest.
        amount: whole units of the token; of a voucher, what this call is charged at most.
        valid_before: seconds since 1970 from which on it cannot be settled.
        header: the header's value as it came.
        identifier: of the x402 extension `payment-identifier`, if the caller gave one.
    """

    payer: Address
    nonce: Digest
    recipient: Address
    amount: int
    valid_before: int
    signature: bytes
    header: str
    scheme: str = EXACT
    identifier: str | None = None

    @property
    def id(self) -> PaymentId:
        """Payer and nonce."""
        return PaymentId(self.payer, self.nonce)


@dataclass(frozen=True, slots=True)
class CallRequest:
    """What a caller asks of which model; without a seed of its own, any seed will do."""

    model: str
    text: TextRequest
    seed_given: bool

    @property
    def digest(self) -> Digest:
        """Tells one request from another; a payment is good for one of them."""
        return _request_digest(self.model, self.text.as_json(), seed_given=self.seed_given)

    def seeded(self, choose_seed: Callable[[], int]) -> TextRequest:
        """What is generated: with the caller's seed, or else one of ours."""
        return self.text if self.seed_given else replace(self.text, seed=choose_seed())


@dataclass(frozen=True, slots=True)
class ImageCallRequest:
    """What picture a caller asks of which model; otherwise as `CallRequest`."""

    model: str
    image: ImageRequest
    seed_given: bool

    @property
    def digest(self) -> Digest:
        """See `CallRequest.digest`."""
        return _request_digest(self.model, self.image.as_json(), seed_given=self.seed_given)

    def seeded(self, choose_seed: Callable[[], int]) -> ImageRequest:
        """See `CallRequest.seeded`."""
        return self.image if self.seed_given else replace(self.image, seed=choose_seed())


AnyCallRequest = CallRequest | ImageCallRequest


def _request_digest(model: str, document: dict[str, Any], *, seed_given: bool) -> Digest:
    if not seed_given:
        document["parameters"]["seed"] = None
    return Digest.of(canonical_json({"model": model, **document}))


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer and the provider's record of the call; of a picture, its PNG in base64."""

    text: str
    finish_reason: str
    prompt_tokens: int
    completion_tokens: int
    record: SignedCallRecord


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the chain says of a payment.

    Attributes:
        transaction: hash of the transaction that paid us, if there is one.
        possible: whether the payment can still be settled.
    """

    transaction: str | None
    possible: bool


class CallState(StrEnum):
    """How far a paid call is."""

    VERIFIED = "verified"
    GENERATED = "generated"
    SETTLING = "settling"
    SETTLED = "settled"
    LAPSED = "lapsed"


class Step(StrEnum):
    """What to do next to bring a call to its end."""

    GENERATE = "generate"
    SETTLE = "settle"
    DELIVER = "deliver"


@dataclass(frozen=True, slots=True)
class PaidCall:
    """One call and its payment, as the ledger keeps it.

    Attributes:
        request: with the seed that is used, whoever chose it.
        verified_at: seconds since 1970 when the payment was found good.
        from_block: no block before this one can hold the settlement.
        broadcast: hash of the last transaction that was sent to settle it.
        transaction: hash of the transaction that settled it; of a voucher, the deposit that came
            with it, or empty: many vouchers are claimed in one transaction later on.
    """

    payment: Payment
    served: ServedModel
    request: TextRequest | ImageRequest
    request_digest: Digest
    verified_at: int
    from_block: int
    state: CallState = CallState.VERIFIED
    answer: Answer | None = None
    broadcast: str | None = None
    transaction: str | None = None

    def check_same(self, payment: Payment, request: AnyCallRequest) -> None:
        """Refuse to take a used payment for another request, or from somebody who only saw it.

        Raises:
            PaymentReused: another request, or another signature than the first time.
        """
        same = payment.signature == self.payment.signature and request.digest == self.request_digest
        if not same:
            raise PaymentReused(payment.payer, payment.nonce)

    def next_step(self) -> Step:
        """What brings the call forward.

        Raises:
            PaymentRefused: the payment lapsed.
        """
        match self.state:
            case CallState.VERIFIED:
                return Step.GENERATE
            case CallState.GENERATED | CallState.SETTLING:
                return Step.SETTLE
            case CallState.SETTLED:
                return Step.DELIVER if self.answer else Step.GENERATE
            case CallState.LAPSED:
                raise PaymentRefused("payment_lapsed", "it expired, or was cancelled")

    def answered(self, answer: Answer) -> PaidCall:
        """The answer is complete."""
        assert self.answer is None, "a call is answered once"
        assert self.state in (CallState.VERIFIED, CallState.SETTLED)
        paid = self.state is CallState.SETTLED
        return replace(
            self, answer=answer, state=CallState.SETTLED if paid else CallState.GENERATED
        )

    def settling(self) -> PaidCall:
        """The transaction is about to be sent, or to be waited for again."""
        assert self.state in (CallState.VERIFIED, CallState.GENERATED, CallState.SETTLING)
        return replace(self, state=CallState.SETTLING)

    def sent(self, transaction: str) -> PaidCall:
        """The transaction is on its way."""
        assert self.state is CallState.SETTLING
        return replace(self, broadcast=transaction)

    def settled(self, transaction: str) -> PaidCall:
        """The chain has moved the money."""
        assert self.state is CallState.SETTLING
        return replace(self, state=CallState.SETTLED, transaction=transaction)

    def refused(self) -> PaidCall:
        """The chain has not moved the money, and no transaction of ours can do so any more."""
        assert self.state is CallState.SETTLING
        back = CallState.GENERATED if self.answer else CallState.VERIFIED
        return replace(self, state=back, broadcast=None)

    def charged(self, amount: int) -> PaidCall:
        """What is charged is less than was set aside, because less was served."""
        assert 0 <= amount <= self.payment.amount, "a charge only falls"
        return replace(self, payment=replace(self.payment, amount=amount))

    def lapsed(self) -> PaidCall:
        """The payment can never be settled any more."""
        assert self.state is not CallState.SETTLED
        return replace(self, state=CallState.LAPSED, broadcast=None)

    def record_of(self, text: str, started_at: int, finished_at: int, token: Address) -> CallRecord:
        """What the provider signs about this call."""
        return CallRecord(
            provider=self.served.provider,
            payer=self.payment.payer,
            service=self.served.service,
            model=self.served.model,
            prompt_digest=self.request.prompt_digest,
            output_digest=Digest.of(self.output(text)),
            token=token,
            amount=self.payment.amount,
            payment_nonce=self.payment.nonce,
            started_at=started_at,
            finished_at=finished_at,
        )

    def output(self, text: str) -> bytes:
        """The bytes that an answer's text stands for: of a picture, those of its file."""
        if isinstance(self.request, ImageRequest):
            return base64.b64decode(text)
        return text.encode("utf-8")
