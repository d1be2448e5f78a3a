"""Files and folders that the store holds as ciphertext, and what it takes to get them back.

    plain = measure(path)                                   # the asset id, without storing a byte
    cid = seal_into(store, path, plain, ContentKey.random())
    open_into(store, cid, plain, key, destination)          # verified against the asset id

A folder is sealed as one archive, so that neither the names nor the sizes of its files show.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from assay.core.cid import Cid
from assay.core.content_key import ContentKey
from assay.core.digest import Digest
from assay.errors import InputError
from assay.store.archive import PieceStream, pack_folder, unpack_folder
from assay.store.digesting import BackgroundDigest
from assay.store.durable import disk_errors, flush_folder, write_fully
from assay.store.envelope import CHUNK_LOG2, Kind, Opened, open_envelope, seal
from assay.store.errors import (
    ContentChanged,
    DestinationExistsError,
    RefusedEntryError,
    SealedOtherwise,
    StoreFullError,
)
from assay.store.importer import Importer, drain
from assay.store.port import BlobStore, Progress
from assay.store.retrieval import alone, remove

_READ_BYTES = 1 << CHUNK_LOG2


@dataclass(frozen=True, slots=True)
class PlainContent:
    """What a file or folder is, told without storing it.

    Attributes:
        digest: SHA-256 of a file's bytes, or the root digest of a folder, as the store has it.
        bytes: of the file, or of all files below the folder.
    """

    digest: Digest
    bytes: int
    kind: Kind


def measure(path: Path, progress: Progress | None = None) -> PlainContent:
    """Read everything once, and keep nothing.

    Raises:
        InputError: nothing there, or nothing that can be stored.
    """
    seen = 0

    def count(done: int) -> None:
        nonlocal seen
        seen += done
        if progress:
            progress(done)

    if path.is_file():
        digest = hashlib.sha256()
        for piece in _read(path):
            digest.update(piece)
            count(len(piece))
        return PlainContent(Digest(digest.digest()), seen, Kind.FILE)
    importer = Importer(count, with_digests=False)
    root = drain(importer.path(path), lambda _block: None)
    return PlainContent(root.cid.digest, seen, Kind.FOLDER)


def seal_into(
    store: BlobStore,
    path: Path,
    plain: PlainContent,
    key: ContentKey,
    progress: Progress | None = None,
) -> Cid:
    """Store `path`, which was measured before, as ciphertext under `key`; its root.

    The salt follows from key and digest, so that the same content under the same key gives the
    same ciphertext: what a store lost can be made again.

    Raises:
        ContentChanged: something was written to it since; nothing stays pinned.
    """
    before = _marks(path)
    if plain.kind is Kind.FOLDER:
        pieces = pack_folder(path.resolve(), progress)
    else:
        pieces = _reported(_read(path), progress)
    salt = hmac.digest(key.reveal(), b"assay salt" + plain.digest.raw, "sha256")
    stream = PieceStream(seal(pieces, key, plain.digest, plain.kind, salt=salt))
    cid = store.add_stream(cast("BinaryIO", stream))
    if _marks(path) != before or sum(size for _, size, *_ in before) != plain.bytes:
        store.unpin(cid)
        raise ContentChanged(path)
    return cid


def open_into(
    store: BlobStore,
    cid: Cid,
    plain: PlainContent,
    key: ContentKey,
    destination: Path,
    *,
    progress: Progress | None = None,
) -> None:
    """Decrypt the envelope `cid` to `destination`: all of it, verified, or nothing.

    Args:
        plain: what the content has to be; its kind is not looked at.

    Raises:
        DestinationExistsError: something with other content is there.
        EnvelopeMalformed, EnvelopeDamaged, ArchiveMalformed: it does not open.
        SealedOtherwise: it opens to other content.
        StoreFullError: not enough room.
    """
    parent = destination.parent
    if not parent.is_dir():
        raise InputError(f"There is no folder {parent}.")
    if _is_done(plain.digest, destination):
        return
    partial = parent / f".{destination.name[:100]}.{plain.digest.raw.hex()[:16]}.opening"
    with disk_errors(parent), alone(partial, folder=True):
        try:
            for leftover in partial.iterdir():
                remove(leftover)
            if plain.bytes > shutil.disk_usage(parent).free:
                raise StoreFullError(parent)
            content = partial / "content"
            opened = open_envelope(store.read(cid), key, plain.digest)
            found = _write_opened(opened, content, progress)
            if found != plain.digest:
                raise SealedOtherwise(plain.digest, found)
            if os.path.lexists(destination):  # rename would replace a file
                raise DestinationExistsError(destination)
            content.rename(destination)
        finally:
            remove(partial)
        flush_folder(parent)


def _write_opened(opened: Opened, content: Path, progress: Progress | None) -> Digest:
    if opened.kind is Kind.FOLDER:
        unpack_folder(opened.pieces, content, progress)
        return measure(content).digest
    with BackgroundDigest() as digest, content.open("xb", buffering=0) as file:
        for piece in _reported(opened.pieces, progress):
            digest.update(piece)
            write_fully(file.fileno(), piece)
        os.fsync(file.fileno())
        return digest.result()


def _is_done(digest: Digest, destination: Path) -> bool:
    if not os.path.lexists(destination):
        return False
    if destination.is_symlink() or measure(destination).digest != digest:
        raise DestinationExistsError(destination)
    return True


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb", buffering=0) as file:
        while piece := file.read(_READ_BYTES):
            yield piece


def _reported(pieces: Iterator[bytes], progress: Progress | None) -> Iterator[bytes]:
    for piece in pieces:
        yield piece
        if progress:
            progress(len(piece))


def _marks(path: Path) -> list[tuple[str, int, int, int, int]]:
    """What changes when anybody writes: names, sizes, times and inodes of all files."""
    marks = []
    for item in [path, *sorted(path.rglob("*"))] if path.is_dir() else [path]:
        info = item.lstat()
        if not (stat.S_ISREG(info.st_mode) or stat.S_ISDIR(info.st_mode) or item == path):
            raise RefusedEntryError(str(item), "neither a file nor a folder")
        size = 0 if item.is_dir() else info.st_size
        marks.append((str(item), size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino))
    return marks
