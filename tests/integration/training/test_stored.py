"""Folders of sealed updates and records, in a store on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.core.digest import Digest
from assay.errors import AssayError
from assay.store.disk import DiskStore
from assay.training.stored import StoredFolders, folder_cid

FILES = {"b.box": b"x" * 700_000, "a.json": b"{}"}


def test_a_folder_has_the_root_that_the_same_files_on_disk_have(tmp_path: Path) -> None:
    store = DiskStore(tmp_path / "store")
    folders = StoredFolders(store)
    for name, data in FILES.items():
        (tmp_path / "folder").mkdir(exist_ok=True)
        (tmp_path / "folder" / name).write_bytes(data)

    root = folders.digest(FILES)

    assert not store.has(folder_cid(root))
    assert folders.add(FILES) == root
    assert store.add(tmp_path / "folder") == folder_cid(root)
    assert folders.read(root, "b.box", 700_000) == FILES["b.box"]


def test_what_is_not_there_or_too_large_is_refused(tmp_path: Path) -> None:
    folders = StoredFolders(DiskStore(tmp_path / "store"))
    root = folders.add(FILES)

    with pytest.raises(AssayError):
        folders.read(root, "c.json", 100)
    with pytest.raises(AssayError):
        folders.read(root, "b.box", 1000)
    with pytest.raises(AssayError):
        folders.read(Digest.of(b"other"), "a.json", 100)
