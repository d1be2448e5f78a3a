"""dag-pb, the block format of files and folders (https://ipld.io/specs/codecs/dag-pb/spec).

A node is some data and links with a CID, a name and the total size of what lies below. The decoder
takes exactly what the encoder writes, so that a block has one meaning.

>>> decode_node(encode_node(Node((), b"data")))
Node(links=(), data=b'data')
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assay.core.cid import Cid
from assay.errors import InputError
from assay.store.errors import MalformedBlockError
from assay.store.varint import decode_varint, encode_varint

VARINT = 0
BYTES = 2


@dataclass(frozen=True, slots=True)
class Link:
    """A named edge; `total_bytes` is the size of all blocks below it, encoded."""

    cid: Cid
    name: str
    total_bytes: int


@dataclass(frozen=True, slots=True)
class Node:
    """Links in order, and data (for UnixFS never empty)."""

    links: tuple[Link, ...]
    data: bytes


def bytes_field(number: int, value: bytes) -> bytes:
    """A protocol-buffer field of bytes."""
    return encode_varint(number << 3 | BYTES) + encode_varint(len(value)) + value


def number_field(number: int, value: int) -> bytes:
    """A protocol-buffer field of an unsigned number."""
    return encode_varint(number << 3 | VARINT) + encode_varint(value)


def fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The fields of a message as (number, value), in their order.

    Raises:
        MalformedBlockError: cut short, or another wire type than number and bytes.
    """
    at = 0
    while at < len(message):
        tag, at = decode_varint(message, at)
        value, at = decode_varint(message, at)
        if tag & 7 == VARINT:
            yield tag >> 3, value
        elif tag & 7 == BYTES:
            if at + value > len(message):
                raise MalformedBlockError("a field is cut short")
            yield tag >> 3, message[at : at + value]
            at += value
        else:
            raise MalformedBlockError(f"wire type {tag & 7}")


def encode_node(node: Node) -> bytes:
    """The block: links first, then data."""
    links = (
        bytes_field(1, link.cid.binary)
        + bytes_field(2, link.name.encode())
        + number_field(3, link.total_bytes)
        for link in node.links
    )
    return b"".join(bytes_field(2, link) for link in links) + bytes_field(1, node.data)


def decode_node(block: bytes) -> Node:
    """Read a block.

    Raises:
        MalformedBlockError: not exactly what `encode_node` writes.
    """
    links: list[Link] = []
    data: bytes | None = None
    for number, value in fields(block):
        if data is not None or not isinstance(value, bytes) or number not in (1, 2):
            raise MalformedBlockError("a dag-pb node has links, then data, and nothing else")
        if number == 2:
            links.append(_decode_link(value))
        else:
            data = value
    if data is None:
        raise MalformedBlockError("a dag-pb node without data is not UnixFS")
    return Node(tuple(links), data)


def _decode_link(message: bytes) -> Link:
    found = list(fields(message))
    match found:
        case [(1, bytes(cid)), (2, bytes(name)), (3, int(total_bytes))]:
            try:
                return Link(Cid.from_bytes(cid), name.decode(), total_bytes)
            except InputError:
                raise MalformedBlockError("a link is not a CIDv1 that Assay reads") from None
            except UnicodeDecodeError:
                raise MalformedBlockError("a link's name is not UTF-8") from None
    raise MalformedBlockError("a link has a CID, a name and a size, in this order")
