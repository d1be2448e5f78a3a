"""`/ipfs/{cid}`: a trustless IPFS gateway (https://specs.ipfs.tech/http-gateways/) on the store.

    curl "http://127.0.0.1:8000/ipfs/<cid>?format=car" > content.car

`?format=raw` (or Accept: application/vnd.ipld.raw) gives one block, `?format=car` (or Accept:
application/vnd.ipld.car) a CAR of the whole; without either, a file's bytes, with ranges, or a
folder's listing as JSON. Only what is in the store is served; nothing is fetched from elsewhere.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from hashlib import sha256
from itertools import chain
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, Field

from assay.core.cid import Cid
from assay.errors import InputError
from assay.service.byte_ranges import RangeNotSatisfiableError, parse_range
from assay.service.deps import StoreDependency
from assay.store.car import write_car
from assay.store.dag import load, resolve_path
from assay.store.port import BlobStore
from assay.store.selection import Selection, select_blocks
from assay.store.unixfs import Kind

router = APIRouter(prefix="/ipfs", tags=["ipfs"])

_RAW = "application/vnd.ipld.raw"
_CAR = "application/vnd.ipld.car"
_FORMATS = {"raw": _RAW, "car": _CAR, _RAW: _RAW, _CAR: _CAR}
_IMMUTABLE = "public, max-age=29030400, immutable"


class _Wishes(BaseModel):
    format: str | None = Field(None, description="raw or car; overrides the Accept header")
    dag_scope: str | None = Field(None, alias="dag-scope", description="block, entity or all")
    entity_bytes: str | None = Field(None, alias="entity-bytes", description="like 0:1023")


@router.api_route("/{cid}", methods=["GET", "HEAD"], response_class=Response)
def read_root(
    cid: str, request: Request, store: StoreDependency, wishes: Annotated[_Wishes, Query()]
) -> Response:
    """The content of a CID: a file's bytes, a folder's listing, a block or a CAR."""
    return read_path(cid, "", request, store, wishes)


@router.api_route("/{cid}/{path:path}", methods=["GET", "HEAD"], response_class=Response)
def read_path(
    cid: str,
    path: str,
    request: Request,
    store: StoreDependency,
    wishes: Annotated[_Wishes, Query()],
) -> Response:
    """The same for what lies at a path below a folder."""
    way = resolve_path(store, Cid.parse(cid), path)
    answer = _Answer(request, store, way, path)
    wanted = _wanted_format(wishes.format, request.headers.get("accept", ""))
    if wanted == _CAR:
        return answer.car(Selection.parse(wishes.dag_scope, wishes.entity_bytes))
    if wanted == _RAW:
        return answer.block()
    _, content = load(store, way[-1], way[-1])
    return answer.listing() if content.kind is Kind.FOLDER else answer.file(content.size)


def _wanted_format(parameter: str | None, accept: str) -> str | None:
    if parameter is not None:
        if parameter not in _FORMATS:
            raise InputError(f"The format {parameter[:80]!r} is not served.", hint="raw or car.")
        return _FORMATS[parameter]
    kinds = [item.partition(";")[0].strip().lower() for item in accept.split(",")]
    return next((kind for kind in kinds if kind in (_RAW, _CAR)), None)


class _Answer:
    """One request's answer in the form that is asked for."""

    def __init__(self, request: Request, store: BlobStore, way: list[Cid], path: str) -> None:
        self._request = request
        self._store = store
        self._way = way
        self._cid = way[-1]
        self._name = path.rstrip("/").rpartition("/")[2]
        self._headers = {
            "Cache-Control": _IMMUTABLE,
            "X-Content-Type-Options": "nosniff",
            "X-Ipfs-Path": request.url.path,
            "X-Ipfs-Roots": ",".join(str(cid) for cid in way),
            "Vary": "Accept",
        }

    def block(self) -> Response:
        data = self._store.block(self._cid)
        self._headers["Content-Disposition"] = f'attachment; filename="{self._cid}.bin"'
        return self._send(f'"{self._cid}.raw"', _RAW, iter([data]), len(data))

    def car(self, selection: Selection) -> Response:
        order = f"{_CAR}; version=1; order=dfs; dups=n"
        tag = sha256(repr((self._way, selection)).encode()).hexdigest()[:16]
        self._headers["Content-Disposition"] = f'attachment; filename="{self._cid}.car"'
        self._headers["Accept-Ranges"] = "none"
        blocks = select_blocks(self._store, self._way, selection)
        # A block is read before the header goes out: what is not here is still a clean 404.
        pieces = write_car([self._cid], chain([next(blocks)], blocks))
        return self._send(f'W/"{self._cid}.car.{tag}"', order, pieces)

    def listing(self) -> Response:
        tag = f'"{self._cid}.listing"'
        if self._is_cached(tag):
            return self._not_modified(tag)
        entries = [
            {"name": entry.name, "cid": str(entry.cid), "bytes": entry.size}
            for entry in self._store.ls(self._cid)
        ]
        body = {"cid": str(self._cid), "entries": entries}
        return JSONResponse(body, headers={**self._headers, "ETag": tag})

    def file(self, size: int) -> Response:
        tag = f'"{self._cid}"'
        # A page from the store must not act as a page of this service in a browser.
        self._headers |= {"Content-Security-Policy": "sandbox", "Accept-Ranges": "bytes"}
        condition = self._request.headers.get("if-range", tag)
        header = self._request.headers.get("range") if condition == tag else None
        try:
            part = parse_range(header, size)
        except RangeNotSatisfiableError as error:
            headers = {"Content-Range": f"bytes */{size}"}
            body = {"type": type(error).__name__, "message": str(error), "hint": error.hint}
            return JSONResponse({"error": body}, status_code=416, headers=headers)
        kind = mimetypes.guess_type(self._name)[0] or self._sniffed()
        if part is None:
            return self._send(tag, kind, self._store.read(self._cid), size)
        self._headers["Content-Range"] = part.content_range(size)
        pieces = self._store.read(self._cid, part.offset, part.length)
        return self._send(tag, kind, pieces, part.length, status=206)

    def _sniffed(self) -> str:
        head = b"".join(self._store.read(self._cid, 0, 512))
        try:
            head.decode()
        except UnicodeDecodeError as error:
            if error.start < len(head) - 3:
                return "application/octet-stream"
        return "application/octet-stream" if b"\0" in head else "text/plain; charset=utf-8"

    def _send(
        self,
        tag: str,
        media_type: str,
        pieces: Iterator[bytes],
        length: int | None = None,
        *,
        status: int = 200,
    ) -> Response:
        if self._is_cached(tag):
            return self._not_modified(tag)
        headers = {**self._headers, "ETag": tag, "Content-Type": media_type}
        if length is not None:
            headers["Content-Length"] = str(length)
        if self._request.method == "HEAD":
            return Response(status_code=status, headers=headers)
        # The first piece is read before the status goes out: damage there is still a clean error.
        first = next(pieces, b"")
        return StreamingResponse(chain([first], pieces), status_code=status, headers=headers)

    def _is_cached(self, tag: str) -> bool:
        known = self._request.headers.get("if-none-match", "")
        bare = tag.removeprefix("W/")
        tags = [one.strip().removeprefix("W/") for one in known.split(",")]
        return bare in tags or "*" in tags

    def _not_modified(self, tag: str) -> Response:
        return Response(status_code=304, headers={**self._headers, "ETag": tag})
