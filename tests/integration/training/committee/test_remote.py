"""Between validators: retries, refusals, and starts that cannot be."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assay.errors import InputError
from assay.training.committee.encoding import encode
from assay.training.committee.errors import NotAMember, PeersIncomplete, PortTaken
from assay.training.committee.messages import Message
from assay.training.committee.remote import Peers
from assay.training.committee.running import Seat, read_peers, run_validator
from tests.integration.training.committee.scene import free_ports
from tests.unit.training.committee.parts import (
    DOMAIN,
    FOUR,
    KEYS,
    Application,
    pre_prepare,
    prepare,
)

PEER = FOUR.members[1]


class Server:
    """A member that answers as it is told and remembers what came."""

    def __init__(self, *statuses: int) -> None:
        self.port = free_ports(1)[0]
        self.url = f"http://127.0.0.1:{self.port}"
        self.bodies: list[bytes] = []
        self._statuses = list(statuses)
        path = f"/tasks/{DOMAIN.task}/messages"
        app = Starlette(routes=[Route(path, self._take, methods=["POST"])])
        self.server = uvicorn.Server(
            uvicorn.Config(app, port=self.port, log_config=None, lifespan="off", ws="none")
        )

    async def __aenter__(self) -> Server:
        self._serving = asyncio.create_task(self.server.serve())
        return self

    async def __aexit__(self, *_: object) -> None:
        self.server.should_exit = True
        await self._serving

    async def _take(self, request: Request) -> Response:
        self.bodies.append(await request.body())
        return Response(status_code=self._statuses.pop(0) if self._statuses else 204)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(20.0):
        while not condition():
            await asyncio.sleep(0.005)


def line(message: Message) -> bytes:
    return encode(DOMAIN.task, message)


async def test_messages_wait_for_a_member_that_is_down_and_go_together() -> None:
    server = Server(503)
    peers = Peers(DOMAIN.task, {PEER: server.url})
    delivering = asyncio.create_task(peers.run())
    peers.send(PEER, pre_prepare())
    await asyncio.sleep(0.2)
    for _ in range(3):
        peers.send(PEER, prepare(2))
    peers.send(PEER, prepare(3))

    async with server:
        await until(lambda: len(server.bodies) == 3)
        delivering.cancel()
        await asyncio.gather(delivering, return_exceptions=True)

    first = line(pre_prepare())
    assert server.bodies == [first, first, line(prepare(2)) + b"\n" + line(prepare(3))]


async def test_what_a_member_refuses_is_not_sent_again() -> None:
    async with Server(400) as server:
        peers = Peers(DOMAIN.task, {PEER: server.url})
        delivering = asyncio.create_task(peers.run())
        peers.send(PEER, prepare(2))
        await until(lambda: server.bodies)
        peers.send(PEER, prepare(3))
        await until(lambda: len(server.bodies) == 2)
        delivering.cancel()
        await asyncio.gather(delivering, return_exceptions=True)

    assert server.bodies == [line(prepare(2)), line(prepare(3))]


async def test_what_waits_for_a_member_that_stays_away_is_bounded() -> None:
    peers = Peers(DOMAIN.task, {PEER: "http://127.0.0.1:1"})

    for view in range(3000):
        peers.send(PEER, prepare(2, view=view))

    assert len(peers._queues[PEER]) == 1024


@pytest.mark.parametrize("url", ["ftp://host", "host:80", "http://", "", "http:///path"])
def test_what_is_no_url_is_refused(url: str) -> None:
    with pytest.raises(InputError, match="is no URL of a validator"):
        read_peers({PEER: url})


async def start(index: int, peers: dict[str, str], folder: Path, port: int = 0) -> None:
    seat = Seat(FOUR, DOMAIN, read_peers(peers), "127.0.0.1", port, folder / "journal.sqlite")
    await run_validator(seat, KEYS[index], Application("x"), None, lambda _: None)  # type: ignore[arg-type]


async def test_a_start_that_cannot_be_says_why(tmp_path: Path) -> None:
    everyone = dict.fromkeys(FOUR.members, "http://127.0.0.1:1")

    with pytest.raises(NotAMember):
        await start(5, everyone, tmp_path)
    with pytest.raises(PeersIncomplete, match=FOUR.members[3]):
        await start(0, dict(list(everyone.items())[:3]), tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(PortTaken):
        await start(0, everyone, tmp_path, taken.getsockname()[1])
