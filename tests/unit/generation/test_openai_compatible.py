"""Every failure of a model's server arrives as an error of ours, with its values."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from assay.core.chat import Message, TextChunk, TextRequest
from assay.errors import InputError, UnavailableError
from assay.generation.errors import (
    ContextOverflow,
    ModelAccessDenied,
    ModelFailed,
    ModelTimeout,
    ModelUnreachable,
    RequestRejected,
)
from assay.generation.openai_compatible import OpenAITextModel

REQUEST = TextRequest((Message("user", "ask"),), max_tokens=4, seed=7, temperature=0.5)
Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def server(answer: Answer, seen: list[bytes] | None = None) -> AsyncIterator[OpenAITextModel]:
    """A model whose server answers each request with the bytes that `answer` writes."""

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length")
        )
        body = await reader.readexactly(length)
        if seen is not None:
            seen.append(body)
        await answer(writer)
        writer.close()

    listener = await asyncio.start_server(connected, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    model = OpenAITextModel(f"http://127.0.0.1:{port}/v1", "secret-key", "m", timeout_s=0.3)
    async with listener:
        yield model
    await model.close()


def status(code: int, body: object) -> Answer:
    async def answer(writer: asyncio.StreamWriter) -> None:
        data = json.dumps({"error": body}).encode()
        writer.write(
            b"HTTP/1.1 %d X\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
            % (code, len(data), data)
        )
        await writer.drain()

    return answer


def events(*lines: object) -> Answer:
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(
            b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"
        )
        for line in lines:
            data = line if isinstance(line, str) else json.dumps(line)
            writer.write(f"data: {data}\n\n".encode())
        await writer.drain()

    return answer


def delta(text: str | None, finish_reason: str | None = None) -> dict[str, object]:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish_reason}
    return {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m",
            "choices": [choice]}  # fmt: skip


USAGE = {
    "id": "1",
    "object": "chat.completion.chunk",
    "created": 1,
    "model": "m",
    "choices": [],
    "usage": {"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 7},
}


async def collect(model: OpenAITextModel) -> list[TextChunk]:
    return [chunk async for chunk in model.stream(REQUEST)]


async def test_an_answer_arrives_in_chunks_and_ends_with_the_counts() -> None:
    seen: list[bytes] = []

    answer = events(delta(None), delta("Hel"), delta("lo"), delta(None, "stop"), USAGE, "[DONE]")
    async with server(answer, seen) as model:
        chunks = await collect(model)

    assert chunks == [TextChunk("Hel"), TextChunk("lo"), TextChunk("", "stop", 5, 2)]
    sent = json.loads(seen[0])
    assert (sent["seed"], sent["temperature"], sent["max_tokens"]) == (7, 0.5, 4)


@pytest.mark.parametrize(
    ("code", "body", "expected"),
    [
        (400, {"message": "bad role"}, RequestRejected),
        (404, {"message": "no such model"}, RequestRejected),
        (401, {"message": "who?"}, ModelAccessDenied),
        (403, {"message": "no"}, ModelAccessDenied),
        (429, {"message": "later"}, ModelFailed),
        (500, {"message": "oops"}, ModelFailed),
        (503, {"message": "loading"}, ModelFailed),
    ],
)
async def test_a_status_becomes_an_error_of_ours(
    code: int, body: dict[str, str], expected: type[Exception]
) -> None:
    async with server(status(code, body)) as model:
        with pytest.raises(expected) as caught:
            await collect(model)

    assert "secret-key" not in str(caught.value) + repr(model)


async def test_an_overflowing_context_is_told_in_tokens() -> None:
    body = {"message": "too long", "n_prompt_tokens": 5031, "n_ctx": 2048}

    async with server(status(400, body)) as model:
        with pytest.raises(ContextOverflow) as caught:
            await collect(model)

    assert isinstance(caught.value, InputError)
    assert (caught.value.prompt_tokens, caught.value.context_tokens) == (5031, 2048)


async def test_silence_becomes_a_timeout() -> None:
    async def answer(_writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(1)

    async with server(answer) as model:
        with pytest.raises(ModelTimeout) as caught:
            await collect(model)

    assert caught.value.timeout_s == 0.3


async def test_silence_in_the_middle_of_an_answer_becomes_a_timeout() -> None:
    async def answer(writer: asyncio.StreamWriter) -> None:
        await events(delta("Hel"))(writer)
        await asyncio.sleep(1)

    async with server(answer) as model:
        with pytest.raises(ModelTimeout):
            await collect(model)


async def test_an_answer_that_breaks_off_is_not_taken_for_whole() -> None:
    async with server(events(delta("Hel"))) as model:
        with pytest.raises(ModelFailed, match="broke off"):
            await collect(model)


async def test_a_connection_that_breaks_is_told_as_such() -> None:
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 10000\r\n\r\n")
        await writer.drain()

    async with server(answer) as model:
        with pytest.raises(UnavailableError):
            await collect(model)


async def test_a_server_that_is_not_there_is_unreachable() -> None:
    model = OpenAITextModel("http://127.0.0.1:9/v1", None, "m")

    with pytest.raises(ModelUnreachable) as caught:
        await collect(model)

    assert caught.value.url == "http://127.0.0.1:9/v1"
    assert "127.0.0.1" not in f"{caught.value} {caught.value.hint}"  # buyers read both
    await model.close()


async def test_an_error_inside_the_stream_is_a_failure() -> None:
    async with server(events(delta("Hel"), {"error": {"message": "slot lost"}})) as model:
        with pytest.raises(ModelFailed, match="slot lost"):
            await collect(model)
