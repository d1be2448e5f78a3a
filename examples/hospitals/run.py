"""Ten hospitals train one model without showing each other a record; three of them mean harm.

    python examples/hospitals/run.py [--home FOLDER] [--rounds N]

Starts a chain of its own in a temporary folder (or takes --home), opens a task, trains, pays,
checks every round once more, and traces the model that came of it.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
import time
from pathlib import Path

import structlog
from baselines import centralised, federated
from hostile import EQUIVOCATOR, HOSTILE, around, duty
from records import HOSPITALS, SEED, VALIDATORS, WIDTHS, split, write_consortium
from rich.console import Console
from rich.table import Table

import assay
from assay.bootstrap.consortium import Members, Watch
from assay.client import Client
from assay.client.training import Durations, TaskOffer
from assay.core.amount import format_amount
from assay.training.compression.encoding import Encoding, Encodings
from assay.training.learning.perceptron import Perceptron
from assay.training.plan import LocalSchedule

BUDGET, STAKE = "1000", "50"
ROUNDS = 8
SCHEDULE = LocalSchedule(epochs=5, batch=16, rate_micro=20_000)
KEPT = Encoding(kept_basis_points=2500, bits=8)


def main() -> None:
    """Run it all."""
    arguments = _arguments()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    console = Console()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hospitals-") as folder:
        home = arguments.home or Path(folder) / "home"
        password = "hospitals"  # of throw-away accounts on a chain of its own
        with assay.connect(home=home, account_password=password) as client:
            _run(client, Path(folder), arguments.rounds, console)
    console.print(f"{time.monotonic() - started:.0f} s in all.", style="dim")


def _run(client: Client, folder: Path, rounds: int, console: Console) -> None:
    found = split()
    consortium = write_consortium(found, folder)
    for name in (client.settings.account, *HOSPITALS, *VALIDATORS):
        _fund(client, name)
    offer = TaskOffer(
        widths=WIDTHS,
        seed=SEED,
        rounds=rounds,
        budget=BUDGET,
        stake=STAKE,
        minimum_nodes=5,
        data="30 measurements of a biopsy, scaled; 0 malignant, 1 benign.",
        schedule=SCHEDULE,
        encodings=Encodings(up=KEPT, down=KEPT),
        durations=Durations(commit_s=120, reveal_s=120, certify_s=120),
    )
    opened = client.training.open(offer)
    number = opened.task.id
    console.print(f"Task {number}: {rounds} rounds, {BUDGET} ASSAY, stake {STAKE} each.")
    members = Members(around=around, duty=duty)
    client.training.run_here(number, consortium, Watch(_Told(console)), members=members)

    task = client.training.show(number)
    model = client.training.newest_model(number)
    accuracy = Perceptron(WIDTHS).evaluate(model, found.test).accuracy
    table = Table(title=f"Right on {len(found.test)} biopsies that nobody trained on, in percent")
    table.add_column("trained")
    table.add_column("accuracy", justify="right")
    plan = opened.plan
    for name, value in (
        ("together, by the committee, 3 of 10 hostile", accuracy),
        ("all records in one place", centralised(found, plan, rounds)),
        ("FedAvg, nobody hostile", federated(found, plan, rounds, attacked=False)),
        ("FedAvg, the same 3 hostile", federated(found, plan, rounds, attacked=True)),
    ):
        table.add_row(name, f"{100 * value:.1f}")
    console.print(table)

    claims = client.training.claim(number)
    paid = sum(claim.paid for claim in claims)
    for claim in claims:
        console.print(f"  {_name(client, claim.node):<12} {_assay(client, claim.paid):>14} ASSAY")
    console.print(f"Paid {_assay(client, paid)} of {_assay(client, task.terms.budget)} ASSAY.")
    assert paid == task.terms.budget, "rewards sum to the budget, to the unit"

    slashed = [slash.member for slash in client.training.slashes(number)]
    console.print(f"Slashed: {', '.join(_name(client, one) for one in slashed) or 'nobody'}.")
    assert slashed == [client.accounts.address(EQUIVOCATOR)]

    checks = client.training.verify(number)
    console.print(f"Done again: {sum(check.ok for check in checks)} of {len(checks)} rounds.")
    asset = client.training.export(number).asset.asset_id
    lineage = client.trace(asset.hex)
    ticks = sum(link.ok for link in lineage.links)
    known = {node.id for node in lineage.nodes}
    behind = sum(f"data:{data.digest.hex}" in known for data in found.hospitals.values())
    console.print(
        f"Traced: {ticks} of {len(lineage.links)} links hold, to {behind} sets of records."
    )
    assert all(check.ok for check in checks)
    assert lineage.verified


class _Told:
    """Prints a line for each round."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def seen(self, place: object, step: str, done: int, total: int) -> None:
        """Steps are too many to print."""

    def left_out(self, place: object, node: str, reason: str) -> None:
        """The finished round says how many."""

    def finished(self, place: object, model: object, measured: object) -> None:  # noqa: ARG002
        """A round has a result."""
        accepted, rejected = len(model.accepted), len(model.rejected)
        self._console.print(f"  round {place.round}: {accepted} accepted, {rejected} left out")


def _fund(client: Client, name: str) -> None:
    if name not in client.accounts.names():
        client.accounts.create(name, client.settings.account_password.get_secret_value())
    workspace, address = client.workspace, client.accounts.address(name)
    sender = workspace.sender("local-0")
    sender.transact(workspace.deployment.token, "transfer", address, 1000 * 10**6)
    sender.wait(sender.send(address, value=10**18))


def _name(client: Client, address: str) -> str:
    names = {client.accounts.address(name): name for name in (*HOSPITALS, *VALIDATORS)}
    name = names.get(address, address)
    return f"{name} ({HOSTILE[name]})" if name in HOSTILE else name


def _assay(client: Client, units: int) -> str:
    return format_amount(units, decimals=client.workspace.token_decimals)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--home", type=Path, help="keep chain and store here")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
