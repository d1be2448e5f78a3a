"""`/ipfs/{cid}` answers as the trustless gateway specification asks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from assay.core.cid import Cid
from assay.store.car import read_car
from assay.store.disk import DiskStore
from tests.integration.store.servers import gateway_app, serving

DATA = os.urandom(900_000)


@pytest.fixture
def web(store: DiskStore) -> Iterator[TestClient]:
    with TestClient(gateway_app(store)) as client:
        yield client


@pytest.fixture
def folder(store: DiskStore, tmp_path: Path) -> Cid:
    (tmp_path / "f" / "inner").mkdir(parents=True)
    (tmp_path / "f" / "page.html").write_text("<script>alert(1)</script>")
    (tmp_path / "f" / "inner" / "big.bin").write_bytes(DATA)
    return store.add(tmp_path / "f")


def test_a_file_comes_with_the_headers_of_immutable_content(
    web: TestClient, store: DiskStore
) -> None:
    cid = store.add_bytes(DATA)

    answer = web.get(f"/ipfs/{cid}")

    assert (answer.status_code, answer.content) == (200, DATA)
    assert answer.headers["etag"] == f'"{cid}"'
    assert answer.headers["cache-control"] == "public, max-age=29030400, immutable"
    assert answer.headers["content-length"] == str(len(DATA))
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-ipfs-path"] == f"/ipfs/{cid}"
    assert answer.headers["x-ipfs-roots"] == str(cid)
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("data", [b"", b"hello", "数据".encode() * 200])
def test_text_is_served_as_text(web: TestClient, store: DiskStore, data: bytes) -> None:
    answer = web.get(f"/ipfs/{store.add_bytes(data)}")

    assert answer.content == data
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_a_page_from_the_store_cannot_act_in_the_service_s_name(
    web: TestClient, folder: Cid
) -> None:
    answer = web.get(f"/ipfs/{folder}/page.html")

    assert answer.headers["content-type"] == "text/html"
    assert answer.headers["content-security-policy"] == "sandbox"


@pytest.mark.parametrize(
    ("header", "expected", "content_range"),
    [
        ("bytes=0-0", slice(0, 1), "bytes 0-0/900000"),
        ("bytes=262140-262150", slice(262140, 262151), "bytes 262140-262150/900000"),
        ("bytes=899990-", slice(899990, None), "bytes 899990-899999/900000"),
        ("bytes=-5", slice(-5, None), "bytes 899995-899999/900000"),
        ("bytes=5-99999999", slice(5, None), "bytes 5-899999/900000"),
    ],
)
def test_a_range_is_answered_with_its_part(
    web: TestClient, store: DiskStore, header: str, expected: slice, content_range: str
) -> None:
    cid = store.add_bytes(DATA)

    answer = web.get(f"/ipfs/{cid}", headers={"Range": header})

    assert (answer.status_code, answer.content) == (206, DATA[expected])
    assert answer.headers["content-range"] == content_range


@pytest.mark.parametrize("header", ["bytes=900000-", "bytes=-0", "bytes=900001-900005"])
def test_a_range_behind_the_end_is_416(web: TestClient, store: DiskStore, header: str) -> None:
    cid = store.add_bytes(DATA)

    answer = web.get(f"/ipfs/{cid}", headers={"Range": header})

    assert answer.status_code == 416
    assert answer.headers["content-range"] == "bytes */900000"
    assert answer.json()["error"]["type"] == "RangeNotSatisfiableError"


@pytest.mark.parametrize("header", ["lines=1-2", "bytes=5-2", "bytes=0-1,5-6", "bytes=-", "x"])
def test_a_range_that_means_nothing_is_ignored(
    web: TestClient, store: DiskStore, header: str
) -> None:
    cid = store.add_bytes(b"hello")

    answer = web.get(f"/ipfs/{cid}", headers={"Range": header})

    assert (answer.status_code, answer.content) == (200, b"hello")


def test_a_range_of_another_version_is_ignored(web: TestClient, store: DiskStore) -> None:
    cid = store.add_bytes(b"hello")
    headers = {"Range": "bytes=0-1", "If-Range": '"other"'}

    assert web.get(f"/ipfs/{cid}", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "how", [{"params": {"format": "raw"}}, {"headers": {"Accept": "application/vnd.ipld.raw"}}]
)
def test_a_block_is_given_raw(web: TestClient, store: DiskStore, how: dict) -> None:
    cid = store.add_bytes(DATA)

    answer = web.get(f"/ipfs/{cid}", **how)

    assert answer.content == store.block(cid)
    assert answer.headers["content-type"] == "application/vnd.ipld.raw"
    assert answer.headers["content-disposition"] == f'attachment; filename="{cid}.bin"'
    assert answer.headers["etag"] == f'"{cid}.raw"'


@pytest.mark.parametrize(
    "how",
    [
        {"params": {"format": "car"}},
        {"headers": {"Accept": "text/html, application/vnd.ipld.car; version=1; order=dfs"}},
    ],
)
def test_everything_is_given_as_an_archive(web: TestClient, store: DiskStore, how: dict) -> None:
    cid = store.add_bytes(DATA)

    answer = web.get(f"/ipfs/{cid}", **how)

    roots, blocks = read_car([answer.content])
    assert roots == [cid]
    assert len(list(blocks)) == 5
    assert (
        answer.headers["content-type"] == "application/vnd.ipld.car; version=1; order=dfs; dups=n"
    )
    assert answer.headers["accept-ranges"] == "none"


def blocks_of(web: TestClient, path: str, **params: str) -> list[Cid]:
    answer = web.get(path, params={"format": "car", **params})
    assert answer.status_code == 200
    return [block.cid for block in read_car([answer.content])[1]]


def test_an_archive_of_a_path_proves_the_way_to_it(
    web: TestClient, store: DiskStore, folder: Cid
) -> None:
    inner = next(entry.cid for entry in store.ls(folder) if entry.name == "inner")
    (big,) = store.ls(inner)

    path = f"/ipfs/{folder}/inner/big.bin"

    assert blocks_of(web, path)[:3] == [folder, inner, big.cid]
    assert len(blocks_of(web, path)) == 7
    assert blocks_of(web, path, **{"dag-scope": "block"}) == [folder, inner, big.cid]
    assert blocks_of(web, f"/ipfs/{folder}", **{"dag-scope": "entity"}) == [folder]
    assert len(blocks_of(web, f"/ipfs/{big.cid}", **{"dag-scope": "entity"})) == 5
    assert len(blocks_of(web, f"/ipfs/{big.cid}", **{"entity-bytes": "0:10"})) == 2
    assert len(blocks_of(web, f"/ipfs/{big.cid}", **{"entity-bytes": "-10:*"})) == 2
    assert len(blocks_of(web, f"/ipfs/{big.cid}", **{"entity-bytes": "262143:262144"})) == 3
    assert len(blocks_of(web, f"/ipfs/{big.cid}", **{"entity-bytes": "0:-262144"})) == 4


def test_a_folder_is_listed(web: TestClient, store: DiskStore, folder: Cid) -> None:
    answer = web.get(f"/ipfs/{folder}/")

    names = [(entry["name"], entry["bytes"]) for entry in answer.json()["entries"]]
    assert names == [("inner", 900_000), ("page.html", 25)]
    assert answer.headers["x-ipfs-roots"] == str(folder)


def test_a_known_etag_gets_no_body(web: TestClient, store: DiskStore, folder: Cid) -> None:
    for path, params in [
        (f"/ipfs/{folder}", {}),
        (f"/ipfs/{folder}", {"format": "raw"}),
        (f"/ipfs/{folder}", {"format": "car"}),
        (f"/ipfs/{folder}/page.html", {}),
    ]:
        tag = web.get(path, params=params).headers["etag"]
        answer = web.get(path, params=params, headers={"If-None-Match": f'"x", {tag}'})
        assert (answer.status_code, answer.content) == (304, b"")


def test_head_has_the_headers_and_no_body(web: TestClient, store: DiskStore, folder: Cid) -> None:
    cid = store.add_bytes(DATA)

    answer = web.head(f"/ipfs/{cid}")

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == "900000"
    for path in (f"/ipfs/{folder}", f"/ipfs/{cid}?format=raw", f"/ipfs/{cid}?format=car"):
        answer = web.head(path)
        assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("nonsense", 400, "InputError"),
        ("QmWfVY9y3xjsixTgbd9AorQxH7VtMpzfx2HaWtsoUYecaX", 400, "InputError"),
        ("{unknown}", 404, "UnknownCidError"),
        ("{unknown}?format=raw", 404, "UnknownCidError"),
        ("{unknown}?format=car", 404, "UnknownCidError"),
        ("{folder}/missing", 404, "UnknownPathError"),
        ("{folder}/page.html/deeper", 404, "NotAFolderError"),
        ("{folder}/../../etc/passwd", 404, None),
        ("{folder}/%2e%2e/%2e%2e/etc/passwd", 404, None),
        ("{folder}?format=tar", 400, "InputError"),
        ("{folder}?format=car&dag-scope=some", 400, "InputError"),
        ("{folder}?format=car&entity-bytes=a:b", 400, "InputError"),
    ],
)
def test_a_request_that_cannot_be_answered_says_why(
    web: TestClient, folder: Cid, path: str, status: int, kind: str | None
) -> None:
    unknown = Cid.raw(b"nobody has this")

    answer = web.get("/ipfs/" + path.format(folder=folder, unknown=unknown))

    assert answer.status_code == status
    if kind:
        assert answer.json()["error"]["type"] == kind


def test_a_damaged_block_is_an_error_before_the_answer_and_breaks_it_off_after(
    store: DiskStore,
) -> None:
    cid = store.add_bytes(DATA)
    (pack,) = (store.folder / "packs").iterdir()
    with pack.open("r+b") as file:
        file.write(b"\xff" * 8)

    with serving(gateway_app(store)) as url:
        assert httpx.get(f"{url}/ipfs/{cid}").status_code == 502
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.get(f"{url}/ipfs/{cid}?format=car")
