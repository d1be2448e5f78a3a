"""What a task pays and takes: claims of nodes, the sponsor's rest, stakes of the silent."""

from __future__ import annotations

from typing import Annotated

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.cli.licence.shown import tokens
from assay.cli.train.shown import AccountOption, TaskArgument
from assay.core.amount import format_amount


def add_commands(commands: typer.Typer) -> None:
    """Add the commands."""
    add = commands.command
    add(epilog="Example: assay train claim 1")(claim)
    add(epilog="Example: assay train reclaim 1")(reclaim)
    add(epilog="Example: assay train slash 1 0x90F79bf6EB2c4f870365E785982E1f101E93b906")(slash)


def claim(
    task: TaskArgument,
    whose: Annotated[
        str | None,
        typer.Option("--for", help="For this node alone, by account name or address."),
    ] = None,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Have nodes paid what they earned in final rounds; whoever sends it, the node gets it."""
    with open_client() as client:
        claims = client.training.claim(task, whose=whose, account=account)
        decimals = client.workspace.token_decimals
    result = [
        {
            "node": one.node,
            "paid": format_amount(one.paid, decimals=decimals),
            "earned": format_amount(one.cumulative, decimals=decimals),
        }
        for one in claims
    ]
    lines = [
        f"{one.node}  paid {tokens(one.paid)} of {tokens(one.cumulative)} earned" for one in claims
    ]
    show(result, as_json, "\n".join(lines) or "No round is final: there is nothing to claim yet.")


def reclaim(task: TaskArgument, account: AccountOption = None, as_json: JsonOption = False) -> None:
    """Pay the sponsor of a task that has ended what nobody earned."""
    with open_client() as client:
        amount = client.training.reclaim(task, account=account)
    show({"task": task, "amount": amount}, as_json, f"{amount} ASSAY went back to the sponsor")


def slash(
    task: TaskArgument,
    node: Annotated[str, typer.Argument(help="Who committed and did not reveal: name or address.")],
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Have a node pay that did not open its commitment in time; a tenth goes to who reports it."""
    with open_client() as client:
        transaction = client.training.slash_silence(task, node, account=account)
    show({"task": task, "transaction": transaction}, as_json, f"slashed in {transaction}")
