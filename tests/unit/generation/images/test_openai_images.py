"""An image server may be ours or anybody's: its pictures are taken, its faults become errors."""

from __future__ import annotations

import base64
import io
import json
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from assay.core.image_request import ImageRequest
from assay.generation.errors import ModelFailed, RequestRejected
from assay.generation.images.digits.model import DigitsModel
from assay.generation.images.errors import (
    ForeignImageUrl,
    ImageAnswerTooLarge,
    ImageAnswerUnusable,
    ImageServerAccessDenied,
    ImageServerTimeout,
    ImageServerUnreachable,
)
from assay.generation.images.openai_compatible import OpenAIImageModel

REQUEST = ImageRequest("a seven", seed=3, width=64, height=64)


@dataclass
class Server:
    """A real HTTP server; `answer` decides what it says to each request."""

    url: str = ""
    seen: list[tuple[str, str | None, Any]] = field(default_factory=list)
    answer: Callable[[BaseHTTPRequestHandler, Any], None] = lambda _handler, _body: None
    files: dict[str, bytes] = field(default_factory=dict)

    def model(self, **options: Any) -> OpenAIImageModel:
        return OpenAIImageModel(self.url, "secret-key", "digits", timeout_s=5.0, **options)


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            state.seen.append((self.path, self.headers["authorization"], body))
            state.answer(self, body)

        def do_GET(self) -> None:
            data = state.files.get(self.path)
            reply(self, 200 if data else 404, data or b"{}")

        def log_message(self, *_: Any) -> None:
            pass

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{listener.server_port}/v1"
    thread = threading.Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    yield state
    listener.shutdown()
    listener.server_close()


