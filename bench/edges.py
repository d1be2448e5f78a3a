"""What edges save at the root: the same leaves as members of their own, and behind edges.

    python bench/edges.py [--json] [--leaves 20] [--edges 4] [--rounds 5]

Two tasks, each on a chain of its own, with the same model, plan and records (digits of scikit-learn
in even shares), the rule `mean` and the default encodings: each part is a member once, and once
each edge has its share of them as leaves. Bytes are those of the rounds' records: what members send
to the committee and are sent. Gas is that of commitments and openings. What passes between edge and
leaf stays in the edge's network; `leaf_bytes` is an update there, dense.
"""

from __future__ import annotations

import argparse
import json

from rich.console import Console
from rich.table import Table

from assay.client.training_checks import certified_rounds
from assay.training.compression.encoding import EXACT
from assay.training.compression.wire import encode
from assay.training.learning.perceptron import Perceptron
from federated.consortia import WIDTHS, accounts, client_on_a_chain, members_gas, run, shared_out

Figures = dict[str, float]


def main() -> None:
    """Measure, and print a table or one flat JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--leaves", type=int, default=20)
    parser.add_argument("--edges", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    found = {
        "flat": measured(arguments.leaves, arguments.leaves, arguments.rounds),
        "edges": measured(arguments.edges, arguments.leaves, arguments.rounds),
    }
    model = Perceptron(WIDTHS).initial(seed=1).vector()
    figures = {
        "leaves": arguments.leaves,
        "edges": arguments.edges,
        "rounds": arguments.rounds,
        **{f"{way}_{name}": value for way, one in found.items() for name, value in one.items()},
        **{
            f"{name}_saving_percent": round(100 * (1 - found["edges"][name] / value), 1)
            for name, value in found["flat"].items()
            if name != "accuracy_percent"
        },
        "leaf_bytes": len(encode(model, EXACT)),
    }
    if arguments.json:
        print(json.dumps(figures))
        return
    table = Table("a round at the root", "flat", "edges")
    for name, value in found["flat"].items():
        table.add_row(name, f"{value:,}", f"{found['edges'][name]:,}")
    Console().print(table)


def measured(members: int, parts: int, rounds: int) -> Figures:
    """Of a round, as the root sees it."""
    with client_on_a_chain() as (client, folder):
        names = accounts(client, members)
        held_out, files = shared_out(folder, parts)
        task, noted = run(client, folder, names, files, held_out, rounds=rounds, rule="mean")
        records = certified_rounds(client.workspace, task)
        assert len(records) == rounds, f"{len(records)} of {rounds} rounds have a result"
        assert all(len(record.accepted) == members for record in records)
        return {
            "bytes_up": round(sum(record.bytes_up for record in records) / rounds),
            "bytes_down": round(sum(record.bytes_down for record in records) / rounds),
            "gas": round(members_gas(client) / rounds),
            "accuracy_percent": round(100 * noted.accuracy, 2),
        }


if __name__ == "__main__":
    main()
