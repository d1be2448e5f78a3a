"""Damage: no flipped or missing byte in a store goes unnoticed, and none is served."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from assay.core.cid import Cid
from assay.errors import AssayError
from assay.store.disk import DiskStore
from assay.store.errors import DamagedBlockError, UnknownCidError

SMALL = b"a small artefact"
LEAF = 256 * 1024


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)


@pytest.fixture
def filled(store: DiskStore, tmp_path: Path) -> tuple[DiskStore, list[Cid]]:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / name).write_bytes(name.encode() * 5)
    return store, [store.add_bytes(SMALL), store.add(folder)]


def read_all(store: DiskStore, roots: list[Cid], target: Path) -> None:
    """Read everything; right bytes or an error, nothing else."""
    small, folder = roots
    assert store.read_bytes(small) == SMALL
    store.get(folder, target)
    for name in ("a", "b", "c"):
        assert (target / name).read_bytes() == name.encode() * 5


def test_every_flipped_byte_is_reported_with_its_file_and_never_served(
    filled: tuple[DiskStore, list[Cid]], tmp_path: Path
) -> None:
    store, roots = filled
    assert store.verify_all().ok

    for path in files_of(store.folder):
        whole = path.read_bytes()
        for position in range(len(whole)):
            damaged = bytearray(whole)
            damaged[position] ^= 0x01
            path.write_bytes(damaged)
            fresh = DiskStore(store.folder)
            target = tmp_path / "out"

            everything = fresh.verify_all()
            assert str(path) in {fault.place for fault in everything.faults}
            assert any(fault.cid is not None for fault in everything.faults)
            hurt = [root for root in roots if not _verify(fresh, root)]
            assert hurt
            with pytest.raises(AssayError):
                read_all(fresh, roots, target)
            shutil.rmtree(target, ignore_errors=True)
            for leftover in tmp_path.glob(".out.*"):
                shutil.rmtree(leftover)
        path.write_bytes(whole)

    read_all(DiskStore(store.folder), roots, tmp_path / "out")


def _verify(store: DiskStore, root: Cid) -> bool:
    found = store.verify(root)
    assert found.ok or all(fault.cid is not None and fault.reason for fault in found.faults)
    return found.ok


def test_damage_is_noticed_by_a_store_that_was_open_before(store: DiskStore) -> None:
    data = os.urandom(3 * LEAF)
    cid = store.add_bytes(data)
    (pack,) = (store.folder / "packs").iterdir()
    with pack.open("r+b") as file:
        file.seek(LEAF + 5)
        file.write(b"\xff\xfe")

    with pytest.raises(DamagedBlockError) as caught:
        store.read_bytes(cid)

    assert caught.value.place == str(pack)
    found = store.verify(cid)
    assert [(fault.place, found.ok) for fault in found.faults] == [(str(pack), False)]
    assert found.blocks == 3


def test_a_truncated_pack_is_reported_and_its_content_named(store: DiskStore) -> None:
    cid = store.add_bytes(os.urandom(3 * LEAF))
    (pack,) = (store.folder / "packs").iterdir()
    os.truncate(pack, LEAF)

    found = DiskStore(store.folder).verify(cid)

    assert [(fault.cid, fault.place) for fault in found.faults] == [(cid, str(pack))]


def test_a_missing_block_is_reported_for_the_pin_that_needs_it(store: DiskStore) -> None:
    cid = store.add_bytes(b"hello")
    next((store.folder / "blocks").rglob("baf*")).unlink()

    (fault,) = store.verify_all().faults

    assert fault.cid == cid
    with pytest.raises(UnknownCidError):
        store.verify(cid)


@pytest.mark.parametrize("folder", ["pins", "digests"])
def test_bytes_in_a_record_that_should_be_empty_are_reported(store: DiskStore, folder: str) -> None:
    cid = store.add_bytes(os.urandom(2 * LEAF))
    record = next((store.folder / folder).iterdir())
    record.write_bytes(b"x")

    (fault,) = store.verify_all().faults

    assert (fault.cid, fault.place) == (cid, str(record))


@pytest.mark.parametrize("name", ["pins/stranger", "digests/stranger", "packs/x", "blocks/aa/x"])
def test_a_file_that_does_not_belong_is_reported(store: DiskStore, name: str) -> None:
    path = store.folder / name
    path.parent.mkdir(exist_ok=True)
    path.touch()

    (fault,) = store.verify_all().faults

    assert fault.place == str(path)


def test_a_wrong_digest_on_record_is_reported(store: DiskStore) -> None:
    cid = store.add_bytes(os.urandom(2 * LEAF))
    record = next((store.folder / "digests").iterdir())
    record.rename(record.with_name("00" * 32 + record.name[64:]))

    found = DiskStore(store.folder).verify(cid)

    assert [fault.cid for fault in found.faults] == [cid]


@pytest.mark.parametrize("size", [10, 3 * LEAF])
def test_adding_again_heals_damage(store: DiskStore, size: int) -> None:
    data = os.urandom(size)
    cid = store.add_bytes(data)
    (path,) = files_of(store.folder)
    with path.open("r+b") as file:
        file.write(bytes(8))

    store.add_bytes(data)

    assert store.read_bytes(cid) == data
    store.gc()
    assert store.verify_all().ok


def test_adding_again_heals_a_pack_whose_table_is_damaged(store: DiskStore) -> None:
    data = os.urandom(3 * LEAF)
    cid = store.add_bytes(data)
    (path,) = files_of(store.folder)
    os.truncate(path, path.stat().st_size - 1)

    healed = DiskStore(store.folder)
    healed.add_bytes(data)

    assert healed.read_bytes(cid) == data
