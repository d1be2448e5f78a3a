"""A proposal from a real server on this machine, over the wire that every such server speaks."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from assay.bootstrap.proposing import ModelProposer, make_proposer
from assay.config import Settings
from assay.errors import InputError
from assay.generation.errors import ModelTimeout, ModelUnreachable

SLOW = "slow"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if asked["model"] == SLOW:
            time.sleep(2)
        said = json.dumps([message["content"] for message in asked["messages"]])
        with suppress(BrokenPipeError, ConnectionResetError):  # it was given up
            self._say(said)

    def _say(self, said: str) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        for delta, reason in (({"content": said}, None), ({}, "stop")):
            choice = {"index": 0, "delta": delta, "finish_reason": reason}
            head = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m"}
            self.wfile.write(f"data: {json.dumps({**head, 'choices': [choice]})}\n\n".encode())
        self.wfile.write(b"data: [DONE]\n\n")

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    server.shutdown()
    server.server_close()


def test_rules_and_data_travel_apart(url: str) -> None:
    answer = make_proposer(Settings(), url, "m").answer("the rules", "the data")

    assert json.loads(answer) == ["the rules", "the data"]


def test_a_server_that_is_slow_is_given_up(url: str) -> None:
    with pytest.raises(ModelTimeout):
        ModelProposer(url, None, SLOW, timeout_s=0.2).answer("rules", "data")


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(ModelUnreachable):
        ModelProposer("http://127.0.0.1:9/v1", None, "m").answer("rules", "data")


def test_a_default_server_has_to_be_set() -> None:
    with pytest.raises(InputError, match="no default server"):
        make_proposer(Settings(model_url=None), "default", "m")
    with pytest.raises(InputError, match="Which model"):
        make_proposer(Settings(), "default", "")
