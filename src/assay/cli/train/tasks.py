"""How anybody looks at tasks: list and show them, see how far they are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.cli.train.shown import (
    LabelOption,
    TaskArgument,
    member_line,
    show_progress,
    task_line,
    task_lines,
)


def add_commands(commands: typer.Typer) -> None:
    """Add the commands."""
    add = commands.command
    add("list", epilog="Example: assay train list")(list_command)
    add("show", epilog="Example: assay train show 1 --json")(show_command)
    add(epilog="Example: assay train status 1 --held-out held-out.npz")(status)


def list_command(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="The most to list.")] = 100,
    as_json: JsonOption = False,
) -> None:
    """List tasks, the newest first."""
    with open_client() as client:
        found = client.training.tasks(limit=limit)
    result = [task.as_json() for task in found]
    show(result, as_json, "\n".join(map(task_line, found)) or "No task was opened.")


def show_command(task: TaskArgument, as_json: JsonOption = False) -> None:
    """Show a task: its terms, plan and members."""
    with open_client() as client:
        found, members = client.training.show(task), client.training.members(task)
        plan = client.training.plan(task)
    result = {
        **found.as_json(),
        "plan": plan.as_json(),
        "members": [member.as_json() for member in members],
    }
    lines = [task_lines(found, plan), *map(member_line, members)]
    show(result, as_json, "\n".join(lines))


def status(
    task: TaskArgument,
    held_out: Annotated[
        list[Path] | None, typer.Option(help="Measure the newest model on these records.")
    ] = None,
    label: LabelOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show how far a task is: rounds, accuracy, traffic, rewards, faults.

    Without records of your own, the accuracy is the one that the last round's validators found of
    the model which that round began with.
    """
    with open_client() as client:
        measured = client.training.measure(task, held_out, label=label) if held_out else None
        progress = client.training.progress(task, measured=measured)
        decimals = client.workspace.token_decimals
    show(progress.as_json(decimals), as_json, lambda out: show_progress(out, progress))
