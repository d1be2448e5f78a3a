"""Kills of all but the buyers under paid calls: every figure is equal.

`python bench/faults.py --postgres` does the same with 50 kills and 10,000 calls.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench" / "faults.py"
KILLS = 20
CALLS = 3_000
SEED = 1
"""With it, every kind is among the first kills."""


@pytest.mark.usefixtures("postgres_url")  # a Postgres of its own is started: skipped without one
def test_nothing_is_lost_or_charged_twice_whatever_is_killed() -> None:
    command = [sys.executable, str(BENCH), "--postgres", "--json"]
    options = ["--kills", str(KILLS), "--calls", str(CALLS), "--seed", str(SEED)]

    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)

    assert done.stdout, done.stderr[-4000:]
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["kills"] == KILLS
    assert set(figures["killed"]) == {"service", "settle", "node", "keeper", "database"}
    assert figures["calls_served"] == figures["calls_paid"] == figures["records"] >= CALLS
    assert figures["calls_lost"] == 0
    assert figures["units_served"] == figures["units_claimed"] == figures["units_received"]
    assert figures["equal"]
    assert done.returncode == 0
