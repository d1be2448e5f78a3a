"""A pipeline, its runs, and what each step of a run cost: values and pure rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from assay.core.address import Address
from assay.core.amount import format_amount
from assay.core.canonical import canonical_json
from assay.core.chat import LARGEST_SEED, Message, TextRequest, decimal_text
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.market.calls import SignedCallRecord
from assay.market.metering import CallRequest
from assay.market.pipelines.template import render

SCHEMA = "pipeline/1"


@dataclass(frozen=True, slots=True)
class ChainPlace:
    """Where a step's chain is: a home folder, or a node with the manifest of its contracts.

    With none of them it is the chain that the run itself is on.
    """

    home: Path | None = None
    rpc_url: str | None = None
    deployment: Path | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One paid call.

    Attributes:
        service: URL of the service.
        prompt: template, see `assay.market.pipelines.template`.
        max_price: the most to pay for it, in units of the token; None: what the run allows.
    """

    name: str
    service: str
    model: str
    prompt: str
    max_tokens: int = 256
    temperature: float = 1.0
    max_price: int | None = None
    chain: ChainPlace = ChainPlace()

    def request(self, run_id: str, given: str, answers: Mapping[str, str]) -> CallRequest:
        """What is asked; the seed is the run's own, so that going on asks the very same.

        Raises:
            InputError: no prompt, or one that is too long.
        """
        seed = int.from_bytes(Digest.of(f"{run_id}/{self.name}".encode()).raw[:4]) % LARGEST_SEED
        text = TextRequest(
            (Message("user", render(self.prompt, given, answers)),),
            max_tokens=self.max_tokens,
            temperature=self.temperature,
            seed=seed,
        )
        return CallRequest(self.model, text, seed_given=True)

    def as_json(self) -> dict[str, Any]:
        """What is public of it: where the runner finds its chain is not."""
        return {
            "name": self.name,
            "service": self.service,
            "model": self.model,
            "prompt": self.prompt,
            "max_tokens": self.max_tokens,
            "temperature": decimal_text(self.temperature),
            "max_price": None if self.max_price is None else str(self.max_price),
        }


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Steps in the order that they are run; each may use the answers of those before it."""

    name: str
    steps: tuple[Step, ...]
    description: str = ""

    def as_json(self) -> dict[str, Any]:
        """The public form, which the digest is made of."""
        return {
            "assay": SCHEMA,
            "name": self.name,
            "description": self.description,
            "steps": [step.as_json() for step in self.steps],
        }

    @property
    def digest(self) -> Digest:
        """Names the pipeline, whatever its file looks like."""
        return Digest.of(canonical_json(self.as_json()))


@dataclass(frozen=True, slots=True)
class ChainName:
    """Tells chains apart, also two local ones of the same id.

    Attributes:
        genesis: hash of block 0.
        anchor: the contract that call records are bound to.
    """

    chain_id: int
    genesis: str
    anchor: Address


@dataclass(frozen=True, slots=True)
class StepAnswer:
    """A step that is answered and paid.

    Attributes:
        transaction: that paid.
    """

    name: str
    chain: ChainName
    text: str
    finish_reason: str
    record: SignedCallRecord
    transaction: str
    prompt_tokens: int
    completion_tokens: int

    @property
    def amount(self) -> int:
        """What it cost."""
        return self.record.record.amount


class PaymentState(StrEnum):
    """What has become of the payment of a step that has no answer."""

    NONE = "nothing was signed"
    RELEASED = "signed, not charged"
    OPEN = "signed, and may still be charged"
    CHARGED = "charged, and the answer is still to be fetched"


@dataclass(frozen=True, slots=True)
class Standing:
    """The payment of a step without an answer.

    Attributes:
        signed: the most that it allows.
        lapses_at: seconds since 1970 after which it can no longer be charged, where it ends so.
    """

    state: PaymentState
    signed: int = 0
    lapses_at: int | None = None

    @property
    def charged(self) -> int:
        """What the chain has moved for it."""
        return self.signed if self.state is PaymentState.CHARGED else 0

    @property
    def sentence(self) -> str:
        """For people."""
        if self.state is PaymentState.NONE:
            return "Nothing was signed for it."
        return f"Its payment of {format_amount(self.signed, decimals=6)} ASSAY: {self.state}."

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "payment": self.state.name.lower(),
            "signed": str(self.signed),
            "charged": str(self.charged),
            "lapses_at": self.lapses_at,
        }


class RunState(StrEnum):
    """How far a run is."""

    RUNNING = "running"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Order:
    """The call of a buyer that a run answers, where the pipeline is sold.

    Attributes:
        request: digest of all that was asked; the same call is generated again under the same one.
        topic: the same without the seed: a buyer who gave none, and asks again because the run
            failed, gets another seed, and still the run that the operator has begun to pay.
    """

    request: Digest
    topic: Digest


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a pipeline.

    Attributes:
        definition: the pipeline's file, by which the run can be taken up again.
        folder: where paths in the file are relative to.
        order: what it was begun for, or is finished for.
        answers: of the steps that are done, in their order.
        record: CID of the signed record, once it is finished.
    """

    run_id: str
    pipeline: Pipeline
    definition: str
    folder: Path
    given: str
    started_at: int
    order: Order | None = None
    state: RunState = RunState.RUNNING
    answers: tuple[StepAnswer, ...] = ()
    record: Cid | None = None

    @property
    def texts(self) -> dict[str, str]:
        """The answers so far, by their steps."""
        return {answer.name: answer.text for answer in self.answers}

    @property
    def remaining(self) -> tuple[Step, ...]:
        """The steps that are still to be made."""
        return self.pipeline.steps[len(self.answers) :]

    @property
    def text(self) -> str:
        """The last answer: what the pipeline is for."""
        return self.answers[-1].text if self.answers else ""

    @property
    def paid(self) -> int:
        """What the answered steps cost together."""
        return sum(answer.amount for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Quote:
    """What the services ask for the steps that are still to be made, by their names."""

    prices: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Of all of them."""
        return sum(self.prices.values())
