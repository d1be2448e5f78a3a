"""The store on a Kubo node, through its RPC API (https://docs.ipfs.tech/reference/kubo/rpc/).

    KuboStore("http://127.0.0.1:5001").add(Path("model"))

The node is not trusted with integrity: what it says it stored is compared with the CID computed
here, and every block it gives back is hashed. It is asked to stay offline, so that a CID it does
not have is an error and not a search of the network.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from assay.core.cid import DAG_PB, RAW, Cid
from assay.core.digest import Digest
from assay.errors import InputError
from assay.store import dag
from assay.store.block_files import matches
from assay.store.car import read_car, write_car
from assay.store.errors import DamagedBlockError, RemoteStoreError, UnknownCidError
from assay.store.frontier import Frontier, whole_archive
from assay.store.importer import Importer, drain
from assay.store.kubo_rpc import KuboRpc, Part, folder_parts
from assay.store.port import (
    READ_LIMIT_BYTES,
    Block,
    Collected,
    Entry,
    Progress,
    Verification,
)
from assay.store.retrieval import write_out
from assay.store.unixfs import Kind
from assay.store.verification import verify_dag

_CODECS = {RAW: "raw", DAG_PB: "dag-pb"}
_ADD = {
    "cid-version": "1",
    "raw-leaves": "true",
    "chunker": "size-262144",
    "hash": "sha2-256",
    "pin": "true",
    "progress": "false",
}


_LARGEST_CACHED_BYTES = 65_536
_CACHED_FOR_S = 86_400.0


class BlockCache(Protocol):
    """Bytes by name that may be gone, or be others, at any moment."""

    def get(self, key: str) -> bytes | None:
        """What was put, if it is still there."""
        ...

    def put(self, key: str, value: bytes, *, ttl_s: float) -> None:
        """Keep for at most so long."""
        ...


class KuboStore:
    """A `BlobStore` in a Kubo node.

    Kubo cannot be searched by the SHA-256 of a large file: `find_digest` knows files of one block,
    folders, and what this object has added or digested.
    """

    def __init__(self, url: str, cache: BlockCache | None = None) -> None:
        """Remember where the node is.

        Args:
            cache: keeps short artefacts nearer; what comes from it is hashed like all else.
        """
        self.url = url.rstrip("/")
        self._cache = cache
        self._rpc = KuboRpc(self.url)
        self._digests: dict[Cid, Digest] = {}

    def add(self, path: Path, *, progress: Progress | None = None) -> Cid:
        """See `BlobStore.add`; the content is read twice, to know the CID before Kubo tells it."""
        path = Path(path)
        importer = Importer()
        expected = drain(importer.path(path), lambda _block: None).cid
        root = path.resolve()
        parts = folder_parts(root, progress) if root.is_dir() else [Part.of_file(root, progress)]
        self._expect(expected, self._rpc.upload("add", _ADD, parts)[-1]["Hash"])
        self._digests.update(importer.digests)
        return expected

    def add_bytes(self, data: bytes) -> Cid:
        """See `BlobStore.add_bytes`."""
        return self.add_stream(io.BytesIO(data))

    def add_stream(self, stream: BinaryIO, *, progress: Progress | None = None) -> Cid:
        """See `BlobStore.add_stream`; one pass: the leaves go out while they are hashed."""
        importer = Importer(progress)
        roots: list[Cid] = []

        def leaves() -> Iterator[bytes]:
            blocks = importer.file(stream)
            while True:
                try:
                    block = next(blocks)
                except StopIteration as end:
                    roots.append(end.value.cid)
                    return
                if block.cid.codec == RAW:
                    yield block.data

        answer = self._rpc.upload("add", _ADD, [Part("file", leaves())])
        self._expect(roots[0], answer[-1]["Hash"])
        self._digests.update(importer.digests)
        return roots[0]

    def block(self, cid: Cid) -> bytes:
        """See `BlobStore.block`."""
        data = self._rpc.local_block(cid)
        if not matches(cid, data):
            raise DamagedBlockError(cid, self.url)
        return data

    def has(self, cid: Cid) -> bool:
        """See `BlobStore.has`."""
        try:
            self._rpc.call("block/stat", arg=str(cid), offline="true")
        except UnknownCidError:
            return False
        return True

    def put_block(self, cid: Cid, data: bytes) -> None:
        """See `BlobStore.put_block`."""
        if not matches(cid, data):
            raise DamagedBlockError(cid, "what was given to store")
        options = {"cid-codec": _CODECS[cid.codec], "mhtype": "sha2-256", "pin": "false"}
        answer = self._rpc.upload("block/put", options, [Part("data", iter([data]))])
        self._expect(cid, answer[-1]["Key"])

    def put_blocks(self, blocks: Iterable[Block], *, pin: Cid | None = None) -> None:
        """See `BlobStore.put_blocks`."""
        for block in blocks:
            self.put_block(block.cid, block.data)
        if pin is not None:
            self.pin(pin)

    def read_bytes(self, cid: Cid, *, limit: int = READ_LIMIT_BYTES) -> bytes:
        """See `BlobStore.read_bytes`."""
        if self._cache is None or cid.codec != RAW:
            return dag.read_whole(self, cid, limit)
        key = f"block/{cid}"
        kept = self._cache.get(key)
        if kept is not None and len(kept) <= limit and Digest.of(kept) == cid.digest:
            return kept
        data = dag.read_whole(self, cid, limit)
        if len(data) <= _LARGEST_CACHED_BYTES:
            self._cache.put(key, data, ttl_s=_CACHED_FOR_S)
        return data

    def read(self, cid: Cid, offset: int = 0, length: int | None = None) -> Iterator[bytes]:
        """See `BlobStore.read`."""
        return dag.read_range(self, cid, offset, length)

    def get(self, cid: Cid, destination: Path, *, progress: Progress | None = None) -> None:
        """See `BlobStore.get`."""
        write_out(self, cid, Path(destination), progress)

    def ls(self, cid: Cid) -> list[Entry]:
        """See `BlobStore.ls`."""
        return dag.list_entries(self, cid)

    def names(self, cid: Cid) -> dict[str, Cid]:
        """See `BlobStore.names`."""
        return dag.list_names(self, cid)

    def size(self, cid: Cid) -> int:
        """See `BlobStore.size`."""
        return dag.plain_size(self, cid)

    def car(self, cid: Cid) -> Iterator[bytes]:
        """See `BlobStore.car`; Kubo's export, each block checked on the way."""
        _, blocks = read_car(self._rpc.stream("dag/export", cid, offline="true"))
        return write_car([cid], whole_archive(Frontier(cid), blocks, self.url))

    def verify(self, cid: Cid) -> Verification:
        """See `BlobStore.verify`."""
        return verify_dag(self, cid)

    def verify_all(self) -> Verification:
        """Everything that is pinned; blocks that no pin reaches are left out."""
        found = [verify_dag(self, cid) for cid in self.pins()]
        return Verification(
            sum(one.blocks for one in found),
            sum(one.bytes for one in found),
            tuple(fault for one in found for fault in one.faults),
        )

    def pin(self, cid: Cid) -> None:
        """See `BlobStore.pin`."""
        self._rpc.call("pin/add", arg=str(cid), recursive="true", offline="true")

    def unpin(self, cid: Cid) -> None:
        """See `BlobStore.unpin`."""
        if cid in self.pins():
            self._rpc.call("pin/rm", arg=str(cid), recursive="true")

    def pins(self) -> list[Cid]:
        """The recursive pins whose CID Assay reads (not those of version 0)."""
        answer = self._rpc.call("pin/ls", type="recursive")[-1]
        return sorted(cid for key in answer.get("Keys") or {} if (cid := _parse(key)))

    def gc(self) -> Collected:
        """See `BlobStore.gc`."""
        before = self._size_bytes()
        removed = self._rpc.call("repo/gc")
        failed = [answer["Error"] for answer in removed if answer.get("Error")]
        if failed:
            raise RemoteStoreError(self.url, f"repo/gc: {failed[0]}")
        return Collected(len(removed), max(0, before - self._size_bytes()))

    def digest_of(self, cid: Cid) -> Digest:
        """See `BlobStore.digest_of`."""
        if cid not in self._digests:
            self._digests[cid] = dag.plain_digest(self, cid)
        return self._digests[cid]

    def find_digest(self, digest: Digest) -> Cid | None:
        """See `BlobStore.find_digest`, and the limit in the description of the class."""
        known = [cid for cid, own in self._digests.items() if own == digest]
        for cid in (Cid(RAW, digest), *known, Cid(DAG_PB, digest)):
            if self.has(cid) and (cid in known or self._is_own_digest(cid)):
                return cid
        return None

    def _is_own_digest(self, cid: Cid) -> bool:
        return cid.codec == RAW or dag.load(self, cid, cid)[1].kind is Kind.FOLDER

    def _size_bytes(self) -> int:
        return int(self._rpc.call("repo/stat", **{"size-only": "true"})[-1]["RepoSize"])

    def _expect(self, expected: Cid, told: Any) -> None:
        if _parse(str(told)) != expected:
            raise DamagedBlockError(expected, f"{self.url}, which stored {str(told)[:80]} instead")


def _parse(text: str) -> Cid | None:
    try:
        return Cid.parse(text)
    except InputError:
        return None
