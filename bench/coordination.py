"""How long a round takes over a network, and what the chain and the committee add to it.

    python bench/coordination.py [--json] [--nodes 10] [--rounds 4] [--no-stock]

Every node is a process, on loopback; all train the same model (70,346 parameters) on a share of
scikit-learn's digits for an epoch, and measure the new one, in plain federated averaging.
`stock_round_s` is with Flower's own programs, `round_s` with nodes that stay ready; `parts` say
where the time of a `train` message goes, at the median node; `cpu_s` is processor time of all
processes, which other programs on the machine change little.
"""

from __future__ import annotations

import argparse
import json
import os

from rich.console import Console
from rich.table import Table

from federated.flower_processes import ready, stock

PARTS = {
    "wait_for_process": "until a process is started for it",
    "delivery": "from there, or from sending, until the app is called",
    "training": "training",
    "reply": "until the server has all replies",
    "all": "a train message, in all",
}

ROWS = {"round": "a round (train and evaluate)", "cpu": "processor time of a round", **PARTS}


def measure(nodes: int, rounds: int, with_stock: bool) -> dict[str, float]:
    """Seconds, medians over the rounds."""
    runs = {"": ready(nodes, rounds)}
    if with_stock:
        runs["stock_"] = stock(nodes, rounds)
    figures: dict[str, float] = {"nodes": nodes, "load_1_minute": os.getloadavg()[0]}
    for prefix, run in runs.items():
        figures[f"{prefix}round_s"] = run["round_s"]
        figures[f"{prefix}cpu_s"] = run["cpu_s"]
        figures |= {f"{prefix}{name}_s": run["parts_s"][name] for name in PARTS}
    return figures


def show(figures: dict[str, float]) -> None:
    table = Table("seconds", "Flower's programs", "nodes that stay ready")
    for name, words in ROWS.items():
        cells = [figures.get(f"{prefix}{name}_s") for prefix in ("stock_", "")]
        table.add_row(words, *("" if one is None else f"{one:.2f}" for one in cells))
    Console().print(table)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--nodes", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--no-stock", action="store_true")
    options = parser.parse_args()
    figures = measure(options.nodes, options.rounds, not options.no_stock)
    if options.json:
        print(json.dumps(figures))
    else:
        show(figures)


if __name__ == "__main__":
    main()
