"""Limits that hold before a route sees a request: size of the body, requests a minute."""

from __future__ import annotations

import json
from collections.abc import Iterable

from limits import RateLimitItemPerMinute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assay.service.windows import Windows

_UNLIMITED_PATHS = ("/health", "/metrics")
_GATEWAY_PATH = "/ipfs/"
_CONTENT_PATHS = ("/content/verify", "/content/search")


class _BodyTooLarge(Exception):
    pass


class BodyLimit:
    """Answers 413 as soon as a body is, or says it is, larger than allowed.

    Whole pictures and texts have a limit of their own.
    """

    def __init__(self, app: ASGIApp, *, largest_bytes: int, largest_content_bytes: int) -> None:
        self._app = app
        self._largest_bytes = largest_bytes
        self._largest_content_bytes = largest_content_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count the bytes of one request while they arrive."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        content = scope["path"] in _CONTENT_PATHS
        largest_bytes = self._largest_content_bytes if content else self._largest_bytes
        announced = _header(scope, b"content-length")
        if announced.isdigit() and int(announced) > largest_bytes:
            return await _refuse_body(send, largest_bytes)
        seen_bytes = 0
        started = False

        async def counted_receive() -> Message:
            nonlocal seen_bytes
            message = await receive()
            seen_bytes += len(message.get("body", b""))
            if seen_bytes > largest_bytes:
                raise _BodyTooLarge
            return message

        async def watched_send(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, counted_receive, watched_send)
        except _BodyTooLarge:
            if not started:
                await _refuse_body(send, largest_bytes)
        return None


async def _refuse_body(send: Send, largest_bytes: int) -> None:
    message = f"The request body is larger than {largest_bytes} bytes."
    await answer(send, 413, "BodyTooLarge", message, "Send less, or raise the limit.")


class RateLimit:
    """Answers 429 to an address that asks more often than allowed, in a moving minute.

    The gateway has a limit of its own: fetching gigabytes takes a request for every block.
    """

    def __init__(
        self, app: ASGIApp, *, per_minute: int, gateway_per_minute: int, windows: Windows
    ) -> None:
        self._app = app
        self._limit = RateLimitItemPerMinute(per_minute)
        self._gateway_limit = RateLimitItemPerMinute(gateway_per_minute)
        self._windows = windows

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, or refuse it."""
        if scope["type"] == "http" and scope["path"] not in _UNLIMITED_PATHS:
            address = scope["client"][0] if scope.get("client") else "unknown"
            gateway = scope["path"].startswith(_GATEWAY_PATH)
            limit = self._gateway_limit if gateway else self._limit
            if not await self._windows.hit(limit, "gateway" if gateway else "api", address):
                message = f"More than {limit.amount} requests in a minute."
                return await answer(send, 429, "TooManyRequests", message, "Wait a minute.")
        return await self._app(scope, receive, send)


def _header(scope: Scope, name: bytes) -> bytes:
    return next((value for key, value in scope["headers"] if key == name), b"")


async def answer(
    send: Send,
    status: int,
    kind: str,
    message: str,
    hint: str,
    *,
    more_headers: Iterable[tuple[bytes, bytes]] = (),
) -> None:
    """Send a short JSON error without the application."""
    body = json.dumps({"error": {"type": kind, "message": message, "hint": hint}}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    headers += more_headers
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
