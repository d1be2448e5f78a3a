"""Chains whose services answer what they are told to, and remember every payment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from assay.chain.account import Account
from assay.core.address import Address
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.market.calls import CallRecord, RecordDomain, sign_record
from assay.market.metering import CallRequest
from assay.market.pipelines.model import (
    ChainName,
    ChainPlace,
    PaymentState,
    Standing,
    Step,
    StepAnswer,
)

PROVIDER = Account(b"\x01" * 32)
RUNNER = Account(b"\x02" * 32)
TOKEN = Address("0x90F79bf6EB2c4f870365E785982E1f101E93b906")
ANCHOR = Address("0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65")
DOMAIN = RecordDomain(31337, ANCHOR)


@dataclass
class FakeChains:
    """Both the `Chains` and the `StepCalls` port: one payment a run and step, as on a real chain.

    Attributes:
        prices: by step; 10 where nothing is said.
        failures: raised by step, one at each call, before an answer.
        paid: run and step of every payment that was charged.
        before_answer: called when a step is answered and paid, before the caller knows it.
    """

    prices: dict[str, int] = field(default_factory=dict)
    failures: dict[str, list[AssayError]] = field(default_factory=dict)
    paid: list[tuple[str, str]] = field(default_factory=list)
    asked: list[CallRequest] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    before_answer: Callable[[str], None] = lambda _step: None
    _kept: dict[tuple[str, str], StepAnswer] = field(default_factory=dict)

    def calls_on(self, place: ChainPlace) -> FakeChains:
        return self

    async def quote(self, step: Step, request: CallRequest) -> int:
        return self.prices.get(step.name, 10)

    async def answer(
        self, run_id: str, step: Step, request: CallRequest, *, max_price: int
    ) -> StepAnswer:
        if self.failures.get(step.name):
            raise self.failures[step.name].pop(0)
        key = (run_id, step.name)
        if key not in self._kept:
            self.asked.append(request)
            self.paid.append(key)
            self._kept[key] = self._answer(step, request, max_price)
        self.before_answer(step.name)
        return self._kept[key]

    def forget(self, run_id: str, step: Step) -> None:
        self.forgotten.append(step.name)

    async def standing(self, run_id: str, step: Step) -> Standing:
        return Standing(PaymentState.NONE)

    def _answer(self, step: Step, request: CallRequest, price: int) -> StepAnswer:
        text = f"{step.name} of <{request.text.messages[-1].content}>"
        record = CallRecord(
            provider=PROVIDER.address,
            payer=RUNNER.address,
            service=Digest.of(step.service.encode()),
            model=Digest.of(step.model.encode()),
            prompt_digest=request.text.prompt_digest,
            output_digest=Digest.of(text.encode()),
            token=TOKEN,
            amount=price,
            payment_nonce=Digest.of(f"payment {len(self.paid)}".encode()),
            started_at=1_700_000_000,
            finished_at=1_700_000_001,
        )
        return StepAnswer(
            name=step.name,
            chain=ChainName(31337, "0x" + "11" * 32, ANCHOR),
            text=text,
            finish_reason="stop",
            record=sign_record(record, DOMAIN, PROVIDER),
            transaction="0x" + "22" * 32,
            prompt_tokens=1,
            completion_tokens=2,
        )


class FakeBlobs:
    """The `Artefacts` port in memory."""

    def __init__(self) -> None:
        self.held: dict[Cid, bytes] = {}

    def add_bytes(self, data: bytes) -> Cid:
        self.held[Cid.raw(data)] = data
        return Cid.raw(data)

    def read_bytes(self, cid: Cid, *, limit: int = 1_000_000) -> bytes:
        return self.held[cid]


class FakeTurns:
    """The `Turns` port: names in a set."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    @contextmanager
    def attempt(self, name: str) -> Iterator[object | None]:
        if name in self.taken:
            yield None
            return
        self.taken.add(name)
        try:
            yield self
        finally:
            self.taken.discard(name)
