"""What unmasks a sum, on its way from the server to the validators.

POST /tasks/7/unmaskings/3      204 where it fits what the chain holds; else 409 with a reason, and
                                the node whose doing that is, if there is one
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import httpx
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from assay.core.address import Address
from assay.errors import AssayError
from assay.training.committee.bounded_http import Bounds, ask, body_of
from assay.training.committee.errors import PeerUnusable

_UNMASKING = Bounds(most_bytes=1 << 20, within_s=30.0)
_REFUSAL = Bounds(most_bytes=64 * 1024, within_s=30.0)
"""A validator also has to see that what was brought fits, in this time."""
_TIMEOUT = httpx.Timeout(30.0, connect=1.0)
_TRIES = 8
_PAUSE_S = 0.5

Take = Callable[[int, bytes], None]
"""Checks and keeps what unmasks the sum of a round."""


def unmasking_route(task: int, take: Take) -> Route:
    """Where a validator takes it."""

    async def serve(request: Request) -> Response:
        data = await body_of(request, _UNMASKING)
        if isinstance(data, int):
            return Response(status_code=data)
        round_ = int(request.path_params["round"])
        try:
            await run_in_threadpool(take, round_, data)
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
    """Bring it to all validators at once; why some did not take it.

    One that is behind the chain, or away, is asked a few times; the proposal brings it to all.
    """
    return asyncio.run(_bring(urls, task, round_, data))


async def _bring(
    urls: Mapping[Address, str], task: int, round_: int, data: bytes
) -> dict[Address, Refusal]:
    path = f"/tasks/{task}/unmaskings/{round_}"
    missing = {who: url.rstrip("/") + path for who, url in urls.items()}
    refusals: dict[Address, Refusal] = {}
    async with httpx.AsyncClient(timeout=_TIMEOUT, trust_env=False) as http:
        for attempt in range(_TRIES):
            asked = list(missing)
            answers = await asyncio.gather(*(_post(http, missing[who], data) for who in asked))
            refusals = {who: one for who, one in zip(asked, answers, strict=True) if one}
            missing = {who: missing[who] for who in refusals}
            if not missing:
                break
            if attempt < _TRIES - 1:
                await asyncio.sleep(_PAUSE_S)
    return refusals


async def _post(http: httpx.AsyncClient, url: str, data: bytes) -> Refusal | None:
    try:
        answer = await ask(http, "POST", url, _REFUSAL, data)
        if answer.status == httpx.codes.NO_CONTENT:
            return None
        value = json.loads(answer.body)
        reason, spoiler = value["reason"], value["spoiler"]
    except PeerUnusable as error:
        return Refusal(error.reason)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        return Refusal(type(error).__name__)
    return Refusal(str(reason)[:400], spoiler if isinstance(spoiler, str) else None)
