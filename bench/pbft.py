"""How fast a committee decides, and by how many messages, beside what PBFT's formulas say.

    python bench/pbft.py           a table
    python bench/pbft.py --json    {"decisions_per_second_4": ..., "formula_messages_4": ..., ...}

Simulated network: all validators on one core, with real keys, every message through its bytes and
every signature checked by each receiver; no disk. Processes: four validators on loopback, HTTP
between them, each vote synced to the disk. No Python package that implements PBFT was found on
PyPI to put beside it; instead: the messages that the protocol needs, 2n(n-1), and the decisions a
second that one core could make if it did nothing but sign and recover for those messages.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

import httpx
from eth_utils.crypto import keccak
from rich.console import Console
from rich.table import Table

from assay.chain.account import Account
from assay.training.committee.core import Timing
from assay.training.committee.scenario import Scenario
from assay.training.committee.signing import verify_afresh
from assay.training.committee.simulation import Simulation

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.integration.training.committee.scene import Scene
from tests.integration.training.committee.validator_process import DOMAIN

SIZES = (4, 7, 13)
NORMAL_CASE = ("PrePrepare", "Prepare", "Commit")
CURVE_OPERATIONS = 1000
LONGEST_S = 300.0
_TITLES = {4: "n = 4, f = 1", 7: "n = 7, f = 2", 13: "n = 13, f = 4"}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--decisions", type=int, default=40, help="of each simulated committee")
    parser.add_argument("--rounds", type=int, default=3, help="of which the median counts")
    parser.add_argument("--process-decisions", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures: dict[str, float] = {}
    for size in SIZES:
        measured = [simulated(size, options.decisions) for _ in range(options.rounds)]
        for key in measured[0]:
            figures[f"{key}_{size}"] = round(statistics.median(one[key] for one in measured), 1)
    figures |= processes(options.process_decisions)
    if options.json:
        print(json.dumps(figures))
    else:
        show(figures)


def simulated(size: int, decisions: int) -> dict[str, float]:
    """Decisions a second of processor time, and messages a decision, on a simulated network."""
    keys = [Account(keccak(text=f"validator {index}")) for index in range(size)]
    timing = Timing(1.0, 16.0, 0.5, 4)
    simulation = Simulation(
        Scenario(size, decisions, seed=size, timing=timing), keys=keys, verify=verify_afresh
    )
    started = time.process_time()
    simulation.run()
    seconds = time.process_time() - started
    assert simulation.finished
    assert simulation.rejected == 0
    normal = sum(simulation.sent[kind] for kind in NORMAL_CASE)
    return {
        "decisions_per_second": decisions / seconds,
        "messages_per_decision": normal / decisions,
        "all_messages_per_decision": simulation.sent.total() / decisions,
        "formula_messages": 2 * size * (size - 1),
        "signatures_alone_per_second": 1 / curve_seconds(size, keys[0]),
    }


def curve_seconds(size: int, key: Account) -> float:
    """Processor time of a decision's signatures: 2n are made, and 2n(n-1) are recovered."""
    digests = [keccak(text=str(number)) for number in range(CURVE_OPERATIONS)]
    started = time.process_time()
    signatures = [key.sign_digest(digest) for digest in digests]
    signed = time.process_time()
    for digest, signature in zip(digests, signatures, strict=True):
        assert verify_afresh(key.address, digest, signature)
    recovered = time.process_time()
    sign_s, recover_s = signed - started, recovered - signed
    return (2 * size * sign_s + 2 * size * (size - 1) * recover_s) / CURVE_OPERATIONS


def processes(decisions: int) -> dict[str, float]:
    """Decisions a second of four real validators, and the processor time that one takes of all."""
    with tempfile.TemporaryDirectory(prefix="assay-pbft-") as folder:
        scene = Scene(Path(folder) / "scene", chain=None, inputs=None, last=decisions + 1)
        try:
            for index in range(scene.size):
                scene.start(index)
            first, first_s, first_processor_s = when(scene, 1)
            last, last_s, last_processor_s = when(scene, decisions + 1)
        finally:
            scene.close()
    count, processor_s = last - first, last_processor_s - first_processor_s
    return {
        "decisions_per_second_4_processes": round(count / (last_s - first_s), 1),
        "processor_ms_per_decision_4_processes": round(1000 * processor_s / count, 1),
    }


def when(scene: Scene, round_: int) -> tuple[int, float, float]:
    """The round decided when the first validator was seen to be as far as asked, and when."""
    url = f"{scene.urls[0]}/tasks/{DOMAIN.task}/status"
    deadline = time.monotonic() + LONGEST_S
    while time.monotonic() < deadline:
        try:
            decided = httpx.get(url, trust_env=False).json()["decided"]
        except (httpx.HTTPError, ValueError):
            decided = 0
        if decided >= round_:
            return decided, time.monotonic(), scene.processor_s()
        time.sleep(0.02)
    raise SystemExit(f"The validators did not decide round {round_}:\n{scene}")


def show(figures: dict[str, float]) -> None:
    """A table."""
    table = Table("committee", "decisions/s", "signatures alone/s", "messages", "formula", "all")
    for size in SIZES:
        keys = (
            "decisions_per_second",
            "signatures_alone_per_second",
            "messages_per_decision",
            "formula_messages",
            "all_messages_per_decision",
        )
        table.add_row(_TITLES[size], *(f"{figures[f'{key}_{size}']:,.1f}" for key in keys))
    table.add_row("n = 4, processes", f"{figures['decisions_per_second_4_processes']:,.1f}")
    processor_ms = figures["processor_ms_per_decision_4_processes"]
    table.caption = (
        "Messages are by decision; all: with checkpoints and requests for decisions.\n"
        f"A decision takes {processor_ms} ms of processor time of the four processes together."
    )
    Console().print(table)


if __name__ == "__main__":
    main()
