"""Fetching content from a trustless IPFS gateway (https://specs.ipfs.tech/http-gateways/).

    fetch(cid, "http://127.0.0.1:8000", store)

The gateway is not trusted: every block is checked against the CID that its parent named, and
nothing that no parent named is taken in. What is here already is not asked for again, so a fetch
that was cut off goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import httpx

from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.store.dag import check_complete
from assay.store.errors import (
    DamagedBlockError,
    MissingBlockError,
    UnknownCidError,
)
from assay.store.frontier import (
    LIMIT_BLOCKS,
    LIMIT_BYTES,
    Frontier,
    missing_blocks,
    whole_archive,
)
from assay.store.port import (
    READ_LIMIT_BYTES,
    BlobStore,
    Block,
    Collected,
    Entry,
    Progress,
    Verification,
)
from assay.store.trustless import TrustlessGateway


def fetch(
    cid: Cid,
    gateway_url: str,
    store: BlobStore,
    *,
    limit_bytes: int = LIMIT_BYTES,
    limit_blocks: int = LIMIT_BLOCKS,
    progress: Progress | None = None,
    client: httpx.Client | None = None,
) -> None:
    """Bring everything below `cid` into `store`, and pin it.

    The first run asks for the whole as one CAR file; a run that finds part of it here asks block by
    block for the rest.

    Args:
        limit_bytes: largest content (and largest sum of blocks) to accept.
        limit_blocks: most blocks to accept.
        progress: called with the plain bytes of each leaf, fetched or already here.

    Raises:
        HostileGatewayError: wrong bytes, unwanted blocks, or an archive that is malformed or ends
            early. Blocks that were right stay.
        TooLargeError: a limit is passed.
        RemoteStoreError: the gateway does not answer, or does not have it.
    """
    with TrustlessGateway(gateway_url, client) as gateway:
        frontier = Frontier(cid, limit_bytes, limit_blocks, progress)
        if store.has(cid):
            blocks = missing_blocks(frontier, gateway.block, store)
        else:
            blocks = whole_archive(frontier, gateway.archive(cid), gateway.url)
        store.put_blocks(blocks, pin=cid)


class GatewayStore:
    """A `BlobStore` that fetches what it is asked to read, and does the rest in another store."""

    def __init__(self, gateway_url: str, store: BlobStore) -> None:
        self._gateway_url = gateway_url
        self._store = store

    def add(self, path: Path, *, progress: Progress | None = None) -> Cid:
        """See `BlobStore.add`."""
        return self._store.add(path, progress=progress)

    def add_bytes(self, data: bytes) -> Cid:
        """See `BlobStore.add_bytes`."""
        return self._store.add_bytes(data)

    def add_stream(self, stream: BinaryIO, *, progress: Progress | None = None) -> Cid:
        """See `BlobStore.add_stream`."""
        return self._store.add_stream(stream, progress=progress)

    def read_bytes(self, cid: Cid, *, limit: int = READ_LIMIT_BYTES) -> bytes:
        """See `BlobStore.read_bytes`; no more than `limit` is fetched either."""
        return self._with(cid, limit_bytes=limit + READ_LIMIT_BYTES).read_bytes(cid, limit=limit)

    def read(self, cid: Cid, offset: int = 0, length: int | None = None) -> Iterator[bytes]:
        """See `BlobStore.read`."""
        return self._with(cid).read(cid, offset, length)

    def get(self, cid: Cid, destination: Path, *, progress: Progress | None = None) -> None:
        """See `BlobStore.get`."""
        self._with(cid).get(cid, destination, progress=progress)

    def ls(self, cid: Cid) -> list[Entry]:
        """See `BlobStore.ls`."""
        return self._with(cid).ls(cid)

    def names(self, cid: Cid) -> dict[str, Cid]:
        """See `BlobStore.names`."""
        return self._with(cid).names(cid)

    def size(self, cid: Cid) -> int:
        """See `BlobStore.size`."""
        return self._with(cid).size(cid)

    def has(self, cid: Cid) -> bool:
        """True if the block is here already."""
        return self._store.has(cid)

    def block(self, cid: Cid) -> bytes:
        """See `BlobStore.block`."""
        return self._with(cid).block(cid)

    def put_block(self, cid: Cid, data: bytes) -> None:
        """See `BlobStore.put_block`."""
        self._store.put_block(cid, data)

    def put_blocks(self, blocks: Iterable[Block], *, pin: Cid | None = None) -> None:
        """See `BlobStore.put_blocks`."""
        self._store.put_blocks(blocks, pin=pin)

    def verify(self, cid: Cid) -> Verification:
        """See `BlobStore.verify`."""
        return self._with(cid).verify(cid)

    def verify_all(self) -> Verification:
        """See `BlobStore.verify_all`."""
        return self._store.verify_all()

    def pin(self, cid: Cid) -> None:
        """See `BlobStore.pin`."""
        self._with(cid).pin(cid)

    def unpin(self, cid: Cid) -> None:
        """See `BlobStore.unpin`."""
        self._store.unpin(cid)

    def pins(self) -> list[Cid]:
        """See `BlobStore.pins`."""
        return self._store.pins()

    def gc(self) -> Collected:
        """See `BlobStore.gc`."""
        return self._store.gc()

    def car(self, cid: Cid) -> Iterator[bytes]:
        """See `BlobStore.car`."""
        return self._with(cid).car(cid)

    def digest_of(self, cid: Cid) -> Digest:
        """See `BlobStore.digest_of`."""
        return self._with(cid).digest_of(cid)

    def find_digest(self, digest: Digest) -> Cid | None:
        """The content here with this digest: a gateway cannot be searched."""
        return self._store.find_digest(digest)

    def _with(self, cid: Cid, *, limit_bytes: int = LIMIT_BYTES) -> BlobStore:
        """The store, with everything below `cid` in it."""
        try:
            check_complete(self._store, cid)
        except (UnknownCidError, MissingBlockError, DamagedBlockError):
            fetch(cid, self._gateway_url, self._store, limit_bytes=limit_bytes)
        return self._store
