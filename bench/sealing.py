"""What sealing costs beside a plain add to the same store, and beside the cipher alone.

    python bench/sealing.py                 a table, 1 GB, 3 rounds
    python bench/sealing.py --json          {"seal_over_add": ..., "open_over_get": ..., ...}

Sealing reads the file twice: once for the asset's id, once to encrypt. Opening decrypts, writes,
flushes and checks the plain digest. Rounds alternate, the median counts.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assay.core.content_key import ContentKey
from assay.core.digest import Digest
from assay.store.disk import DiskStore
from assay.store.envelope import Kind, seal
from assay.store.sealing import measure, open_into, seal_into

PIECE_BYTES = 1 << 20
GOAL = 0.5


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = compare(Path(folder), options.megabytes, options.rounds)
    if options.json:
        print(json.dumps(result))
    else:
        show(result)


def compare(folder: Path, megabytes: int, rounds: int) -> dict[str, float]:
    """Megabytes a second of each, and their ratios."""
    source = folder / "source"
    with source.open("wb") as file:
        for _ in range(megabytes):
            file.write(os.urandom(PIECE_BYTES))
    key = ContentKey.random()
    times: dict[str, list[float]] = {}
    for number in range(rounds):
        place = folder / f"round-{number}"
        place.mkdir()
        for name, seconds in one_round(place, source, megabytes, key).items():
            times.setdefault(name, []).append(seconds)
        shutil.rmtree(place)
    speed = {name: megabytes / statistics.median(values) for name, values in times.items()}
    return {
        **{f"{name}_mb_s": round(value, 1) for name, value in speed.items()},
        "seal_over_add": round(speed["seal"] / speed["add"], 3),
        "open_over_get": round(speed["open"] / speed["get"], 3),
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def one_round(folder: Path, source: Path, megabytes: int, key: ContentKey) -> dict[str, float]:
    """Seconds of each step."""
    store = DiskStore(folder / "store")
    plain = measure(source)
    seconds = {
        "add": timed(lambda: store.add(source)),
        "seal": timed(lambda: seal_into(store, source, measure(source), key)),
        "cipher": timed(lambda: encrypt(megabytes, key)),
    }
    added, sealed = store.add(source), seal_into(store, source, plain, key)
    seconds["get"] = timed(lambda: store.get(added, folder / "got"))
    seconds["open"] = timed(lambda: open_into(store, sealed, plain, key, folder / "opened"))
    return seconds


def encrypt(megabytes: int, key: ContentKey) -> None:
    """The envelope alone, in memory."""
    piece = bytes(PIECE_BYTES)
    asset = Digest.of(b"")
    for _ in seal((piece for _ in range(megabytes)), key, asset, Kind.FILE):
        pass


def timed(step: Callable[[], object]) -> float:
    """Seconds that it takes."""
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


def show(result: dict[str, float]) -> None:
    """The table for people."""
    table = Table("what", "MB/s", title="Sealed assets")
    for name, meaning in {
        "add": "plain add to the store",
        "seal": "measure and seal into the store",
        "cipher": "envelope alone, in memory",
        "get": "plain get, verified",
        "open": "open, verified",
    }.items():
        table.add_row(meaning, f"{result[f'{name}_mb_s']:.0f}")
    console = Console()
    console.print(table)
    for name in ("seal_over_add", "open_over_get"):
        verdict = "reached" if result[name] >= GOAL else "missed"
        console.print(f"{name} {result[name]:.2f} (goal {GOAL}, {verdict})")
    console.print(f"peak memory {result['peak_megabytes']:.0f} MB")


if __name__ == "__main__":
    main()
