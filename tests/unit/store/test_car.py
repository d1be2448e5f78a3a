"""CAR archives."""

from __future__ import annotations

from pathlib import Path

import aleph_cid
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.cid import Cid
from assay.store.car import read_car, write_car
from assay.store.disk import DiskStore
from assay.store.errors import DamagedBlockError, MalformedBlockError
from assay.store.port import Block
from assay.store.varint import encode_varint

BLOCKS = [Block(Cid.raw(data), data) for data in (b"one", b"two", b"")]
ARCHIVE = b"".join(write_car([BLOCKS[0].cid], BLOCKS))


@given(st.lists(st.binary(max_size=300), max_size=5), st.integers(1, 50), st.integers(0, 16))
def test_an_archive_reads_back_whatever_pieces_it_comes_in(
    contents: list[bytes], step: int, roots: int
) -> None:
    blocks = [Block(Cid.raw(data), data) for data in contents]
    wanted_roots = [Cid.raw(bytes([index])) for index in range(roots)]
    archive = b"".join(write_car(wanted_roots, blocks))

    found_roots, found = read_car(archive[i : i + step] for i in range(0, len(archive), step))

    assert (found_roots, list(found)) == (wanted_roots, blocks)


def test_an_archive_cut_anywhere_inside_a_section_is_refused() -> None:
    ends = {59}
    for block in BLOCKS:
        ends.add(max(ends) + 1 + 36 + len(block.data))
    assert max(ends) == len(ARCHIVE)

    for length in range(len(ARCHIVE)):
        if length in ends:
            continue
        with pytest.raises(MalformedBlockError):
            list(read_car([ARCHIVE[:length]])[1])


def test_a_flipped_bit_in_any_byte_of_a_block_or_its_cid_is_refused() -> None:
    for position in range(59, len(ARCHIVE)):
        damaged = bytearray(ARCHIVE)
        damaged[position] ^= 1
        with pytest.raises((MalformedBlockError, DamagedBlockError)):
            list(read_car([bytes(damaged)])[1])


@pytest.mark.parametrize(
    "archive",
    [
        b"",
        b"\x00",
        encode_varint(10) + b"0123456789",
        encode_varint(2**40),
        ARCHIVE[:59] + encode_varint(2**40),
        ARCHIVE[:59] + encode_varint(3) + b"abc",
    ],
    ids=["empty", "no header", "other header", "endless header", "endless block", "no CID"],
)
def test_what_is_no_archive_is_refused(archive: bytes) -> None:
    with pytest.raises(MalformedBlockError):
        list(read_car([archive])[1])


def test_an_archive_by_the_rust_packer_reads_and_ours_names_the_same_root(
    store: DiskStore, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a").write_bytes(bytes(300_000))
    (folder / "b").write_bytes(b"b")
    theirs = aleph_cid.write_folder_car(str(folder), str(tmp_path / "theirs.car"))
    root = store.add(folder)

    roots, blocks = read_car([(tmp_path / "theirs.car").read_bytes()])
    (tmp_path / "ours.car").write_bytes(b"".join(store.car(root)))

    assert roots == [root]
    assert str(root) == theirs == aleph_cid.read_carv1_root(str(tmp_path / "ours.car"))
    assert {block.cid for block in blocks} == {block.cid for block in read_car(store.car(root))[1]}
