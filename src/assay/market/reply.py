"""What a paid service answers, and whether its signed record says what really happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from assay.core.address import Address
from assay.core.digest import Digest
from assay.errors import InputError
from assay.market.calls import SignedCallRecord
from assay.market.errors import RecordContradicted, RecordMalformed
from assay.market.metering import CallRequest

OnText = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class PaidAnswer:
    """An answer whose record was checked.

    Attributes:
        seed: the one in force; with it the same question gives the same text.
        transaction: hash of the transaction that paid; empty where a channel did, which is
            settled later, many calls at once.
        channel: the channel that paid, if one did.
        prompt_tokens, completion_tokens: what the service counted; 0 where it does not say.
    """

    text: str
    finish_reason: str
    seed: int
    transaction: str
    record: SignedCallRecord
    channel: Digest | None = None
    prompt_tokens: int = 0
    completion_tokens: int = 0

    @property
    def payment(self) -> Digest:
        """What names the payment: an authorization's nonce, or a voucher's digest."""
        return self.record.record.payment_nonce

    def as_json(self) -> dict[str, Any]:
        """What `assay call --json` prints."""
        return {
            "text": self.text,
            "finish_reason": self.finish_reason,
            "seed": self.seed,
            "amount": str(self.record.record.amount),
            "payment": self.payment.hex,
            "scheme": "batch-settlement" if self.channel else "exact",
            "channel": self.channel.hex if self.channel else None,
            "transaction": self.transaction or None,
            "record": str(self.record.cid),
            "provider": self.record.record.provider,
            "service": self.record.record.service.hex,
            "model": self.record.record.model.hex,
        }


@dataclass(frozen=True, slots=True)
class Terms:
    """What was signed to pay: `amount` in units of the token.

    A channel is charged less than the price if a stream broke off, and never more.
    """

    payer: Address
    provider: Address
    token: Address
    amount: int
    nonce: Digest
    by_channel: bool = False

    def amount_due(self, recorded: int) -> int:
        """What a record that names `recorded` should name."""
        return min(self.amount, recorded) if self.by_channel else self.amount


@dataclass
class Reply:
    """What came back, whole or in pieces.

    Attributes:
        receipt: the PAYMENT-RESPONSE header.
        required: the PAYMENT-REQUIRED header.
        evidence: the member `assay` of the answer: record, artefact and parameters.
        error: what the service says went wrong.
    """

    status: int
    receipt: str
    text: str = ""
    finish_reason: str = ""
    evidence: dict[str, Any] = field(default_factory=dict)
    error: dict[str, Any] = field(default_factory=dict)
    required: str = ""
    prompt_tokens: int = 0
    completion_tokens: int = 0

    def add_whole(self, body: Any) -> None:
        """Take a whole chat completion, or the body of a failure.

        Raises:
            KeyError, TypeError, ValueError, IndexError, AttributeError: it is neither.
        """
        if self.status != 200:
            error = body.get("error")
            self.error = error if isinstance(error, dict) else {"message": str(error)[:500]}
            return
        choice = body["choices"][0]
        self.text = _unicode(choice["message"]["content"])
        self.finish_reason = str(choice["finish_reason"])
        self.evidence = dict(body.get("assay") or {})
        usage = body.get("usage") or {}
        self.prompt_tokens = int(usage.get("prompt_tokens") or 0)
        self.completion_tokens = int(usage.get("completion_tokens") or 0)

    def add_event(self, event: Any, on_text: OnText) -> None:
        """Take one piece of a stream; raises as `add_whole`."""
        if "error" in event:
            self.error = dict(event["error"])
            return
        self.evidence = dict(event.get("assay") or self.evidence)
        for choice in event["choices"]:
            self.finish_reason = choice["finish_reason"] or self.finish_reason
            if text := choice["delta"].get("content"):
                self.text += _unicode(text)
                on_text(text)


def _unicode(text: Any) -> str:
    if not isinstance(text, str):
        raise TypeError("an answer is text")
    text.encode()  # half a surrogate pair, which JSON can spell, has no digest
    return text


def request_body(request: CallRequest, *, stream: bool) -> dict[str, Any]:
    """The request as OpenAI's API takes it."""
    text = request.text
    return {
        "model": request.model,
        "messages": [{"role": item.role, "content": item.content} for item in text.messages],
        "max_tokens": text.max_tokens,
        "temperature": text.temperature,
        "top_p": text.top_p,
        **({"stop": list(text.stop)} if text.stop else {}),
        **({"seed": text.seed} if request.seed_given else {}),
        **({"stream": True} if stream else {}),
    }


def read_evidence(reply: Reply) -> SignedCallRecord:
    """The record in an answer; its signature is not checked here.

    Raises:
        RecordMalformed: there is none.
    """
    if not isinstance(reply.evidence.get("parameters"), dict):
        raise RecordMalformed("the answer carries none")
    return SignedCallRecord.from_json(reply.evidence.get("artefact"))


def check_evidence(
    signed: SignedCallRecord, reply: Reply, request: CallRequest, terms: Terms
) -> int:
    """Hold a record against what was asked, paid and answered; returns the seed in force.

    Raises:
        RecordMalformed: the answer names no seed.
        RecordContradicted: the record says something else.
    """
    try:
        seed = int(reply.evidence["parameters"]["seed"])
        asked = replace(request.text, seed=seed)
    except (KeyError, TypeError, ValueError, InputError) as error:
        raise RecordMalformed(f"{type(error).__name__}: {error}") from None
    record = signed.record
    expected: dict[str, tuple[object, object]] = {
        "payer": (terms.payer, record.payer),
        "provider": (terms.provider, record.provider),
        "amount": (terms.amount_due(record.amount), record.amount),
        "token": (terms.token, record.token),
        "payment nonce": (terms.nonce, record.payment_nonce),
        "prompt digest": (asked.prompt_digest, record.prompt_digest),
        "output digest": (Digest.of(reply.text.encode()), record.output_digest),
        "CID": (str(signed.cid), reply.evidence.get("record")),
        "seed": (request.text.seed if request.seed_given else seed, seed),
    }
    for name, (wanted, found) in expected.items():
        if wanted != found:
            raise RecordContradicted(name, str(wanted), str(found))
    return seed
