"""Fetching from gateways: our own, and hostile ones."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import IntegrityError
from assay.store.car import write_car
from assay.store.dag_pb import Link
from assay.store.disk import DiskStore
from assay.store.errors import HostileGatewayError, RemoteStoreError, TooLargeError
from assay.store.gateway import GatewayStore, fetch
from assay.store.importer import Importer, collect
from assay.store.port import Block
from assay.store.unixfs import file_node, folder_node
from tests.integration.store.servers import gateway_app, listening, serving

DATA = os.urandom(1_200_000)
ROOT, BLOCKS = collect(Importer().file(io.BytesIO(DATA)))
PARENTS_FIRST = [BLOCKS[-1], *BLOCKS[:-1]]


@pytest.fixture
def origin(tmp_path: Path) -> DiskStore:
    return DiskStore(tmp_path / "origin")


@pytest.fixture
def gateway(origin: DiskStore) -> Iterator[str]:
    with serving(gateway_app(origin)) as url:
        yield url


def test_content_comes_over_whole_and_pinned(
    origin: DiskStore, gateway: str, store: DiskStore, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    (folder / "inner").mkdir(parents=True)
    (folder / "big").write_bytes(DATA)
    (folder / "inner" / "small").write_bytes(b"small")
    root = origin.add(folder)
    done: list[int] = []

    fetch(root, gateway, store, progress=done.append)

    assert store.pins() == [root]
    assert store.verify(root).ok
    assert sum(done) == len(DATA) + 5
    store.get(root, tmp_path / "out")
    assert (tmp_path / "out" / "big").read_bytes() == DATA


def test_what_is_here_already_is_not_asked_for_again(store: DiskStore) -> None:
    asked: list[str] = []

    class Counting(BlockServer):
        def do_GET(self) -> None:
            asked.append(self.path)
            super().do_GET()

    Counting.blocks = {block.cid: block.data for block in BLOCKS}
    store.put_blocks(BLOCKS[2:])

    with listening(Counting) as url:
        fetch(ROOT.cid, url, store)

    assert sorted(path.split("?")[0] for path in asked) == sorted(
        f"/ipfs/{block.cid}" for block in BLOCKS[:2]
    )
    assert store.read_bytes(ROOT.cid) == DATA


def test_an_archive_that_breaks_off_is_taken_up_block_by_block(store: DiskStore) -> None:
    whole = b"".join(write_car([ROOT.cid], PARENTS_FIRST))

    with listening(archive_server(whole[:700_000])) as url, pytest.raises(HostileGatewayError):
        fetch(ROOT.cid, url, store)

    assert store.pins() == []
    assert store.has(BLOCKS[0].cid)
    assert not store.has(BLOCKS[3].cid)
    with listening(block_server(BLOCKS)) as url:
        fetch(ROOT.cid, url, store)
    assert store.read_bytes(ROOT.cid) == DATA
    assert store.pins() == [ROOT.cid]


def test_a_damaged_block_here_is_fetched_anew(store: DiskStore) -> None:
    cid = store.add_bytes(DATA)
    (pack,) = (store.folder / "packs").iterdir()
    with pack.open("r+b") as file:
        file.write(b"\xff" * 8)

    with listening(block_server(BLOCKS)) as url:
        fetch(cid, url, store)

    assert store.read_bytes(cid) == DATA


def test_a_store_on_a_gateway_fetches_what_it_is_asked_to_read(
    origin: DiskStore, gateway: str, store: DiskStore, tmp_path: Path
) -> None:
    cid = origin.add_bytes(DATA)
    small = origin.add_bytes(b"small")
    remote = GatewayStore(gateway, store)

    assert remote.read_bytes(small) == b"small"
    assert remote.size(cid) == len(DATA)
    assert remote.digest_of(cid) == Digest.of(DATA)
    remote.get(cid, tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == DATA
    assert store.verify(cid).ok


def test_what_the_gateway_does_not_have_is_a_clear_error(gateway: str, store: DiskStore) -> None:
    with pytest.raises(RemoteStoreError, match="404"):
        fetch(ROOT.cid, gateway, store)
    with pytest.raises(RemoteStoreError, match="404"):
        fetch(BLOCKS[0].cid, gateway, store)
    with pytest.raises(RemoteStoreError):
        fetch(ROOT.cid, "http://127.0.0.1:1", store)


# Hostile gateways


class BlockServer(BaseHTTPRequestHandler):
    """Answers `?format=raw` from a table, and nothing else."""

    blocks: dict[Cid, bytes]

    def log_message(self, *_arguments: object) -> None:
        pass

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        assert parse_qs(url.query) == {"format": ["raw"]}
        data = self.blocks.get(Cid.parse(url.path.removeprefix("/ipfs/")))
        self.send_response(404 if data is None else 200)
        self.end_headers()
        self.wfile.write(data or b"")


def block_server(blocks: list[Block]) -> type[BaseHTTPRequestHandler]:
    table = {block.cid: block.data for block in blocks}
    return type("Table", (BlockServer,), {"blocks": table})


def archive_server(*pieces: bytes, endless: bytes = b"") -> type[BaseHTTPRequestHandler]:
    class Archive(BlockServer):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            try:
                for piece in pieces:
                    self.wfile.write(piece)
                while endless:
                    self.wfile.write(endless)
            except OSError:
                pass

    return Archive


def test_wrong_bytes_for_a_block_are_refused(store: DiskStore) -> None:
    lies = [Block(BLOCKS[0].cid, b"lies")]

    with listening(block_server(lies)) as url, pytest.raises(HostileGatewayError, match="wrong"):
        fetch(BLOCKS[0].cid, url, store)

    assert not store.has(BLOCKS[0].cid)


@pytest.mark.parametrize("cid", [ROOT.cid, BLOCKS[0].cid], ids=["archive", "block"])
def test_an_endless_body_is_cut_off(store: DiskStore, cid: Cid) -> None:
    with (
        listening(archive_server(endless=bytes([0xFF]) * 65536)) as url,
        pytest.raises(HostileGatewayError),
    ):
        fetch(cid, url, store)


def test_an_endless_archive_of_right_blocks_is_cut_off(store: DiskStore) -> None:
    start = b"".join(write_car([ROOT.cid], PARENTS_FIRST))
    header = next(write_car([ROOT.cid], []))
    again = b"".join(write_car([ROOT.cid], [BLOCKS[0]]))[len(header) :]

    with (
        listening(archive_server(start, endless=again)) as url,
        pytest.raises(HostileGatewayError, match="nothing asks for"),
    ):
        fetch(ROOT.cid, url, store)


@pytest.mark.parametrize("flipped", [100, 400_000])
def test_a_flipped_byte_in_an_archive_is_refused(store: DiskStore, flipped: int) -> None:
    archive = bytearray(b"".join(write_car([ROOT.cid], PARENTS_FIRST)))
    archive[flipped] ^= 1

    with listening(archive_server(bytes(archive))) as url, pytest.raises(HostileGatewayError):
        fetch(ROOT.cid, url, store)

    assert store.pins() == []


def test_an_archive_of_something_else_is_refused(store: DiskStore) -> None:
    _, others = collect(Importer().file(io.BytesIO(os.urandom(600_000))))

    with (
        listening(archive_server(*write_car([others[-1].cid], [others[-1], *others]))) as url,
        pytest.raises(HostileGatewayError, match="nothing asks for"),
    ):
        fetch(ROOT.cid, url, store)


def test_an_archive_without_its_last_block_is_refused(store: DiskStore) -> None:
    with (
        listening(archive_server(*write_car([ROOT.cid], PARENTS_FIRST[:-1]))) as url,
        pytest.raises(HostileGatewayError, match="lacks 1"),
    ):
        fetch(ROOT.cid, url, store)


def test_more_bytes_than_the_limit_are_not_taken(store: DiskStore) -> None:
    with (
        listening(archive_server(*write_car([ROOT.cid], PARENTS_FIRST))) as url,
        pytest.raises(TooLargeError),
    ):
        fetch(ROOT.cid, url, store, limit_bytes=1_000_000)

    assert not store.has(BLOCKS[0].cid)


def test_a_node_of_endless_links_is_cut_off_at_the_limit(store: DiskStore) -> None:
    links = [Link(Cid.raw(bytes([i])), f"{i:03}", 1) for i in range(200)]
    bomb = folder_node(links)

    with listening(block_server([Block(Cid.dag_pb(bomb), bomb)])) as url:
        store.put_block(Cid.dag_pb(bomb), bomb)
        with pytest.raises(TooLargeError, match="in blocks"):
            fetch(Cid.dag_pb(bomb), url, store, limit_blocks=100)


def test_a_tiny_dag_that_claims_petabytes_is_refused_by_its_size(store: DiskStore) -> None:
    leaf = Block(Cid.raw(bytes(1000)), bytes(1000))
    blocks, size, cid = [leaf], 1000, leaf.cid
    for _ in range(6):
        data = file_node([Link(cid, "", size)] * 174, [size] * 174)
        size, cid = size * 174, Cid.dag_pb(data)
        blocks.append(Block(cid, data))

    with (
        listening(archive_server(*write_car([cid], reversed(blocks)))) as url,
        pytest.raises(TooLargeError),
    ):
        fetch(cid, url, store)


def test_sizes_that_do_not_hold_are_noticed_when_reading(store: DiskStore) -> None:
    leaf = Block(Cid.raw(b"abc"), b"abc")
    data = file_node([Link(leaf.cid, "", 3)], [5])
    liar = Block(Cid.dag_pb(data), data)
    store.put_blocks([leaf, liar])

    with pytest.raises(IntegrityError, match="not as large"):
        store.read_bytes(liar.cid)
    assert not store.verify(liar.cid).ok
