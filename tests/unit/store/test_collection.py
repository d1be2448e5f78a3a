"""Garbage collection: pinned content stays whole, the rest goes."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assay.core.digest import Digest
from assay.errors import IntegrityError
from assay.store.disk import DiskStore
from assay.store.importer import Importer, collect

LEAF = 256 * 1024


def stored_bytes(store: DiskStore) -> int:
    return sum(path.stat().st_size for path in store.folder.rglob("*") if path.is_file())


def test_what_is_unpinned_goes_and_the_rest_stays(store: DiskStore, tmp_path: Path) -> None:
    kept = os.urandom(3 * LEAF)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a").write_bytes(kept)
    folder = store.add(tmp_path / "folder")
    dropped = store.add_bytes(os.urandom(2 * LEAF))
    small = store.add_bytes(b"small")
    store.unpin(dropped)
    store.unpin(small)

    collected = store.gc()

    assert collected.blocks == 4
    assert collected.bytes > 2 * LEAF
    assert not store.has(dropped)
    assert not store.has(small)
    store.get(folder, tmp_path / "out")
    assert (tmp_path / "out" / "a").read_bytes() == kept
    assert store.verify_all().ok


def test_what_two_roots_share_stays_for_the_one_that_is_pinned(store: DiskStore) -> None:
    shared = os.urandom(2 * LEAF)
    first = store.add_bytes(shared + b"first")
    second = store.add_bytes(shared + b"second")
    store.unpin(first)

    collected = store.gc()

    assert not store.has(first)
    assert store.read_bytes(second) == shared + b"second"
    assert collected.blocks == 2


def test_the_digest_record_goes_with_its_content(store: DiskStore) -> None:
    data = os.urandom(2 * LEAF)
    store.unpin(store.add_bytes(data))

    store.gc()

    assert store.find_digest(Digest.of(data)) is None
    assert list((store.folder / "digests").iterdir()) == []


def test_a_collection_that_finds_nothing_changes_nothing(store: DiskStore) -> None:
    store.add_bytes(os.urandom(2 * LEAF))
    before = stored_bytes(store)

    assert store.gc().blocks == 0
    assert stored_bytes(store) == before


def test_many_small_packs_are_gathered_into_one(store: DiskStore) -> None:
    contents = [os.urandom(LEAF + 1) for _ in range(20)]
    cids = [store.add_bytes(data) for data in contents]

    collected = store.gc()

    assert collected.blocks == 0
    assert len(list((store.folder / "packs").iterdir())) == 1
    assert [store.read_bytes(cid) for cid in cids] == contents


def test_a_store_opened_before_reads_on_after_packs_were_rewritten(store: DiskStore) -> None:
    shared = os.urandom(2 * LEAF)
    first = store.add_bytes(shared + b"first")
    reader = DiskStore(store.folder)
    second = store.add_bytes(shared + b"second")
    assert reader.has(second)
    store.unpin(first)

    store.gc()

    assert reader.read_bytes(second) == shared + b"second"


def test_content_whose_needs_cannot_be_told_stops_the_collection(store: DiskStore) -> None:
    pinned = store.add_bytes(os.urandom(2 * LEAF))
    loose = store.add_bytes(b"loose")
    store.unpin(loose)
    pack = next((store.folder / "packs").iterdir())
    with pack.open("r+b") as file:
        file.seek(2 * LEAF + 3)
        file.write(b"\xff\xff")

    with pytest.raises(IntegrityError) as caught:
        store.gc()

    assert str(pinned) in str(caught.value)
    assert store.has(loose)


def test_a_damaged_leaf_is_kept_as_it_is_not_mistaken_for_garbage(store: DiskStore) -> None:
    shared = os.urandom(2 * LEAF)
    pinned = store.add_bytes(shared + b"kept")
    other = store.add_bytes(shared + b"gone")
    store.unpin(other)
    pack = max((store.folder / "packs").iterdir(), key=lambda path: path.stat().st_size)
    with pack.open("r+b") as file:
        file.write(b"\xff\xff")

    store.gc()

    assert len(store.verify(pinned).faults) == 1


def test_leftovers_of_a_killed_writer_go(store: DiskStore) -> None:
    (store.folder / "incoming" / "left").write_bytes(b"over")

    store.gc()

    assert list((store.folder / "incoming").iterdir()) == []


def test_unpinning_what_is_not_pinned_is_no_error(store: DiskStore) -> None:
    root, _ = collect(Importer().file(io.BytesIO(b"never added")))

    store.unpin(root.cid)

    assert store.pins() == []


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.lists(st.integers(0, 4), min_size=1, max_size=4), st.booleans()), max_size=6
    )
)
def test_after_any_history_exactly_the_pinned_contents_are_whole(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[list[int], bool]]
) -> None:
    store = DiskStore(tmp_path_factory.mktemp("store"))
    contents = {}
    for pieces, keep in history:
        data = b"".join(bytes([piece]) * LEAF for piece in pieces) + b"end"
        cid = store.add_bytes(data)
        contents[cid] = data
        if not keep:
            store.unpin(cid)
    pinned = set(store.pins())

    store.gc()

    assert store.verify_all().ok
    for cid, data in contents.items():
        if cid in pinned:
            assert store.read_bytes(cid) == data
        else:
            assert not store.has(cid)
