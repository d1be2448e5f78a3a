"""Reading blocks as files and folders."""

from __future__ import annotations

import pytest

from assay.core.cid import Cid
from assay.store.dag_pb import Link, Node, bytes_field, encode_node, number_field
from assay.store.errors import MalformedBlockError
from assay.store.unixfs import Kind, file_node, folder_node, parse_block

LEAF = Link(Cid.raw(b"leaf"), "", 4)
NAMED = Link(Cid.raw(b"leaf"), "name", 4)


def parse(block: bytes) -> None:
    parse_block(Cid.dag_pb(block), block)


def test_a_raw_block_is_a_file_of_its_bytes() -> None:
    content = parse_block(Cid.raw(b"hello"), b"hello")

    assert (content.kind, content.inline, content.size) == (Kind.FILE, b"hello", 5)


def test_a_file_node_knows_the_size_of_each_child() -> None:
    block = file_node([LEAF, LEAF], [4, 4])

    content = parse_block(Cid.dag_pb(block), block)

    assert (content.kind, content.sizes, content.size) == (Kind.FILE, (4, 4), 8)


def test_a_folder_is_ordered_by_the_bytes_of_names() -> None:
    names = ["b", "a", "é", "Z", "aa"]

    block = folder_node([Link(Cid.raw(b""), name, 0) for name in names])

    content = parse_block(Cid.dag_pb(block), block)
    assert [link.name for link in content.links] == ["Z", "a", "aa", "b", "é"]


def test_the_empty_folder_is_that_of_every_ipfs() -> None:
    cid = Cid.dag_pb(folder_node([]))

    assert str(cid) == "bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354"


def test_a_symbolic_link_is_understood_as_one() -> None:
    block = encode_node(Node((), number_field(1, 4) + bytes_field(2, b"../target")))

    content = parse_block(Cid.dag_pb(block), block)

    assert (content.kind, content.inline) == (Kind.SYMLINK, b"../target")


@pytest.mark.parametrize(
    "block",
    [
        encode_node(Node((LEAF,), number_field(1, 2) + number_field(3, 5) + number_field(4, 4))),
        encode_node(Node((LEAF,), number_field(1, 2) + number_field(3, 4))),
        encode_node(Node((NAMED,), number_field(1, 2) + number_field(3, 4) + number_field(4, 4))),
        encode_node(Node((NAMED, NAMED), number_field(1, 1))),
        encode_node(Node((), number_field(1, 5) + bytes_field(2, b"\xff"))),
        encode_node(Node((), number_field(1, 5) + number_field(5, 0x12) + number_field(6, 256))),
        encode_node(Node((), number_field(1, 3))),
        encode_node(Node((), number_field(1, 2) + number_field(1, 2))),
        encode_node(Node((), number_field(9, 2))),
        encode_node(Node((), b"")),
    ],
    ids=[
        "sizes do not add up", "size of a child missing", "named link in a file", "name twice",
        "shard without a hash", "shard with another hash", "metadata", "type twice",
        "unknown field", "no type",
    ],
)  # fmt: skip
def test_a_block_that_is_no_file_or_folder_is_refused(block: bytes) -> None:
    with pytest.raises(MalformedBlockError):
        parse(block)
