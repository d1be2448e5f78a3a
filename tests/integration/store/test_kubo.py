"""The store on Kubo's RPC API.

No Kubo with an RPC API can be had from package registries, so the other side here is a real HTTP
server that answers the same requests from our store on disk (`servers.kubo_api`). What is proven is
our side: requests, streaming, errors, and that nothing unverified gets through. Agreement with a
real Kubo on CIDs and blocks is `test_libkubo.py`.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assay.coordination.memory_cache import MemoryCache
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import IntegrityError
from assay.store.car import read_car
from assay.store.disk import DiskStore
from assay.store.errors import (
    DamagedBlockError,
    MissingBlockError,
    RemoteStoreError,
    UnknownCidError,
)
from assay.store.importer import Importer, collect
from assay.store.kubo import KuboStore
from tests.integration.store.servers import kubo_api, listening

DATA = os.urandom(900_000)


@pytest.fixture
def kubo(store: DiskStore) -> Iterator[KuboStore]:
    with listening(kubo_api(store)) as url:
        yield KuboStore(url)


@pytest.mark.parametrize("data", [b"", b"hello", DATA])
def test_bytes_come_back_under_their_cid_and_digest(
    kubo: KuboStore, store: DiskStore, data: bytes
) -> None:
    done: list[int] = []

    cid = kubo.add_stream(io.BytesIO(data), progress=done.append)

    assert store.pins() == [cid] == kubo.pins()
    assert kubo.read_bytes(cid) == data
    assert b"".join(kubo.read(cid, 5, 400_000)) == data[5:400_005]
    assert kubo.size(cid) == len(data) == sum(done)
    assert kubo.digest_of(cid) == Digest.of(data)
    assert kubo.find_digest(Digest.of(data)) == cid
    assert kubo.verify(cid).ok
    assert kubo.verify_all().ok


def test_a_folder_goes_in_and_comes_out(kubo: KuboStore, tmp_path: Path) -> None:
    folder = tmp_path / "a folder"
    (folder / "inner" / "empty").mkdir(parents=True)
    (folder / "数据 & more").write_bytes(DATA)
    (folder / "inner" / "b").write_bytes(b"b")
    done: list[int] = []

    root = kubo.add(folder, progress=done.append)
    kubo.get(root, tmp_path / "out")

    assert sum(done) == len(DATA) + 1
    assert [(entry.name, entry.size) for entry in kubo.ls(root)] == [
        ("inner", 1),
        ("数据 & more", len(DATA)),
    ]
    assert (tmp_path / "out" / "数据 & more").read_bytes() == DATA
    assert (tmp_path / "out" / "inner" / "empty").is_dir()
    assert kubo.find_digest(root.digest) == root


def test_blocks_pins_and_collection_work_as_on_disk(kubo: KuboStore, store: DiskStore) -> None:
    root, blocks = collect(Importer().file(io.BytesIO(DATA)))

    kubo.put_blocks(blocks, pin=root.cid)

    assert kubo.block(blocks[0].cid) == blocks[0].data
    assert {block.cid for block in read_car(kubo.car(root.cid))[1]} == {b.cid for b in blocks}
    kubo.unpin(root.cid)
    kubo.unpin(root.cid)
    collected = kubo.gc()
    assert (collected.blocks, collected.bytes > 900_000) == (len(blocks), True)
    assert not kubo.has(root.cid)


def test_what_kubo_does_not_have_is_unknown(kubo: KuboStore) -> None:
    unknown = Cid.raw(b"nobody has this")

    assert not kubo.has(unknown)
    for act in (kubo.block, kubo.read_bytes, kubo.verify, kubo.pin):
        with pytest.raises(UnknownCidError):
            act(unknown)


def test_content_with_a_missing_leaf_says_which(kubo: KuboStore) -> None:
    root, blocks = collect(Importer().file(io.BytesIO(DATA)))
    kubo.put_blocks(blocks[1:])

    with pytest.raises(MissingBlockError) as caught:
        b"".join(kubo.read(root.cid))

    assert (caught.value.cid, caught.value.root) == (blocks[0].cid, root.cid)


def test_a_node_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(RemoteStoreError):
        KuboStore("http://127.0.0.1:1").pins()
    with pytest.raises(RemoteStoreError):
        KuboStore("not a url").pins()


class Lying:
    """What a node could do wrong: each answers one request wrongly."""

    def __init__(self, store: DiskStore) -> None:
        self.right = kubo_api(store)

    def with_answer(self, command: str, answer: bytes) -> type:
        return type("Liar", (self.right,), {f"_{command}": lambda *_arguments: answer})


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("block_get", b"other bytes"),
        ("block_get", bytes(3_000_000)),
        ("dag_export", b"no archive"),
        ("add", b'{"Hash":"bafkreidogqfzz75tpkmjzjke425xqcrmpcib2p5tg44hnbirumdbpl5adu"}'),
        ("block_put", b'{"Key":"bafkreidogqfzz75tpkmjzjke425xqcrmpcib2p5tg44hnbirumdbpl5adu"}'),
    ],
)
def test_a_lie_is_noticed(store: DiskStore, command: str, answer: bytes) -> None:
    cid = store.add_bytes(DATA)
    acts = {
        "block_get": lambda kubo: b"".join(kubo.read(cid)),
        "dag_export": lambda kubo: b"".join(kubo.car(cid)),
        "add": lambda kubo: kubo.add_bytes(DATA),
        "block_put": lambda kubo: kubo.put_block(Cid.raw(b"a"), b"a"),
    }

    with listening(Lying(store).with_answer(command, answer)) as url, pytest.raises(IntegrityError):
        acts[command](KuboStore(url))


@pytest.mark.parametrize("answer", [b"", b"not json", b"[1, 2]"])
def test_an_answer_that_makes_no_sense_is_a_clear_error(store: DiskStore, answer: bytes) -> None:
    with listening(Lying(store).with_answer("add", answer)) as url, pytest.raises(RemoteStoreError):
        KuboStore(url).add_bytes(b"hello")


def test_an_export_that_ends_early_is_noticed(store: DiskStore) -> None:
    cid = store.add_bytes(DATA)
    whole = b"".join(store.car(cid))
    short = whole[: -(900_000 - 3 * 262_144) - 38]

    with (
        listening(Lying(store).with_answer("dag_export", short)) as url,
        pytest.raises(IntegrityError),
    ):
        b"".join(KuboStore(url).car(cid))


def test_a_block_that_does_not_fit_its_cid_is_not_sent(kubo: KuboStore) -> None:
    with pytest.raises(DamagedBlockError):
        kubo.put_block(Cid.raw(b"one thing"), b"another")


def test_a_short_artefact_comes_from_the_cache_and_a_false_one_does_not(store: DiskStore) -> None:
    cache = MemoryCache()
    with listening(kubo_api(store)) as url:
        kubo = KuboStore(url, cache)
        cid, other = kubo.add_bytes(b"short"), kubo.add_bytes(b"other")
        first = kubo.read_bytes(cid)
        cache.put(f"block/{other}", b"put there by somebody else", ttl_s=60)
        honest = kubo.read_bytes(other)

    assert (first, honest) == (b"short", b"other")
    unreachable = KuboStore("http://127.0.0.1:1", cache)
    assert unreachable.read_bytes(cid) == b"short"
    with pytest.raises(RemoteStoreError):
        unreachable.block(cid)
