"""What unmasks a sum, on its way from the server to the validators.

POST /tasks/7/unmaskings/3      204 where it fits what the chain holds; else 409 with a reason, and
                                the node whose doing that is, if there is one
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import httpx
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from assay.core.address import Address
from assay.errors import AssayError

_MOST_BYTES = 1 << 20
_TIMEOUT = httpx.Timeout(30.0, connect=1.0)
_TRIES = 8
_PAUSE_S = 0.5

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
            refusal = {"reason": str(error), "spoiler": getattr(error, "spoiler", None)}
            return JSONResponse(refusal, status_code=409)
        return Response(status_code=204)

    return Route(f"/tasks/{task}/unmaskings/{{round:int}}", serve, methods=["POST"])


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a validator does not take what unmasks a sum.

    Attributes:
        spoiler: the node whose doing that is; None if it names none.
    """

    reason: str
    spoiler: str | None = None


def bring_unmasking(
    urls: Mapping[Address, str], task: int, round_: int, data: bytes
) -> dict[Address, Refusal]:
    """Bring it to all validators; why some did not take it.

    One that is behind the chain, or away, is asked a few times; the proposal brings it to all.
    """
    path = f"/tasks/{task}/unmaskings/{round_}"
    missing = {who: url.rstrip("/") + path for who, url in urls.items()}
    refusals: dict[Address, Refusal] = {}
    for attempt in range(_TRIES):
        for who, url in list(missing.items()):
            refusal = _post(url, data)
            if refusal is None:
                del missing[who]
            else:
                refusals[who] = refusal
        if not missing:
            break
        if attempt < _TRIES - 1:
            time.sleep(_PAUSE_S)
    return {who: refusals[who] for who in missing}


def _post(url: str, data: bytes) -> Refusal | None:
    try:
        answer = httpx.post(url, content=data, timeout=_TIMEOUT, trust_env=False)
        if answer.status_code == httpx.codes.NO_CONTENT:
            return None
        value = answer.json()
        return Refusal(str(value["reason"])[:400], value["spoiler"])
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        return Refusal(type(error).__name__)
