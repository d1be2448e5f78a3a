"""Who takes part: join, start, leave, take the stake back."""

from __future__ import annotations

from typing import Annotated

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.cli.train.shown import AccountOption, TaskArgument, member_line, task_line


def add_commands(commands: typer.Typer) -> None:
    """Add the commands."""
    add = commands.command
    add(epilog="Example: assay train join 1 --roles verifier --account local-1")(join)
    add("rotate-key", epilog="Example: assay train rotate-key 1 --account local-1")(rotate_key)
    add(epilog="Example: assay train start 1")(start)
    add(epilog="Example: assay train advance 1")(advance)
    add(epilog="Example: assay train leave 1 --account local-5")(leave)
    add(epilog="Example: assay train withdraw 1 --account local-5")(withdraw)


def join(
    task: TaskArgument,
    roles: Annotated[
        str, typer.Option(help="One or more of trainer, data-provider, inference-node, verifier.")
    ],
    stake: Annotated[
        str | None, typer.Option(help="In ASSAY; default: the least that the task asks for.")
    ] = None,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Join a task with a stake; the sealing key is made from the account."""
    with open_client() as client:
        member = client.training.join(task, roles, stake=stake, account=account)
    show(member.as_json(), as_json, member_line(member))


def rotate_key(
    task: TaskArgument, account: AccountOption = None, as_json: JsonOption = False
) -> None:
    """Replace the account's sealing key; what was sealed to the old one still opens."""
    with open_client() as client:
        member = client.training.rotate_key(task, account=account)
    show(member.as_json(), as_json, f"{member_line(member)}\nkey 0x{member.sealing_key.hex()}")


def start(task: TaskArgument, account: AccountOption = None, as_json: JsonOption = False) -> None:
    """Start a task that enough have joined."""
    with open_client() as client:
        started = client.training.start(task, account=account)
    show(started.as_json(), as_json, task_line(started))


def advance(task: TaskArgument, account: AccountOption = None, as_json: JsonOption = False) -> None:
    """End a phase whose deadline is past; anybody may, so that no task is stuck."""
    with open_client() as client:
        moved = client.training.advance(task, account=account)
    show(moved.as_json(), as_json, task_line(moved))


def leave(task: TaskArgument, account: AccountOption = None, as_json: JsonOption = False) -> None:
    """End the account's part in a task; its stake rests for the unbonding period."""
    with open_client() as client:
        member = client.training.leave(task, account=account)
    show(member.as_json(), as_json, member_line(member))


def withdraw(
    task: TaskArgument, account: AccountOption = None, as_json: JsonOption = False
) -> None:
    """Take the stake back, once the unbonding period after `leave` has passed."""
    with open_client() as client:
        amount = client.training.withdraw(task, account=account)
    show({"task": task, "amount": amount}, as_json, f"{amount} ASSAY came back")
