"""Servers that misbehave."""

from __future__ import annotations

import logging
import socket
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from assay.chain.errors import ChainUnreachable, RpcFault, WrongChain
from assay.chain.node import Node
from tests.integration.chain.servers import Answer, HttpServer, result


@pytest.fixture
def silent_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_socket_that_never_answers_ends_in_a_timeout(silent_port: int) -> None:
    node = Node(f"http://me:hunter2@127.0.0.1:{silent_port}/key", timeout_s=0.3)
    start = time.monotonic()

    with pytest.raises(ChainUnreachable, match="no answer") as caught:
        node.block_number()

    assert time.monotonic() - start < 3
    assert "hunter2" not in str(caught.value)
    assert "key" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_server_that_drips_bytes_ends_in_a_timeout() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connection, _ = server.accept()
            with connection, suppress(OSError):
                connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
                for _ in range(40):
                    connection.sendall(b" ")
                    time.sleep(0.1)

        threading.Thread(target=drip, daemon=True).start()
        start = time.monotonic()

        with pytest.raises(ChainUnreachable):
            Node(f"http://127.0.0.1:{server.getsockname()[1]}", timeout_s=0.4).block_number()

    assert time.monotonic() - start < 3


def test_nobody_there_is_told_at_once_and_nothing_was_sent(silent_port: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    with pytest.raises(ChainUnreachable, match="no connection") as caught:
        Node(f"http://127.0.0.1:{port}").block_number()

    assert caught.value.sent is False


@pytest.mark.parametrize("trouble", [(429, {"retry-after": "0"}, b""), (503, {}, b"busy"), None])
def test_a_passing_trouble_is_waited_out_for_reads(trouble: Answer) -> None:
    seen: list[str] = []

    def answer(_: dict[str, str], body: Any) -> Answer:
        seen.append(body["method"])
        return trouble if len(seen) in {2, 3} else result(body, "0x10")

    with HttpServer(answer) as server, Node(server.url) as node:
        assert node.block_number() == 16

    assert seen == ["eth_chainId", *["eth_blockNumber"] * 3]


@pytest.mark.parametrize("trouble", [(429, {}, b""), (503, {}, b""), None])
def test_sending_is_never_repeated_by_the_transport(trouble: Answer) -> None:
    seen: list[str] = []

    def answer(_: dict[str, str], body: Any) -> Answer:
        seen.append(body["method"])
        return trouble if body["method"].startswith("eth_send") else result(body, "0x10")

    with HttpServer(answer) as server, Node(server.url) as node, pytest.raises(ChainUnreachable):
        node.request("eth_sendRawTransaction", ["0x00"])

    assert seen == ["eth_chainId", "eth_sendRawTransaction"]


def test_a_server_that_is_always_busy_ends_in_an_error() -> None:
    with (
        HttpServer(lambda _, __: (429, {"retry-after": "0"}, b"")) as server,
        Node(server.url) as node,
        pytest.raises(ChainUnreachable, match="429"),
    ):
        node.block_number()


@pytest.mark.parametrize(
    "data", [b"", b"<html>", b"[" * 100_000, b"7", b"{}", b'{"id":1}', b"\xff", b"null"]
)
def test_an_answer_that_is_not_json_rpc_is_a_clear_error(data: bytes) -> None:
    with (
        HttpServer(lambda _, __: (200, {}, data)) as server,
        Node(server.url) as node,
        pytest.raises(ChainUnreachable, match="JSON"),
    ):
        node.block_number()


def test_a_refused_key_says_so_and_stays_secret(caplog: pytest.LogCaptureFixture) -> None:
    seen: dict[str, str] = {}

    def answer(headers: dict[str, str], _: Any) -> Answer:
        seen.update(headers)
        return 401, {}, b""

    with HttpServer(answer) as server, caplog.at_level(logging.DEBUG):
        url = f"http://user:pa%40ss@127.0.0.1:{server.port}/v3/TOPSECRET"
        with Node(url) as node, pytest.raises(ChainUnreachable) as caught:
            node.block_number()

    assert seen["authorization"] == "Basic " + b64encode(b"user:pa@ss").decode()
    assert seen["path"] == "/v3/TOPSECRET"
    assert "key" in caught.value.hint
    for secret in ("TOPSECRET", "pa%40ss", "pa@ss"):
        assert secret not in f"{caught.value}{caught.value.hint}{caplog.text}"


def test_the_wrong_chain_is_refused_before_anything_else() -> None:
    seen: list[str] = []

    def answer(_: dict[str, str], body: Any) -> Answer:
        seen.append(body["method"])
        return result(body, "0x1")

    with HttpServer(answer) as server, Node(server.url, expected_chain_id=31337) as node:
        for act in (node.block_number, lambda: node.batch([("eth_blockNumber", [])])):
            with pytest.raises(WrongChain) as caught:
                act()

    assert (caught.value.expected, caught.value.found) == (31337, 1)
    assert set(seen) == {"eth_chainId"}


def test_a_node_that_refuses_batches_is_asked_one_by_one() -> None:
    def answer(_: dict[str, str], body: Any) -> Answer:
        if isinstance(body, list):
            return 200, {}, b'{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"no"}}'
        return result(body, body["params"][0] if body["params"] else "0x1")

    with HttpServer(answer) as server, Node(server.url) as node:
        assert node.batch([("eth_call", [n]) for n in range(3)]) == [0, 1, 2]


def test_a_batch_that_leaves_an_answer_out_is_a_clear_error() -> None:
    def answer(_: dict[str, str], body: Any) -> Answer:
        return (200, {}, b"[]") if isinstance(body, list) else result(body, "0x1")

    with (
        HttpServer(answer) as server,
        Node(server.url) as node,
        pytest.raises(ChainUnreachable, match="JSON-RPC"),
    ):
        node.batch([("eth_blockNumber", [])])


def test_a_fault_carries_code_message_and_data() -> None:
    fault = b'{"id":%d,"error":{"code":-32000,"message":"nope","data":"0x01"}}'

    def answer(_: dict[str, str], body: Any) -> Answer:
        return (
            result(body, "0x1")
            if body["method"] == "eth_chainId"
            else (200, {}, fault % body["id"])
        )

    with HttpServer(answer) as server, Node(server.url) as node, pytest.raises(RpcFault) as caught:
        node.block_number()

    assert (caught.value.code, caught.value.message, caught.value.data) == (-32000, "nope", "0x01")
