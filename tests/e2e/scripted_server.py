"""A small OpenAI-compatible server, to stand behind ASSAY_MODEL_URL: says the same to the same."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class ScriptedServer:
    """A running server; `asked` is set when it has been asked something."""

    url: str
    asked: threading.Event


def scripted_text(prompt: str, seed: int) -> str:
    """What the server says."""
    return f"To {prompt!r} with seed {seed} it says: é 好 and so on."


class _Handler(BaseHTTPRequestHandler):
    pause_s: float
    asked: threading.Event

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.asked.set()
        words = scripted_text(asked["messages"][-1]["content"], asked["seed"]).split(" ")
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        try:
            for number, word in enumerate(words):
                time.sleep(self.pause_s)
                self._event({"content": word if number == 0 else f" {word}"}, None)
            self._event({}, "stop")
            usage = {"prompt_tokens": 7, "completion_tokens": len(words), "total_tokens": 7}
            self._write({"choices": [], "usage": usage})
            self.wfile.write(b"data: [DONE]\n\n")
        except (BrokenPipeError, ConnectionResetError):
            return  # the service was killed

    def _event(self, delta: dict[str, str], finish_reason: str | None) -> None:
        self._write({"choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason}]})

    def _write(self, more: dict[str, Any]) -> None:
        head = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "scripted"}
        self.wfile.write(f"data: {json.dumps({**head, **more})}\n\n".encode())
        self.wfile.flush()

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def scripted_server(pause_s: float) -> Iterator[ScriptedServer]:
    """A server that takes `pause_s` for each word."""
    asked = threading.Event()
    handler = type("Handler", (_Handler,), {"pause_s": pause_s, "asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield ScriptedServer(f"http://127.0.0.1:{server.server_address[1]}/v1", asked)
    finally:
        server.shutdown()
        server.server_close()
