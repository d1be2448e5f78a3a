"""What metering by vouchers costs an HTTP endpoint, beside the same endpoint bare and the SDK's.

    python bench/metering.py             a table for 1, 8 and 64 clients
    python bench/metering.py --json      {"metered_over_unmetered": ..., "p99_added_ms": ..., ...}
    python bench/metering.py --seconds 5 --rounds 5

Real uvicorn processes, one worker each, on one core; the load comes from another process on another
core, with vouchers that were signed before. Ours answers once the charge is on the disk; the SDK's
middleware keeps its channels in memory. Servers take turns, and the median of the rounds counts.

`metered_over_unmetered` is the smallest of the three ratios of throughput, as callers have it who
use httpx, like the clients of x402. `saturated_over_unmetered` is the same for callers that cost
nothing, so that the server's core is the limit: there an endpoint that does nothing is compared
with a signature check and a database. `p99_added_ms` is the largest difference of the 99th
percentiles of latency, both servers at half of the rate that the metered one can serve.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).parent
CLIENTS = (1, 8, 64)
RATIO_GOAL, ADDED_GOAL_MS = 0.7, 5.0
MOST_PER_SECOND = {"plain": 12_000, "assay": 6_000, "sdk": 1_500}
_OURS = ("plain", "assay")


@contextmanager
def serving(mode: str, salt: int, clients: int) -> Iterator[int]:
    """A server process on the first core; its port."""
    with tempfile.TemporaryDirectory(prefix="assay-metering-") as folder:
        command = [sys.executable, "-m", "load.endpoint", mode, str(salt), str(clients), folder]
        server = subprocess.Popen(
            command,
            cwd=HERE,
            stdout=subprocess.PIPE,
            preexec_fn=lambda: _stay_on(0),  # noqa: PLW1509
        )
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.kill()
            server.wait()
            server.stdout.close()


def measure(
    mode: str, clients: int, seconds: float, *, rate: float | None = None, bare: bool = False
) -> dict[str, float]:
    """One run of a server and its load."""
    salt = time.time_ns()
    with serving(mode, salt, clients) as port:
        order = {
            "port": port,
            "paid": mode != "plain",
            "clients": clients,
            "seconds": seconds,
            "salt": salt,
            "rate": rate,
            "bare": bare,
            "most_per_second": MOST_PER_SECOND[mode],
        }
        ended = subprocess.run(
            [sys.executable, "-m", "load.requests", json.dumps(order)],
            cwd=HERE,
            stdout=subprocess.PIPE,
            check=True,
            preexec_fn=lambda: _stay_on(-1),
        )
    figures: dict[str, float] = json.loads(ended.stdout)
    return figures


def _stay_on(place: int) -> None:
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[place]})


def figures_for(clients: int, options: argparse.Namespace) -> dict[str, Any]:
    """All servers with so many clients."""
    rounds = [
        {mode: measure(mode, clients, options.seconds) for mode in MOST_PER_SECOND}
        for _ in range(options.rounds)
    ]
    rates = {
        mode: statistics.median(each[mode]["per_second"] for each in rounds)
        for mode in MOST_PER_SECOND
    }
    half = rates["assay"] / 2
    at_half = [
        {mode: measure(mode, clients, options.seconds, rate=half) for mode in _OURS}
        for _ in range(options.rounds)
    ]
    p99 = {mode: statistics.median(each[mode]["p99_ms"] for each in at_half) for mode in _OURS}
    saturated = [
        {mode: measure(mode, clients, options.seconds, bare=True) for mode in _OURS}
        for _ in range(options.rounds)
    ]
    return {
        "clients": clients,
        "unmetered_per_second": rates["plain"],
        "metered_per_second": rates["assay"],
        "sdk_per_second": rates["sdk"],
        "metered_over_unmetered": statistics.median(
            each["assay"]["per_second"] / each["plain"]["per_second"] for each in rounds
        ),
        "saturated_over_unmetered": statistics.median(
            each["assay"]["per_second"] / each["plain"]["per_second"] for each in saturated
        ),
        "sdk_over_unmetered": rates["sdk"] / rates["plain"],
        "p99_unmetered_ms": p99["plain"],
        "p99_metered_ms": p99["assay"],
        "p99_added_ms": p99["assay"] - p99["plain"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, nargs="+", default=CLIENTS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    lines = [figures_for(clients, options) for clients in options.clients]
    ratio = min(line["metered_over_unmetered"] for line in lines)
    added = max(line["p99_added_ms"] for line in lines)
    if options.json:
        saturated = min(line["saturated_over_unmetered"] for line in lines)
        figures = {
            "metered_over_unmetered": ratio,
            "p99_added_ms": added,
            "saturated_over_unmetered": saturated,
            "clients": lines,
        }
        print(json.dumps(figures, indent=1))
    else:
        _print(lines, ratio, added)
    sys.exit(0 if ratio >= RATIO_GOAL and added < ADDED_GOAL_MS else 1)


def _print(lines: list[dict[str, Any]], ratio: float, added: float) -> None:
    names = ("bare", "Assay", "SDK", "Assay / bare", "saturated", "SDK / bare", "p99 added")
    table = Table("Clients", *names)
    for line in lines:
        table.add_row(
            str(line["clients"]),
            f"{line['unmetered_per_second']:,.0f}/s",
            f"{line['metered_per_second']:,.0f}/s",
            f"{line['sdk_per_second']:,.0f}/s",
            f"{line['metered_over_unmetered']:.2f}",
            f"{line['saturated_over_unmetered']:.2f}",
            f"{line['sdk_over_unmetered']:.2f}",
            f"{line['p99_added_ms']:.2f} ms",
        )
    console = Console()
    console.print(table)
    console.print(
        f"least ratio {ratio:.2f} (goal {RATIO_GOAL}), most added {added:.2f} ms (goal 5)"
    )


if __name__ == "__main__":
    main()
