"""Sends prepared requests over kept connections, and times each: a load of its own process.

    python -m load.requests '{"port": 8000, "paid": true, "clients": 8, "seconds": 3, ...}'

Vouchers are signed before the clock runs. Callers are httpx clients, as the x402 SDK's are; `bare`
ones write bytes to a socket, which costs next to nothing, so that the server limits the rate. With
`rate`, requests leave at fixed times, whatever the answers do, and a latency counts from when a
request was to leave; without it, each client sends the next as soon as it has an answer. Prints
{"per_second", "p50_ms", "p99_ms", "requests"}.
"""

from __future__ import annotations

import asyncio
import base64
import gc
import json
import sys
import time
from itertools import chain
from pathlib import Path
from typing import Any

import httpx

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.fakes.payers import TERMS, Payer, as_json

PRICE = 100
BODY = b'{"question": "how long is this?"}'
WARM_UP = 20


def prepare(client: int, requests: int, order: dict[str, Any]) -> list[str]:
    """The payment headers of all requests of one client, in their order; empty if unpaid."""
    if not order["paid"]:
        return [""] * requests
    payer, accepted = Payer(client), accepted_terms()
    made = []
    for number in range(requests):
        payload = as_json(payer.pay((number + 1) * PRICE, order["salt"]))
        document = {"x402Version": 2, "accepted": accepted, "payload": payload}
        made.append(base64.b64encode(json.dumps(document).encode()).decode())
    return made


def accepted_terms() -> dict[str, Any]:
    extra = {
        "name": "Assay",
        "version": "1",
        "receiverAuthorizer": TERMS.receiver_authorizer,
        "withdrawDelay": TERMS.withdraw_delay_s,
        "minDeposit": str(10 * PRICE),
    }
    return {
        "scheme": "batch-settlement",
        "network": TERMS.network,
        "asset": TERMS.token,
        "amount": str(PRICE),
        "payTo": TERMS.receiver,
        "maxTimeoutSeconds": 300,
        "extra": extra,
    }


class HttpxCaller:
    """A client of its own, with one kept connection."""

    def __init__(self, port: int) -> None:
        self._http = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60)

    async def ask(self, payment: str) -> None:
        headers = {"content-type": "application/json"}
        if payment:
            headers["payment-signature"] = payment
        answer = await self._http.post("/echo", content=BODY, headers=headers)
        if answer.status_code != 200:
            raise RuntimeError(answer.text[:2000])


class BareCaller:
    """Prepared bytes on a kept connection."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection: Connection | None = None
        head = f"POST /echo HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n"
        self._head = f"{head}content-type: application/json\r\ncontent-length: {len(BODY)}\r\n"

    async def ask(self, payment: str) -> None:
        if self._connection is None:
            loop = asyncio.get_running_loop()
            _, self._connection = await loop.create_connection(Connection, "127.0.0.1", self._port)
        paid = f"payment-signature: {payment}\r\n" if payment else ""
        await self._connection.ask(f"{self._head}{paid}\r\n".encode() + BODY)


class Connection(asyncio.Protocol):
    """One kept connection; one request at a time."""

    def __init__(self) -> None:
        self._transport: Any = None
        self._buffer = b""
        self._answered: asyncio.Future[None] | None = None

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        if self._answered is not None and not self._answered.done():
            self._answered.set_exception(error or ConnectionError("the server hung up"))

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self._buffer[:end].lower()
        place = head.index(b"content-length: ") + 16
        length = int(head[place:].split(b"\r\n", 1)[0])
        if len(self._buffer) < end + 4 + length:
            return
        answer, self._buffer = self._buffer[: end + 4 + length], b""
        assert self._answered is not None
        if answer[9:12] != b"200":
            self._answered.set_exception(RuntimeError(answer.decode(errors="replace")[:2000]))
        else:
            self._answered.set_result(None)

    async def ask(self, request: bytes) -> None:
        self._answered = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        await self._answered


async def run_client(
    order: dict[str, Any], client: int, requests: list[str], starting: asyncio.Event
) -> list[float]:
    connection = (BareCaller if order["bare"] else HttpxCaller)(order["port"])
    for request in requests[:WARM_UP]:
        await connection.ask(request)
    order["ready"].release()
    await starting.wait()
    began = time.perf_counter()
    latencies = []
    every_s = order["clients"] / order["rate"] if order.get("rate") else 0.0
    due = began + every_s * client / order["clients"]
    for request in requests[WARM_UP:]:
        sent = time.perf_counter()
        if sent - began > order["seconds"]:
            break
        if every_s:
            if due > sent:
                await asyncio.sleep(due - sent)
            sent, due = due, due + every_s
        await connection.ask(request)
        latencies.append(time.perf_counter() - sent)
    return latencies


async def run(order: dict[str, Any]) -> dict[str, float]:
    most = int((order.get("rate") or order["most_per_second"]) * order["seconds"] * 1.2)
    each = most // order["clients"] + WARM_UP + 10
    prepared = [prepare(client, each, order) for client in range(order["clients"])]
    starting, order["ready"] = asyncio.Event(), asyncio.Semaphore(0)
    gc.collect()
    gc.disable()  # a pause of the load would count as latency of the server
    tasks = [
        asyncio.create_task(run_client(order, client, requests, starting))
        for client, requests in enumerate(prepared)
    ]
    for _ in tasks:
        await asyncio.wait(
            {asyncio.ensure_future(order["ready"].acquire()), *tasks},
            return_when=asyncio.FIRST_COMPLETED,
        )
    starting.set()
    began = time.perf_counter()
    latencies = sorted(chain.from_iterable(await asyncio.gather(*tasks)))
    seconds = time.perf_counter() - began
    return {
        "per_second": len(latencies) / seconds,
        "p50_ms": latencies[len(latencies) // 2] * 1e3,
        "p99_ms": latencies[int(len(latencies) * 0.99)] * 1e3,
        "requests": len(latencies),
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(run(json.loads(sys.argv[1])))))
