"""Writing content out: resumed, whole or not at all, and never outside its folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assay.core.cid import Cid
from assay.errors import InputError
from assay.store.dag_pb import Link, Node, bytes_field, encode_node, number_field
from assay.store.disk import DiskStore
from assay.store.errors import DamagedBlockError, DestinationExistsError, RefusedEntryError
from assay.store.unixfs import folder_node

LEAF = 256 * 1024
DATA = os.urandom(5 * LEAF + 9)


def put_folder(store: DiskStore, *names: str) -> Cid:
    leaf = store.add_bytes(b"bytes")
    block = folder_node([Link(leaf, name, 5) for name in names])
    store.put_block(Cid.dag_pb(block), block)
    return Cid.dag_pb(block)


def test_a_file_and_a_folder_come_out_as_they_went_in(store: DiskStore, tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / "inner" / "empty").mkdir(parents=True)
    (source / "big").write_bytes(DATA)
    (source / "inner" / "small").write_bytes(b"small")

    store.get(store.add(source), tmp_path / "folder")
    store.get(store.add_bytes(DATA), tmp_path / "file")

    assert (tmp_path / "folder" / "big").read_bytes() == DATA
    assert (tmp_path / "folder" / "inner" / "small").read_bytes() == b"small"
    assert (tmp_path / "folder" / "inner" / "empty").is_dir()
    assert (tmp_path / "file").read_bytes() == DATA
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("there", [b"", DATA[: 2 * LEAF + 5], b"wrong" + DATA, DATA + b"more"])
def test_an_interrupted_run_is_taken_up_where_its_bytes_are_right(
    store: DiskStore, tmp_path: Path, there: bytes
) -> None:
    cid = store.add_bytes(DATA)
    (tmp_path / f".out.{cid}.partial").write_bytes(there)

    store.get(cid, tmp_path / "out")

    assert (tmp_path / "out").read_bytes() == DATA


def test_damage_stops_the_run_before_the_destination_exists(
    store: DiskStore, tmp_path: Path
) -> None:
    cid = store.add_bytes(DATA)
    (pack,) = (store.folder / "packs").iterdir()
    whole = pack.read_bytes()
    pack.write_bytes(whole[: 3 * LEAF] + b"\xff" + whole[3 * LEAF + 1 :])
    with pytest.raises(DamagedBlockError):
        store.get(cid, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    pack.write_bytes(whole)

    store.get(cid, tmp_path / "out")

    assert (tmp_path / "out").read_bytes() == DATA


def test_content_that_is_there_already_is_left_alone(store: DiskStore, tmp_path: Path) -> None:
    cid = store.add_bytes(DATA)
    store.get(cid, tmp_path / "out")
    inode = (tmp_path / "out").stat().st_ino

    store.get(cid, tmp_path / "out")

    assert (tmp_path / "out").stat().st_ino == inode


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_other_content_is_never_overwritten(store: DiskStore, tmp_path: Path, kind: str) -> None:
    cid = store.add_bytes(DATA)
    out = tmp_path / "out"
    if kind == "file":
        out.write_bytes(b"precious")
    elif kind == "folder":
        out.mkdir()
    else:
        out.symlink_to("nowhere")

    with pytest.raises(DestinationExistsError):
        store.get(cid, out)

    assert os.path.lexists(out)


@pytest.mark.parametrize("name", ["..", ".", "", "a/b", "../escape", "/etc/escape", "nul\0"])
def test_a_name_that_leads_out_of_the_folder_is_refused(
    store: DiskStore, tmp_path: Path, name: str
) -> None:
    root = put_folder(store, name)

    with pytest.raises(RefusedEntryError):
        store.get(root, tmp_path / "out")

    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "escape").exists()


def test_a_symbolic_link_in_a_stranger_s_folder_is_refused(
    store: DiskStore, tmp_path: Path
) -> None:
    link = encode_node(Node((), number_field(1, 4) + bytes_field(2, b"/etc")))
    store.put_block(Cid.dag_pb(link), link)
    folder = folder_node([Link(Cid.dag_pb(link), "link", len(link))])
    store.put_block(Cid.dag_pb(folder), folder)

    with pytest.raises(RefusedEntryError, match="symbolic link"):
        store.get(Cid.dag_pb(folder), tmp_path / "out")


def test_a_missing_parent_is_an_input_error(store: DiskStore, tmp_path: Path) -> None:
    cid = store.add_bytes(b"hello")

    with pytest.raises(InputError, match="no folder"):
        store.get(cid, tmp_path / "missing" / "out")


def test_progress_counts_every_byte(store: DiskStore, tmp_path: Path) -> None:
    cid = store.add_bytes(DATA)
    done: list[int] = []

    store.get(cid, tmp_path / "out", progress=done.append)

    assert sum(done) == len(DATA)
