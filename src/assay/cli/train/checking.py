"""`assay train verify|report|export`: a task afterwards, for anybody."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from assay.cli.console import JsonOption, open_client, show
from assay.cli.train.shown import AccountOption, TaskArgument


def add_commands(commands: typer.Typer) -> None:
    """Add the commands."""
    commands.command(epilog="Example: assay train verify 1 --json")(verify)
    commands.command(epilog="Example: assay train report 1 --out report")(report)
    commands.command(epilog="Example: assay train export 1 --name 'Biopsy classifier'")(export)


def verify(
    task: TaskArgument,
    round_: Annotated[
        int | None, typer.Argument(metavar="[ROUND]", min=1, help="The last to check; all if none.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Do every certified round again, and compare it to the bit; exits with 1 if one differs."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"))
    console = Console(stderr=True)
    with (
        open_client() as client,
        Progress(
            *columns, console=console, transient=True, disable=not console.is_terminal
        ) as progress,
    ):
        working = progress.add_task("round 1")
        checks = client.training.verify(
            task,
            only=round_,
            told=lambda check: progress.update(working, description=f"round {check.round + 1}"),
        )
    verified = bool(checks) and all(check.ok for check in checks)
    result = {"verified": verified, "rounds": [check.as_json() for check in checks]}
    show(result, as_json, _told(result))
    if not verified:
        raise typer.Exit(1)


def report(
    task: TaskArgument,
    out: Annotated[Path, typer.Option(help="The folder to write into.")] = Path("report"),
    as_json: JsonOption = False,
) -> None:
    """Write a page with plots: accuracy, contribution, rewards, traffic, votes."""
    with open_client() as client:
        written = client.training.report(task, out)
    result = {
        "page": str(written.page),
        "plots": [str(path) for path in written.plots],
        "verified": written.verified,
    }
    said = "" if written.verified else "\nNot every round came out again: see the page."
    show(result, as_json, f"{written.page}{said}")


def export(
    task: TaskArgument,
    name: Annotated[str | None, typer.Option(help="Of the model.")] = None,
    licence: Annotated[str, typer.Option(help="SPDX identifier.")] = "Apache-2.0",
    dataset: Annotated[
        list[str] | None, typer.Option(help="Id of a registered dataset behind it; repeatable.")
    ] = None,
    price: Annotated[str, typer.Option(help="Of a licence, in ASSAY.")] = "0",
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Register the newest certified model as an asset, which `assay trace` walks back."""
    with open_client() as client:
        published = client.training.export(
            task, name=name, licence=licence, datasets=dataset or (), price=price, account=account
        )
    asset = published.asset.asset_id.hex
    result = {"task": task, "asset_id": asset, "transaction": published.transaction}
    show(result, as_json, f"{asset}\nSee where it came from: assay trace {asset}")


def _told(result: dict[str, Any]) -> str:
    lines = [
        f"round {one['round']:>3}  {'✓' if one['ok'] else '✗'}  {one['recorded'][:18]}…"
        + (f"  {one['reason']}" if one["reason"] else "")
        for one in result["rounds"]
    ]
    verdict = "Every certified round came out again, to the bit."
    if not result["rounds"]:
        verdict = "No round is certified yet."
    elif not result["verified"]:
        verdict = "Not every round came out as was certified."
    return "\n".join([*lines, verdict])
