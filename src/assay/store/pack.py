"""Packs: many blocks in one file, written once, in one flush.

    blocks, one after the other | table, one row per block, sorted | footer

A row is the digest, the codec, the offset and the length. The footer has a magic number, the count
of rows and the SHA-256 of table, magic number and count, which is also the file's name. So a pack
is visible all at once (one rename), two packs of the same blocks are one file, and no bit of it can
change unseen: a row is under the checksum, a block under its CID.
"""

from __future__ import annotations

import hashlib
import os
import struct
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.store.background import BoundedThread
from assay.store.durable import flush_folder, write_fully
from assay.store.errors import DamagedFileError

SUFFIX = ".pack"
_MAGIC = b"ASSAYPK1"
_KEY_BYTES = 33
_ROW = struct.Struct(">33sQI")
_COUNT = struct.Struct(">8sQ")
_FOOTER_BYTES = _COUNT.size + 32
_FLUSH_BYTES = 128 * 1024 * 1024
_MAX_WAITING = 64


def key_of(cid: Cid) -> bytes:
    """33 bytes that sort like random numbers: digest, then codec."""
    return cid.digest.raw + bytes((cid.codec,))


@dataclass(frozen=True, slots=True)
class Row:
    """Where a block lies in its pack."""

    cid: Cid
    offset: int
    length: int


class Pack:
    """A finished pack; its table is in memory (45 bytes per block), its blocks are on disk."""

    def __init__(self, path: Path) -> None:
        """Load and check the table.

        Raises:
            DamagedFileError: the table or the footer is not what was written.
        """
        self.path = path
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            if size < _FOOTER_BYTES:
                raise DamagedFileError(path, "it is cut short")
            file.seek(size - _FOOTER_BYTES)
            footer = file.read(_FOOTER_BYTES)
            magic, count = _COUNT.unpack_from(footer)
            self.blocks_bytes = size - _FOOTER_BYTES - count * _ROW.size
            if magic != _MAGIC or self.blocks_bytes < 0:
                raise DamagedFileError(path, "its footer is not that of a pack")
            file.seek(self.blocks_bytes)
            self._table = file.read(count * _ROW.size)
        checksum = hashlib.sha256(self._table + footer[: _COUNT.size]).digest()
        if checksum != footer[_COUNT.size :] or path.name != checksum.hex() + SUFFIX:
            raise DamagedFileError(path, "its table does not match its checksum and name")
        self._count = count

    def find(self, cid: Cid) -> Row | None:
        """The row of `cid`, by binary search."""
        wanted, table = key_of(cid), self._table

        def key(index: int) -> bytes:
            start = index * _ROW.size
            return table[start : start + _KEY_BYTES]

        index = bisect_left(range(self._count), wanted, key=key)
        if index == self._count or key(index) != wanted:
            return None
        return self._row(index)

    def rows(self) -> Iterator[Row]:
        """All rows, in the order of their digests."""
        return (self._row(index) for index in range(self._count))

    def read(self, row: Row) -> bytes:
        """The bytes at `row`, not yet checked; fewer if the file has been cut."""
        descriptor = os.open(self.path, os.O_RDONLY)
        try:
            return os.pread(descriptor, row.length, row.offset)
        finally:
            os.close(descriptor)

    def _row(self, index: int) -> Row:
        key, offset, length = _ROW.unpack_from(self._table, index * _ROW.size)
        return Row(Cid(key[32], Digest(key[:32])), offset, length)


class PackWriter:
    """A pack being written to `draft`.

    One thread writes and another flushes behind it, so that the disk works while blocks are still
    coming; at most `_MAX_WAITING` blocks wait in memory.
    """

    def __init__(self, draft: Path) -> None:
        self._draft = draft
        self._rows: dict[bytes, bytes] = {}
        self._writing = BoundedThread("write", _MAX_WAITING)
        self._flushing = BoundedThread("flush", 1)
        self._flushed_bytes = 0
        self.size_bytes = 0
        self._descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)

    def __contains__(self, cid: Cid) -> bool:
        return key_of(cid) in self._rows

    def add(self, cid: Cid, data: bytes) -> None:
        """Append a block; a second time it is skipped."""
        key = key_of(cid)
        if key in self._rows:
            return
        self._writing.submit(write_fully, self._descriptor, data)
        self._rows[key] = _ROW.pack(key, self.size_bytes, len(data))
        self.size_bytes += len(data)
        if self.size_bytes - self._flushed_bytes >= _FLUSH_BYTES and self._flushing.is_idle():
            self._flushed_bytes = self.size_bytes
            self._flushing.submit(os.fdatasync, self._descriptor)

    def publish(self, folder: Path) -> Path:
        """Finish, flush and move the pack into `folder`: from then on it is there for good."""
        table = b"".join(row for _, row in sorted(self._rows.items()))
        tail = _COUNT.pack(_MAGIC, len(self._rows))
        checksum = hashlib.sha256(table + tail).digest()
        self._writing.submit(write_fully, self._descriptor, table + tail + checksum)
        self._writing.finish()
        self._flushing.finish()
        os.fsync(self._descriptor)
        path = folder / (checksum.hex() + SUFFIX)
        self._draft.replace(path)
        flush_folder(folder)
        return path

    def close(self) -> None:
        """Let go of the file; an unpublished draft is removed."""
        self._writing.close()
        self._flushing.close()
        os.close(self._descriptor)
        self._draft.unlink(missing_ok=True)
