"""Kubo's RPC over HTTP: calls, streams and uploads, with its errors translated."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from assay.core.cid import Cid
from assay.store.errors import HostileGatewayError, RemoteStoreError, UnknownCidError
from assay.store.port import MAX_BLOCK_BYTES, Progress

_TIMEOUT = httpx.Timeout(600.0, connect=10.0)
_PIECE_BYTES = 256 * 1024
_ANSWER_LIMIT_BYTES = 256 * 1024 * 1024
_NOT_THERE = ("not found", "could not find")


@dataclass(frozen=True, slots=True)
class Part:
    """One file (or, without pieces, folder) of an upload."""

    name: str
    pieces: Iterator[bytes] | None

    @classmethod
    def of_file(cls, path: Path, progress: Progress | None, name: str = "file") -> Part:
        """The file at `path`, read when it is sent."""
        return cls(name, _read(path, progress or (lambda _done: None)))


def folder_parts(folder: Path, progress: Progress | None, name: str = "folder") -> Iterator[Part]:
    """A folder and everything below it, in the order of names."""
    yield Part(name, None)
    for child in sorted(folder.iterdir()):
        child_name = f"{name}/{child.name}"
        if child.is_dir():
            yield from folder_parts(child, progress, child_name)
        else:
            yield Part.of_file(child, progress, child_name)


class KuboRpc:
    """The API below `<url>/api/v0`."""

    def __init__(self, url: str) -> None:
        self._url = f"{url}/api/v0"
        self._client = httpx.Client(timeout=_TIMEOUT)

    def call(self, command: str, **options: str) -> list[dict[str, Any]]:
        """Run a command; its answer, one object per line.

        Raises:
            UnknownCidError: Kubo does not have what `arg` names.
            RemoteStoreError: not reachable, or another error.
        """
        with self._answer(command, options) as response:
            return self._objects(command, response)

    def upload(
        self, command: str, options: dict[str, str], parts: Iterable[Part]
    ) -> list[dict[str, Any]]:
        """Run a command that takes files; they are sent as they are read."""
        boundary = uuid.uuid4().hex
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        with self._answer(command, options, _multipart(parts, boundary), headers) as response:
            objects = self._objects(command, response)
        if not objects:
            raise RemoteStoreError(f"{self._url}/{command}", "an empty answer")
        return objects

    def local_block(self, cid: Cid) -> bytes:
        """A block that Kubo has, not yet checked.

        Raises:
            HostileGatewayError: more bytes than a block has.
        """
        data = bytearray()
        for piece in self.stream("block/get", cid, offline="true"):
            data += piece
            if len(data) > MAX_BLOCK_BYTES:
                raise HostileGatewayError(self._url, f"more than a block's bytes for {cid}")
        return bytes(data)

    def stream(self, command: str, cid: Cid, **options: str) -> Iterator[bytes]:
        """Run a command that answers with bytes."""
        with self._answer(command, {"arg": str(cid), **options}) as response:
            yield from response.iter_bytes(_PIECE_BYTES)

    def _objects(self, command: str, response: httpx.Response) -> list[dict[str, Any]]:
        text = bytearray()
        for piece in response.iter_bytes(_PIECE_BYTES):
            text += piece
            if len(text) > _ANSWER_LIMIT_BYTES:
                raise RemoteStoreError(f"{self._url}/{command}", "an endless answer")
        try:
            found = [json.loads(line) for line in text.splitlines() if line.strip()]
        except ValueError:
            raise RemoteStoreError(f"{self._url}/{command}", "an answer that is no JSON") from None
        if not all(isinstance(one, dict) for one in found):
            raise RemoteStoreError(f"{self._url}/{command}", "an answer without objects")
        return found

    @contextmanager
    def _answer(
        self,
        command: str,
        options: dict[str, str],
        content: Iterator[bytes] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Iterator[httpx.Response]:
        url = f"{self._url}/{command}"
        try:
            with self._client.stream(
                "POST", url, params=options, content=content, headers=headers
            ) as response:
                if response.status_code != httpx.codes.OK:
                    self._fail(url, response, options)
                yield response
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise RemoteStoreError(url, str(error) or type(error).__name__) from error

    def _fail(self, url: str, response: httpx.Response, options: dict[str, str]) -> None:
        try:
            message = str(json.loads(response.read())["Message"])[:500]
        except (ValueError, KeyError, TypeError):
            message = f"HTTP status {response.status_code}"
        if "arg" in options and any(words in message for words in _NOT_THERE):
            raise UnknownCidError(Cid.parse(options["arg"]))
        raise RemoteStoreError(url, message)


def _multipart(parts: Iterable[Part], boundary: str) -> Iterator[bytes]:
    for part in parts:
        kind = "application/octet-stream" if part.pieces else "application/x-directory"
        yield (
            f"--{boundary}\r\n"
            f'Content-Disposition: form-data; name="file"; filename="{quote(part.name, safe="")}"'
            f"\r\nContent-Type: {kind}\r\n\r\n"
        ).encode()
        yield from part.pieces or ()
        yield b"\r\n"
    yield f"--{boundary}--\r\n".encode()


def _read(path: Path, progress: Progress) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE_BYTES):
            progress(len(piece))
            yield piece
