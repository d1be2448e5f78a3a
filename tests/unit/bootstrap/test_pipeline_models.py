"""A pipeline that is sold: what its operator has paid is used again, and never for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assay.bootstrap.pipeline_models import (
    PipelineFileDamaged,
    PipelineTextModel,
    SoldPipeline,
    SoldPipelines,
)
from assay.core.chat import Message, TextRequest
from assay.core.clock import SystemClock
from assay.core.digest import Digest
from assay.ledger.database import open_database
from assay.market.errors import PaymentRefused
from assay.market.pipelines.errors import RunBusy, StepFailed
from assay.market.pipelines.stored import SqlRunBook
from assay.market.pipelines.use_cases.run import RunParts
from tests.fakes.pipelines import DOMAIN, RUNNER, FakeBlobs, FakeChains, FakeTurns

FILE = """
name: two
steps:
  - {name: a, service: "http://one", model: m, prompt: "{input}", max_price: "0.01"}
  - {name: b, service: "http://two", model: m, prompt: "b on {steps.a}", max_price: "0.01"}
"""
REQUEST = TextRequest((Message("system", "Be short."), Message("user", "rivers")), seed=1)
OTHER_SEED = replace(REQUEST, seed=2)


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
        clock=SystemClock(),
        pause_s=0.0,
    )
    engine.dispose()


@pytest.fixture
def model(parts: RunParts) -> PipelineTextModel:
    return PipelineTextModel("two", SoldPipeline(FILE, Path()), lambda: parts)


async def ask(model: PipelineTextModel, request: TextRequest) -> str:
    chunks = [chunk async for chunk in model.stream(request)]
    assert [chunk.finish_reason for chunk in chunks] == ["stop"]
    assert (chunks[0].prompt_tokens, chunks[0].completion_tokens) == (2, 4)
    return chunks[0].text


def paid(chains: FakeChains) -> list[str]:
    return [step for _run, step in chains.paid]


async def test_the_last_message_of_the_user_is_the_input(
    model: PipelineTextModel, chains: FakeChains
) -> None:
    assert await ask(model, REQUEST) == "b of <b on a of <rivers>>"
    assert paid(chains) == ["a", "b"]


async def test_after_a_failure_the_same_question_goes_on_whatever_seed_it_gets(
    model: PipelineTextModel, chains: FakeChains
) -> None:
    chains.failures["b"] = [PaymentRefused("no")]
    with pytest.raises(StepFailed):
        await ask(model, REQUEST)

    text = await ask(model, OTHER_SEED)
    again = await ask(model, OTHER_SEED)

    assert text == again
    assert paid(chains) == ["a", "b"]


async def test_an_answer_that_was_lost_after_the_last_step_is_not_paid_for_again(
    model: PipelineTextModel, chains: FakeChains
) -> None:
    first = await ask(model, REQUEST)

    assert await ask(model, REQUEST) == first
    assert paid(chains) == ["a", "b"]


async def test_another_call_of_the_same_words_gets_a_run_of_its_own(
    model: PipelineTextModel, chains: FakeChains
) -> None:
    await ask(model, REQUEST)
    await ask(model, OTHER_SEED)

    assert paid(chains) == ["a", "b", "a", "b"]


async def test_a_run_that_another_call_is_making_is_left_to_it(
    model: PipelineTextModel, parts: RunParts, chains: FakeChains
) -> None:
    chains.failures["b"] = [PaymentRefused("no")]
    with pytest.raises(StepFailed):
        await ask(model, REQUEST)
    [begun] = parts.book.newest(5)

    with parts.turns.attempt(f"pipeline/{begun.run_id}"):
        with pytest.raises(RunBusy):
            await ask(model, REQUEST)
        await ask(model, OTHER_SEED)

    assert paid(chains) == ["a", "a", "b"]


def test_what_stands_behind_a_service_is_kept_privately(tmp_path: Path) -> None:
    kept, service = SoldPipelines(tmp_path / "sold"), Digest.of(b"service")
    sold = SoldPipeline(FILE, Path("/pipelines"))

    kept.keep(service, sold)
    [path] = (tmp_path / "sold").iterdir()

    assert kept.find(service) == sold
    assert kept.find(Digest.of(b"other")) is None
    assert path.stat().st_mode & 0o077 == 0
    path.write_text("{}")
    with pytest.raises(PipelineFileDamaged):
        kept.find(service)
