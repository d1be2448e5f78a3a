"""HTTP servers for tests: our own gateway, and a Kubo RPC API built on our store on disk."""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from email.parser import BytesHeaderParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

import uvicorn
from fastapi import FastAPI

from assay.core.cid import DAG_PB, RAW, Cid
from assay.errors import AssayError
from assay.service.app import answer_error
from assay.service.routes import ipfs
from assay.store.disk import DiskStore
from assay.store.errors import UnknownCidError


def gateway_app(store: DiskStore) -> FastAPI:
    """The route under test, with the service's translation of errors."""
    app = FastAPI()
    app.state.client = SimpleNamespace(store=store)
    app.include_router(ipfs.router)
    app.add_exception_handler(AssayError, answer_error)
    return app


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """A real server on a free port; yields its URL."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def listening(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """A server with a hand-written handler; yields its URL."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def kubo_api(store: DiskStore) -> type[BaseHTTPRequestHandler]:
    """A handler that answers as Kubo's RPC does, for the commands that `KuboStore` uses.

    It is not Kubo: it follows the documented requests and answers, on top of `store`.
    """
    return type("Handler", (_KuboHandler,), {"store": store})


class _KuboHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    store: ClassVar[DiskStore]

    def log_message(self, *_arguments: Any) -> None:
        pass

    def do_POST(self) -> None:
        url = urlsplit(self.path)
        options = {name: values[-1] for name, values in parse_qs(url.query).items()}
        name = url.path.removeprefix("/api/v0/").replace("/", "_")
        body = self._body()
        try:
            answer = getattr(self, f"_{name}")(options, body)
        except UnknownCidError as error:
            text = f"block was not found locally (offline): ipld: could not find {error.cid}"
            self._send(500, json.dumps({"Message": text, "Code": 0, "Type": "error"}).encode())
        except AssayError as error:
            self._send(500, json.dumps({"Message": str(error), "Code": 0}).encode())
        else:
            self._send(200, answer)

    def _add(self, options: dict[str, str], body: bytes) -> bytes:
        assert (options["cid-version"], options["raw-leaves"]) == ("1", "true")
        folder = Path(tempfile.mkdtemp())
        try:
            for headers, data in self._parts(body):
                name = unquote(str(headers.get_param("filename", header="content-disposition")))
                if headers.get_content_type() == "application/x-directory":
                    (folder / name).mkdir()
                else:
                    (folder / name).write_bytes(data)
            (root,) = folder.iterdir()
            return self._json({"Name": root.name, "Hash": str(self.store.add(root)), "Size": "1"})
        finally:
            shutil.rmtree(folder)

    def _block_get(self, options: dict[str, str], _body: bytes) -> bytes:
        assert options["offline"] == "true"
        return self.store.block(Cid.parse(options["arg"]))

    def _block_stat(self, options: dict[str, str], _body: bytes) -> bytes:
        size = len(self.store.block(Cid.parse(options["arg"])))
        return self._json({"Key": options["arg"], "Size": size})

    def _block_put(self, options: dict[str, str], body: bytes) -> bytes:
        ((_, data),) = self._parts(body)
        codec = {"raw": RAW, "dag-pb": DAG_PB}[options["cid-codec"]]
        cid = Cid(codec, Cid.raw(data).digest)
        self.store.put_block(cid, data)
        return self._json({"Key": str(cid), "Size": len(data)})

    def _dag_export(self, options: dict[str, str], _body: bytes) -> bytes:
        return b"".join(self.store.car(Cid.parse(options["arg"])))

    def _pin_add(self, options: dict[str, str], _body: bytes) -> bytes:
        self.store.pin(Cid.parse(options["arg"]))
        return self._json({"Pins": [options["arg"]]})

    def _pin_rm(self, options: dict[str, str], _body: bytes) -> bytes:
        self.store.unpin(Cid.parse(options["arg"]))
        return self._json({"Pins": [options["arg"]]})

    def _pin_ls(self, options: dict[str, str], _body: bytes) -> bytes:
        assert options["type"] == "recursive"
        pins = {str(cid): {"Type": "recursive"} for cid in self.store.pins()}
        return self._json({"Keys": pins | {"QmOld": {"Type": "recursive"}}})

    def _repo_gc(self, _options: dict[str, str], _body: bytes) -> bytes:
        collected = self.store.gc()
        return b"".join(self._json({"Key": {"/": "removed"}}) for _ in range(collected.blocks))

    def _repo_stat(self, _options: dict[str, str], _body: bytes) -> bytes:
        files = (path for path in self.store.folder.rglob("*") if path.is_file())
        return self._json({"RepoSize": sum(path.stat().st_size for path in files)})

    def _parts(self, body: bytes) -> Iterator[tuple[Message, bytes]]:
        boundary = self.headers.get_param("boundary")
        for part in body.split(f"--{boundary}".encode())[1:-1]:
            head, _, data = part.partition(b"\r\n\r\n")
            yield BytesHeaderParser().parsebytes(head.lstrip()), data.removesuffix(b"\r\n")

    def _body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        pieces = []
        while size := int(self.rfile.readline(), 16):
            pieces.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(pieces)

    def _json(self, answer: dict[str, Any]) -> bytes:
        return json.dumps(answer).encode() + b"\n"

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
