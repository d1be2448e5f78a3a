"""How long a user waits before a command begins its work, beside bare imports in the same run.

    python bench/startup.py                 a table, 5 rounds
    python bench/startup.py --json          {"help_seconds": ..., "import_seconds": ..., ...}
    python bench/startup.py --rounds 9

Every figure is wall time, measured from outside: from just before a process is started until it has
ended. `second_demo_start_seconds` is the exception: it ends when `assay demo`, on the home of an
earlier whole demo, prints the time of its first step, that is when the node has its old state, and
every contract's code was verified. The demo is then interrupted. Rounds alternate between the
rows; the median counts.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

ASSAY = (sys.executable, "-m", "assay.cli.main")
STEP_ENDS = re.compile(rb"\s+\d+\.\d\d s\s")
GOALS = {"help_seconds": 1.0, "import_seconds": 0.5, "second_demo_start_seconds": 3.0}


def whole_run(command: tuple[str, ...], home: Path) -> float:
    """Seconds until the process has ended."""
    began = time.perf_counter()
    subprocess.run(command, env=environment(home), capture_output=True, check=True)
    return time.perf_counter() - began


def demo_start(home: Path) -> float:
    """Seconds until the demo's first step is done; the rest of it is not run."""
    began = time.perf_counter()
    with subprocess.Popen([*ASSAY, "demo"], env=environment(home), stdout=subprocess.PIPE) as demo:
        assert demo.stdout is not None
        try:
            seconds = next(
                time.perf_counter() - began for line in demo.stdout if STEP_ENDS.fullmatch(line)
            )
        finally:
            demo.send_signal(signal.SIGINT)
            demo.stdout.read()
    return seconds


def environment(home: Path) -> dict[str, str]:
    """The caller's, with a home of our own and no setting of theirs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSAY_")}
    return {**kept, "ASSAY_HOME": str(home)}


def rows(home: Path, small_file: Path) -> Iterator[tuple[str, str, Callable[[], float]]]:
    """Key, title and measurement of every row; ours first, then what they stand beside."""
    commands = {
        "help_seconds": ("--help",),
        "store_add_seconds": ("store", "add", str(small_file)),
        "account_list_seconds": ("account", "list"),
        "asset_list_seconds": ("asset", "list"),
        "trace_seconds": ("trace", str(next((home / "demo").glob("text-*.txt")))),
    }
    yield "import_seconds", "import assay", partial(whole_run, imports("assay"), home)
    for key, arguments in commands.items():
        title = "assay " + " ".join(Path(argument).name for argument in arguments)
        yield key, title, partial(whole_run, (*ASSAY, *arguments), home)
    yield "second_demo_start_seconds", "assay demo, again, to step 2", partial(demo_start, home)
    for module in ("fastapi", "sqlalchemy", "eth_account", "web3"):
        title = f"import {module}"
        yield f"import_{module}_seconds", title, partial(whole_run, imports(module), home)
    bare = (sys.executable, "-c", "pass")
    yield "python_seconds", "python -c pass", partial(whole_run, bare, home)


def imports(module: str) -> tuple[str, ...]:
    """A program that imports one module."""
    return (sys.executable, "-c", f"import {module}")


def measure(rounds: int) -> tuple[dict[str, float], dict[str, str]]:
    """The median of each row in seconds, and the rows' titles."""
    with tempfile.TemporaryDirectory(prefix="assay-startup-") as folder:
        home, small_file = Path(folder) / "home", Path(folder) / "small.txt"
        small_file.write_text("small\n")
        first_demo = whole_run((*ASSAY, "demo", "--json"), home)
        measured = list(rows(home, small_file))
        seconds: dict[str, list[float]] = {key: [] for key, _, _ in measured}
        for _ in range(rounds):
            for key, _, run in measured:
                seconds[key].append(run())
    medians = {key: round(statistics.median(found), 3) for key, found in seconds.items()}
    titles = {key: title for key, title, _ in measured}
    return {**medians, "first_demo_seconds": round(first_demo, 1)}, titles


def main() -> None:
    """Measure, print, and fail if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one flat JSON object")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    seconds, titles = measure(options.rounds)
    if options.json:
        print(json.dumps(seconds))
    else:
        table = Table("What", "Seconds", "Goal", title=f"Start, medians of {options.rounds}")
        for key, title in titles.items():
            goal = f"< {GOALS[key]:g}" if key in GOALS else ""
            table.add_row(title, f"{seconds[key]:.2f}", goal)
        Console().print(table)
    sys.exit(any(seconds[key] >= goal for key, goal in GOALS.items()))


if __name__ == "__main__":
    main()
