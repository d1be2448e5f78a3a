"""`assay pipeline`: several paid calls as one, quoted before anything is signed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.core.amount import format_amount

if TYPE_CHECKING:
    from rich.console import Console

    from assay.market.pipelines.model import Quote, Run, Step, StepAnswer
    from assay.market.pipelines.use_cases.run import RunWatch

_DECIMALS = 6
_File = Annotated[Path, typer.Argument(help="The pipeline, as YAML; see docs/pipelines.md.")]
_Account = Annotated[str | None, typer.Option(help="Account that pays, on every chain.")]
_Input = Annotated[str, typer.Option("--input", help="For {input} in the prompts; - reads it.")]


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(
        help="Run several services one after the other, as one paid call.", no_args_is_help=True
    )
    group.command(epilog='Example: assay pipeline run p.yaml --input "Rivers" --max-price 0.05')(
        run
    )
    group.command(epilog="Example: assay pipeline quote p.yaml")(quote)
    group.command("show", epilog="Example: assay pipeline show 0f3c...")(show_run)
    group.command("list", epilog="Example: assay pipeline list")(list_runs)
    group.command(epilog="Example: assay pipeline check bafkrei...")(check)
    group.command(epilog="Example: assay pipeline publish p.yaml --price 0.05")(publish)
    app.add_typer(group, name="pipeline")


def run(
    file: Annotated[
        Path | None, typer.Argument(help="The pipeline, as YAML; see docs/pipelines.md.")
    ] = None,
    given: _Input = "",
    max_price: Annotated[
        str | None,
        typer.Option(help="The most that the steps may cost together, in ASSAY; unasked then."),
    ] = None,
    account: _Account = None,
    resume: Annotated[
        str | None, typer.Option(help="A run to go on with; what is finished is not paid again.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Ask every service for its price, then pay and ask them in turn; the last answer is printed.

    Nothing is signed before the whole price is known and allowed. A step that fails is not charged;
    what the steps before it answered and cost is printed, and --resume goes on from there.
    """
    from assay.errors import InputError  # noqa: PLC0415 - keeps `assay --help` fast
    from assay.market.pipelines.errors import StepFailed  # noqa: PLC0415
    from assay.market.pipelines.report import failure_report, run_report  # noqa: PLC0415

    if (file is None) == (resume is None):
        raise InputError("Give a pipeline's file, or --resume with a run.")
    watch = _watch(asked=max_price is None, quiet=as_json)
    with open_client() as client, _told_how_to_go_on():
        try:
            if file is not None:
                text = sys.stdin.read() if given == "-" else given
                done = client.pipelines.run(
                    file, text, max_price=max_price, account=account, watch=watch
                )
            else:
                assert resume is not None
                done = client.pipelines.resume(
                    resume, max_price=max_price, account=account, watch=watch
                )
        except StepFailed as failure:
            so_far = failure.run
            show(failure_report(failure), as_json, lambda out: _print_answers(out, so_far))
            raise
    show(run_report(done), as_json, done.text)
    if not as_json:
        typer.echo(_receipt(done), err=True)


def quote(
    file: _File, given: _Input = "", account: _Account = None, as_json: JsonOption = False
) -> None:
    """Ask every service for its price; nothing is signed."""
    from assay.market.pipelines.report import quote_report  # noqa: PLC0415

    with open_client() as client:
        text = sys.stdin.read() if given == "-" else given
        begun, asked = client.pipelines.quote(file, text, account=account)
    show(quote_report(begun, asked), as_json, lambda out: _print_quote(out, begun, asked))


def show_run(
    run_id: Annotated[str, typer.Argument(help="The run.")], as_json: JsonOption = False
) -> None:
    """Show a run: its answers, what was paid to whom, and its record."""
    from assay.market.pipelines.report import run_report  # noqa: PLC0415

    with open_client() as client:
        found = client.pipelines.show(run_id)
    show(run_report(found), as_json, lambda out: _print_run(out, found))


def list_runs(
    limit: Annotated[int, typer.Option(min=1, help="How many.")] = 20, as_json: JsonOption = False
) -> None:
    """List the runs that began last."""
    with open_client() as client:
        found = client.pipelines.newest(limit)
    rows = [
        {
            "run": one.run_id,
            "pipeline": one.pipeline.name,
            "state": one.state.value,
            "steps": len(one.pipeline.steps),
            "answered": len(one.answers),
            "paid": str(one.paid),
            "record": str(one.record) if one.record else None,
        }
        for one in found
    ]
    show({"runs": rows}, as_json, _lines(rows))


