"""Files and folders into a store as ciphertext, and back, verified against the asset id."""

from __future__ import annotations

import io
import os
import tarfile
from pathlib import Path

import pytest

from assay.core.content_key import ContentKey
from assay.core.digest import Digest
from assay.store.archive import pack_folder
from assay.store.disk import DiskStore
from assay.store.envelope import Kind, seal
from assay.store.errors import (
    ArchiveMalformed,
    ContentChanged,
    DestinationExistsError,
    EnvelopeDamaged,
    RefusedEntryError,
    SealedOtherwise,
)
from assay.store.sealing import PlainContent, measure, open_into, seal_into

KEY = ContentKey.random()


@pytest.fixture
def store(tmp_path: Path) -> DiskStore:
    return DiskStore(tmp_path / "store")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    (folder / "deep" / "empty").mkdir(parents=True)
    (folder / "README.md").write_text("a card")
    (folder / "weights.bin").write_bytes(os.urandom(3_000_001))
    (folder / "deep" / ("ü" * 60)).write_bytes(b"")
    return folder


def tree(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def test_content_that_was_lost_is_sealed_again_to_the_same_bytes(
    store: DiskStore, folder: Path, tmp_path: Path
) -> None:
    plain = measure(folder)

    first = seal_into(store, folder, plain, KEY)
    again = seal_into(DiskStore(tmp_path / "other"), folder, plain, KEY)

    assert first == again
    assert first != seal_into(store, folder, plain, ContentKey.random())


@pytest.mark.parametrize("size", [0, 1, 262_144, 1 << 20, (1 << 20) + 1, 5_000_000])
def test_a_file_comes_back_and_its_digest_is_that_of_its_bytes(
    size: int, store: DiskStore, tmp_path: Path
) -> None:
    data = os.urandom(size)
    (tmp_path / "file").write_bytes(data)
    plain = measure(tmp_path / "file")

    cid = seal_into(store, tmp_path / "file", plain, KEY)
    open_into(store, cid, plain, KEY, tmp_path / "back")

    assert (tmp_path / "back").read_bytes() == data
    assert plain == PlainContent(Digest.of(data), size, Kind.FILE)
    assert store.find_digest(plain.digest) is None


def test_a_folder_comes_back_and_its_digest_is_that_of_the_store(
    store: DiskStore, folder: Path, tmp_path: Path
) -> None:
    plain = measure(folder)

    cid = seal_into(store, folder, plain, KEY)
    open_into(store, cid, plain, KEY, tmp_path / "back")

    assert tree(tmp_path / "back") == tree(folder)
    other = DiskStore(tmp_path / "other")
    assert plain.digest == other.digest_of(other.add(folder))
    assert plain.bytes == other.size(other.add(folder))


def test_the_same_folder_is_packed_the_same_whenever_it_was_written(
    folder: Path, tmp_path: Path
) -> None:
    first = b"".join(pack_folder(folder))

    for path in folder.rglob("*"):
        os.utime(path, (1, 1))
        path.chmod(0o700)

    assert b"".join(pack_folder(folder)) == first


def test_opening_again_changes_nothing_and_another_file_is_not_replaced(
    store: DiskStore, folder: Path, tmp_path: Path
) -> None:
    plain = measure(folder)
    cid = seal_into(store, folder, plain, KEY)
    open_into(store, cid, plain, KEY, tmp_path / "back")
    (tmp_path / "mine").write_text("mine")

    open_into(store, cid, plain, KEY, tmp_path / "back")

    with pytest.raises(DestinationExistsError):
        open_into(store, cid, plain, KEY, tmp_path / "mine")
    assert (tmp_path / "mine").read_text() == "mine"


def test_with_the_wrong_key_nothing_is_left_behind(
    store: DiskStore, folder: Path, tmp_path: Path
) -> None:
    plain = measure(folder)
    cid = seal_into(store, folder, plain, KEY)
    target = tmp_path / "target"
    target.mkdir()

    with pytest.raises(EnvelopeDamaged):
        open_into(store, cid, plain, ContentKey.random(), target / "back")

    assert list(target.iterdir()) == []


@pytest.mark.parametrize("kind", list(Kind))
def test_an_envelope_that_opens_to_other_content_is_refused(
    kind: Kind, store: DiskStore, folder: Path, tmp_path: Path
) -> None:
    promised = Digest.of(b"what was registered")
    other = pack_folder(folder) if kind is Kind.FOLDER else [b"something else"]
    cid = store.add_bytes(b"".join(seal(other, KEY, promised, kind)))
    target = tmp_path / "target"
    target.mkdir()

    with pytest.raises(SealedOtherwise):
        open_into(store, cid, PlainContent(promised, 1, kind), KEY, target / "back")

    assert list(target.iterdir()) == []


def archive(*members: tarfile.TarInfo) -> bytes:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as file:
        for member in members:
            file.addfile(member, io.BytesIO(bytes(member.size)))
    return raw.getvalue()


def entry(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, link
    return member


@pytest.mark.parametrize(
    "data",
    [
        archive(entry("../escape")),
        archive(entry("/etc/absolute")),
        archive(entry("a/./b")),
        archive(entry("no/parent")),
        archive(entry("twice"), entry("twice")),
        archive(entry("link", tarfile.SYMTYPE, "/etc/passwd")),
        archive(entry("first"), entry("hard", tarfile.LNKTYPE, "first")),
        archive(entry("pipe", tarfile.FIFOTYPE)),
        archive(entry("/".join(["deep"] * 200))),
        b"not an archive" * 100,
    ],
)
def test_a_hostile_archive_writes_nothing_outside_and_leaves_nothing(
    data: bytes, store: DiskStore, tmp_path: Path
) -> None:
    asset = Digest.of(b"hostile")
    cid = store.add_bytes(b"".join(seal([data], KEY, asset, Kind.FOLDER)))
    target = tmp_path / "target"
    target.mkdir()

    with pytest.raises(ArchiveMalformed):
        open_into(store, cid, PlainContent(asset, 1, Kind.FOLDER), KEY, target / "back")

    assert list(target.iterdir()) == []
    assert not (tmp_path / "escape").exists()


def test_a_folder_with_a_link_is_refused_before_anything_is_stored(
    store: DiskStore, folder: Path
) -> None:
    (folder / "link").symlink_to("/etc/passwd")

    with pytest.raises(RefusedEntryError):
        measure(folder)


def test_content_that_changes_while_it_is_sealed_is_not_kept(
    store: DiskStore, folder: Path
) -> None:
    plain = measure(folder)

    def grow(_done: int) -> None:
        with (folder / "weights.bin").open("ab") as file:
            file.write(b"more")

    with pytest.raises(ContentChanged):
        seal_into(store, folder, plain, KEY, grow)

    assert store.pins() == []


def test_the_store_never_sees_a_plain_byte(store: DiskStore, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"a very secret sentence " * 100_000)

    cid = seal_into(store, tmp_path / "file", measure(tmp_path / "file"), KEY)

    stored = b"".join(path.read_bytes() for path in store.folder.rglob("*") if path.is_file())
    assert store.size(cid) > 2_000_000
    assert b"secret sentence" not in stored
