"""Folders too large for one block, as a tree of shards (HAMT) over the hashes of their names.

Level n of the tree sorts by byte n of the name's hash. A link's name begins with that byte in two
hexadecimal digits; a link to a deeper shard has nothing behind them
(https://specs.ipfs.tech/unixfs/#hamt-directory).
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence

from assay.core.cid import Cid
from assay.store.dag_pb import Link, Node, bytes_field, encode_node, number_field
from assay.store.errors import MalformedBlockError, RefusedEntryError
from assay.store.murmur import murmur3_64
from assay.store.port import Block
from assay.store.unixfs import SHARD_FANOUT, SHARD_HASH, SHARDED_FOLDER, Content

MAX_DEPTH = 8
SHARDING_BYTES = 256 * 1024
"""Kubo 0.22 cuts a folder into shards when its names and CIDs take this much or more."""


def needs_shards(links: Sequence[Link]) -> bool:
    """True if Kubo writes a folder of these entries in shards."""
    return sum(len(link.name.encode()) + len(link.cid.binary) for link in links) >= SHARDING_BYTES


def shard_folder(links: Sequence[Link]) -> Generator[Block, None, Link]:
    """The blocks of the folder, children first; its root link is the result."""
    return (yield from _shard([(murmur3_64(link.name.encode()), link) for link in links], 0))


def _shard(hashed: list[tuple[bytes, Link]], depth: int) -> Generator[Block, None, Link]:
    if depth == MAX_DEPTH:
        raise RefusedEntryError(hashed[0][1].name, "its hash is that of another name")
    buckets: dict[int, list[tuple[bytes, Link]]] = {}
    for name_hash, link in hashed:
        buckets.setdefault(name_hash[depth], []).append((name_hash, link))
    links: list[Link] = []
    for index, bucket in sorted(buckets.items()):
        if len(bucket) == 1:
            link = bucket[0][1]
            links.append(Link(link.cid, f"{index:02X}{link.name}", link.total_bytes))
        else:
            deeper = yield from _shard(bucket, depth + 1)
            links.append(Link(deeper.cid, f"{index:02X}", deeper.total_bytes))
    present = sum(1 << index for index in buckets)
    message = (
        number_field(1, SHARDED_FOLDER)
        + bytes_field(2, present.to_bytes((present.bit_length() + 7) // 8, "big"))
        + number_field(5, SHARD_HASH)
        + number_field(6, SHARD_FANOUT)
    )
    data = encode_node(Node(tuple(links), message))
    cid = Cid.dag_pb(data)
    yield Block(cid, data)
    return Link(cid, "", len(data) + sum(link.total_bytes for link in links))


def split_shard(content: Content, path: bytes) -> Iterator[tuple[Link, bytes | None]]:
    """A shard's links: entries by their own names with None, deeper shards with their path.

    Raises:
        MalformedBlockError: a name is not where its hash puts it.
    """
    if len(path) >= MAX_DEPTH:
        raise MalformedBlockError("shards deeper than a hash is long")
    for link in content.links:
        prefix, name = link.name[:2], link.name[2:]
        try:
            here = path + bytes.fromhex(prefix)
        except ValueError:
            raise MalformedBlockError("a shard's link has no prefix") from None
        if len(here) != len(path) + 1 or prefix != prefix.upper():
            raise MalformedBlockError("a shard's link has no prefix")
        if not name:
            yield link, here
        elif murmur3_64(name.encode()).startswith(here):
            yield Link(link.cid, name, link.total_bytes), None
        else:
            raise MalformedBlockError("a shard holds a name that belongs elsewhere")
