"""`assay settle`: claim what channels owe the provider, and have it paid out."""

from __future__ import annotations

import signal
import threading
import time
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.core.amount import format_amount

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from assay.client import Client
    from assay.market.channels.reports import ClaimLine, SettlementReport

_EPILOG = "Examples: assay settle; assay settle --dry-run; assay settle --watch --due"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=_EPILOG)(settle)


def settle(
    due: Annotated[
        bool, typer.Option("--due", help="Claim only what is worth its gas by the settings.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be claimed, and why; send nothing.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on for ever: claim what is due, answer withdrawals.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Claim what calls have spent, in batches of up to 100 channels, and have it paid out."""
    with open_client() as client:
        if watch:
            _watch(client, as_json=as_json)
            return
        if dry_run:
            report = client.settlement.plan(due_only=due)
        else:
            report = client.settlement.settle(due_only=due)
        _show(report, as_json, client.workspace.token_decimals, dry_run=dry_run)
        if report.fault:
            raise typer.Exit(3)


def _watch(client: Client, *, as_json: bool) -> None:
    """Go on until interrupted; what is under way is finished first, a second interrupt ends it.

    A flag is set rather than an exception raised: raised at any place, it could be swallowed by a
    library's callback, and the interrupt would be lost.
    """
    from assay.errors import AssayError  # noqa: PLC0415 - keeps `assay --help` fast

    ended = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        ended.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    settle_at = 0.0
    while not ended.is_set():
        try:
            settle_at = _look(client, settle_at, as_json=as_json)
        except AssayError as error:
            typer.echo(f"warning: {error}", err=True)
        ended.wait(1.0)


def _look(client: Client, settle_at: float, *, as_json: bool) -> float:
    """Settle if it is time, or at once where a payer withdraws; when it is time again."""
    client.sync()
    if not client.settlement.watch() and time.monotonic() < settle_at:
        return settle_at
    report = client.settlement.settle_in_turn()
    if report and (report.claimed or report.payouts or report.fault or as_json):
        _show(report, as_json, client.workspace.token_decimals, dry_run=False)
    return time.monotonic() + client.settings.claim_every_s


def _show(report: SettlementReport, as_json: bool, decimals: int, *, dry_run: bool) -> None:
    show(report.as_json(), as_json, lambda out: _print(out, report, decimals, dry_run=dry_run))


def _print(out: Console, report: SettlementReport, decimals: int, *, dry_run: bool) -> None:
    if not report.lines and not report.payouts:
        out.print("No channel holds or owes anything.")
    if report.lines:
        out.print(_table(report, decimals, dry_run=dry_run))
    for payout in report.payouts:
        amount = format_amount(payout.amount, decimals=decimals)
        out.print(f"paid out {amount} ASSAY in {payout.mined.transaction}")
    if dry_run:
        due = sum(line.decision.claimable for line in report.lines if line.reason.due)
        out.print(f"would claim {format_amount(due, decimals=decimals)} ASSAY; nothing was sent")
    else:
        out.print(f"claimed {format_amount(report.claimed, decimals=decimals)} ASSAY")
    if report.rolled_back or report.resent:
        out.print(f"the chain went back: {report.resent} transactions were sent again")
    if report.fault:
        out.print(f"[red]ended early:[/] {report.fault}")


def _table(report: SettlementReport, decimals: int, *, dry_run: bool) -> Table:
    from rich.table import Table  # noqa: PLC0415 - keeps `assay --help` fast

    table = Table(box=None, pad_edge=False)
    for name in ("channel", "payer"):
        table.add_column(name, no_wrap=True)
    for name in ("claimable", "claimed", "gas"):
        table.add_column(name, justify="right")
    table.add_column("reason")
    table.add_column("why" if dry_run else "transaction")
    for line in report.lines:
        table.add_row(*_row(line, decimals, dry_run=dry_run))
    return table


def _row(line: ClaimLine, decimals: int, *, dry_run: bool) -> tuple[str, ...]:
    channel = line.decision.channel
    sent = line.mined.transaction if line.mined else ""
    return (
        _short(channel.id.hex),
        _short(channel.config.payer),
        format_amount(line.decision.claimable, decimals=decimals),
        format_amount(line.claimed, decimals=decimals),
        str(line.gas or ""),
        line.reason.value,
        line.refused or (line.decision.because if dry_run else _short(sent)),
    )


def _short(text: str) -> str:
    return f"{text[:8]}…{text[-4:]}" if text else ""
