"""What comes over HTTP from others, bounded in bytes and in time whatever they send.

    answer = await ask(http, "GET", url, Bounds(most_bytes=1024, within_s=2))
    body = await body_of(request, Bounds(most_bytes=1024, within_s=10))

httpx's timeouts begin anew with every byte, and its answers are read whole, and unpacked, before
anybody sees their length. Who dripped could hold a validator for ever, who flooded fill its memory.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import httpx
from starlette.requests import ClientDisconnect, Request

from assay.training.committee.errors import PeerUnusable

_PLAIN = {"Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is read, and for how long in all."""

    most_bytes: int
    within_s: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a peer answered; a packed body is left as it came."""

    status: int
    body: bytes


async def ask(
    http: httpx.AsyncClient, method: str, url: str, bounds: Bounds, content: bytes = b""
) -> Answer:
    """One request and its whole answer.

    Raises:
        PeerUnusable: not reached, no HTTP, too slow, or too much.
    """
    body = bytearray()
    try:
        async with (
            asyncio.timeout(bounds.within_s),
            http.stream(method, url, content=content, headers=_PLAIN) as answer,
        ):
            async for part in answer.aiter_raw():
                body += part
                if len(body) > bounds.most_bytes:
                    raise PeerUnusable(f"more than {bounds.most_bytes} bytes")
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        raise PeerUnusable(type(error).__name__) from None
    return Answer(answer.status_code, bytes(body))


async def body_of(request: Request, bounds: Bounds) -> bytes | int:
    """The body of a request; where there is none to be used, the status to answer with."""
    body = bytearray()
    try:
        async with asyncio.timeout(bounds.within_s):
            async for part in request.stream():
                body += part
                if len(body) > bounds.most_bytes:
                    return httpx.codes.REQUEST_ENTITY_TOO_LARGE
    except TimeoutError:
        return httpx.codes.REQUEST_TIMEOUT
    except ClientDisconnect:
        return httpx.codes.BAD_REQUEST
    return bytes(body)
