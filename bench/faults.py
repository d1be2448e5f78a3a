"""Kill everything, again and again, while buyers pay by voucher; then hold every figure equal.

    python bench/faults.py                      10,000 calls, 50 kills, on SQLite
    python bench/faults.py --postgres           on a Postgres server of its own, killed as well
    python bench/faults.py --calls 500 --kills 5
    python bench/faults.py --json               {"kills", "calls_served", "calls_paid", ...}

Real processes: a node and its keeper, two services and a settlement worker on one database, and a
process of buyers with many channels at once. One of them, never the buyers, is killed with SIGKILL
at a random moment. At the end the worker settles what is due, and what the buyers count, what the
provider's book says, what the contract paid out and what the token moved are compared, to the unit.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select

from assay.ledger.database import reading
from assay.market.channels.tables import vouchers
from assay.market.tables import calls

sys.path.insert(0, str(Path(__file__).parents[1]))

from load.town import MODEL, PRICE, Town, running_town
from tests.database_servers import PostgresServer

ACCOUNTS = ["local-4", "local-5"]
CHANNELS = 4  # of each account, all at once
DEPOSIT = 10_000 * PRICE
HERE = Path(__file__).parent


def main() -> None:
    options = _options()
    console = Console(stderr=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="assay-faults-")))
        database = stack.enter_context(_postgres()) if options.postgres else None
        tokens = dict.fromkeys(ACCOUNTS, CHANNELS * DEPOSIT)
        town = stack.enter_context(running_town(folder, database and database.url, tokens))
        killed, served, seconds = _trouble(town, options, console, database)
        figures = _figures(town, served) | {
            "kills": killed.total(),
            "killed": dict(killed),
            "seconds": round(seconds, 1),
        }
    if options.json:
        print(json.dumps(figures))
    else:
        _print(figures)
    sys.exit(0 if figures["calls_lost"] == 0 and figures["equal"] else 1)


def _trouble(
    town: Town,
    options: argparse.Namespace,
    console: Console,
    database: PostgresServer | None,
) -> tuple[Counter[str], list[dict[str, Any]], float]:
    """Kill at random while the buyers buy; returns who was killed and what was served."""
    dice, killed, began = random.Random(options.seed), Counter[str](), time.monotonic()
    output = town.folder / "served.jsonl"
    buyers = _start_buyers(town, output, options.seed)
    status = console.status("0 kills, 0 calls")
    status.start()
    try:
        while killed.total() < options.kills or _lines(output) < options.calls:
            if buyers.poll() is not None:
                break
            time.sleep(dice.uniform(0.2, 1.5) if killed.total() < options.kills else 0.5)
            if killed.total() < options.kills:
                victim = dice.choice([*town.victims, *(["database"] if database else [])])
                if database and victim == "database":
                    database.kill()
                    database.start()
                else:
                    town.kill(victim)
                killed[victim.split(" ")[0]] += 1
                town.wait_until_healthy()
            status.update(f"{killed.total()} kills, {_lines(output)} calls")
        (town.folder / "stop").touch()
        with suppress(subprocess.TimeoutExpired):
            buyers.wait(120)
    finally:
        status.stop()
        buyers.kill()
        ended = buyers.wait()
    if ended:
        logs = sorted(town.folder.glob("*.log"))
        raise RuntimeError("\n".join(f"{log}: {log.read_text()[-4000:]}" for log in logs))
    served = [json.loads(line) for line in output.read_text().splitlines()]
    return killed, served, time.monotonic() - began


def _start_buyers(town: Town, output: Path, seed: int) -> subprocess.Popen[str]:
    with town.connect() as client:
        deployment = client.workspace.deployment
        order = {
            "urls": town.urls,
            "model": MODEL,
            "chain_id": client.workspace.node.chain_id,
            "contract": deployment.settlement.address,
            "collector": deployment.erc3009_collector.address,
            "accounts": ACCOUNTS,
            "channels": CHANNELS,
            "deposit": DEPOSIT,
            "stop": str(town.folder / "stop"),
            "seed": seed,
        }
    with output.open("w") as out, (town.folder / "buyers.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, str(HERE / "load" / "buyer.py")],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=log,
            text=True,
        )
    assert process.stdin is not None
    process.stdin.write(json.dumps(order))
    process.stdin.close()
    return process


def _figures(town: Town, served: list[dict[str, Any]]) -> dict[str, Any]:
    """Stop the services, settle what is due, and read every account of what happened."""
    town.stop()
    town.run("settle", "--json")
    with town.connect() as client:
        workspace = client.workspace
        deployment, provider = workspace.deployment, workspace.account().address
        charged = select(func.count()).where(vouchers.c.state == "charged")
        with reading(workspace.engine) as connection:
            paid = connection.execute(charged.select_from(vouchers)).scalar_one()
            noted = connection.execute(select(func.count()).select_from(calls)).scalar_one()
        claimed, settled = deployment.settlement.read(
            "receivers", provider, deployment.token.address
        )
        balance = deployment.token.read("balanceOf", provider)
    total = sum(line["amount"] for line in served)
    records = {line["record"] for line in served}
    return {
        "calls_served": len(served),
        "calls_paid": paid,
        "calls_lost": abs(len(served) - paid),
        "records": noted,
        "units_served": total,
        "units_claimed": claimed,
        "units_settled": settled,
        "units_received": balance,
        "equal": len(served) == paid == noted == len(records)
        and total == claimed == settled == balance,
    }


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))


def _print(figures: dict[str, Any]) -> None:
    table = Table("who says it", "calls", "units", title=f"After {figures['kills']} kills")
    table.add_row("buyers", str(figures["calls_served"]), str(figures["units_served"]))
    table.add_row("provider's book", str(figures["calls_paid"]), "")
    table.add_row("call records", str(figures["records"]), "")
    table.add_row("contract: claimed", "", str(figures["units_claimed"]))
    table.add_row("contract: paid out", "", str(figures["units_settled"]))
    table.add_row("token: received", "", str(figures["units_received"]))
    Console().print(table)
    Console().print(f"killed: {figures['killed']}; {figures['seconds']} s")


@contextmanager
def _postgres() -> Iterator[PostgresServer]:
    server = PostgresServer()
    try:
        server.start()
        yield server
    finally:
        server.stop()
        server.remove()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
