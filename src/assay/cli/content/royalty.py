"""`assay content royalty`: what a content token has earned, and for whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.cli.licence.shown import tokens
from assay.core.amount import format_amount

if TYPE_CHECKING:
    from rich.console import Console

    from assay.client import Client
    from assay.content.tokens.model import Released
    from assay.content.tokens.use_cases.royalties import Earnings
    from assay.core.address import Address


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
        amount = _measure(client, earnings.currency)
        if release:
            released = client.tokens.release(content_id, currency=currency, account=account)
    value = {**earnings.as_json(), "released": released.as_json() if released else None}
    show(value, as_json, lambda out: _earnings(out, earnings, released, amount))


def _measure(client: Client, currency: Address) -> Callable[[int], str]:
    """How amounts of a currency are written: whole units and its name."""
    if currency == client.economy.currency:
        return tokens
    decimals = client.economy.decimals(currency)
    name = "ether" if not int(currency, 16) else f"of {currency}"
    return lambda units: f"{format_amount(units, decimals=decimals)} {name}"


def _earnings(
    out: Console, earnings: Earnings, released: Released | None, amount: Callable[[int], str]
) -> None:
    out.print(f"account  {earnings.account}\nbalance  {amount(earnings.balance)}")
    for one in earnings.due:
        name = one.share.payee if one.payee else f"{one.share.payee} (owned by nobody)"
        kept = f", {amount(one.kept)} of it kept from before" if one.kept else ""
        share = f"{one.share.bps / 100:.2f} %"
        out.print(f"due      {amount(one.amount)} to {name} ({share}){kept}", soft_wrap=True)
    if released is None:
        return
    for payee, units in released.paid:
        out.print(f"[green]paid[/]     {amount(units)} to {payee}")
    for kept_for, units in released.kept:
        said = f"{amount(units)} for {kept_for}, who could not be paid"
        out.print(f"[yellow]kept[/]     {said}", soft_wrap=True)
    out.print(f"tx       {released.transaction}")