def check(
    record: Annotated[str, typer.Argument(help="CID of a run's record.")],
    as_json: JsonOption = False,
) -> None:
    """Check a run's record: the runner's signature, the split, and every step's call record."""
    with open_client() as client:
        held = client.pipelines.check(record)
    result = {"holds": True, **held.as_json()}
    steps = f"{len(held.steps)} steps, each signed by its provider"
    show(result, as_json, f"The record holds: run {held.run_id} by {held.runner}, {steps}.")


def publish(
    file: _File,
    price: Annotated[str, typer.Option(help="Of one run, in ASSAY.")],
    licence: Annotated[str, typer.Option(help="SPDX identifier of the description.")] = "CC0-1.0",
    account: Annotated[str | None, typer.Option(help="Account that sells and pays.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Sell runs of a pipeline under its name: one payment to you pays for all steps.

    `assay up` serves it like a model. Every step needs a max_price, which bounds what you pay.
    """
    with open_client(account=account) as client:
        sold = client.pipelines.publish(file, price=price, licence=licence)
    name = sold.service.metadata.name
    result = {
        "name": name,
        "service": sold.service.asset_id.hex,
        "model": sold.model.asset_id.hex,
        "price": str(sold.service.registered.price),
    }
    show(result, as_json, f"{name} is for sale, as {sold.service.asset_id}. `assay up` serves it.")


def _watch(*, asked: bool, quiet: bool) -> RunWatch:
    """Tells a person on standard error how far it is, and asks before anything is signed."""
    from assay.market.pipelines.errors import QuoteNotAccepted  # noqa: PLC0415
    from assay.market.pipelines.use_cases.run import RunWatch  # noqa: PLC0415

    say: Callable[[str], None] = (lambda _text: None) if quiet else _say

    def approve(begun: Run, quote: Quote) -> None:
        say(f"run {begun.run_id}")
        for step in begun.remaining:
            say(
                f"  {step.name}: {step.model} at {step.service}, {_amount(quote.prices[step.name])}"
            )
        say(f"  together {_amount(quote.total)}")
        if asked:
            person = sys.stdin.isatty() and not quiet
            if not person or not typer.confirm("Pay that?", err=True):
                raise QuoteNotAccepted(quote.total)

    def starting(step: Step) -> None:
        say(f"{step.name} ...")

    def answered(answer: StepAnswer) -> None:
        say(f"{answer.name} answered, {_amount(answer.amount)} paid")

    return RunWatch(approve, starting, answered)


@contextmanager
def _told_how_to_go_on() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        _say("Interrupted. `assay pipeline list` names the run; `run --resume RUN` goes on.")
        raise typer.Exit(130) from None


def _say(text: str) -> None:
    typer.echo(text, err=True)


def _amount(units: int) -> str:
    return f"{format_amount(units, decimals=_DECIMALS)} ASSAY"


def _receipt(done: Run) -> str:
    lines = [f"\npaid     {_amount(done.paid)}"]
    lines += [
        f"  {answer.name}: {_amount(answer.amount)} to {answer.record.record.provider} "
        f"on chain {answer.chain.chain_id}, record {answer.record.cid}"
        for answer in done.answers
    ]
    return "\n".join([*lines, f"record   {done.record}"])


def _print_answers(out: Console, so_far: Run) -> None:
    for answer in so_far.answers:
        out.print(f"{answer.name}:", style="bold")
        out.print(answer.text, markup=False)
    out.print(f"paid so far: {_amount(so_far.paid)}")


def _print_quote(out: Console, begun: Run, asked: Quote) -> None:
    from rich.table import Table  # noqa: PLC0415

    table = Table("step", "model", "service", "price")
    for step in begun.remaining:
        table.add_row(step.name, step.model, step.service, _amount(asked.prices[step.name]))
    out.print(table)
    out.print(f"together {_amount(asked.total)}")


def _print_run(out: Console, found: Run) -> None:
    out.print(f"{found.pipeline.name}, run {found.run_id}: {_state(found.state)}")
    _print_answers(out, found)
    out.print(_receipt(found), markup=False)


def _state(state: str) -> str:
    """Whether another process is at work on it is not known: not finished is all that is."""
    return "unfinished" if state == "running" else state


def _lines(rows: list[dict[str, Any]]) -> str:
    """One line a run, never cut, so that its name can be copied."""
    if not rows:
        return "No runs yet: begin one with `assay pipeline run FILE --input TEXT`."
    return "\n".join(
        f"{row['run']}  {_state(row['state']):<10}  {row['answered']} of {row['steps']} answered  "
        f"{_amount(int(row['paid']))} paid  {row['pipeline']}"
        for row in rows
    )
