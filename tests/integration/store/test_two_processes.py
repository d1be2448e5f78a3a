"""Several processes on one store folder: additions and collections at the same time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assay.core.cid import Cid
from assay.store.disk import DiskStore

WRITING = """
import os, sys
from pathlib import Path
from assay.store.disk import DiskStore
store = DiskStore(Path(sys.argv[1]))
shared = Path(sys.argv[2]).read_bytes()
for round in range(int(sys.argv[4])):
    kept = shared + f"{sys.argv[3]} {round}".encode()
    dropped = shared + f"dropped {sys.argv[3]} {round}".encode()
    store.unpin(store.add_bytes(dropped))
    cid = store.add_bytes(kept)
    assert store.read_bytes(cid) == kept
    small = store.add_bytes(f"{sys.argv[3]} {round}".encode())
    print(cid, small, flush=True)
"""
COLLECTING = """
import sys
from pathlib import Path
from assay.store.disk import DiskStore
store = DiskStore(Path(sys.argv[1]))
for _ in range(int(sys.argv[2])):
    store.gc()
"""


def start(script: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_collections_beside_additions_never_take_what_was_added(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.write_bytes(os.urandom(600_000))
    folder = str(tmp_path / "store")
    writers = [start(WRITING, folder, str(shared), str(number), "25") for number in range(2)]
    collector = start(COLLECTING, folder, "40")

    outputs = [process.communicate(timeout=120) for process in (*writers, collector)]

    assert [errors for _, errors in outputs] == ["", "", ""]
    store = DiskStore(Path(folder))
    added = [Cid.parse(word) for out, _ in outputs for word in out.split()]
    assert len(added) == 100
    assert all(store.verify(cid).ok for cid in added)
    store.gc()
    assert set(store.pins()) == set(added)
    assert store.verify_all().ok


def test_two_processes_may_write_the_same_content_to_the_same_place(tmp_path: Path) -> None:
    data = os.urandom(30_000_000)
    cid = DiskStore(tmp_path / "store").add_bytes(data)
    script = (
        "import sys; from pathlib import Path; from assay.core.cid import Cid;"
        "from assay.store.disk import DiskStore;"
        "DiskStore(Path(sys.argv[1])).get(Cid.parse(sys.argv[2]), Path(sys.argv[3]))"
    )
    arguments = (str(tmp_path / "store"), str(cid), str(tmp_path / "out"))
    processes = [start(script, *arguments) for _ in range(3)]

    outputs = [process.communicate(timeout=60) for process in processes]

    assert [errors for _, errors in outputs] == ["", "", ""]
    assert (tmp_path / "out").read_bytes() == data


@pytest.mark.parametrize("size", [10, 600_000])
def test_threads_share_a_store(tmp_path: Path, size: int) -> None:
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - for this test alone

    store = DiskStore(tmp_path / "store")
    contents = [os.urandom(size) for _ in range(30)]

    with ThreadPoolExecutor(8) as threads:
        cids = list(threads.map(store.add_bytes, contents))
        list(threads.map(lambda _number: store.gc(), range(3)))
        found = list(threads.map(store.read_bytes, cids))

    assert found == contents
    assert store.verify_all().ok
