"""The port of the blob store, and the values that cross it.

Content is a DAG of blocks as IPFS builds it (UnixFS over dag-pb, raw leaves); a CID names its root.
Every byte that a store hands out has been checked against the CID that it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from assay.core.cid import Cid
from assay.core.digest import Digest

MAX_BLOCK_BYTES = 2 * 1024 * 1024
"""No block may be larger: the limit of the IPFS network (Bitswap)."""

READ_LIMIT_BYTES = 16 * 1024 * 1024
"""What `read_bytes` loads into memory unless told otherwise."""

Progress = Callable[[int], None]
"""Called with the number of plain bytes done since the last call."""


@dataclass(frozen=True, slots=True)
class Block:
    """Bytes with the CID that they hash to."""

    cid: Cid
    data: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a folder; `size` counts the plain bytes below it."""

    name: str
    cid: Cid
    size: int


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the CID that it hurts, the file or place, and the reason."""

    cid: Cid | None
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of reading everything again; `blocks` and `bytes` count what is right."""

    blocks: int
    bytes: int
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """True if nothing is wrong."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class Collected:
    """What a garbage collection removed."""

    blocks: int
    bytes: int


class BlobStore(Protocol):
    """Content-addressed blobs. `add*` pins what it adds; only pinned content survives `gc`."""

    def add(self, path: Path, *, progress: Progress | None = None) -> Cid:
        """Store a file or a folder, pin it and return its root.

        The CID is that of `ipfs add --cid-version=1 --raw-leaves --recursive --hidden`.

        Raises:
            InputError: no such file, or a folder with links, devices or names that are not UTF-8.
            StoreFullError: the disk is full; nothing of the content is left behind.
        """
        ...

    def add_bytes(self, data: bytes) -> Cid:
        """Store and pin `data` as a file."""
        ...

    def add_stream(self, stream: BinaryIO, *, progress: Progress | None = None) -> Cid:
        """Store and pin what `stream` yields up to its end, in constant memory."""
        ...

    def read_bytes(self, cid: Cid, *, limit: int = READ_LIMIT_BYTES) -> bytes:
        """The whole file.

        Raises:
            UnknownCidError: not in the store.
            NotAFileError: a folder.
            TooLargeError: more than `limit` bytes.
            IntegrityError: damaged or incomplete.
        """
        ...

    def read(self, cid: Cid, offset: int = 0, length: int | None = None) -> Iterator[bytes]:
        """The file's bytes from `offset` on, at most `length`, in verified pieces."""
        ...

    def get(self, cid: Cid, destination: Path, *, progress: Progress | None = None) -> None:
        """Write a file or folder to `destination`: all of it or nothing; picks up where it stopped.

        Raises:
            DestinationExistsError: something with other content is there.
            RefusedEntryError: an entry's name would leave the folder.
        """
        ...

    def ls(self, cid: Cid) -> list[Entry]:
        """A folder's entries, in the order of their names' bytes."""
        ...

    def names(self, cid: Cid) -> dict[str, Cid]:
        """What a folder's names stand for, without a look at it: works while a file is damaged."""
        ...

    def size(self, cid: Cid) -> int:
        """Plain bytes: of a file, or of all files below a folder."""
        ...

    def has(self, cid: Cid) -> bool:
        """True if the block is there (its bytes are checked when it is read)."""
        ...

    def block(self, cid: Cid) -> bytes:
        """One block, verified."""
        ...

    def put_block(self, cid: Cid, data: bytes) -> None:
        """Store one block without pinning it.

        Raises:
            DamagedBlockError: `data` does not hash to `cid`.
        """
        ...

    def put_blocks(self, blocks: Iterable[Block], *, pin: Cid | None = None) -> None:
        """Store many blocks in groups, then pin; safe from `gc` until it returns."""
        ...

    def verify(self, cid: Cid) -> Verification:
        """Read everything below `cid` again and check it."""
        ...

    def verify_all(self) -> Verification:
        """Check everything in the store, pins and indexes included."""
        ...

    def pin(self, cid: Cid) -> None:
        """Keep `cid` and everything below it."""
        ...

    def unpin(self, cid: Cid) -> None:
        """Let `gc` have it; no error if it was not pinned."""
        ...

    def pins(self) -> list[Cid]:
        """The pinned roots, sorted."""
        ...

    def gc(self) -> Collected:
        """Remove every block that no pin reaches.

        Raises:
            IntegrityError: pinned content is damaged so that what it needs cannot be told.
        """
        ...

    def car(self, cid: Cid) -> Iterator[bytes]:
        """The content as a CARv1 file, depth first, each block once."""
        ...

    def digest_of(self, cid: Cid) -> Digest:
        """SHA-256 of a file's plain bytes; for a folder the digest of its root."""
        ...

    def find_digest(self, digest: Digest) -> Cid | None:
        """The content whose `digest_of` is `digest`, if it is in the store."""
        ...
