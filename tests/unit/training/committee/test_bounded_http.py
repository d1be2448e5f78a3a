"""A hostile validator's answers cost the others neither their time nor their memory."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress

import httpx
import pytest

from assay.training.committee import report_exchange, unmasking_exchange
from assay.training.committee.bounded_http import Bounds, ask
from assay.training.committee.errors import PeerUnusable
from assay.training.committee.report_exchange import PeerReports
from assay.training.committee.reports import SignedReport, sign_report
from assay.training.committee.scoring import Score, ScoreReport
from assay.training.committee.unmasking_exchange import Refusal, bring_unmasking
from tests.unit.training.committee.parts import DOMAIN, FOUR, KEYS

SLOW, LARGE = Bounds(1 << 20, within_s=0.4), Bounds(64 * 1024, within_s=20)
Answering = Callable[[socket.socket], None]


@contextmanager
def peer(answering: Answering) -> Generator[str]:
    """The URL of a member that answers every request in its own way."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    threading.Thread(target=one, args=(connection,), daemon=True).start()

        def one(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                connection.recv(65536)
                answering(connection)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


def dripping(start: bytes) -> Answering:
    def answering(connection: socket.socket) -> None:
        connection.sendall(start)
        pause = threading.Event()
        while not pause.wait(0.05):
            connection.sendall(b"x")

    return answering


def saying(status: str, body: bytes) -> Answering:
    head = f"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
    return lambda connection: connection.sendall(head.encode() + body)


def board(url: str) -> PeerReports:
    """Of a validator that has reported, and lacks the report of one member."""
    made = PeerReports(DOMAIN, FOUR, KEYS[0].address, {KEYS[1].address: url})
    made.put(1, report(0), {})
    return made


def report(member: int) -> SignedReport:
    nodes = {KEYS[6].address: Score(1, 2, 3, 4)}
    scores = ScoreReport(20, 500_000, 700_000, nodes)
    return sign_report(DOMAIN, 1, scores, dict.fromkeys(nodes, 1), KEYS[member])


@pytest.mark.parametrize(
    "start", [b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"HTTP/1.1 "]
)
def test_who_drips_is_not_waited_for(start: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_exchange, "_REPORT", SLOW)
    monkeypatch.setattr(unmasking_exchange, "_REFUSAL", SLOW)
    monkeypatch.setattr(unmasking_exchange, "_TRIES", 1)

    with peer(dripping(start)) as url:
        found = board(url).of(1)
        refusals = bring_unmasking({KEYS[1].address: url}, 7, 1, b"what unmasks it")

    assert found == {KEYS[0].address: report(0)}
    assert refusals == {KEYS[1].address: Refusal("TimeoutError")}


def test_no_more_is_read_than_an_answer_can_have() -> None:
    read = bytearray()

    def flooding(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        for _ in range(1000):
            connection.sendall(bytes(1_000_000))
            read.append(1)

    async def asked(url: str) -> None:
        async with httpx.AsyncClient(trust_env=False) as http:
            await ask(http, "GET", url, LARGE)

    with peer(flooding) as url, pytest.raises(PeerUnusable, match="more than 65536 bytes"):
        asyncio.run(asked(url))

    assert len(read) < 100


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (b"[" * 50_000, Refusal("RecursionError")),
        (b'{"reason": "no", "spoiler": [1]}', Refusal("no")),
        (b'{"reason": "no"}', Refusal("KeyError")),
    ],
)
def test_a_refusal_that_is_none_does_not_stop_the_server(
    body: bytes, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unmasking_exchange, "_TRIES", 1)

    with peer(saying("409 Conflict", body)) as url:
        refusals = bring_unmasking({KEYS[1].address: url}, 7, 1, b"what unmasks it")

    assert refusals == {KEYS[1].address: refusal}
    assert {one.spoiler for one in refusals.values()} == {None}


def test_a_report_is_taken_as_its_signer_serves_it() -> None:
    body = httpx.Response(200, json={"report": report(1).as_json(), "keys": {}}).content

    with peer(saying("200 OK", body)) as url:
        found = board(url).of(1)

    assert found[KEYS[1].address] == report(1)
