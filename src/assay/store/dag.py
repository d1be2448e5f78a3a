"""Reading content block by block, from anything that can give a verified block.

Sizes in nodes are checked against what they announce, so a reader never gets more bytes than the
root promised, and a small hostile DAG that claims petabytes can be refused by its size.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Protocol

from assay.core.cid import RAW, Cid
from assay.core.digest import Digest
from assay.errors import InputError
from assay.store.dag_pb import Link
from assay.store.errors import (
    MalformedBlockError,
    MissingBlockError,
    NotAFileError,
    NotAFolderError,
    TooLargeError,
    UnknownCidError,
    UnknownPathError,
)
from assay.store.importer import MAX_FOLDER_DEPTH
from assay.store.port import Block, Entry
from assay.store.sharding import split_shard
from assay.store.unixfs import Content, Kind, parse_block


class BlockSource(Protocol):
    """Gives verified blocks."""

    def block(self, cid: Cid) -> bytes:
        """One block; UnknownCidError if it is not there."""
        ...


def load(source: BlockSource, cid: Cid, root: Cid) -> tuple[bytes, Content]:
    """A block below `root`, raw and understood.

    Raises:
        UnknownCidError: the root itself is not there.
        MissingBlockError: another block is not there.
    """
    try:
        data = source.block(cid)
    except UnknownCidError:
        if cid == root:
            raise
        raise MissingBlockError(cid, root) from None
    return data, parse_block(cid, data)


def walk(source: BlockSource, root: Cid) -> Iterator[Block]:
    """Every block of the DAG once, parents before children, depth first."""
    seen: set[Cid] = set()
    stack = [root]
    while stack:
        cid = stack.pop()
        if cid in seen:
            continue
        seen.add(cid)
        data, content = load(source, cid, root)
        yield Block(cid, data)
        stack.extend(link.cid for link in reversed(content.links) if link.cid not in seen)


def read_range(
    source: BlockSource, root: Cid, offset: int = 0, length: int | None = None
) -> Iterator[bytes]:
    """A file's bytes from `offset`, at most `length`, in pieces of at most a block.

    Raises:
        NotAFileError: a folder or a link.
        MalformedBlockError: a child is not as large as its parent says.
    """
    return (piece for _, piece in blocks_of_range(source, root, offset, length) if piece)


def blocks_of_range(
    source: BlockSource, root: Cid, offset: int = 0, length: int | None = None
) -> Iterator[tuple[Block, bytes]]:
    """The blocks that `read_range` needs, depth first, each with its part of the bytes."""
    if offset < 0 or (length is not None and length < 0):
        raise InputError("Offset and length cannot be negative.")
    end = None if length is None else offset + length
    stack: list[tuple[Cid, int, int | None]] = [(root, 0, None)]
    while stack:
        cid, start, promised = stack.pop()
        data, content = _load_file(source, cid, root, promised)
        last = None if end is None else max(0, end - start)
        yield Block(cid, data), content.inline[max(0, offset - start) : last]
        stack.extend(reversed(_children_within(content, start, offset, end)))


def _load_file(
    source: BlockSource, cid: Cid, root: Cid, promised: int | None
) -> tuple[bytes, Content]:
    data, content = load(source, cid, root)
    if content.kind is not Kind.FILE:
        raise NotAFileError(cid)
    if promised is not None and content.size != promised:
        raise MalformedBlockError(f"{cid} is not as large as its parent says")
    return data, content


def _children_within(
    content: Content, start: int, offset: int, end: int | None
) -> Sequence[tuple[Cid, int, int]]:
    position = start + len(content.inline)
    wanted = []
    for link, size in zip(content.links, content.sizes, strict=True):
        if size and position + size > offset and (end is None or position < end):
            wanted.append((link.cid, position, size))
        position += size
    return wanted


def read_whole(source: BlockSource, root: Cid, limit_bytes: int) -> bytes:
    """A file of at most `limit_bytes`.

    Raises:
        TooLargeError: it is larger; nothing but its root has been read.
    """
    _, content = load(source, root, root)
    if content.size > limit_bytes:
        raise TooLargeError(str(root), content.size, limit_bytes)
    return b"".join(read_range(source, root))


def plain_size(source: BlockSource, root: Cid) -> int:
    """Plain bytes of a file, or of all files below a folder."""
    sizes: dict[Cid, int] = {}

    def measure(cid: Cid, depth: int) -> int:
        if depth > MAX_FOLDER_DEPTH:
            raise MalformedBlockError(f"folders more than {MAX_FOLDER_DEPTH} deep")
        if cid not in sizes:
            _, content = load(source, cid, root)
            below = folder_links(source, cid) if content.kind is Kind.FOLDER else ()
            sizes[cid] = content.size + sum(_measured(link, depth) for link in below)
        return sizes[cid]

    def _measured(link: Link, depth: int) -> int:
        return link.total_bytes if link.cid.codec == RAW else measure(link.cid, depth + 1)

    return measure(root, 0)


def list_entries(source: BlockSource, root: Cid) -> list[Entry]:
    """A folder's entries.

    Raises:
        NotAFolderError: something else.
    """
    links = folder_links(source, root)
    return [
        Entry(
            link.name,
            link.cid,
            link.total_bytes if link.cid.codec == RAW else plain_size(source, link.cid),
        )
        for link in links
    ]


def list_names(source: BlockSource, root: Cid) -> dict[str, Cid]:
    """What a folder's names stand for.

    Raises:
        NotAFolderError: something else.
    """
    return {link.name: link.cid for link in folder_links(source, root)}


def folder_links(source: BlockSource, root: Cid) -> tuple[Link, ...]:
    """A folder's links, in the order of their names' bytes, whether it is in shards or not.

    Raises:
        NotAFolderError: something else.
    """
    _, content = load(source, root, root)
    if content.kind is not Kind.FOLDER:
        raise NotAFolderError(root)
    if not content.is_shard:
        return content.links
    links: list[Link] = []
    for _, shard, path in folder_shards(source, root):
        links.extend(link for link, deeper in split_shard(shard, path) if deeper is None)
    return tuple(sorted(links, key=lambda link: link.name.encode()))


def folder_shards(source: BlockSource, root: Cid) -> Iterator[tuple[Block, Content, bytes]]:
    """The blocks that list a folder: one, or all its shards, with their paths of hash bytes."""
    stack = [(root, b"")]
    while stack:
        cid, path = stack.pop()
        data, content = load(source, cid, root)
        if content.kind is not Kind.FOLDER or (path and not content.is_shard):
            raise MalformedBlockError(f"{cid} is not a shard of a folder")
        yield Block(cid, data), content, path
        if content.is_shard:
            found = split_shard(content, path)
            stack.extend((link.cid, deeper) for link, deeper in found if deeper is not None)


def resolve_path(source: BlockSource, root: Cid, path: str) -> list[Cid]:
    """The CIDs on the way along `path` (names with / between): `root` first, the target last.

    Raises:
        UnknownPathError: no such entry.
        NotAFolderError: a name before the last is not a folder.
    """
    way = [root]
    for name in filter(None, path.split("/")):
        found = [link.cid for link in folder_links(source, way[-1]) if link.name == name]
        if not found:
            raise UnknownPathError(way[-1], name)
        way.append(found[0])
    return way


def plain_digest(source: BlockSource, root: Cid) -> Digest:
    """SHA-256 of a file's plain bytes (reads it all); the root's own digest for a folder."""
    if root.codec == RAW:
        return root.digest
    _, content = load(source, root, root)
    if content.kind is not Kind.FILE:
        return root.digest
    running = hashlib.sha256()
    for piece in read_range(source, root):
        running.update(piece)
    return Digest(running.digest())


class BlockShelf(BlockSource, Protocol):
    """Gives blocks, and tells cheaply which are there."""

    def has(self, cid: Cid) -> bool:
        """True if the block is there."""
        ...


def check_complete(shelf: BlockShelf, root: Cid) -> None:
    """Make sure that every block below `root` is there; reads nodes, not leaves.

    Raises:
        UnknownCidError: the root is not there.
        MissingBlockError: another block is not there.
    """
    seen: set[Cid] = set()
    stack = [root]
    while stack:
        cid = stack.pop()
        if cid in seen:
            continue
        seen.add(cid)
        if cid.codec != RAW:
            stack.extend(link.cid for link in load(shelf, cid, root)[1].links)
        elif not shelf.has(cid):
            raise UnknownCidError(cid) if cid == root else MissingBlockError(cid, root)
