"""The client of a trustless IPFS gateway (https://specs.ipfs.tech/http-gateways/trustless-gateway/).

Blocks and CAR files come with a limit on their size and are checked against their CIDs, so that a
gateway can refuse to answer but cannot lie.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from assay.core.cid import RAW, Cid
from assay.core.digest import Digest
from assay.store.car import read_car
from assay.store.errors import (
    DamagedBlockError,
    HostileGatewayError,
    MalformedBlockError,
    RemoteStoreError,
)
from assay.store.port import MAX_BLOCK_BYTES, Block

_CAR = "application/vnd.ipld.car; version=1; order=dfs; dups=n"
_RAW_BLOCK = "application/vnd.ipld.raw"
_TIMEOUT = httpx.Timeout(30.0, connect=10.0)
_PIECE_BYTES = 64 * 1024


class TrustlessGateway:
    """A gateway by URL; what it sends is checked before it is handed on."""

    def __init__(self, url: str, client: httpx.Client | None = None) -> None:
        self.url = url.rstrip("/")
        self._client = client or httpx.Client(timeout=_TIMEOUT, follow_redirects=True)
        self._is_ours = client is None

    def block(self, cid: Cid) -> bytes:
        """One block, verified."""
        data = bytearray()
        with self._answer(cid, "raw", _RAW_BLOCK) as response:
            for piece in response.iter_bytes(_PIECE_BYTES):
                data += piece
                if len(data) > MAX_BLOCK_BYTES:
                    raise HostileGatewayError(self.url, f"more than a block's bytes for {cid}")
        if Digest.of(bytes(data)) != cid.digest:
            raise HostileGatewayError(self.url, f"wrong bytes for {cid}")
        return bytes(data)

    def archive(self, root: Cid) -> Iterator[Block]:
        """The blocks of `root` from a CAR file, verified."""
        if root.codec == RAW:
            yield Block(root, self.block(root))
            return
        with self._answer(root, "car", _CAR) as response:
            try:
                _, blocks = read_car(response.iter_bytes(_PIECE_BYTES))
                yield from blocks
            except (MalformedBlockError, DamagedBlockError) as error:
                raise HostileGatewayError(self.url, f"a bad archive ({error})") from error

    @contextmanager
    def _answer(self, cid: Cid, form: str, accept: str) -> Iterator[httpx.Response]:
        request = f"{self.url}/ipfs/{cid}"
        try:
            with self._client.stream(
                "GET",
                request,
                params={"format": form},
                headers={"Accept": accept, "Accept-Encoding": "identity"},
            ) as response:
                if response.status_code != httpx.codes.OK:
                    raise RemoteStoreError(request, f"HTTP status {response.status_code}")
                yield response
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise RemoteStoreError(request, str(error) or type(error).__name__) from error

    def __enter__(self) -> TrustlessGateway:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._is_ours:
            self._client.close()
