"""What sponsors do, and how anybody looks: open tasks, list and show them, see how far they are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.cli.licence.shown import period
from assay.cli.train.shown import (
    AccountOption,
    LabelOption,
    TaskArgument,
    member_line,
    show_progress,
    task_line,
    task_lines,
)
from assay.core.amount import parse_amount
from assay.errors import InputError

_MICRO_DECIMALS, _PERCENT_DECIMALS = 6, 2
_Lasts = Annotated[str, typer.Option(help="How long it lasts at most, like 60s, 10m or 2d.")]


def add_commands(commands: typer.Typer) -> None:
    """Add the commands."""
    add = commands.command
    add("open", epilog="Example: assay train open --widths 30,16,2 --rounds 5 --budget 100")(
        open_command
    )
    add("list", epilog="Example: assay train list")(list_command)
    add("show", epilog="Example: assay train show 1 --json")(show_command)
    add(epilog="Example: assay train status 1 --held-out held-out.npz")(status)


def open_command(
    model: Annotated[
        str | None, typer.Option(help="A registered model to begin with, by its asset id.")
    ] = None,
    widths: Annotated[
        str | None,
        typer.Option(help="Layers of a new perceptron, from features to classes: 30,16,2."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the new perceptron.")] = 1,
    rounds: Annotated[int, typer.Option(min=1, max=100_000, help="With those that fail.")] = 10,
    budget: Annotated[str, typer.Option(help="In ASSAY, for all rounds together.")] = "100",
    stake: Annotated[str, typer.Option(help="In ASSAY, of each member at least.")] = "10",
    faults: Annotated[int, typer.Option(min=0, max=10, help="f of 3f+1 validators.")] = 1,
    minimum_nodes: Annotated[
        int, typer.Option(min=1, help="Nodes to start with, and updates a round needs.")
    ] = 2,
    join: _Lasts = "1d",
    commit: _Lasts = "10m",
    reveal: _Lasts = "2m",
    certify: _Lasts = "2m",
    challenge: _Lasts = "0s",
    unbonding: _Lasts = "1h",
    rule: Annotated[
        str, typer.Option(help="How updates become one: adaptive, mean...")
    ] = "adaptive",
    epochs: Annotated[int, typer.Option(min=1, help="Of each node in a round.")] = 1,
    batch: Annotated[int, typer.Option(min=1, help="Records in a step.")] = 32,
    rate: Annotated[str, typer.Option(help="The learning rate.")] = "0.05",
    momentum: Annotated[str, typer.Option(help="Of gradient descent.")] = "0.9",
    proximal: Annotated[str, typer.Option(help="mu of FedProx; 0 for FedAvg.")] = "0",
    keep_percent: Annotated[
        str, typer.Option(help="Share of an update's numbers that is sent, up to two decimals.")
    ] = "6",
    bits: Annotated[int, typer.Option(help="Of each number that is sent: 2, 4, 8 or 32.")] = 2,
    data: Annotated[str, typer.Option(help="What the nodes' records have to be, in words.")] = "",
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Open a task: its plan goes into the store, its budget into escrow."""
    from assay.client.training import Durations, TaskOffer  # noqa: PLC0415 - only here

    with open_client() as client:
        _ = client.training  # which says what is missing, before anything of it is imported
        from assay.training.compression.encoding import Encoding, Encodings  # noqa: PLC0415
        from assay.training.plan import LocalSchedule  # noqa: PLC0415

        encoding = Encoding(parse_amount(keep_percent, decimals=_PERCENT_DECIMALS), bits)
        offer = TaskOffer(
            model=model,
            widths=_widths(widths) if widths else None,
            seed=seed,
            rounds=rounds,
            budget=budget,
            stake=stake,
            faults=faults,
            minimum_nodes=minimum_nodes,
            rule=rule,
            data=data,
            schedule=LocalSchedule(
                epochs=epochs,
                batch=batch,
                rate_micro=_micro(rate),
                momentum_micro=_micro(momentum),
                proximal_micro=_micro(proximal),
            ),
            encodings=Encodings(up=encoding, down=encoding),
            durations=Durations(
                *map(period, (join, commit, reveal, certify, challenge, unbonding))
            ),
        )
        opened = client.training.open(offer, account=account)
    task = opened.task
    result = {
        "task": task.id,
        "plan": str(opened.plan.cid),
        "initial_model": task.terms.initial_model.hex,
        "transaction": opened.transaction,
    }
    hint = (
        f"members join with `assay train join {task.id} --roles trainer,data-provider`, and "
        f"validators with `--roles verifier`;\nthen `assay train start {task.id}`"
    )
    show(result, as_json, f"{task_lines(task, opened.plan)}\n{hint}")


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


def _widths(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise InputError(
            f"{text[:80]!r} are no widths of layers.", hint="Write them like 30,16,2."
        ) from None


def _micro(text: str) -> int:
    return parse_amount(text, decimals=_MICRO_DECIMALS)
