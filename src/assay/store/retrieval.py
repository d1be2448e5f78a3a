"""Writing content out of a store: resumable, and whole or not at all.

The bytes gather in `.<name>.<cid>.partial` beside the destination and get the destination's name
when they are complete. A second run compares what is there with the store and goes on behind it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assay.core.cid import Cid
from assay.errors import InputError
from assay.store.dag import BlockSource, folder_links, load, plain_size, read_range
from assay.store.dag_pb import Link
from assay.store.durable import disk_errors, flush_folder, write_fully
from assay.store.errors import (
    DestinationExistsError,
    RefusedEntryError,
    StoreFullError,
    TooLargeError,
)
from assay.store.importer import MAX_FOLDER_DEPTH
from assay.store.port import Progress
from assay.store.unixfs import Kind

MAX_ENTRIES = 1_000_000


def write_out(
    source: BlockSource, root: Cid, destination: Path, progress: Progress | None = None
) -> None:
    """Write the file or folder `root` to `destination`, whose parent exists.

    Raises:
        DestinationExistsError: something with other content is there.
        RefusedEntryError: an entry's name would leave the folder, or an entry is a link.
        StoreFullError: not enough room; nothing is left behind.
    """
    _, content = load(source, root, root)
    parent = destination.parent
    if not parent.is_dir():
        raise InputError(f"There is no folder {parent}.")
    writer = _Writer(source, root, progress or (lambda _done: None))
    if writer.is_done(root, destination):
        return
    partial = parent / f".{destination.name[:100]}.{root}.partial"
    with disk_errors(parent), alone(partial, folder=content.kind is Kind.FOLDER):
        if writer.is_done(root, destination):  # by somebody else, while this one waited
            remove(partial)
            return
        if plain_size(source, root) > shutil.disk_usage(parent).free + size_on_disk(partial):
            remove(partial)
            raise StoreFullError(parent)
        try:
            writer.write(root, partial)
        except OSError:
            remove(partial)
            raise
        if os.path.lexists(destination):  # rename would replace a file
            raise DestinationExistsError(destination)
        partial.rename(destination)
        flush_folder(parent)


class _Writer:
    def __init__(self, source: BlockSource, root: Cid, progress: Progress) -> None:
        self._source = source
        self._root = root
        self._progress = progress
        self._entries = 0

    def write(self, cid: Cid, path: Path, depth: int = 0) -> None:
        _, content = load(self._source, cid, self._root)
        if content.kind is Kind.FILE:
            self._write_file(cid, path)
        elif content.kind is Kind.FOLDER:
            self._write_folder(folder_links(self._source, cid), path, depth)
        else:
            raise RefusedEntryError(path.name, "a symbolic link is not written out")

    def is_done(self, cid: Cid, destination: Path) -> bool:
        """True if `destination` holds the content already; DestinationExistsError if another."""
        if not os.path.lexists(destination):
            return False
        if not self.is_same(cid, destination):
            raise DestinationExistsError(destination)
        return True

    def is_same(self, cid: Cid, path: Path) -> bool:
        """True if `path` holds exactly the content `cid`."""
        _, content = load(self._source, cid, self._root)
        if path.is_symlink():
            return False
        if content.kind is Kind.FOLDER:
            links = folder_links(self._source, cid)
            names = {link.name for link in links}
            return (
                path.is_dir()
                and {child.name for child in path.iterdir()} == names
                and all(self.is_same(link.cid, path / link.name) for link in links)
            )
        if content.kind is not Kind.FILE or not path.is_file():
            return False
        if path.stat().st_size != content.size:
            return False
        with path.open("rb") as file:
            pieces = read_range(self._source, cid)
            return all(file.read(len(piece)) == piece for piece in pieces)

    def _write_file(self, cid: Cid, path: Path) -> None:
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW
        descriptor = os.open(path, flags, 0o644)
        try:
            position, comparing = 0, True
            for piece in read_range(self._source, cid):
                if comparing and os.pread(descriptor, len(piece), position) != piece:
                    comparing = False
                    os.ftruncate(descriptor, position)
                    os.lseek(descriptor, position, os.SEEK_SET)
                if not comparing:
                    write_fully(descriptor, piece)
                position += len(piece)
                self._progress(len(piece))
            os.ftruncate(descriptor, position)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _write_folder(self, links: tuple[Link, ...], path: Path, depth: int) -> None:
        if depth >= MAX_FOLDER_DEPTH:
            raise RefusedEntryError(path.name, f"more than {MAX_FOLDER_DEPTH} folders deep")
        path.mkdir(exist_ok=True)
        self._entries += len(links)
        if self._entries > MAX_ENTRIES:
            raise TooLargeError(f"The folder {self._root} (in entries)", self._entries, MAX_ENTRIES)
        for link in links:
            self.write(link.cid, path / _safe_name(link.name), depth + 1)
        flush_folder(path)


def _safe_name(name: str) -> str:
    if name in ("", ".", "..") or "/" in name or "\0" in name:
        raise RefusedEntryError(name, "its name would lead out of the folder")
    return name


@contextmanager
def alone(partial: Path, *, folder: bool) -> Iterator[None]:
    """Hold `partial` against another process that writes the same content to the same place."""
    while True:
        if folder:
            partial.mkdir(exist_ok=True)
        flags = os.O_RDONLY if folder else os.O_RDWR | os.O_CREAT
        descriptor = os.open(partial, flags | os.O_NOFOLLOW, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if partial.exists() and partial.stat().st_ino == os.fstat(descriptor).st_ino:
                yield
                return
        finally:
            os.close(descriptor)


def size_on_disk(path: Path) -> int:
    """Bytes of a file, or of the files below a folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())


def remove(path: Path) -> None:
    """Remove a file or folder, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
