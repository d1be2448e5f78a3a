"""The importer: turns files and folders into the blocks that Kubo makes of them.

CIDv1, raw leaves, chunks of 256 KiB, balanced trees of 174 links a node. It keeps one row of links
per level of the tree, so its memory does not grow with the file. Blocks come children first, so
that whoever stores them in this order has never a node without what it needs.

>>> import io
>>> importer = Importer()
>>> root, blocks = collect(importer.file(io.BytesIO(b"hello")))
>>> str(root.cid), len(blocks)
('bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq', 1)
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import InputError
from assay.store.dag_pb import Link
from assay.store.digesting import BackgroundDigest
from assay.store.errors import RefusedEntryError
from assay.store.port import Block, Progress
from assay.store.sharding import needs_shards, shard_folder
from assay.store.unixfs import file_node, folder_node

CHUNK_BYTES = 256 * 1024
LINKS_PER_NODE = 174
MAX_FOLDER_DEPTH = 128

_Result = TypeVar("_Result")
_LEAF = tuple[Link, int]


def drain(blocks: Generator[Block, None, _Result], accept: Callable[[Block], object]) -> _Result:
    """Hand every block to `accept`; the generator's result."""
    while True:
        try:
            block = next(blocks)
        except StopIteration as end:
            result: _Result = end.value
            return result
        accept(block)


def collect(blocks: Generator[Block, None, _Result]) -> tuple[_Result, list[Block]]:
    """The generator's result, and all blocks in memory: for small content."""
    found: list[Block] = []
    return drain(blocks, found.append), found


class Importer:
    """Imports one or more files or folders.

    Attributes:
        digests: the SHA-256 of the plain bytes, by root, of every file of more than one chunk
            (the CID of a smaller one is its digest already). Without `with_digests` it stays empty,
            and each byte is hashed once instead of twice.
    """

    def __init__(
        self,
        progress: Progress | None = None,
        *,
        with_digests: bool = True,
        chunk_bytes: int = CHUNK_BYTES,
        links_per_node: int = LINKS_PER_NODE,
    ) -> None:
        self.digests: dict[Cid, Digest] = {}
        self._progress = progress or (lambda _done: None)
        self._with_digests = with_digests
        self._chunk_bytes = chunk_bytes
        self._links_per_node = links_per_node

    def path(self, path: Path) -> Generator[Block, None, Link]:
        """The blocks of the file or folder at `path`; its root link is the result.

        Raises:
            InputError: nothing there, or nothing that can be stored.
        """
        try:
            return (yield from self._entry(path.resolve(strict=True), depth=0))
        except FileNotFoundError as error:
            raise InputError(f"There is no file or folder {error.filename}.") from None
        except PermissionError as error:
            raise InputError(f"{error.filename} may not be read.") from None

    def file(self, stream: BinaryIO) -> Generator[Block, None, Link]:
        """The blocks of the bytes that `stream` still yields; the root link is the result."""
        with BackgroundDigest() as digest:
            tree = _Tree(self._links_per_node)
            for chunk in _chunks(stream, self._chunk_bytes):
                if self._with_digests:
                    digest.update(chunk)
                block = Block(Cid.raw(chunk), chunk)
                yield block
                yield from tree.append((Link(block.cid, "", len(chunk)), len(chunk)))
                self._progress(len(chunk))
            root = yield from tree.finish()
            if self._with_digests and root.cid != block.cid:
                self.digests[root.cid] = digest.result()
        return root

    def _entry(self, path: Path, depth: int) -> Generator[Block, None, Link]:
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode):
            with path.open("rb", buffering=0) as stream:
                return (yield from self.file(stream))
        if stat.S_ISDIR(mode):
            return (yield from self._folder(path, depth))
        if stat.S_ISLNK(mode):
            raise RefusedEntryError(
                str(path),
                "a symbolic link points at bytes that its CID would not cover",
                hint="Copy the folder with `cp -rL` and add the copy.",
            )
        raise RefusedEntryError(str(path), "neither a file nor a folder")

    def _folder(self, path: Path, depth: int) -> Generator[Block, None, Link]:
        if depth >= MAX_FOLDER_DEPTH:
            raise RefusedEntryError(str(path), f"more than {MAX_FOLDER_DEPTH} folders deep")
        links: list[Link] = []
        for child in sorted(path.iterdir()):
            name = _checked_name(child)
            link = yield from self._entry(child, depth + 1)
            links.append(Link(link.cid, name, link.total_bytes))
        if needs_shards(links):
            return (yield from shard_folder(links))
        data = folder_node(links)
        cid = Cid.dag_pb(data)
        yield Block(cid, data)
        return Link(cid, "", len(data) + sum(link.total_bytes for link in links))


class _Tree:
    """The balanced tree over leaves as they come: one unfinished row of links per level."""

    def __init__(self, links_per_node: int) -> None:
        self._rows: list[list[_LEAF]] = [[]]
        self._links_per_node = links_per_node

    def append(self, leaf: _LEAF, level: int = 0) -> Iterator[Block]:
        """Add a link and its plain bytes to a row; yields the nodes that this completes."""
        if level == len(self._rows):
            self._rows.append([])
        if len(self._rows[level]) == self._links_per_node:
            yield from self._close(level)
        self._rows[level].append(leaf)

    def finish(self) -> Generator[Block, None, Link]:
        """Close what is open, from below; a single link at the top is the root itself."""
        level = 0
        while level < len(self._rows) - 1 or len(self._rows[level]) > 1:
            yield from self._close(level)
            level += 1
        return self._rows[level][0][0]

    def _close(self, level: int) -> Iterator[Block]:
        block, parent = _node(self._rows[level])
        yield block
        self._rows[level] = []
        yield from self.append(parent, level + 1)


def _node(row: list[_LEAF]) -> tuple[Block, _LEAF]:
    sizes = [size for _, size in row]
    data = file_node([link for link, _ in row], sizes)
    total = len(data) + sum(link.total_bytes for link, _ in row)
    cid = Cid.dag_pb(data)
    return Block(cid, data), (Link(cid, "", total), sum(sizes))


def _chunks(stream: BinaryIO, chunk_bytes: int) -> Iterator[bytes]:
    """Full chunks but for the last; one empty chunk if there is nothing."""
    first = True
    while chunk := _read_fully(stream, chunk_bytes):
        yield chunk
        first = False
        if len(chunk) < chunk_bytes:
            return
    if first:
        yield b""


def _read_fully(stream: BinaryIO, size: int) -> bytes:
    chunk = stream.read(size)
    if not chunk or len(chunk) == size:
        return chunk
    pieces = [chunk]
    missing = size - len(chunk)
    while missing and (piece := stream.read(missing)):
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)


def _checked_name(path: Path) -> str:
    try:
        path.name.encode()
    except UnicodeEncodeError:
        raise RefusedEntryError(repr(path.name), "its name is not UTF-8") from None
    return path.name
