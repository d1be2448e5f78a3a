"""A real Kubo takes our blocks for its own."""

from __future__ import annotations

import os
from pathlib import Path

import aleph_cid

from assay.store.car import read_car
from assay.store.disk import DiskStore
from tests.integration.store.libkubo import LibKubo


def test_kubo_reads_a_folder_that_we_imported(
    store: DiskStore, libkubo: LibKubo, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    (folder / "inner" / "empty").mkdir(parents=True)
    (folder / "big").write_bytes(os.urandom(50_000_000))
    (folder / "inner" / "small").write_text("数据")
    root = store.add(folder)
    libkubo.put_blocks(read_car(store.car(root))[1])

    assert libkubo.download(str(root), tmp_path / "out")

    assert (tmp_path / "out" / "big").read_bytes() == (folder / "big").read_bytes()
    assert (tmp_path / "out" / "inner" / "small").read_text() == "数据"
    assert (tmp_path / "out" / "inner" / "empty").is_dir()


def test_kubo_agrees_with_the_importer_that_ours_is_tested_against(
    libkubo: LibKubo, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a").write_bytes(os.urandom(700_000))
    (folder / ".hidden").write_bytes(b"hidden")

    theirs = libkubo.add(folder)

    assert theirs == aleph_cid.hash_folder(str(folder), cid_version=0)
