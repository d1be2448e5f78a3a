"""Many nodes on one machine, as `assay train run --here FILE --simulate` runs them.

    python bench/many_nodes.py [--json] [--nodes 100] [--rounds 3]

A chain, four validators and Ray's workers with all nodes: every node trains, seals, commits and
reveals on chain, and the committee certifies every round. `peak_gigabytes` is the largest sum of
the proportional set sizes (PSS) of this process and all below it, looked at every second, so that
what processes share counts once; `seconds_a_round` is the median of the rounds after the first.
"""

from __future__ import annotations

import argparse
import json
import os
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from federated.consortia import accounts, client_on_a_chain, run, shared_out

GOAL_GIGABYTES = 16


def main() -> None:
    """Measure, and print a table or one flat JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--nodes", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    figures = measured(arguments.nodes, arguments.rounds)
    if arguments.json:
        print(json.dumps(figures))
        return
    table = Table(show_header=False)
    for name, value in figures.items():
        table.add_row(name, f"{value:,.2f}" if isinstance(value, float) else str(value))
    Console().print(table)
    verdict = "reached" if figures["peak_gigabytes"] <= GOAL_GIGABYTES else "missed"
    Console().print(f"goal: {GOAL_GIGABYTES} GB, {verdict}")


def measured(nodes: int, rounds: int) -> dict[str, float]:
    """Memory in GB of 10^9 bytes, times in seconds."""
    with client_on_a_chain() as (client, folder), memory_watched() as memory:
        before = time.monotonic()
        names = accounts(client, nodes)
        held_out, parts = shared_out(folder, nodes)
        ready = time.monotonic()
        _, noted = run(client, folder, names, parts, held_out, rounds=rounds, simulated=True)
    ends = noted.ended
    assert len(ends) == rounds, f"{len(ends)} of {rounds} rounds have a result"
    gaps = [second - first for first, second in pairwise(ends)]
    steps: dict[str, list[float]] = {"train": [], "reveal": [], "certify": []}
    for number, before_s in enumerate(ends[:-1], start=2):
        times = [before_s, *(noted.steps[number, name] for name in steps)]
        for name, (first, second) in zip(steps, pairwise(times), strict=True):
            steps[name].append(second - first)
    return {
        "nodes": nodes,
        "updates_a_round": min(noted.done[number, "reveal"] for number in range(1, rounds + 1)),
        "rounds": rounds,
        "peak_gigabytes": round(memory.peak_bytes / 1e9, 2),
        "processes": memory.processes,
        "seconds_a_round": round(median(gaps), 1),
        **{f"{name}_seconds": round(median(values), 1) for name, values in steps.items()},
        "first_round_seconds": round(ends[0] - ready, 1),
        "accounts_seconds": round(ready - before, 1),
        "accuracy_percent": round(100 * noted.accuracy, 1),
        "load_1_minute": round(os.getloadavg()[0], 1),
    }


@dataclass
class Memory:
    """What this process and all below it took at most: the sum of their PSS, and how many."""

    peak_bytes: int = 0
    processes: int = 0


@contextmanager
def memory_watched() -> Generator[Memory]:
    """Look at the memory every second while the block runs."""
    found, stop = Memory(), threading.Event()

    def watch() -> None:
        while not stop.wait(1):
            family = _family(os.getpid())
            found.peak_bytes = max(found.peak_bytes, sum(map(_pss_bytes, family)))
            found.processes = max(found.processes, len(family))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        stop.set()
        thread.join()


def _family(root: int) -> list[int]:
    """A process and all below it."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended
            # The name, in brackets, may hold anything.
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
    family = [root]
    for process in family:
        family += [child for child, parent in parents.items() if parent == process]
    return family


def _pss_bytes(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended
        return 0
    return 1024 * next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    main()
