"""Any server that speaks OpenAI's image generations: vLLM-Omni, LocalAI, OpenAI itself.

    model = OpenAIImageModel("http://127.0.0.1:8000/v1", key=None, model="qwen-image")
    image = await model.generate(ImageRequest("a lighthouse at dusk", seed=3))

A server is a stranger: what it sends is bounded in bytes and time, decoded and checked; a URL is
fetched only from the very server that was asked, and no redirection is followed. Nothing is asked
twice, except without a field that the server says it does not know.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
from typing import Any
from urllib.parse import urljoin

import httpx

from assay.generation.errors import ModelFailed, RequestRejected
from assay.generation.images.errors import (
    ForeignImageUrl,
    ImageAnswerTooLarge,
    ImageAnswerUnusable,
    ImageServerAccessDenied,
    ImageServerTimeout,
    ImageServerUnreachable,
)
from assay.generation.images.port import GeneratedImage, ImageRequest
from assay.generation.images.received import receive_picture

LARGEST_ANSWER_BYTES = 64_000_000
_CLIENT_FAULTS = frozenset((400, 404, 413, 422))
_DETAIL_CHARACTERS = 300
_LARGEST_FAULT_BYTES = 100_000
# Not every server knows these. Without a seed the picture cannot be made again.
_OPTIONAL = ("response_format", "seed")


class OpenAIImageModel:
    """One model on an OpenAI-compatible server.

    Args:
        url: base URL, ending in /v1 for most servers.
        key: bearer token, if the server asks for one.
        model: the server's name of the model; empty for servers with one alone.
        timeout_s: longest wait for one picture, all in all.
        largest_answer_bytes: more is not read.
    """

    generator = "openai-images/1"

    def __init__(
        self,
        url: str,
        key: str | None,
        model: str,
        *,
        timeout_s: float = 300.0,
        connect_timeout_s: float = 10.0,
        largest_answer_bytes: int = LARGEST_ANSWER_BYTES,
    ) -> None:
        self.url = url.rstrip("/")
        self.name = model or "image server"
        self._model = model
        self._key = key
        self._timeout_s = timeout_s
        self._connect_timeout_s = connect_timeout_s
        self._largest_answer_bytes = largest_answer_bytes

    def __repr__(self) -> str:
        return f"OpenAIImageModel({self.url!r}, model={self._model!r})"

    async def generate(self, request: ImageRequest) -> GeneratedImage:
        """Draw; see `ImageModel.generate`.

        Raises:
            RequestRejected: the server does not take the request.
            ImageServerUnreachable, ImageServerTimeout, ImageServerAccessDenied, ModelFailed: the
                server does not serve.
            ImageAnswerTooLarge, ImageAnswerUnusable, ForeignImageUrl: its answer is no picture.
        """
        timeout = httpx.Timeout(self._timeout_s, connect=self._connect_timeout_s)
        try:
            async with (
                asyncio.timeout(self._timeout_s),
                httpx.AsyncClient(timeout=timeout, follow_redirects=False) as client,
            ):
                answer, left_out = await self._ask(client, self._body(request))
                data = await self._picture(client, answer)
        except (TimeoutError, httpx.TimeoutException):
            raise ImageServerTimeout(self.name, self._timeout_s) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            detail = (str(error) or type(error).__name__)[:_DETAIL_CHARACTERS].rstrip(".")
            raise ImageServerUnreachable(self.name, self.url, detail) from error
        png, width, height, libraries = await asyncio.to_thread(receive_picture, self.name, data)
        return GeneratedImage(
            png=png,
            width=width,
            height=height,
            steps=request.steps,
            settings={"without": left_out} if left_out else {},
            libraries=libraries,
        )

    async def close(self) -> None:
        """No connection outlives a request."""

    def _body(self, request: ImageRequest) -> dict[str, Any]:
        size = (
            f"{request.width or request.height}x{request.height or request.width}"
            if request.width or request.height
            else None
        )
        fields = {
            "model": self._model or None,
            "prompt": request.prompt,
            "n": 1,
            "size": size,
            "response_format": "b64_json",
            "seed": request.seed,
            "negative_prompt": request.negative_prompt or None,
            "num_inference_steps": request.steps,
            "guidance_scale": request.guidance,
        }
        return {name: value for name, value in fields.items() if value is not None}

    async def _ask(self, client: httpx.AsyncClient, body: dict[str, Any]) -> tuple[Any, list[str]]:
        """The answer's JSON, and the fields that the server does not know."""
        left_out: list[str] = []
        while True:
            status, data = await self._read(
                client, "POST", f"{self.url}/images/generations", json=body
            )
            if status == httpx.codes.OK:
                return self._parse(data), left_out
            unknown = next((one for one in _OPTIONAL if one in body and _names(data, one)), None)
            if status not in _CLIENT_FAULTS or unknown is None:
                raise self._fault(status, data)
            left_out.append(unknown)
            del body[unknown]

    async def _picture(self, client: httpx.AsyncClient, answer: Any) -> bytes:
        try:
            first = answer["data"][0]
            encoded, link = first.get("b64_json"), first.get("url")
        except (KeyError, IndexError, TypeError, AttributeError):
            raise ImageAnswerUnusable(self.name, "it names no picture") from None
        if isinstance(encoded, str):
            try:
                return base64.b64decode(encoded, validate=True)
            except (binascii.Error, ValueError):
                raise ImageAnswerUnusable(self.name, "its picture is not base64") from None
        if not isinstance(link, str) or not link:
            raise ImageAnswerUnusable(self.name, "it has neither b64_json nor url")
        status, data = await self._read(client, "GET", self._own_url(link))
        if status != httpx.codes.OK:
            raise self._fault(status, data)
        return data

    def _own_url(self, link: str) -> str:
        """The address of a picture, if it is on the server that was asked."""
        try:
            asked = httpx.URL(self.url)
            named = httpx.URL(urljoin(self.url + "/", link))
        except (httpx.InvalidURL, ValueError):
            raise ForeignImageUrl(self.name, "") from None
        if (named.scheme, named.host, named.port) != (asked.scheme, asked.host, asked.port):
            raise ForeignImageUrl(self.name, named.host)
        return str(named)

    async def _read(
        self, client: httpx.AsyncClient, method: str, url: str, **options: Any
    ) -> tuple[int, bytes]:
        """Status and body, no more of it than a picture can have."""
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        async with client.stream(method, url, headers=headers, **options) as response:
            body = bytearray()
            async for piece in response.aiter_bytes():
                body += piece
                if len(body) > self._largest_answer_bytes:
                    raise ImageAnswerTooLarge(self.name, self._largest_answer_bytes)
            return response.status_code, bytes(body)

    def _parse(self, data: bytes) -> Any:
        try:
            return json.loads(data)
        except (ValueError, RecursionError):
            raise ImageAnswerUnusable(self.name, "it is no JSON") from None

    def _fault(
        self, status: int, data: bytes
    ) -> RequestRejected | ImageServerAccessDenied | ModelFailed:
        if status in {401, 403}:
            return ImageServerAccessDenied(self.name, status)
        detail = _message(data)
        if status in _CLIENT_FAULTS:
            return RequestRejected(self.name, status, detail)
        return ModelFailed(self.name, f"{status}, {detail}")


def _message(data: bytes) -> str:
    """What an error answer says, in OpenAI's form or any other, made fit for a terminal."""
    try:
        value = json.loads(data[:_LARGEST_FAULT_BYTES])
    except (ValueError, RecursionError):
        value = None
    error = value.get("error") if isinstance(value, dict) else None
    text = error.get("message") if isinstance(error, dict) else error
    if not isinstance(text, str) and isinstance(value, dict):
        text = value.get("detail")
    if not isinstance(text, str):
        text = "no reason given" if value is None else json.dumps(value)
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return printable[:_DETAIL_CHARACTERS].rstrip(".")


def _names(data: bytes, field: str) -> bool:
    return field in data[:_LARGEST_FAULT_BYTES].decode("utf-8", "replace")
