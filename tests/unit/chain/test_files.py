"""Durable files and locks."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from assay.chain.errors import FileNotWritten
from assay.chain.files import exclusive_lock, write_durably


def test_a_file_is_replaced_whole_and_leaves_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "file"
    write_durably(path, b"one")

    write_durably(path, b"two", mode=0o600)

    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_an_existing_file_can_be_protected(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_durably(path, b"one", replace=False)

    with pytest.raises(FileExistsError):
        write_durably(path, b"two", replace=False)

    assert path.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_write_that_the_disk_refuses_keeps_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"not a folder")

    with pytest.raises(FileNotWritten) as caught:
        write_durably(tmp_path / "file" / "inside", b"data")

    assert caught.value.path == tmp_path / "file" / "inside"
    assert (tmp_path / "file").read_bytes() == b"not a folder"


def test_a_lock_keeps_other_threads_out_and_ends_with_its_block(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    refused = threading.Event()

    def try_it() -> None:
        try:
            with exclusive_lock(path, 0.05):
                pass
        except TimeoutError:
            refused.set()

    with exclusive_lock(path, 1.0):
        thread = threading.Thread(target=try_it)
        thread.start()
        thread.join()
    with exclusive_lock(path, 0.05):
        pass

    assert refused.is_set()
