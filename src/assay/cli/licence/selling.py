"""What sellers do: make offers, change and end them, collect what is due, read the key log."""

from __future__ import annotations

from typing import Annotated

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.cli.licence.shown import both_times, offer_line, period, tokens

AccountOption = Annotated[str | None, typer.Option(help="Who owns the asset.")]


def add_commands(commands: typer.Typer) -> None:
    """Add the sellers' commands."""
    add = commands.command
    add(epilog="Example: assay licence offer 0x2cf24dba... --price 5 --period 30d --subscription")(
        offer
    )
    add(epilog="Example: assay licence offers 0x2cf24dba...")(offers)
    add(epilog="Example: assay licence reprice 3 --price 4")(reprice)
    add(epilog="Example: assay licence withdraw 3")(withdraw)
    add(epilog="Example: assay licence collect")(collect)
    add(epilog="Example: assay licence releases --json")(releases)


def offer(
    asset_id: Annotated[str, typer.Argument(help="An asset of your own.")],
    price: Annotated[str, typer.Option(help="In ASSAY: of a licence, or of each period.")],
    lasts: Annotated[
        str, typer.Option("--period", help="How long a licence lasts, like 30d; default: for ever.")
    ] = "",
    subscription: Annotated[
        bool, typer.Option("--subscription", help="Licences renew themselves.")
    ] = False,
    bound: Annotated[
        bool, typer.Option("--bound", help="Licences stay with their buyers.")
    ] = False,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Offer licences of an asset on terms; only the price can change later."""
    with open_client() as client:
        made = client.licences.offer(
            asset_id,
            price=price,
            period_s=period(lasts) if lasts else 0,
            subscription=subscription,
            transferable=not bound,
            account=account,
        )
    command = f"assay licence buy {made.id} --max-price {price}"
    show(made.as_json(), as_json, f"{offer_line(made)}\nbuy it with `{command}`")


def offers(
    asset_id: Annotated[str, typer.Argument(help="Asset id.")],
    closed: Annotated[bool, typer.Option("--closed", help="Also those that have ended.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List what licences of an asset cost."""
    with open_client() as client:
        found = client.licences.offers(asset_id, closed=closed)
    nothing = "No open offer: ask the asset's owner to make one with `assay licence offer`."
    result = [item.as_json() for item in found]
    show(result, as_json, "\n".join(map(offer_line, found)) or nothing)


def reprice(
    offer_id: Annotated[int, typer.Argument(help="The offer's number.")],
    price: Annotated[str, typer.Option(help="In ASSAY, from now on.")],
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Change the price of an offer; nobody pays more than they agreed to."""
    with open_client() as client:
        changed = client.licences.change_price(offer_id, price, account=account)
    show(changed.as_json(), as_json, offer_line(changed))


def withdraw(
    offer_id: Annotated[int, typer.Argument(help="The offer's number.")],
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """End an offer for ever; licences that were sold stay good."""
    with open_client() as client:
        ended = client.licences.withdraw_offer(offer_id, account=account)
    show(ended.as_json(), as_json, offer_line(ended))


def collect(account: AccountOption = None, as_json: JsonOption = False) -> None:
    """Renew every subscription to your offers that is due, from the subscribers' allowances."""
    with open_client() as client:
        renewals = client.licences.renew_due(account=account)
    lines = [
        f"0x{item.licence:064x}  "
        + (item.reason or f"{tokens(item.price)}, until {both_times(item.expires_at_s)}")
        for item in renewals
    ]
    result = [
        {
            "licence": f"0x{item.licence:064x}",
            "renewed": not item.reason,
            "price": item.price,
            "expires_at": item.expires_at_s or None,
            "transaction": item.transaction or None,
            "reason": item.reason,
        }
        for item in renewals
    ]
    show(result, as_json, "\n".join(lines) or "No subscription is due.")


def releases(
    asset: Annotated[str | None, typer.Option(help="Of this asset only.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List the keys of sealed assets that this service has released, oldest first."""
    with open_client() as client:
        log = client.licences.releases(asset)
    result = [
        {
            "asset_id": item.asset_id.hex,
            "licence": None if item.licence is None else f"0x{item.licence:064x}",
            "address": item.address,
            "block": item.block.number,
            "block_hash": item.block.hash,
            "nonce": item.nonce,
            "released_at": item.released_at_s,
        }
        for item in log
    ]
    lines = [
        f"{both_times(item.released_at_s)}  {item.asset_id.hex[:18]}…  to {item.address}  "
        f"at block {item.block.number}"
        for item in log
    ]
    show(result, as_json, "\n".join(lines) or "No key was released here.")
