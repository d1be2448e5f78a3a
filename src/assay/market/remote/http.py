"""One request to a chat service over HTTP, and its answer, whole or in pieces."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from assay.errors import AssayError, InputError
from assay.market.errors import PaymentRefused, ServiceFailed, ServiceRejected
from assay.market.metering import CallRequest
from assay.market.reply import OnText, Reply, request_body

_LARGEST_ANSWER_BYTES = 16_000_000
_RESUME_HINT = "Run `assay call --resume`: it repeats the same payment and never makes a second."


def target(url: str) -> str:
    """The path of chat completions at a service."""
    return f"{url}/v1/chat/completions"


async def ask(
    http: httpx.AsyncClient,
    url: str,
    request: CallRequest,
    on_text: OnText | None,
    headers: Mapping[str, str],
    *,
    paid: bool = False,
) -> Reply:
    try:
        return await _read_reply(http, url, request, on_text, headers)
    except httpx.HTTPError as error:
        raise broken(url, error, paid=paid) from None


async def _read_reply(
    http: httpx.AsyncClient,
    url: str,
    request: CallRequest,
    on_text: OnText | None,
    headers: Mapping[str, str],
) -> Reply:
    body = request_body(request, stream=on_text is not None)
    async with http.stream("POST", target(url), json=body, headers=headers) as response:
        reply = Reply(
            response.status_code,
            response.headers.get("PAYMENT-RESPONSE", ""),
            required=response.headers.get("PAYMENT-REQUIRED", ""),
        )
        kind = response.headers.get("content-type", "")
        try:
            if kind.startswith("text/event-stream") and on_text:
                async for event in _events(response):
                    reply.add_event(event, on_text)
            else:
                reply.add_whole(json.loads(await _read(response)))
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
            raise ServiceFailed(url, "its answer is not one", hint=_RESUME_HINT) from None
    if reply.error and reply.status == httpx.codes.OK:
        detail = str(reply.error.get("message", "the stream broke off"))[:500]
        raise ServiceFailed(url, detail, hint=_RESUME_HINT)
    return reply


async def _read(response: httpx.Response) -> bytes:
    data = b""
    async for chunk in response.aiter_bytes():
        data += chunk
        if len(data) > _LARGEST_ANSWER_BYTES:
            raise ValueError("too large")
    return data


async def _events(response: httpx.Response) -> AsyncIterator[Any]:
    seen = 0
    async for line in response.aiter_lines():
        seen += len(line)
        if seen > _LARGEST_ANSWER_BYTES:
            raise ValueError("too large")
        if line.startswith("data: ") and line != "data: [DONE]":
            yield json.loads(line[6:])


def refusal(reply: Reply, url: str, *, paid: bool) -> AssayError:
    """Our error for an answer that is none."""
    detail = str(reply.error.get("message", "no reason given"))[:500]
    hint = str(reply.error.get("hint", ""))[:500]
    if reply.status == httpx.codes.PAYMENT_REQUIRED:
        said = detail.removeprefix("The payment is refused: ").rstrip(".")
        return PaymentRefused("the provider does not take it", said)
    if httpx.codes.is_client_error(reply.status):
        return ServiceRejected(url, reply.status, detail, hint)
    return ServiceFailed(url, f"{reply.status}, {detail}", hint=_RESUME_HINT if paid else hint)


def broken(url: str, error: BaseException, *, paid: bool) -> ServiceFailed:
    """Our error for a connection that failed."""
    detail = f"the connection failed ({type(error).__name__})"
    hint = _RESUME_HINT if paid else "Check the address, and that `assay up` runs there."
    return ServiceFailed(url, detail, hint=hint)


def base_url(url: str) -> str:
    """The URL of the service, where that of its API or a pay link is given.

    Raises:
        InputError: not an http or https URL.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise InputError(f"{url[:80]!r} is not a URL.", hint="Write it like http://host:8000.")
    path = parts.path.rstrip("/").removesuffix("/chat/completions").removesuffix("/v1")
    return f"{parts.scheme}://{parts.netloc}{path}"
