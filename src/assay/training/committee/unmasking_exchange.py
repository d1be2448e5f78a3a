"""What unmasks a sum, on its way from the server to the validators.

POST /tasks/7/unmaskings/3      204 where it fits what the chain holds, 409 with a reason elsewhere
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import httpx
import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from assay.core.address import Address
from assay.errors import AssayError

_MOST_BYTES = 1 << 20
_TIMEOUT = httpx.Timeout(30.0, connect=1.0)
_TRIES = 8
_PAUSE_S = 0.5
_log = structlog.get_logger("assay.training")

Take = Callable[[int, bytes], None]
"""Checks and keeps what unmasks the sum of a round."""


def unmasking_route(task: int, take: Take) -> Route:
    """Where a validator takes it."""

    async def serve(request: Request) -> Response:
        data = bytearray()
        async for part in request.stream():
            data += part
            if len(data) > _MOST_BYTES:
                return Response(status_code=413)
        round_ = int(request.path_params["round"])
        try:
            await run_in_threadpool(take, round_, bytes(data))
        except AssayError as error:
            return PlainTextResponse(str(error), status_code=409)
        return Response(status_code=204)

    return Route(f"/tasks/{task}/unmaskings/{{round:int}}", serve, methods=["POST"])


def bring_unmasking(urls: Mapping[Address, str], task: int, round_: int, data: bytes) -> int:
    """Bring it to all validators; how many took it.

    One that is behind the chain, or away, is asked a few times; the proposal brings it to all.
    """
    missing = {
        who: f"{url.rstrip('/')}/tasks/{task}/unmaskings/{round_}" for who, url in urls.items()
    }
    reasons: dict[Address, str] = {}
    for attempt in range(_TRIES):
        for who, url in list(missing.items()):
            try:
                answer = httpx.post(url, content=data, timeout=_TIMEOUT, trust_env=False)
            except httpx.HTTPError as error:
                reasons[who] = type(error).__name__
                continue
            if answer.status_code == httpx.codes.NO_CONTENT:
                del missing[who]
            reasons[who] = answer.text[:400]
        if not missing:
            break
        if attempt < _TRIES - 1:
            time.sleep(_PAUSE_S)
    for who in missing:
        _log.warning("a validator did not take the unmasking", validator=who, reason=reasons[who])
    return len(urls) - len(missing)
