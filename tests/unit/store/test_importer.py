"""The importer gives Kubo's CIDs; `aleph-cid` (Rust) and JavaScript's importer are the oracles."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

import aleph_cid
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.errors import InputError
from assay.store.errors import RefusedEntryError
from assay.store.importer import CHUNK_BYTES, LINKS_PER_NODE, Importer, collect, drain
from assay.store.unixfs import parse_block

ROW = CHUNK_BYTES * LINKS_PER_NODE


def root_of(data: bytes, **options: int) -> str:
    return str(drain(Importer(**options).file(io.BytesIO(data)), lambda _block: None).cid)


def aleph_root(data: bytes) -> str:
    hasher = aleph_cid.CidHasher.for_ipfs_v1_raw_leaves()
    hasher.update(data)
    return hasher.finalize()


class Dripping(io.RawIOBase):
    """A stream that gives a few bytes at a time, as a pipe does."""

    def __init__(self, data: bytes, step: int) -> None:
        self._data = io.BytesIO(data)
        self._step = step

    def read(self, size: int = -1) -> bytes:
        return self._data.read(min(size, self._step))


@pytest.mark.parametrize(
    "size",
    [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, ROW, ROW + 1, 2 * ROW, 2 * ROW + 1],
)
def test_a_file_has_the_cid_that_the_rust_importer_gives(size: int) -> None:
    data = (b"0123456789abcdef" * (size // 16 + 1))[:size]

    assert root_of(data) == aleph_root(data)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 6), st.integers(-2, 2), st.integers(0, 255))
def test_every_chunk_boundary_agrees_with_the_rust_importer(
    chunks: int, off: int, fill: int
) -> None:
    data = bytes([fill]) * max(0, chunks * CHUNK_BYTES + off)

    assert root_of(data) == aleph_root(data)


# From ipfs-unixfs-importer 17 (JavaScript): bytes i % 251, raw leaves, 174 links a node.
JAVASCRIPT = {
    (0, 1): "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku",
    (1, 1): "bafkreidogqfzz75tpkmjzjke425xqcrmpcib2p5tg44hnbirumdbpl5adu",
    (2, 1): "bafybeif5uiwwtcp4lhepsst74pn5orww7ih6bbt7thh7qatkbav4skkvui",
    (174, 1): "bafybeidlzvjwgufajwqsgrxxelmrmpuaglu2aql3kppzt2r2bfj4jiuriy",
    (175, 1): "bafybeiblelyoch766vusr4mm7tbkrnzzt4jjv3m3cvlvf7w4d53ktylb6q",
    (30276, 1): "bafybeia2ohid45n7xjzmb27t4cxaqmubuwru7ysbvtltio5kemply5a22i",
    (30277, 1): "bafybeifierymatnzcqg5sirstva2l2p6yi5qygqzwr7liwoxroombtuckm",
    (30451, 1): "bafybeickhwf3n5mecajellzczgyogi4xo3g2hz7557g2ittmo2fkq6olne",
    (70000, 2): "bafybeidj2pd4myp6vguf2qa4p7s556wzktlfax5hmh2mb6mcrk2teetzhy",
    (100000, 3): "bafybeigisurfdm5minixq4u2jlntbbufolgjqan3bzbiqvaifhnvjnkd6m",
}


@pytest.mark.parametrize(("size", "chunk_bytes"), JAVASCRIPT)
def test_trees_of_three_levels_have_the_cids_of_the_javascript_importer(
    size: int, chunk_bytes: int
) -> None:
    data = bytes(i % 251 for i in range(size))

    assert root_of(data, chunk_bytes=chunk_bytes) == JAVASCRIPT[size, chunk_bytes]


@given(st.binary(max_size=400), st.integers(1, 9), st.integers(2, 5), st.integers(1, 7))
def test_blocks_come_children_first_and_spell_the_file(
    data: bytes, chunk_bytes: int, links_per_node: int, step: int
) -> None:
    importer = Importer(chunk_bytes=chunk_bytes, links_per_node=links_per_node)

    root, blocks = collect(importer.file(Dripping(data, step)))

    seen = set()
    for block in blocks:
        links = parse_block(block.cid, block.data).links
        assert len(links) <= links_per_node
        assert all(link.cid in seen for link in links)
        seen.add(block.cid)
    assert blocks[-1].cid == root.cid
    assert b"".join(block.data for block in blocks if block.cid.codec == 0x55) == data
    if len(blocks) > 1:
        assert importer.digests[root.cid].raw == hashlib.sha256(data).digest()


def test_the_total_size_of_a_link_counts_every_block_of_the_tree() -> None:
    root, blocks = collect(Importer(chunk_bytes=4).file(io.BytesIO(bytes(range(50)))))

    assert root.total_bytes == sum(len(block.data) for block in blocks)


def test_a_folder_has_the_cid_that_the_rust_importer_gives(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "inner").mkdir(parents=True)
    (folder / "README.md").write_text("# Card\n")
    (folder / "données.txt").write_text("数据")
    (folder / "empty").write_bytes(b"")
    (folder / "inner" / "big").write_bytes(os.urandom(CHUNK_BYTES * 2 + 5))
    (folder / "inner" / "b").write_text("b")

    root = drain(Importer().path(folder), lambda _block: None)

    assert str(root.cid) == aleph_cid.hash_folder(str(folder))


def test_an_empty_folder_counts_as_it_does_for_kubo_and_the_javascript_importer(
    tmp_path: Path,
) -> None:
    (tmp_path / "inner" / "empty").mkdir(parents=True)
    (tmp_path / "a").write_text("x\n")
    (tmp_path / "inner" / "b").write_text("hi\n")

    root = drain(Importer().path(tmp_path), lambda _block: None)

    assert str(root.cid) == "bafybeigjzawtbrs3zjksutyqlq7i5lqrmejqdi6cwmym5emlvteuoxzw4m"


def test_hidden_files_belong_to_the_folder(tmp_path: Path) -> None:
    (tmp_path / "seen").write_text("a")
    without = drain(Importer().path(tmp_path), lambda _block: None)
    (tmp_path / ".hidden").write_text("b")

    with_hidden = drain(Importer().path(tmp_path), lambda _block: None)

    assert without != with_hidden


def test_progress_counts_every_plain_byte(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(CHUNK_BYTES + 3))
    (tmp_path / "b").write_bytes(bytes(10))
    done: list[int] = []

    drain(Importer(done.append).path(tmp_path), lambda _block: None)

    assert sum(done) == CHUNK_BYTES + 13


@pytest.mark.parametrize("kind", ["link", "pipe", "undecodable"])
def test_what_a_cid_cannot_cover_is_refused_by_name(tmp_path: Path, kind: str) -> None:
    if kind == "link":
        (tmp_path / "odd").symlink_to("/etc/passwd")
    elif kind == "pipe":
        os.mkfifo(tmp_path / "odd")
    else:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/odd\xff")).write_text("x")

    with pytest.raises(RefusedEntryError, match="odd"):
        drain(Importer().path(tmp_path), lambda _block: None)


def test_a_link_given_by_name_stands_for_its_target(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"hello")
    (tmp_path / "link").symlink_to("target")

    root = drain(Importer().path(tmp_path / "link"), lambda _block: None)

    assert str(root.cid) == root_of(b"hello")


def test_without_digests_the_cid_is_the_same() -> None:
    importer = Importer(with_digests=False)
    data = bytes(2 * CHUNK_BYTES)

    root = drain(importer.file(io.BytesIO(data)), lambda _block: None)

    assert (str(root.cid), importer.digests) == (root_of(data), {})


def test_a_folder_too_deep_is_refused(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 130)
    deep.mkdir(parents=True)

    with pytest.raises(RefusedEntryError, match="128 folders deep"):
        drain(Importer().path(tmp_path), lambda _block: None)


def test_a_path_with_nothing_there_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="missing"):
        drain(Importer().path(tmp_path / "missing"), lambda _block: None)
