"""Packs of blocks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assay.core.cid import Cid
from assay.store.errors import DamagedFileError
from assay.store.pack import Pack, PackWriter


def write_pack(folder: Path, pieces: list[bytes]) -> Path:
    writer = PackWriter(folder / "draft")
    try:
        for piece in pieces:
            writer.add(Cid.raw(piece), piece)
        return writer.publish(folder)
    finally:
        writer.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=100), min_size=1, max_size=40))
def test_every_block_is_found_where_it_was_put(tmp_path: Path, pieces: list[bytes]) -> None:
    pack = Pack(write_pack(tmp_path, pieces))

    for piece in pieces:
        row = pack.find(Cid.raw(piece))
        assert row is not None
        assert pack.read(row) == piece
    assert pack.find(Cid.raw(b"not" * 100)) is None
    assert pack.find(Cid.dag_pb(pieces[0])) is None


def test_a_block_given_twice_is_stored_once(tmp_path: Path) -> None:
    pack = Pack(write_pack(tmp_path, [b"same", b"same", b"other"]))

    assert len(list(pack.rows())) == 2
    assert pack.blocks_bytes == 9


def test_packs_of_the_same_blocks_are_one_file(tmp_path: Path) -> None:
    first = write_pack(tmp_path, [b"a", b"b"])

    second = write_pack(tmp_path, [b"a", b"b"])

    assert first == second


def test_an_unpublished_pack_leaves_nothing(tmp_path: Path) -> None:
    writer = PackWriter(tmp_path / "draft")
    writer.add(Cid.raw(b"a"), b"a")

    writer.close()

    assert list(tmp_path.iterdir()) == []


def test_a_flip_of_any_bit_behind_the_blocks_is_noticed_on_opening(tmp_path: Path) -> None:
    path = write_pack(tmp_path, [b"abc", b"de"])
    whole = path.read_bytes()

    for position in range(5, len(whole)):
        for bit in range(8):
            damaged = bytearray(whole)
            damaged[position] ^= 1 << bit
            path.write_bytes(damaged)
            with pytest.raises(DamagedFileError):
                Pack(path)


def test_a_pack_cut_anywhere_or_renamed_is_noticed_on_opening(tmp_path: Path) -> None:
    path = write_pack(tmp_path, [b"abc", b"de"])
    whole = path.read_bytes()

    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(DamagedFileError):
            Pack(path)
    renamed = tmp_path / ("0" * 64 + ".pack")
    renamed.write_bytes(whole)
    with pytest.raises(DamagedFileError):
        Pack(renamed)
