"""A full disk is a clear error, and leaves the store as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assay.store.disk import DiskStore
from assay.store.errors import StoreFullError

LIMITED = """
import resource, sys
from pathlib import Path
from assay.store.disk import DiskStore
from assay.store.errors import StoreFullError
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
try:
    DiskStore(Path(sys.argv[1])).add(Path(sys.argv[2]))
except StoreFullError as error:
    print(error.folder, error.exit_code, error.hint)
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("a small file system needs the right to mount one")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def sizes(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_size for path in folder.rglob("*") if path.is_file()}


def test_a_limit_on_file_sizes_is_reported_as_a_full_disk(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(os.urandom(5_000_000))
    store = DiskStore(tmp_path / "store")
    kept = store.add_bytes(b"kept")
    before = sizes(store.folder)

    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(store.folder), str(tmp_path / "big")],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.startswith(f"{store.folder} 3 Free space")
    assert sizes(store.folder) == before
    assert store.read_bytes(kept) == b"kept"


def test_an_addition_that_does_not_fit_is_taken_back(small_disk: Path, tmp_path: Path) -> None:
    store = DiskStore(small_disk / "store")
    fits = os.urandom(3_000_000)
    kept = store.add_bytes(fits)
    before = sizes(small_disk)

    with pytest.raises(StoreFullError):
        store.add_bytes(os.urandom(9_000_000))

    assert sizes(small_disk) == before
    assert store.read_bytes(kept) == fits
    assert store.read_bytes(store.add_bytes(b"room for a little")) == b"room for a little"
    assert store.verify_all().ok


def test_a_retrieval_that_does_not_fit_leaves_nothing(small_disk: Path, tmp_path: Path) -> None:
    store = DiskStore(tmp_path / "store")
    cid = store.add_bytes(os.urandom(9_000_000))

    with pytest.raises(StoreFullError):
        store.get(cid, small_disk / "out")

    assert list(small_disk.iterdir()) == []


def test_a_collection_on_a_full_disk_keeps_what_is_pinned(small_disk: Path) -> None:
    store = DiskStore(small_disk / "store")
    shared = os.urandom(2_500_000)
    kept = store.add_bytes(shared + b"kept")
    store.unpin(store.add_bytes(shared + b"gone"))
    dropped = store.add_bytes(os.urandom(3_000_000))
    store.unpin(dropped)
    (small_disk / "ballast").write_bytes(bytes(8_000_000 - sum(sizes(small_disk).values())))

    store.gc()

    assert store.read_bytes(kept) == shared + b"kept"
    assert not store.has(dropped)
    assert store.verify_all().ok


def test_a_folder_without_permission_is_a_clear_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")

    with pytest.raises(Exception, match="cannot use"):
        DiskStore(blocked)
