"""A run pays for each step once, whatever fails and wherever it is interrupted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assay.chain.signing import recover_typed_data
from assay.core.cid import Cid
from assay.ledger.database import open_database
from assay.market.errors import PaymentRefused, ServiceFailed
from assay.market.pipelines.errors import (
    QuoteTooHigh,
    RunBusy,
    RunContradicted,
    RunRecordForged,
    StepFailed,
)
from assay.market.pipelines.model import Quote, Run, RunState
from assay.market.pipelines.record import SignedRunRecord, sign_run
from assay.market.pipelines.stored import SqlRunBook
from assay.market.pipelines.use_cases.check import check_run
from assay.market.pipelines.use_cases.run import RunOrder, RunParts, RunWatch, run_pipeline
from tests.fakes.pipelines import DOMAIN, RUNNER, FakeBlobs, FakeChains, FakeTurns

FILE = """
name: three
steps:
  - {name: a, service: "http://one", model: m, prompt: "{input}"}
  - {name: b, service: "http://two", model: m, prompt: "b on {steps.a}", max_price: "0.00002"}
  - {name: c, service: "http://one", model: m, prompt: "c on {steps.a} and {steps.b}"}
"""
ORDER = RunOrder("ab" * 16, FILE, Path(), "rivers", max_price=30)
DOWN = ServiceFailed("http://two", "it is down")


class FixedClock:
    def now_s(self) -> int:
        return 1_700_000_000


@pytest.fixture
def chains() -> FakeChains:
    return FakeChains()


@pytest.fixture
def parts(database_url: str, chains: FakeChains) -> Iterator[RunParts]:
    engine = open_database(database_url)
    yield RunParts(
        chains=chains,
        book=SqlRunBook(engine),
        turns=FakeTurns(),
        blobs=FakeBlobs(),
        signer=RUNNER,
        domain=DOMAIN,
        clock=FixedClock(),
        pause_s=0.0,
    )
    engine.dispose()


def names(chains: FakeChains) -> list[str]:
    return [step for _run, step in chains.paid]


def check(run: Run, parts: RunParts) -> None:
    assert run.record is not None
    check_run(run.record, blobs=parts.blobs, domain=DOMAIN, recover=recover_typed_data)


async def test_each_step_gets_the_answers_before_it(parts: RunParts, chains: FakeChains) -> None:
    run = await run_pipeline(ORDER, parts)

    prompts = [request.text.messages[-1].content for request in chains.asked]
    assert prompts == [
        "rivers",
        "b on a of <rivers>",
        "c on a of <rivers> and b of <b on a of <rivers>>",
    ]
    assert (run.state, run.paid, run.text) == (RunState.FINISHED, 30, f"c of <{prompts[-1]}>")
    assert names(chains) == chains.forgotten == ["a", "b", "c"]
    check(run, parts)


async def test_a_finished_run_is_not_run_again(parts: RunParts, chains: FakeChains) -> None:
    first = await run_pipeline(ORDER, parts)

    again = await run_pipeline(ORDER, parts)

    assert again == first
    assert names(chains) == ["a", "b", "c"]


async def test_nothing_is_signed_above_the_price_that_is_allowed(
    parts: RunParts, chains: FakeChains
) -> None:
    with pytest.raises(QuoteTooHigh, match="The run"):
        await run_pipeline(replace(ORDER, max_price=29), parts)
    chains.prices["b"] = 21
    with pytest.raises(QuoteTooHigh, match="'b'"):
        await run_pipeline(replace(ORDER, max_price=1000), parts)

    def refuse(_run: Run, quote: Quote) -> None:
        raise QuoteTooHigh("The run", quote.total, 0)

    chains.prices.clear()
    with pytest.raises(QuoteTooHigh):
        await run_pipeline(ORDER, parts, RunWatch(approve=refuse))
    assert chains.paid == []


async def test_a_service_that_comes_back_soon_is_waited_for(
    parts: RunParts, chains: FakeChains
) -> None:
    chains.failures["b"] = [DOWN, DOWN]

    run = await run_pipeline(ORDER, parts)

    assert run.state is RunState.FINISHED
    assert names(chains) == ["a", "b", "c"]


@pytest.mark.parametrize("failed", ["a", "b", "c"])
async def test_a_step_that_fails_leaves_the_answers_before_it_and_the_run_goes_on_from_there(
    parts: RunParts, chains: FakeChains, failed: str
) -> None:
    before = "abc"[: "abc".index(failed)]
    chains.failures[failed] = [PaymentRefused("no")]

    with pytest.raises(StepFailed) as caught:
        await run_pipeline(ORDER, parts)
    chains.prices = dict.fromkeys(before, 1000)  # the price of what is done matters no more
    run = await run_pipeline(replace(ORDER, max_price=30 - 10 * len(before)), parts)

    assert caught.value.step == failed
    assert caught.value.exit_code == PaymentRefused.exit_code
    assert [answer.name for answer in caught.value.run.answers] == list(before)
    assert caught.value.run.paid == 10 * len(before)
    assert names(chains) == ["a", "b", "c"]
    assert run.paid == 30
    check(run, parts)


@pytest.mark.parametrize("step", ["a", "b", "c"])
async def test_a_run_that_dies_between_a_payment_and_its_answer_pays_no_step_twice(
    parts: RunParts, chains: FakeChains, step: str
) -> None:
    class Killed(BaseException):
        """As if the process had ended."""

    def die(name: str) -> None:
        if name == step:
            chains.before_answer = lambda _step: None
            raise Killed

    chains.before_answer = die
    with pytest.raises(Killed):
        await run_pipeline(ORDER, parts)

    run = await run_pipeline(ORDER, parts)

    assert names(chains) == ["a", "b", "c"]
    assert run.state is RunState.FINISHED


async def test_a_run_is_worked_on_by_one_process_at_a_time(parts: RunParts) -> None:
    with parts.turns.attempt(f"pipeline/{ORDER.run_id}"), pytest.raises(RunBusy):
        await run_pipeline(ORDER, parts)


async def test_a_run_is_taken_up_as_it_was_begun_or_not_at_all(
    parts: RunParts, chains: FakeChains
) -> None:
    chains.failures["c"] = [PaymentRefused("no")]
    with pytest.raises(StepFailed):
        await run_pipeline(ORDER, parts)

    with pytest.raises(RunContradicted, match="input"):
        await run_pipeline(replace(ORDER, given="lakes"), parts)
    with pytest.raises(RunContradicted, match="pipeline"):
        await run_pipeline(replace(ORDER, definition=FILE.replace("c on", "d on")), parts)


async def test_changing_anything_in_the_record_of_a_run_breaks_it(parts: RunParts) -> None:
    run = await run_pipeline(ORDER, parts)
    assert run.record is not None
    data = parts.blobs.read_bytes(run.record)
    record = SignedRunRecord.decode(data)
    line = dict(record.record.steps[0])
    changes = [
        replace(record.record, given=record.record.output),
        replace(record.record, pipeline=record.record.output),
        replace(record.record, finished_at=1),
        replace(record.record, steps=record.record.steps[:-1]),
        replace(record.record, steps=({**line, "amount": "9"}, *record.record.steps[1:])),
        replace(record.record, runner=record.record.steps[0]["provider"]),
    ]

    for changed in changes:
        cid = parts.blobs.add_bytes(replace(record, record=changed).encode())
        with pytest.raises(RunRecordForged):
            check_run(cid, blobs=parts.blobs, domain=DOMAIN, recover=recover_typed_data)
    for bad in (b"", b"[]", data[:-1], data.replace(b"pipeline-run/1", b"pipeline-run/2")):
        with pytest.raises(RunRecordForged):
            SignedRunRecord.decode(bad)


async def test_a_runner_cannot_sign_for_more_than_the_providers_did(parts: RunParts) -> None:
    run = await run_pipeline(ORDER, parts)
    assert run.record is not None
    honest = SignedRunRecord.decode(parts.blobs.read_bytes(run.record)).record
    for field, value in {"amount": "9", "provider": RUNNER.address, "payment": "0x00"}.items():
        steps = ({**honest.steps[0], field: value}, *honest.steps[1:])
        forged = sign_run(replace(honest, steps=steps), DOMAIN, RUNNER)
        cid = parts.blobs.add_bytes(forged.encode())

        with pytest.raises(RunRecordForged, match=field):
            check_run(cid, blobs=parts.blobs, domain=DOMAIN, recover=recover_typed_data)


async def test_the_newest_runs_come_first(parts: RunParts) -> None:
    await run_pipeline(ORDER, parts)
    await run_pipeline(replace(ORDER, run_id="cd" * 16, given="lakes"), parts)

    found = parts.book.newest(10)

    assert {run.run_id for run in found} == {"ab" * 16, "cd" * 16}
    assert isinstance(found[0].record, Cid)
