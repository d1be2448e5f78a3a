"""The dag-pb codec."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.cid import DAG_PB, RAW, Cid
from assay.core.digest import Digest
from assay.store.dag_pb import Link, Node, bytes_field, decode_node, encode_node, number_field
from assay.store.errors import MalformedBlockError

cids = st.builds(
    Cid, st.sampled_from([RAW, DAG_PB]), st.builds(Digest, st.binary(min_size=32, max_size=32))
)
names = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
nodes = st.builds(
    Node,
    st.lists(st.builds(Link, cids, names, st.integers(0, 2**63 - 1)), max_size=5).map(tuple),
    st.binary(max_size=50),
)
A_CID = Cid.raw(b"a").binary
NO_DATA = bytes_field(1, b"")


def link(cid: bytes, name: bytes) -> bytes:
    return bytes_field(2, bytes_field(1, cid) + bytes_field(2, name) + number_field(3, 1))


@given(nodes)
def test_a_node_comes_back_from_its_block(node: Node) -> None:
    assert decode_node(encode_node(node)) == node


@given(nodes, st.data())
def test_a_block_decodes_only_if_encoding_gives_it_again(node: Node, data: st.DataObject) -> None:
    block = bytearray(encode_node(node))
    block[data.draw(st.integers(0, len(block) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    try:
        decoded = decode_node(bytes(block))
    except MalformedBlockError:
        return

    assert encode_node(decoded) == bytes(block)


@given(st.binary(max_size=100))
def test_any_bytes_are_decoded_or_refused_never_anything_else(data: bytes) -> None:
    try:
        decoded = decode_node(data)
    except MalformedBlockError:
        return

    assert encode_node(decoded) == data


@pytest.mark.parametrize(
    "block",
    [
        b"",
        bytes_field(1, b"data") + bytes_field(2, b""),
        bytes_field(1, b"one") + bytes_field(1, b"two"),
        bytes_field(3, b"unknown") + bytes_field(1, b""),
        number_field(1, 5),
        bytes_field(2, bytes_field(1, A_CID)) + NO_DATA,
        link(A_CID, b"\xff") + NO_DATA,
        link(b"\x12\x20" + bytes(32), b"") + NO_DATA,
        bytes_field(1, b"data")[:-1],
        b"\x0d\x00\x00\x00\x00",
    ],
    ids=[
        "no data", "links after data", "data twice", "unknown field", "number for data",
        "link without name", "name not UTF-8", "CID of version 0", "cut short", "wire type 5",
    ],
)  # fmt: skip
def test_a_malformed_node_is_refused(block: bytes) -> None:
    with pytest.raises(MalformedBlockError):
        decode_node(block)
