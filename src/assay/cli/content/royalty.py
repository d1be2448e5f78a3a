"""`assay content royalty`: what a content token has earned, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assay.cli.console import JsonOption, open_client, show

if TYPE_CHECKING:
    from rich.console import Console

    from assay.content.tokens.model import Released
    from assay.content.tokens.use_cases.royalties import Earnings


def register(commands: typer.Typer) -> None:
    """Add the command."""
    commands.command(epilog="Example: assay content royalty 0x2cf24dba... --release")(royalty)


def royalty(
    content_id: Annotated[str, typer.Argument(help="0x and 64 hexadecimal characters.")],
    release: Annotated[
        bool, typer.Option("--release", help="Pay everybody now; anyone may ask for it.")
    ] = False,
    currency: Annotated[
        str | None, typer.Option(help="ether, or an ERC-20 token's address; default: ASSAY.")
    ] = None,
    account: Annotated[str | None, typer.Option(help="Who pays for the transaction.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Show what is due to whom of everything that a token has earned, and pay it with --release."""
    released = None
    with open_client() as client:
        earnings = client.tokens.earnings(content_id, currency=currency, account=account)
        if release:
            released = client.tokens.release(content_id, currency=currency, account=account)
    value = {**earnings.as_json(), "released": released.as_json() if released else None}
    show(value, as_json, lambda out: _earnings(out, earnings, released))


def _earnings(out: Console, earnings: Earnings, released: Released | None) -> None:
    out.print(f"account  {earnings.account}\nbalance  {earnings.balance}")
    for one in earnings.due:
        name = one.share.payee if one.payee else f"{one.share.payee} (owned by nobody)"
        kept = f", {one.kept} of it kept from before" if one.kept else ""
        out.print(f"due      {one.amount} to {name} ({one.share.bps / 100:.2f} %){kept}")
    if released is None:
        return
    for payee, amount in released.paid:
        out.print(f"[green]paid[/]     {amount} to {payee}")
    for kept_for, amount in released.kept:
        out.print(f"[yellow]kept[/]     {amount} for {kept_for}, who could not be paid")
    out.print(f"tx       {released.transaction}")
