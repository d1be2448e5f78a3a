"""Overlays as files: refused clearly, bounded in number, and never seen half written."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assay.client import overlays
from assay.client.overlays import write_overlay
from assay.errors import InputError, UnavailableError


def test_a_path_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    for path in (tmp_path, tmp_path / "file" / "seen.png"):
        with pytest.raises(InputError, match="cannot be written"):
            write_overlay(b"png", tmp_path / "overlays", path)


def test_a_folder_that_cannot_be_made_is_no_fault_of_who_asks(tmp_path: Path) -> None:
    (tmp_path / "overlays").write_bytes(b"")

    with pytest.raises(UnavailableError):
        write_overlay(b"png", tmp_path / "overlays")


def test_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overlays, "OVERLAYS_KEPT", 3)

    written = []
    for number in range(6):
        written.append(write_overlay(bytes([number]), tmp_path))
        os.utime(written[-1], (number, number))

    assert sorted(tmp_path.iterdir()) == sorted(written[-3:])


def test_many_write_the_same_overlay_and_all_read_the_whole(tmp_path: Path) -> None:
    png = bytes(300_000)

    with ThreadPoolExecutor(8) as threads:
        seen = set(threads.map(lambda _: write_overlay(png, tmp_path).read_bytes(), range(40)))

    assert seen == {png}
    assert len(list(tmp_path.iterdir())) == 1
