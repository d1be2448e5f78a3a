"""Folders in shards: as Kubo and the Rust importer write them, and read like any other."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import aleph_cid
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.cid import Cid
from assay.store.dag import list_entries, resolve_path
from assay.store.dag_pb import Link, Node, bytes_field, encode_node, number_field
from assay.store.disk import DiskStore
from assay.store.errors import MalformedBlockError, UnknownPathError
from assay.store.importer import Importer, collect, drain
from assay.store.murmur import murmur3_64
from assay.store.port import Block
from assay.store.selection import Selection, select_blocks
from assay.store.sharding import shard_folder, split_shard
from assay.store.unixfs import parse_block

EMPTY = Cid.raw(b"")


def make_folder(folder: Path, count: int, width: int, last: int = 0) -> Path:
    folder.mkdir()
    for index in range(count):
        (folder / f"{index:0{width}}").touch()
    if last:
        (folder / ("z" * last)).touch()
    return folder


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "0000000000000000"),
        (b"hello", "cbd8a7b341bd9b02"),
        (b"hello, world", "342fac623a5ebc8e"),
        (b"19 Jan 2038 at 3:14:07 AM", "b89e5988b737affc"),
        (b"The quick brown fox jumps over the lazy dog.", "cd99481f9ee902c9"),
    ],
)
def test_names_are_hashed_as_published(data: bytes, expected: str) -> None:
    assert murmur3_64(data).hex() == expected


# 1110 names of 200 bytes and CIDs of 36 take 261 960 bytes; 148 + 36 more make it 256 KiB.
@pytest.mark.parametrize(
    ("count", "width", "last"),
    [(1110, 200, 147), (1110, 200, 148), (1110, 200, 149), (7000, 16, 0)],
    ids=["just fits", "exactly full", "one byte more", "several levels"],
)
def test_a_large_folder_has_the_cid_that_the_rust_importer_gives(
    tmp_path: Path, count: int, width: int, last: int
) -> None:
    folder = make_folder(tmp_path / "folder", count, width, last)

    root = drain(Importer().path(folder), lambda _block: None)

    assert str(root.cid) == aleph_cid.hash_folder(str(folder))


def test_a_folder_in_shards_is_used_like_any_other(store: DiskStore, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "folder", 1200, 200)
    (folder / "card.md").write_text("# Card")

    root = store.add(folder)

    assert [entry.name for entry in store.ls(root)] == sorted(p.name for p in folder.iterdir())
    assert store.size(root) == 6
    assert store.find_digest(root.digest) == root
    assert store.verify(root).ok
    assert resolve_path(store, root, "card.md") == [root, Cid.raw(b"# Card")]
    with pytest.raises(UnknownPathError):
        resolve_path(store, root, "missing")
    assert store.gc().blocks == 0
    store.get(root, tmp_path / "out")
    store.get(root, tmp_path / "out")
    assert len(list((tmp_path / "out").iterdir())) == 1201
    assert (tmp_path / "out" / "card.md").read_text() == "# Card"


def test_an_archive_of_a_path_has_the_shards_that_lead_there(
    store: DiskStore, tmp_path: Path
) -> None:
    folder = make_folder(tmp_path / "folder", 1200, 200)
    (folder / "card.md").write_text("# Card")
    root = store.add(folder)
    way = resolve_path(store, root, "card.md")

    received = Blocks(select_blocks(store, way, Selection()))

    assert resolve_path(received, root, "card.md") == way
    assert len(list_entries(received, root)) == 1201


class Blocks:
    """Blocks by CID, in memory."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self._blocks = {block.cid: block.data for block in blocks}

    def block(self, cid: Cid) -> bytes:
        return self._blocks[cid]


@given(st.sets(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)))
def test_any_set_of_names_comes_back_from_its_shards(names: set[str]) -> None:
    root, blocks = collect(shard_folder([Link(EMPTY, name, 0) for name in names]))

    entries = list_entries(Blocks(blocks), root.cid)

    assert [entry.name for entry in entries] == sorted(names, key=str.encode)


def shard_of(*names: str) -> bytes:
    message = number_field(1, 5) + bytes_field(2, b"\x01") + number_field(5, 0x22)
    links = tuple(Link(EMPTY, name, 0) for name in names)
    return encode_node(Node(links, message + number_field(6, 256)))


@pytest.mark.parametrize("name", ["", "C", "zz", "c", "cbhello", "00hello", " Bx"])
def test_a_shard_with_a_name_in_the_wrong_place_is_refused(name: str) -> None:
    block = shard_of(name)
    content = parse_block(Cid.dag_pb(block), block)

    with pytest.raises(MalformedBlockError):
        list(split_shard(content, b""))


def test_shards_deeper_than_a_hash_are_refused() -> None:
    block = shard_of("00")
    content = parse_block(Cid.dag_pb(block), block)

    with pytest.raises(MalformedBlockError):
        list(split_shard(content, bytes(8)))