def reply(handler: BaseHTTPRequestHandler, status: int, data: bytes, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("content-length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)


def reply_json(handler: BaseHTTPRequestHandler, status: int, value: object) -> None:
    reply(handler, status, json.dumps(value).encode())


def encoded(picture: bytes) -> dict[str, Any]:
    return {"data": [{"b64_json": base64.b64encode(picture).decode()}]}


def wrap(model: DigitsModel) -> Callable[[BaseHTTPRequestHandler, Any], None]:
    """Our own generator behind OpenAI's interface."""

    def answer(handler: BaseHTTPRequestHandler, body: Any) -> None:
        width, height = map(int, body["size"].split("x"))
        request = ImageRequest(body["prompt"], seed=body["seed"], width=width, height=height)
        reply_json(handler, 200, encoded(model.draw(request).png))

    return answer


async def test_a_server_gives_the_very_bytes_of_its_generator(
    server: Server, trained_digits: Path
) -> None:
    own = DigitsModel(trained_digits)
    server.answer = wrap(own)

    image = await server.model().generate(REQUEST)

    assert image.png == own.draw(REQUEST).png
    assert (image.width, image.height) == (64, 64)
    assert server.seen == [
        (
            "/v1/images/generations",
            "Bearer secret-key",
            {
                "model": "digits",
                "prompt": "a seven",
                "n": 1,
                "size": "64x64",
                "response_format": "b64_json",
                "seed": 3,
            },
        )
    ]


@pytest.mark.parametrize("link", ["/files/one.png", "http://HOST/files/one.png"])
async def test_a_picture_is_fetched_from_the_same_server(server: Server, link: str) -> None:
    server.files["/files/one.png"] = picture()
    host = server.url.split("/")[2]
    server.answer = lambda handler, _: reply_json(
        handler, 200, {"data": [{"url": link.replace("HOST", host)}]}
    )

    image = await server.model().generate(REQUEST)

    assert image.png == picture()


@pytest.mark.parametrize(
    "link",
    ["http://127.0.0.2/one.png", "http://127.0.0.1:1/one.png", "https://127.0.0.1/one.png",
     "//169.254.169.254/latest", "file:///etc/passwd", "http://["],
)  # fmt: skip
async def test_a_picture_elsewhere_is_not_fetched(server: Server, link: str) -> None:
    server.answer = lambda handler, _: reply_json(handler, 200, {"data": [{"url": link}]})

    with pytest.raises(ForeignImageUrl):
        await server.model().generate(REQUEST)


async def test_a_redirection_is_not_followed(server: Server) -> None:
    server.answer = lambda handler, _: reply(handler, 307, b"", location="http://127.0.0.2/")

    with pytest.raises(ModelFailed):
        await server.model().generate(REQUEST)


async def test_a_picture_of_another_kind_becomes_a_png(server: Server) -> None:
    jpeg = picture("JPEG")
    server.answer = lambda handler, _: reply_json(handler, 200, encoded(jpeg))

    image = await server.model().generate(REQUEST)

    with Image.open(io.BytesIO(image.png)) as made, Image.open(io.BytesIO(jpeg)) as sent:
        assert made.format == "PNG"
        assert made.tobytes() == sent.tobytes()
    assert image.libraries.keys() == {"pillow", "zlib"}


async def test_fields_that_a_server_does_not_know_are_left_out_and_noted(server: Server) -> None:
    def answer(handler: BaseHTTPRequestHandler, body: Any) -> None:
        for unknown in ("response_format", "seed"):
            if unknown in body:
                fault = {"error": {"message": f"Unknown parameter: '{unknown}'."}}
                reply_json(handler, 400, fault)
                return
        reply_json(handler, 200, encoded(picture()))

    server.answer = answer

    image = await server.model().generate(REQUEST)

    assert image.settings == {"without": ["response_format", "seed"]}
    assert len(server.seen) == 3


@pytest.mark.parametrize(
    ("status", "error"),
    [(400, RequestRejected), (422, RequestRejected), (401, ImageServerAccessDenied),
     (403, ImageServerAccessDenied), (429, ModelFailed), (500, ModelFailed)],
)  # fmt: skip
async def test_a_refusal_arrives_as_an_error_of_ours(
    server: Server, status: int, error: type[Exception]
) -> None:
    server.answer = lambda handler, _: reply_json(
        handler, status, {"error": {"message": "no \x1b[31m cats"}}
    )

    with pytest.raises(error) as raised:
        await server.model().generate(REQUEST)

    assert "\x1b" not in str(raised.value)
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    "answer",
    [b"", b"no json", b"[]", b"{}", b'{"data": []}', b'{"data": [null]}', b'{"data": [{}]}',
     b'{"data": [{"url": ""}]}',
     b'{"data": [{"b64_json": "!"}]}', b'{"data": [{"b64_json": ""}]}',
     json.dumps(encoded(b"GIF89a")).encode()],
)  # fmt: skip
async def test_an_answer_without_a_picture_is_unusable(server: Server, answer: bytes) -> None:
    server.answer = lambda handler, _: reply(handler, 200, answer)

    with pytest.raises(ImageAnswerUnusable):
        await server.model().generate(REQUEST)


async def test_a_cut_picture_and_a_bomb_are_unusable(server: Server) -> None:
    size = struct.pack(">II", 30_000, 30_000)
    header = b"IHDR" + size + picture()[24:29]
    bomb = picture()[:12] + header + struct.pack(">I", zlib.crc32(header)) + picture()[33:]
    for data in (picture()[:-40], bomb):
        server.answer = lambda handler, _, data=data: reply_json(handler, 200, encoded(data))

        with pytest.raises(ImageAnswerUnusable):
            await server.model().generate(REQUEST)


async def test_more_than_a_picture_can_have_is_not_read(server: Server) -> None:
    def answer(handler: BaseHTTPRequestHandler, _: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b" " * 65_536)
        except OSError:
            return

    server.answer = answer

    with pytest.raises(ImageAnswerTooLarge):
        await server.model(largest_answer_bytes=1_000_000).generate(REQUEST)


async def test_a_server_that_drips_is_left(server: Server) -> None:
    def answer(handler: BaseHTTPRequestHandler, _: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _number in range(100):
                handler.wfile.write(b" ")
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return

    server.answer = answer
    model = OpenAIImageModel(server.url, None, "digits", timeout_s=0.4)

    with pytest.raises(ImageServerTimeout):
        await model.generate(REQUEST)


async def test_a_server_that_is_away_is_said_to_be() -> None:
    model = OpenAIImageModel("http://127.0.0.1:1/v1", "secret-key", "digits")

    with pytest.raises(ImageServerUnreachable) as away:
        await model.generate(REQUEST)

    assert "secret-key" not in f"{away.value} {away.value.hint} {away.value.detail} {model!r}"


def picture(kind: str = "PNG") -> bytes:
    data = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").resize((32, 32)).save(data, kind)
    return data.getvalue()
