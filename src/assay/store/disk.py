"""The store on a local disk.

>>> import tempfile; from pathlib import Path
>>> store = DiskStore(Path(tempfile.mkdtemp()))
>>> cid = store.add_bytes(b"hello")
>>> store.read_bytes(cid), str(cid)[:20]
(b'hello', 'bafkreibm6jg3ux5qumh')

Layout of the folder: `blocks/`, `packs/` and `incoming/` (see `block_files`), `pins/` and
`digests/` (see `names`), `lock` and `gate` (see `lock`). Any number of processes may use one
folder at once.
"""

from __future__ import annotations

import io
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from assay.core.cid import DAG_PB, RAW, Cid
from assay.core.digest import Digest
from assay.store import dag
from assay.store.block_files import BlockFiles, matches
from assay.store.car import write_car
from assay.store.collection import collect_garbage
from assay.store.dag_pb import Link
from assay.store.durable import disk_errors
from assay.store.errors import DamagedBlockError, TooLargeError
from assay.store.importer import Importer, drain
from assay.store.intake import taking_in
from assay.store.lock import StoreLock
from assay.store.names import DigestRecords, Pins
from assay.store.port import (
    MAX_BLOCK_BYTES,
    READ_LIMIT_BYTES,
    Block,
    Collected,
    Entry,
    Fault,
    Progress,
    Verification,
)
from assay.store.retrieval import write_out
from assay.store.unixfs import Kind
from assay.store.verification import verify_dag, verify_files

_GROUP_BYTES = 64 * 1024 * 1024


class DiskStore:
    """A `BlobStore` in a folder."""

    def __init__(self, folder: Path) -> None:
        """Open the store in `folder`; it is created if it is not there.

        Raises:
            StoreUnavailableError: the folder cannot be used.
        """
        self.folder = Path(folder)
        with disk_errors(self.folder):
            self._files = BlockFiles(self.folder)
            self._pins = Pins(self.folder / "pins")
            self._digests = DigestRecords(self.folder / "digests")
            self._lock = StoreLock(self.folder)
            with self._lock.exclusive_if_free() as alone:
                if alone:
                    self._files.clear_incoming()

    def add(self, path: Path, *, progress: Progress | None = None) -> Cid:
        """See `BlobStore.add`."""
        importer = Importer(progress)
        return self._take_in(importer, importer.path(Path(path)))

    def add_bytes(self, data: bytes) -> Cid:
        """See `BlobStore.add_bytes`."""
        return self.add_stream(io.BytesIO(data))

    def add_stream(self, stream: BinaryIO, *, progress: Progress | None = None) -> Cid:
        """See `BlobStore.add_stream`."""
        importer = Importer(progress)
        return self._take_in(importer, importer.file(stream))

    def _take_in(self, importer: Importer, blocks: Generator[Block, None, Link]) -> Cid:
        with disk_errors(self.folder), self._lock.shared():
            with taking_in(self._files) as intake:
                root = drain(blocks, intake.put).cid
            self._digests.add(importer.digests)
            self._pins.add(root)
        return root

    def put_block(self, cid: Cid, data: bytes) -> None:
        """See `BlobStore.put_block`."""
        self.put_blocks([Block(cid, data)])

    def put_blocks(self, blocks: Iterable[Block], *, pin: Cid | None = None) -> None:
        """See `BlobStore.put_blocks`; if `blocks` fails, what came before stays."""
        with disk_errors(self.folder), self._lock.shared():
            with taking_in(self._files, group_bytes=_GROUP_BYTES) as intake:
                try:
                    for block in blocks:
                        _check(block)
                        intake.put(block)
                finally:
                    intake.commit()
            if pin is not None:
                self._pin_complete(pin)

    def block(self, cid: Cid) -> bytes:
        """See `BlobStore.block`."""
        with disk_errors(self.folder):
            return self._files.read(cid)

    def has(self, cid: Cid) -> bool:
        """See `BlobStore.has`."""
        with disk_errors(self.folder):
            return self._files.has(cid)

    def read_bytes(self, cid: Cid, *, limit: int = READ_LIMIT_BYTES) -> bytes:
        """See `BlobStore.read_bytes`."""
        return dag.read_whole(self, cid, limit)

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
        """See `BlobStore.car`."""
        return write_car([cid], dag.walk(self, cid))

    def verify(self, cid: Cid) -> Verification:
        """See `BlobStore.verify`."""
        with disk_errors(self.folder):
            self._files.refresh(again=True)
            found = verify_dag(self, cid)
            recorded = self._digests.digest_of(cid)
        if not found.ok or recorded is None or recorded == dag.plain_digest(self, cid):
            return found
        fault = Fault(cid, str(self.folder / "digests"), "its digest on record is another")
        return Verification(found.blocks, found.bytes, (fault,))

    def verify_all(self) -> Verification:
        """See `BlobStore.verify_all`."""
        with disk_errors(self.folder), self._lock.shared():
            found = verify_files(self._files, self._pins)
            names = [*self._pins.faults(), *self._digests.faults()]
        return Verification(found.blocks, found.bytes, (*found.faults, *names))

    def pin(self, cid: Cid) -> None:
        """See `BlobStore.pin`."""
        with disk_errors(self.folder), self._lock.shared():
            self._files.refresh()
            self._pin_complete(cid)

    def unpin(self, cid: Cid) -> None:
        """See `BlobStore.unpin`."""
        with disk_errors(self.folder), self._lock.shared():
            self._pins.remove(cid)

    def pins(self) -> list[Cid]:
        """See `BlobStore.pins`."""
        with disk_errors(self.folder):
            return sorted(self._pins)

    def gc(self) -> Collected:
        """See `BlobStore.gc`."""
        with disk_errors(self.folder), self._lock.exclusive():
            collected = collect_garbage(self._files, list(self._pins))
            for cid in self._digests.cids():
                if not self._files.has(cid):
                    self._digests.remove(cid)
        return collected

    def digest_of(self, cid: Cid) -> Digest:
        """See `BlobStore.digest_of`; computed once, then kept."""
        if cid.codec == RAW:
            return cid.digest
        with disk_errors(self.folder):
            digest = self._digests.digest_of(cid)
            if digest is None:
                digest = dag.plain_digest(self, cid)
                if digest != cid.digest:
                    self._digests.add({cid: digest})
        return digest

    def find_digest(self, digest: Digest) -> Cid | None:
        """See `BlobStore.find_digest`."""
        if self.has(Cid(RAW, digest)):
            return Cid(RAW, digest)
        with disk_errors(self.folder):
            recorded = self._digests.find(digest)
        if recorded is not None and self.has(recorded):
            return recorded
        folder = Cid(DAG_PB, digest)
        if self.has(folder) and dag.load(self, folder, folder)[1].kind is Kind.FOLDER:
            return folder
        return None

    def _pin_complete(self, cid: Cid) -> None:
        dag.check_complete(self, cid)
        self._pins.add(cid)


def _check(block: Block) -> None:
    if len(block.data) > MAX_BLOCK_BYTES:
        raise TooLargeError(f"The block {block.cid}", len(block.data), MAX_BLOCK_BYTES)
    if not matches(block.cid, block.data):
        raise DamagedBlockError(block.cid, "what was given to store")
