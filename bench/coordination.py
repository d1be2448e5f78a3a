"""What chain, commitments, votes and certificate add to a round of federated averaging.

    python bench/coordination.py [--json] [--nodes 10] [--rounds 6] [--epochs 20] [--stock]

In one run, on loopback, every member a process: plain federated averaging in Flower, with nodes
that stay ready; then a task as in production, with Anvil and four validators; then plain averaging
again. Both train the same (`federated.workload`). `overhead_percent` compares medians with Flower's
usual round, in which nodes train and then measure the new model: in a task of ours the committee
does. `overhead_of_training_percent` compares with rounds in which nobody measures, and counts all
scoring as coordination. `cpu_s` is processor time of all processes, which other programs on the
machine change less. `--stock` measures Flower's own programs, which start a process for each
message: not with ten nodes on a small machine.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from federated.certified_rounds import certified
from federated.flower_processes import environment, ready, stock

GOAL_PERCENT = 20
DELIVERY = {
    "wait_for_process": "until a process is started for it",
    "delivery": "from there, or from sending, until the app is called",
    "training": "training",
    "reply": "until the server has all replies",
    "all": "a train message, in all",
}
STEPS = {
    "train": "until all have trained and committed",
    "reveal": "until all have given their openings",
    "certify": "until the model is certified",
}
PLAIN = {
    "plain_round_s": "rounds_s",
    "plain_cpu_s": "cpu_s",
    "trained_only_round_s": "trained_only_s",
    "trained_only_cpu_s": "trained_only_cpu_s",
}
KINDS = ("plain", "trained_only", "certified")
Figures = dict[str, Any]


def coordination(nodes: int, rounds: int, epochs: int) -> Figures:
    """Seconds are medians over the rounds."""
    half = max(1, rounds // 2)
    plain = [ready(nodes, half, epochs)]
    with tempfile.TemporaryDirectory() as folder:
        environment(Path(folder), nodes, rounds, epochs)
        ours = certified(nodes, rounds, epochs)
    plain.append(ready(nodes, half, epochs))
    seconds = {"certified_round_s": median(ours["rounds_s"])}
    seconds |= {"certified_cpu_s": median(ours["cpu_s"])}
    for name, key in PLAIN.items():
        seconds[name] = median([time_s for run in plain for time_s in run[key]])
    added_s = seconds["certified_round_s"] - seconds["plain_round_s"]
    return {
        "nodes": nodes,
        "epochs": epochs,
        "overhead_percent": _more(seconds, "certified_round_s", "plain_round_s"),
        "overhead_of_training_percent": _more(seconds, "certified_round_s", "trained_only_round_s"),
        "cpu_overhead_percent": _more(seconds, "certified_cpu_s", "plain_cpu_s"),
        "cpu_overhead_of_training_percent": _more(seconds, "certified_cpu_s", "trained_only_cpu_s"),
        "gas_per_node_round": round(ours["gas_per_node_round"]),
        "gas_per_certificate": round(ours["gas_per_certificate"]),
        "gas_refused_per_round": round(ours["gas_refused_per_round"]),
        "gas_first_certificate": ours["gas_first_certificate"],
        **seconds,
        "added_s": added_s,
        "round_s_at_goal": 100 * max(0.0, added_s) / GOAL_PERCENT,
        "steps_s": {name: median(times) for name, times in ours["parts_s"].items()},
        "all_rounds_s": {
            "plain": [run["rounds_s"] for run in plain],
            "trained_only": [run["trained_only_s"] for run in plain],
            "certified": ours["rounds_s"],
        },
        "load_1_minute": os.getloadavg()[0],
    }


def _more(seconds: Figures, found: str, than: str) -> float:
    return round(100 * (seconds[found] / seconds[than] - 1), 1)


def delivery(nodes: int, rounds: int, epochs: int) -> Figures:
    """Where the time of a message goes, in Flower's programs and in nodes that stay ready."""
    figures: Figures = {"nodes": nodes, "epochs": epochs, "load_1_minute": os.getloadavg()[0]}
    for prefix, measured in (("", ready), ("stock_", stock)):
        run = measured(nodes, rounds, epochs)
        figures[f"{prefix}round_s"] = median(run["rounds_s"])
        figures[f"{prefix}cpu_s"] = median(run["cpu_s"])
        figures |= {f"{prefix}{name}_s": run["parts_s"][name] for name in DELIVERY}
    return figures


def show_coordination(figures: Figures) -> None:
    table = Table("a round", "averaging, measured", "averaging", "certified")
    table.add_row("seconds", *(f"{figures[f'{kind}_round_s']:.2f}" for kind in KINDS))
    used = (f"{figures[f'{kind}_cpu_s']:.2f}" for kind in KINDS)
    table.add_row("processor time of all processes", *used)
    for name, words in STEPS.items():
        table.add_row(words, "", "", f"{figures['steps_s'][name]:.2f}")
    table.add_row("gas, a node and round", "", "", f"{figures['gas_per_node_round']:,}")
    table.add_row("gas, a certificate", "", "", f"{figures['gas_per_certificate']:,}")
    console = Console()
    console.print(table)
    console.print(
        f"Coordination adds {figures['overhead_percent']} % to Flower's usual round, and "
        f"{figures['overhead_of_training_percent']} % to one in which nobody measures."
    )


def show_delivery(figures: Figures) -> None:
    rows = {"round": "a round", "cpu": "processor time of a round", **DELIVERY}
    table = Table("seconds", "Flower's programs", "nodes that stay ready")
    for name, words in rows.items():
        cells = [figures[f"{prefix}{name}_s"] for prefix in ("stock_", "")]
        table.add_row(words, *(f"{one:.2f}" for one in cells))
    Console().print(table)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--nodes", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--stock", action="store_true")
    options = parser.parse_args()
    measured, show = (
        (delivery, show_delivery) if options.stock else (coordination, show_coordination)
    )
    figures = measured(options.nodes, options.rounds, options.epochs)
    if options.json:
        print(json.dumps(figures))
    else:
        show(figures)


if __name__ == "__main__":
    main()
