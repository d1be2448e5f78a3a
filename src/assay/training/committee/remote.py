"""Validators over HTTP: each serves its own messages' inlet and posts to the others'.

    POST /tasks/7/messages             messages, one a line; 204, or 429 if too many wait
    GET  /tasks/7/certificates/3       the certificate of round 3, if it is kept
    GET  /tasks/7/status               {"task", "round", "view", "decided", "validator"}

Messages carry their signatures, so neither side needs to know who connects. They arrive at least
once and in any order; the replica bears both.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from random import Random

import httpx
import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from assay.core.address import Address
from assay.training.committee.bounded_http import Bounds, ask, body_of
from assay.training.committee.encoding import encode
from assay.training.committee.errors import MessageRejected, PeerUnusable
from assay.training.committee.gate import Gate
from assay.training.committee.messages import MOST_MESSAGE_BYTES, Message
from assay.training.committee.ports import Journal
from assay.training.committee.validator import Validator

_BODY = Bounds(most_bytes=2 * MOST_MESSAGE_BYTES, within_s=10.0)
_ANSWER = Bounds(most_bytes=1024, within_s=15.0)
"""Of what tells no more than a status; the request has to be read in this time as well."""
_MOST_QUEUED = 1024
_REQUEST_TIMEOUT = httpx.Timeout(10.0, connect=3.0)
_FIRST_DELAY_S = 0.05
_LONGEST_DELAY_S = 2.0
_log = structlog.get_logger("assay.training")


class Peers:
    """The `Outlet` to the other members: a queue for each, emptied by one request after another.

    A member that cannot be reached is tried again, at growing intervals; what waits for it is kept
    once, and the oldest is dropped when there is too much: a replica repeats what still matters.
    """

    def __init__(self, task: int, urls: Mapping[Address, str]) -> None:
        self._task = task
        self._urls = {who: f"{url.rstrip('/')}/tasks/{task}/messages" for who, url in urls.items()}
        self._queues: dict[Address, dict[bytes, None]] = {who: {} for who in urls}
        self._filled = {who: asyncio.Event() for who in urls}
        self._last: tuple[Message, bytes] | None = None
        self._random = Random()  # noqa: S311 - spreads retries, guards nothing

    def send(self, to: Address, message: Message) -> None:
        """See `Outlet`."""
        queue = self._queues[to]
        if len(queue) >= _MOST_QUEUED:
            del queue[next(iter(queue))]
        queue[self._encoded(message)] = None
        self._filled[to].set()

    async def run(self) -> None:
        """Deliver until cancelled."""
        limits = httpx.Limits(max_connections=len(self._urls) + 1)
        async with (
            httpx.AsyncClient(timeout=_REQUEST_TIMEOUT, limits=limits, trust_env=False) as http,
            asyncio.TaskGroup() as group,
        ):
            for who in self._urls:
                group.create_task(self._serve(http, who))

    async def _serve(self, http: httpx.AsyncClient, who: Address) -> None:
        while True:
            await self._filled[who].wait()
            self._filled[who].clear()
            while body := self._next_body(who):
                await self._post(http, who, body)

    async def _post(self, http: httpx.AsyncClient, who: Address, body: bytes) -> None:
        """Post until it is taken or refused."""
        delay_s = _FIRST_DELAY_S
        while True:
            try:
                status = (await ask(http, "POST", self._urls[who], _ANSWER, body)).status
            except PeerUnusable as error:
                reason = error.reason
            else:
                if httpx.codes.is_success(status):
                    return
                reason = f"HTTP {status}"
                if httpx.codes.is_client_error(status) and status != 429:
                    _log.warning("a member refuses messages", member=who, reason=reason)
                    return
            if delay_s > _LONGEST_DELAY_S / 2:
                _log.info("a member is not reached", member=who, reason=reason)
            await asyncio.sleep(delay_s * self._random.uniform(0.5, 1.0))
            delay_s = min(2 * delay_s, _LONGEST_DELAY_S)

    def _next_body(self, who: Address) -> bytes:
        queue, size = self._queues[who], 0
        lines: list[bytes] = []
        while queue:
            line = next(iter(queue))
            if lines and size + len(line) >= MOST_MESSAGE_BYTES:
                break
            del queue[line]
            lines.append(line)
            size += len(line) + 1
        return b"\n".join(lines)

    def _encoded(self, message: Message) -> bytes:
        if self._last is None or self._last[0] is not message:
            self._last = (message, encode(self._task, message))
        return self._last[1]


class Inlet:
    """What a validator serves to the others."""

    def __init__(self, task: int, me: Address, gate: Gate, journal: Journal) -> None:
        self._task = task
        self._me = me
        self._gate = gate
        self._journal = journal
        self.validator: Validator | None = None
        """Who takes the messages, once it works."""

    def app(self, others: Sequence[Route] = ()) -> Starlette:
        """The ASGI application, with whatever else the validator serves."""
        root = f"/tasks/{self._task}"
        return Starlette(
            routes=[
                *others,
                Route(f"{root}/messages", self._messages, methods=["POST"]),
                Route(f"{root}/certificates/{{round:int}}", self._certificate),
                Route(f"{root}/status", self._status),
            ]
        )

    async def _messages(self, request: Request) -> Response:
        body = await body_of(request, _BODY)
        if isinstance(body, int):
            return Response(status_code=body)
        return Response(status_code=self._take(body.split(b"\n")))

    def _take(self, lines: list[bytes]) -> int:
        """Admit one after the other, up to a bad one: honest members send none.

        The status says what became of them.
        """
        if self.validator is None:
            return 503
        for line in lines:
            try:
                message = self._gate.read(line)
                if self.validator.wants(message) and not self.validator.take(
                    self._gate.check(message)
                ):
                    return 429
            except MessageRejected as error:
                _log.debug("a message is left out", reason=error.reason)
                return 400
        return 204

    async def _certificate(self, request: Request) -> Response:
        round_ = request.path_params["round"]
        found = await asyncio.to_thread(self._journal.certificate, min(round_, 2**32))
        if found is None:
            return Response(status_code=404)
        return Response(encode(self._task, found), media_type="application/json")

    async def _status(self, _request: Request) -> Response:
        if self.validator is None:
            return Response(status_code=503)
        at = self.validator.progress
        return JSONResponse(
            {
                "task": self._task,
                "round": at.round,
                "view": at.view,
                "decided": at.decided,
                "validator": self._me,
            }
        )
