"""How tasks and members are shown to people, and the arguments that all commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assay.cli.console import quoted
from assay.cli.licence.shown import both_times, period_text, tokens
from assay.cli.train.privacy import privacy_line

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from assay.training.model import Member, Task
    from assay.training.plan import Plan
    from assay.training.use_cases.progress import RoundLine, TaskProgress

TaskArgument = Annotated[int, typer.Argument(min=1, max=2**63 - 1, help="The number of a task.")]
AccountOption = Annotated[
    str | None, typer.Option("--account", help="Who does it; default: the configured account.")
]
LabelOption = Annotated[
    str | None, typer.Option(help="The column of labels of a .csv; default: the last one.")
]


def task_line(task: Task) -> str:
    """One line a task."""
    place = f"round {task.round} of {task.terms.rounds}"
    return (
        f"{task.id:>5}  {task.phase.name.lower():<11} {place:<16} {task.trainers} nodes, "
        f"budget {tokens(task.terms.budget)}, stakes {tokens(task.total_stake)}"
    )


def task_lines(task: Task, plan: Plan | None = None) -> str:
    """A task and its terms in a few lines."""
    terms = task.terms
    lines = [
        f"task     {task.id}: {task.phase.name.lower()}, round {task.round} of {terms.rounds}",
        f"sponsor  {task.sponsor}",
        f"model    {terms.initial_model}",
        f"budget   {tokens(terms.budget)}; each member stakes {tokens(terms.minimum_stake)}",
        f"members  {terms.minimum_nodes} nodes at least, {3 * terms.faults + 1} validators",
    ]
    phases = ("join", "commit", "reveal", "certify", "challenge")
    lasts = {name: getattr(terms, f"{name}_s") for name in phases}
    texts = [f"{name} {period_text(seconds)}" for name, seconds in lasts.items() if seconds]
    lines.append(f"phases   {', '.join(texts)}")
    if task.deadline_s:
        lines.append(f"until    {both_times(task.deadline_s)}")
    if plan is not None:
        lines.append(
            f"plan     perceptron {'-'.join(map(str, plan.widths))}, rule {plan.rule}: {plan.cid}"
        )
        if plan.leaves:
            lines.append(f"leaves   {plan.leaves} behind a member at most")
        if plan.privacy:
            lines.append(f"privacy  {privacy_line(plan.privacy)}")
        if plan.masking:
            least = plan.masking.threshold
            lines.append(f"masked   only sums of {least} updates or more are seen")
        if plan.data:
            lines.append(f"data     {quoted(plan.data)}")
    return "\n".join(lines)


def member_line(member: Member) -> str:
    """One line a member."""
    from assay.training.model import role_name  # noqa: PLC0415 - keeps `assay --help` fast

    roles = ",".join(role_name(role) for role in member.roles) or "no member"
    state = "" if member.active or not member.roles else "  (left)"
    if member.withdrawable_at_s:
        state = f"  (left; its stake can be withdrawn at {both_times(member.withdrawable_at_s)})"
    seat = ", seated" if member.seated else ""
    return f"{member.address}  {roles}{seat}, stake {tokens(member.stake)}{state}"


def show_progress(out: Console, progress: TaskProgress) -> None:
    """Where a task stands: its rounds, rewards and faults."""
    task, seats = progress.task, progress.seats
    out.print(
        f"task {task.id}: {task.phase.name.lower()}, round {task.round} of {task.terms.rounds}; "
        f"{len(seats)} validators with {tokens(sum(seat.weight for seat in seats))}"
    )
    if progress.rounds:
        table = rounds_table()
        for line in progress.rounds:
            table.add_row(*round_cells(line))
        out.print(table)
    if progress.accuracy is not None:
        out.print(accuracy_line(progress), soft_wrap=True)
    if progress.masked:
        out.print("updates were masked: nobody saw a single one, only their mean")
    for node, units in progress.earnings.of:
        out.print(f"reward   {node}  {tokens(units)}")
    for node, by_round in progress.epsilon.items():
        newest = list(by_round)[-1]
        out.print(f"epsilon  {node}  {by_round[newest]:.3f} spent up to round {newest}")
    for slash in progress.slashes:
        out.print(
            f"slashed  {slash.member}  {tokens(slash.amount)} for {slash.reason} "
            f"in round {slash.round}"
        )
    if progress.model_asset:
        out.print(f"model    {progress.model_asset}")


def accuracy_line(progress: TaskProgress) -> str:
    """How good the newest model is, or the newest that the committee has measured."""
    number, newest = progress.measured_after, progress.rounds[-1:]
    model = f"the model of round {number}" if number else "the initial model"
    line = f"accuracy of {model}: {100 * (progress.accuracy or 0):.2f} %"
    if newest and newest[0].round > number:
        line += f"; --held-out FILE measures that of round {newest[0].round}"
    return line


def rounds_table() -> Table:
    """An empty table of rounds."""
    from rich.table import Table  # noqa: PLC0415 - keeps `assay --help` fast

    table = Table(box=None, header_style="bold")
    for name in ("round", "accuracy", "loss", "accepted", "refused", "up", "down"):
        table.add_column(name, justify="right")
    return table


def round_cells(line: RoundLine) -> tuple[str, ...]:
    """A round's row in that table."""
    return (
        str(line.round),
        "" if line.accuracy is None else f"{100 * line.accuracy:.2f} %",
        "" if line.loss is None else f"{line.loss:.4f}",
        str(len(line.accepted)),
        str(len(line.refused)),
        f"{line.bytes_up / 1000:.1f} kB",
        f"{line.bytes_down / 1000:.1f} kB",
    )
