"""HTTP servers for tests: one that answers as told, one that stands between a client and a node."""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

Answer = tuple[int, dict[str, str], bytes] | None


class HttpServer:
    """Calls `answer(headers, body)` for each POST; None drops the connection without a word."""

    def __init__(self, answer: Callable[[dict[str, str], Any], Answer]) -> None:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                length = int(self.headers["content-length"])
                headers = {name.lower(): value for name, value in self.headers.items()}
                headers["path"] = self.path
                given = answer(headers, json.loads(self.rfile.read(length)))
                if given is None:
                    self.close_connection = True
                    return
                status, extra, data = given
                self.send_response(status)
                for name, value in extra.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def result(body: Any, value: Any) -> Answer:
    """A good JSON-RPC answer."""
    answer = {"jsonrpc": "2.0", "id": body["id"], "result": value}
    return 200, {}, json.dumps(answer).encode()


class RpcProxy(HttpServer):
    """Passes calls on to a node. `before` and `after` see each call's body; either may raise
    `Drop` to break the connection: before the node has the call, or before the client has the
    answer."""

    def __init__(
        self,
        upstream: str,
        *,
        before: Callable[[Any], None] = lambda _: None,
        after: Callable[[Any], None] = lambda _: None,
    ) -> None:
        def answer(_: dict[str, str], body: Any) -> Answer:
            try:
                before(body)
                request = urllib.request.Request(
                    upstream, json.dumps(body).encode(), {"content-type": "application/json"}
                )
                with urllib.request.urlopen(request, timeout=10) as response:
                    data = response.read()
                after(body)
            except (Drop, OSError):
                return None
            return 200, {"content-type": "application/json"}, data

        super().__init__(answer)


class Drop(Exception):
    """Break the connection."""


def method_of(body: Any) -> str:
    """The method of a single call; empty for a batch."""
    return body["method"] if isinstance(body, dict) else ""
