"""`assay statement`: the bill of a period, the same on both sides, provable line by line."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.core.amount import format_amount
from assay.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from assay.client.statements import CheckedStatement, Progress
    from assay.market.statements.model import Statement

_DECIMALS = 6
_SHOWN_LINES = 1000
_PAID_BY = {"exact": "transfer", "batch-settlement": "voucher"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: assay statement --from 2026-01-01 --to 2026-02-01")(statement)


def statement(
    start: Annotated[str, typer.Option("--from", help="First day or time, in UTC.")],
    end: Annotated[str, typer.Option("--to", help="The first moment after the period.")],
    provider: Annotated[
        str | None, typer.Option(help="Address that is paid; by default this account's.")
    ] = None,
    payer: Annotated[str | None, typer.Option(help="Address that pays; by default all.")] = None,
    url: Annotated[
        str | None, typer.Option(help="Service that was called: your bill from it, checked.")
    ] = None,
    service: Annotated[str | None, typer.Option(help="Only calls of this service.")] = None,
    account: Annotated[str | None, typer.Option(help="With --url, the account that paid.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print rows for a spreadsheet.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List what was charged, line by line, each with its record, payment and Merkle proof.

    Without --url it is the provider's side, from its own book. With --url it is the payer's: every
    record, payment and proof is checked, and the whole is compared with the chain. Exits with 1 if
    anything is wrong. Both sides print the same.
    """
    if as_csv and as_json:
        raise InputError("Give --csv or --json, not both.")
    if url is None:
        with open_client() as client:
            made = client.statements.make(
                start, end, provider=provider, payer=payer, service=service
            )
        _print(made, as_json, as_csv)
        return
    if payer:
        raise InputError("With --url you are the payer.", hint="Choose one with --account.")
    with open_client() as client, _bars() as progress:
        fetched = client.statements.fetch(
            url,
            start,
            end,
            provider=provider,
            service=service,
            account=account,
            progress=progress,
        )
    _print(fetched.statement, as_json, as_csv)
    if not as_json and not as_csv:
        show(None, False, lambda out: _print_check(out, fetched))
    fetched.require_sound()


def _print(made: Statement, as_json: bool, as_csv: bool) -> None:
    if as_csv:
        _write_csv(made)
    else:
        show(made.as_json() if as_json else None, as_json, lambda out: _draw(out, made))


def _write_csv(made: Statement) -> None:
    from assay.market.statements.model import CSV_FIELDS, csv_rows  # noqa: PLC0415 - fast help

    writer = csv.DictWriter(sys.stdout, CSV_FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(csv_rows(made.lines))


def _draw(out: Console, made: Statement) -> None:
    from rich.table import Table  # noqa: PLC0415 - keeps `assay --help` fast

    from assay.market.statements.period import format_time  # noqa: PLC0415

    table = Table("time", "record", "paid by", "amount", "batch", box=None, pad_edge=False)
    table.columns[2].no_wrap = True
    table.columns[3].justify = "right"
    for line in made.lines[:_SHOWN_LINES]:
        table.add_row(
            format_time(line.time_s),
            str(line.record or "metered request"),
            f"{_PAID_BY.get(line.scheme, line.scheme)} {line.payment.hex[:10]}…",
            format_amount(line.amount, decimals=_DECIMALS),
            "not yet" if line.batch is None else str(line.batch),
        )
    out.print(table)
    if len(made.lines) > _SHOWN_LINES:
        out.print(f"… and {len(made.lines) - _SHOWN_LINES} more; --csv or --json lists all")
    total = format_amount(made.total, decimals=_DECIMALS)
    out.print(f"{len(made.lines)} charges, {total} ASSAY to {made.anchor.provider}")


def _print_check(out: Console, fetched: CheckedStatement) -> None:
    for channel in fetched.checked.channels:
        sums = (
            f"{name} {format_amount(units, decimals=_DECIMALS)}"
            for name, units in (
                ("billed", channel.billed),
                ("claimed", channel.claimed),
                ("deposited less refunds", channel.balance),
            )
        )
        out.print(f"channel {channel.channel.hex[:10]}…: {', '.join(sums)} ASSAY")
    for fault in fetched.checked.faults:
        out.print(f"[red]✗[/] {fault}")
    if not fetched.checked.faults:
        out.print("[green]✓[/] every record, payment and proof holds, and the chain agrees")


@contextmanager
def _bars() -> Iterator[Progress]:
    """A bar on standard error for each stage, while a person is looking."""
    from rich.console import Console  # noqa: PLC0415 - keeps `assay --help` fast
    from rich.progress import Progress as Bars  # noqa: PLC0415

    hidden = not sys.stderr.isatty()
    with Bars(console=Console(stderr=True), transient=True, disable=hidden) as bars:

        def begin(description: str, total: int) -> Callable[[int], None]:
            task = bars.add_task(description, total=total)
            return lambda amount: bars.advance(task, amount)

        yield begin
