"""What sponsors do: lay down a task and pay its budget in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.cli.licence.shown import period
from assay.cli.train.privacy import Clip, Delta, EpsilonLimit, Noise, Privacy, read_privacy
from assay.cli.train.secure_aggregation import (
    Bits,
    KeepPercent,
    MaskedBits,
    SecureAggregation,
    Threshold,
    read_encodings,
    read_masking,
)
from assay.cli.train.shown import AccountOption, task_lines
from assay.core.amount import parse_amount
from assay.errors import InputError

if TYPE_CHECKING:
    from assay.client.training import Opened

_MICRO_DECIMALS = 6

Model = Annotated[
    str | None, typer.Option(help="A registered model to begin with, by its asset id.")
]
Widths = Annotated[
    str | None, typer.Option(help="Layers of a new perceptron, from features to classes: 30,16,2.")
]
Seed = Annotated[int, typer.Option(min=0, help="Of the new perceptron.")]
Rounds = Annotated[int, typer.Option(min=1, max=100_000, help="With those that fail.")]
Budget = Annotated[str, typer.Option(help="In ASSAY, for all rounds together.")]
Stake = Annotated[str, typer.Option(help="In ASSAY, of each member at least.")]
Faults = Annotated[int, typer.Option(min=0, max=10, help="f of 3f+1 validators.")]
MinimumNodes = Annotated[
    int, typer.Option(min=1, help="Nodes to start with, and updates a round needs.")
]
Lasts = Annotated[str, typer.Option(help="How long it lasts at most, like 60s, 10m or 2d.")]
Rule = Annotated[
    str | None,
    typer.Option(
        help="How updates become one: adaptive, mean, median, ...; adaptive if not given."
    ),
]
Epochs = Annotated[int, typer.Option(min=1, help="Of each node in a round.")]
Batch = Annotated[int, typer.Option(min=1, help="Records in a step.")]
Rate = Annotated[str, typer.Option(help="The learning rate.")]
Momentum = Annotated[str, typer.Option(help="Of gradient descent.")]
Proximal = Annotated[str, typer.Option(help="mu of FedProx; 0 for FedAvg.")]
Data = Annotated[str, typer.Option(help="What the nodes' records have to be, in words.")]

LeavesOption = Annotated[
    int, typer.Option(min=0, max=1000, help="The most that may train behind one member; 0: none.")
]


def add_commands(commands: typer.Typer) -> None:
    """Add the command."""
    commands.command(
        "open", epilog="Example: assay train open --widths 30,16,2 --rounds 5 --budget 100"
    )(open_command)


def open_command(
    model: Model = None,
    widths: Widths = None,
    seed: Seed = 1,
    rounds: Rounds = 10,
    budget: Budget = "100",
    stake: Stake = "10",
    faults: Faults = 1,
    minimum_nodes: MinimumNodes = 2,
    join: Lasts = "1d",
    commit: Lasts = "10m",
    reveal: Lasts = "2m",
    certify: Lasts = "2m",
    challenge: Lasts = "0s",
    unbonding: Lasts = "1h",
    rule: Rule = None,
    epochs: Epochs = 1,
    batch: Batch = 32,
    rate: Rate = "0.05",
    momentum: Momentum = "0.9",
    proximal: Proximal = "0",
    keep_percent: KeepPercent = None,
    bits: Bits = None,
    data: Data = "",
    leaves: LeavesOption = 0,
    privacy: Privacy = None,
    noise: Noise = None,
    clip: Clip = None,
    delta: Delta = None,
    epsilon_limit: EpsilonLimit = None,
    secure_aggregation: SecureAggregation = False,
    threshold: Threshold = None,
    masked_bits: MaskedBits = None,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Open a task: its plan goes into the store, its budget into escrow."""
    from assay.client.training import Durations, TaskOffer  # noqa: PLC0415 - only here

    lasts = Durations(*map(period, (join, commit, reveal, certify, challenge, unbonding)))
    with open_client() as client:
        _ = client.training  # which says what is missing, before anything of it is imported
        from assay.training.plan import LocalSchedule  # noqa: PLC0415

        schedule = LocalSchedule(epochs, batch, _micro(rate), _micro(momentum), _micro(proximal))
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
            leaves=leaves,
            schedule=schedule,
            encodings=read_encodings(keep_percent, bits, secure_aggregation),
            privacy=read_privacy(privacy, noise, clip, delta, epsilon_limit),
            secure_aggregation=read_masking(
                secure_aggregation, threshold, masked_bits, minimum_nodes
            ),
            durations=lasts,
        )
        opened = client.training.open(offer, account=account)
    _show(opened, as_json)


def _show(opened: Opened, as_json: bool) -> None:
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


def _widths(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise InputError(
            f"{text[:80]!r} are no widths of layers.", hint="Write them like 30,16,2."
        ) from None


def _micro(text: str) -> int:
    return parse_amount(text, decimals=_MICRO_DECIMALS)
