"""UnixFS: how files and folders are written as blocks (https://specs.ipfs.tech/unixfs/).

A block is read as `Content`: a file (its own bytes, then those of its children), a folder, or a
symbolic link.

>>> from assay.core.cid import Cid
>>> parse_block(Cid.raw(b"hello"), b"hello").size
5
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from assay.core.cid import RAW, Cid
from assay.store.dag_pb import Link, Node, decode_node, encode_node, fields, number_field
from assay.store.errors import MalformedBlockError

_RAW, _FOLDER, _FILE, _SYMLINK = 0, 1, 2, 4
SHARDED_FOLDER = 5
SHARD_HASH = 0x22
SHARD_FANOUT = 256
_TYPE, _DATA, _FILE_SIZE, _BLOCK_SIZE, _HASH_TYPE, _FANOUT, _MODE, _MODIFIED = range(1, 9)


class Kind(Enum):
    """What a block stands for."""

    FILE = "file"
    FOLDER = "folder"
    SYMLINK = "symbolic link"


@dataclass(frozen=True, slots=True)
class Content:
    """One block, understood.

    Attributes:
        kind: file, folder or symbolic link.
        inline: the bytes that the block itself holds (of a link: its target).
        links: children, in order.
        sizes: plain bytes below each child of a file; empty for a folder.
        is_shard: the folder is in shards, and this is one of them (see `sharding`).
    """

    kind: Kind
    inline: bytes
    links: tuple[Link, ...]
    sizes: tuple[int, ...]
    is_shard: bool = False

    @property
    def size(self) -> int:
        """Plain bytes of a file; 0 for a folder."""
        return len(self.inline) + sum(self.sizes) if self.kind is Kind.FILE else 0


def file_node(links: Sequence[Link], sizes: Sequence[int]) -> bytes:
    """The block of a file whose bytes are all in its children."""
    message = number_field(_TYPE, _FILE) + number_field(_FILE_SIZE, sum(sizes))
    message += b"".join(number_field(_BLOCK_SIZE, size) for size in sizes)
    return encode_node(Node(tuple(links), message))


def folder_node(links: Sequence[Link]) -> bytes:
    """The block of a folder; entries are put in the order of their names' bytes."""
    ordered = sorted(links, key=lambda link: link.name.encode())
    return encode_node(Node(tuple(ordered), number_field(_TYPE, _FOLDER)))


def parse_block(cid: Cid, block: bytes) -> Content:
    """Understand a block that has been checked against its CID.

    Raises:
        MalformedBlockError: not UnixFS as Kubo writes it.
    """
    if cid.codec == RAW:
        return Content(Kind.FILE, block, (), ())
    node = decode_node(block)
    numbers, data, sizes = _parse_message(node.data)
    kind = numbers.get(_TYPE)
    if kind in (_FILE, _RAW):
        content = Content(Kind.FILE, data, node.links, sizes)
        if len(sizes) != len(node.links) or numbers.get(_FILE_SIZE, 0) != content.size:
            raise MalformedBlockError("the sizes in a file's node do not add up")
        if any(link.name for link in node.links):
            raise MalformedBlockError("a file's node has named links")
        return content
    if kind == _FOLDER:
        _check_names(node.links)
        return Content(Kind.FOLDER, b"", node.links, ())
    if kind == _SYMLINK and not node.links:
        return Content(Kind.SYMLINK, data, (), ())
    if kind == SHARDED_FOLDER:
        if (numbers.get(_HASH_TYPE), numbers.get(_FANOUT)) != (SHARD_HASH, SHARD_FANOUT):
            raise MalformedBlockError("a shard with another hash or fan-out than Kubo's")
        _check_names(node.links)
        return Content(Kind.FOLDER, b"", node.links, (), is_shard=True)
    raise MalformedBlockError(f"UnixFS type {kind}")


def _parse_message(message: bytes) -> tuple[dict[int, int], bytes, tuple[int, ...]]:
    numbers: dict[int, int] = {}
    data: bytes | None = None
    sizes: list[int] = []
    for number, value in fields(message):
        if number == _BLOCK_SIZE and isinstance(value, int):
            sizes.append(value)
        elif number == _DATA and isinstance(value, bytes) and data is None:
            data = value
        elif number == _MODIFIED and isinstance(value, bytes):
            continue
        elif (
            number in (_TYPE, _FILE_SIZE, _HASH_TYPE, _FANOUT, _MODE)
            and isinstance(value, int)
            and number not in numbers
        ):
            numbers[number] = value
        else:
            raise MalformedBlockError(f"UnixFS field {number}")
    return numbers, data or b"", tuple(sizes)


def _check_names(links: tuple[Link, ...]) -> None:
    names = [link.name.encode() for link in links]
    if any(first >= second for first, second in pairwise(names)):
        raise MalformedBlockError("a folder's names are not in order, or not unique")
