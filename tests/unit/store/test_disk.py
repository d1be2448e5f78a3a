"""The store on disk: what goes in comes out, once, under its digest."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assay.core.cid import RAW, Cid
from assay.core.digest import Digest
from assay.store.car import read_car
from assay.store.disk import DiskStore
from assay.store.errors import (
    DamagedBlockError,
    MissingBlockError,
    NotAFileError,
    NotAFolderError,
    TooLargeError,
    UnknownCidError,
)
from assay.store.importer import CHUNK_BYTES, Importer, collect
from assay.store.port import MAX_BLOCK_BYTES, Block

BIG = os.urandom(CHUNK_BYTES) + b"x" * CHUNK_BYTES * 3 + os.urandom(77)
UNKNOWN = Cid.raw(b"nobody has this")


def bytes_on_disk(store: DiskStore) -> int:
    return sum(path.stat().st_size for path in store.folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("data", [b"", b"hello", bytes(CHUNK_BYTES), BIG])
def test_bytes_come_back_under_their_cid_and_digest(store: DiskStore, data: bytes) -> None:
    cid = store.add_bytes(data)

    assert store.read_bytes(cid) == data
    assert store.size(cid) == len(data)
    assert store.digest_of(cid).raw == hashlib.sha256(data).digest()
    assert store.find_digest(Digest.of(data)) == cid
    assert store.verify(cid).ok


def test_another_object_on_the_same_folder_sees_the_same(store: DiskStore) -> None:
    cid = store.add_bytes(BIG)

    other = DiskStore(store.folder)

    assert other.read_bytes(cid) == BIG
    assert other.find_digest(Digest.of(BIG)) == cid
    assert other.pins() == [cid]


def test_an_object_opened_before_sees_what_another_adds(store: DiskStore) -> None:
    early = DiskStore(store.folder)

    cid = store.add_bytes(BIG)

    assert early.has(cid)
    assert early.read_bytes(cid) == BIG


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, len(BIG) + 10), st.integers(0, len(BIG) + 10) | st.none())
def test_any_range_reads_as_a_slice(store: DiskStore, offset: int, length: int | None) -> None:
    cid = store.add_bytes(BIG)

    found = b"".join(store.read(cid, offset, length))

    assert found == BIG[offset : None if length is None else offset + length]


def test_the_same_content_is_stored_once(store: DiskStore, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for name in ("a", "b"):
        (tmp_path / "folder" / name).write_bytes(BIG)

    store.add(tmp_path / "folder")
    once = bytes_on_disk(store)
    store.add(tmp_path / "folder" / "a")
    store.add_stream(io.BytesIO(BIG))

    assert once < len(BIG)
    assert bytes_on_disk(store) == once


def test_a_file_that_shares_chunks_with_another_stores_the_rest(store: DiskStore) -> None:
    store.add_bytes(BIG)
    before = bytes_on_disk(store)

    longer = store.add_bytes(BIG[:-77] + b"end")

    assert bytes_on_disk(store) - before < 2000
    assert store.read_bytes(longer) == BIG[:-77] + b"end"


def test_a_folder_lists_its_entries_with_plain_sizes(store: DiskStore, tmp_path: Path) -> None:
    (tmp_path / "f" / "inner").mkdir(parents=True)
    (tmp_path / "f" / "big").write_bytes(BIG)
    (tmp_path / "f" / "inner" / "small").write_bytes(b"12345")

    root = store.add(tmp_path / "f")

    assert [(entry.name, entry.size) for entry in store.ls(root)] == [
        ("big", len(BIG)),
        ("inner", 5),
    ]
    assert store.size(root) == len(BIG) + 5
    assert store.digest_of(root) == root.digest
    assert store.find_digest(root.digest) == root


def test_every_block_can_be_asked_for_by_its_cid(store: DiskStore) -> None:
    store.add_bytes(BIG)
    _, blocks = collect(Importer().file(io.BytesIO(BIG)))

    for block in blocks:
        assert store.block(block.cid) == block.data


def test_the_archive_holds_each_block_once_parents_first(store: DiskStore) -> None:
    cid = store.add_bytes(BIG)

    roots, blocks = read_car(store.car(cid))
    found = list(blocks)

    assert roots == [cid]
    assert found[0].cid == cid
    assert len(found) == len({block.cid for block in found}) == 4


def test_what_is_not_there_is_unknown_everywhere(store: DiskStore, tmp_path: Path) -> None:
    assert not store.has(UNKNOWN)
    assert store.find_digest(UNKNOWN.digest) is None
    for act in (store.block, store.read_bytes, store.size, store.verify, store.pin, store.ls):
        with pytest.raises(UnknownCidError):
            act(UNKNOWN)
    with pytest.raises(UnknownCidError):
        store.get(UNKNOWN, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_file_is_no_folder_and_a_folder_no_file(store: DiskStore, tmp_path: Path) -> None:
    file = store.add_bytes(b"hello")
    (tmp_path / "f").mkdir()
    folder = store.add(tmp_path / "f")

    with pytest.raises(NotAFolderError):
        store.ls(file)
    with pytest.raises(NotAFileError):
        store.read_bytes(folder)


def test_a_file_above_the_limit_is_not_loaded(store: DiskStore) -> None:
    cid = store.add_bytes(BIG)

    with pytest.raises(TooLargeError) as caught:
        store.read_bytes(cid, limit=1000)

    assert (caught.value.size_bytes, caught.value.limit_bytes) == (len(BIG), 1000)


def test_a_block_must_hash_to_its_cid(store: DiskStore) -> None:
    with pytest.raises(DamagedBlockError):
        store.put_block(Cid.raw(b"one thing"), b"another")

    assert not store.has(Cid.raw(b"one thing"))


def test_a_block_larger_than_the_network_allows_is_refused(store: DiskStore) -> None:
    data = bytes(MAX_BLOCK_BYTES + 1)

    with pytest.raises(TooLargeError):
        store.put_block(Cid.raw(data), data)


def test_what_came_before_a_failure_of_the_source_stays(store: DiskStore) -> None:
    good = Block(Cid.raw(b"good"), b"good")

    def failing() -> Iterator[Block]:
        yield good
        raise ConnectionResetError

    with pytest.raises(Exception, match="store cannot use"):
        store.put_blocks(failing())

    assert store.block(good.cid) == b"good"


def test_incomplete_content_cannot_be_pinned(store: DiskStore) -> None:
    root, blocks = collect(Importer().file(io.BytesIO(BIG)))
    store.put_blocks([block for block in blocks if block.cid.codec != RAW])

    with pytest.raises(MissingBlockError):
        store.pin(root.cid)
    with pytest.raises(MissingBlockError):
        store.read_bytes(root.cid)
    assert store.pins() == []


def test_the_digest_of_fetched_content_is_computed_once_and_found(store: DiskStore) -> None:
    root, blocks = collect(Importer().file(io.BytesIO(BIG)))
    store.put_blocks(blocks, pin=root.cid)
    assert store.find_digest(Digest.of(BIG)) is None

    digest = store.digest_of(root.cid)

    assert digest == Digest.of(BIG)
    assert DiskStore(store.folder).find_digest(digest) == root.cid


def test_the_node_of_a_file_is_not_found_as_if_it_were_a_folder(store: DiskStore) -> None:
    cid = store.add_bytes(BIG)

    assert store.find_digest(cid.digest) is None


def test_a_failed_addition_leaves_no_trace(store: DiskStore) -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 5 * CHUNK_BYTES:
                raise OSError(5, "Input/output error")
            return super().read(size)

    before = bytes_on_disk(store)

    with pytest.raises(Exception, match="Input/output error"):
        store.add_stream(Failing(os.urandom(8 * CHUNK_BYTES)))

    assert bytes_on_disk(store) == before
    assert store.pins() == []
