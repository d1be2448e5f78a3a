"""Processes that are killed (SIGKILL) at any point leave nothing, or everything."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assay.store.disk import DiskStore

ADDING = """
import sys
from pathlib import Path
from assay.store.disk import DiskStore
store = DiskStore(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    for path in sorted(Path(sys.argv[2]).iterdir()):
        cid = store.add(path)
        print(cid, flush=True)
        if path.name.startswith("drop"):
            store.unpin(cid)
    store.gc()
"""


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "inputs"
    (folder / "keep-folder").mkdir(parents=True)
    for index in range(5):
        (folder / "keep-folder" / str(index)).write_bytes(os.urandom(40_000 * index))
    (folder / "drop-big").write_bytes(os.urandom(30_000_000))
    (folder / "keep-big").write_bytes(os.urandom(10_000_000))
    (folder / "keep-small").write_bytes(b"small")
    return folder


def test_a_store_whose_writers_are_killed_again_and_again_stays_right(
    tmp_path: Path, inputs: Path
) -> None:
    chance = random.Random(7)
    folder = tmp_path / "store"
    finished: set[str] = set()

    for _ in range(20):
        process = subprocess.Popen(
            [sys.executable, "-c", ADDING, str(folder), str(inputs)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.25))
        process.send_signal(signal.SIGKILL)
        finished.update(process.stdout.read().split())
        process.wait()

        store = DiskStore(folder)
        found = store.verify_all()
        assert found.ok, found.faults
        assert list((folder / "incoming").iterdir()) == []
        for pin in store.pins():
            assert store.verify(pin).ok
    assert finished

    store = DiskStore(folder)
    keepers = [store.add(path) for path in inputs.iterdir() if path.name.startswith("keep")]
    for pin in set(store.pins()) - set(keepers):
        store.unpin(pin)
    store.gc()
    assert {str(pin) for pin in store.pins()} == {str(cid) for cid in keepers}
    assert store.verify_all().ok


def test_a_killed_retrieval_goes_on_where_it_stopped(tmp_path: Path) -> None:
    data = os.urandom(60_000_000)
    store = DiskStore(tmp_path / "store")
    cid = store.add_bytes(data)
    script = (
        "import sys; from pathlib import Path; from assay.core.cid import Cid;"
        "from assay.store.disk import DiskStore; print('ready', flush=True);"
        "DiskStore(Path(sys.argv[1])).get(Cid.parse(sys.argv[2]), Path(sys.argv[3]))"
    )
    out = tmp_path / "out"
    for delay_s in (0.005, 0.01, 0.02, 0.03):
        process = subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path / "store"), str(cid), str(out)],
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(delay_s)
        process.kill()
        process.communicate()
        assert not out.exists() or out.read_bytes() == data

    store.get(cid, out)

    assert out.read_bytes() == data
    assert not list(tmp_path.glob(".out.*"))
