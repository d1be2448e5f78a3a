"""`assay content lazy`: content that is minted when somebody buys it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from assay.cli.console import JsonOption, count_bar, open_client, show, write_file
from assay.cli.content.batch import (
    AccountOption,
    AuthorOption,
    Files,
    ModelOption,
    RoyaltyOption,
    read_files,
)
from assay.errors import InputError

commands = typer.Typer(no_args_is_help=True, help="Content that is minted when it is bought.")

CatalogueCid = Annotated[str, typer.Argument(help="CID of the catalogue.")]
ContentId = Annotated[str, typer.Argument(help="0x and 64 hexadecimal characters.")]
PriceOption = Annotated[
    str, typer.Option(help="Of each: in ASSAY, or in the currency's own measure.")
]
CurrencyOption = Annotated[
    str | None,
    typer.Option(help="ether, or an ERC-20 token's address with prices in its smallest unit."),
]
DaysOption = Annotated[int, typer.Option(min=1, max=3650, help="How long the offer is good.")]


def register(above: typer.Typer) -> None:
    """Add the commands."""
    commands.command("list", epilog="Example: assay content lazy list pictures/ --price 2.5")(
        list_command
    )
    commands.command(epilog="Example: assay content lazy buy bafkrei... 0x2cf24dba...")(buy)
    commands.command(epilog="Example: assay content lazy close bafkrei...")(close)
    commands.command(epilog="Example: assay content lazy reclaim bafkrei... 0x2cf24dba...")(reclaim)
    commands.command(
        epilog="Example: assay content lazy voucher picture.png --price 2.5 --out voucher.json"
    )(voucher)
    commands.command(epilog="Example: assay content lazy redeem voucher.json")(redeem)
    commands.command(epilog="Example: assay content lazy cancel 7")(cancel)
    above.add_typer(commands, name="lazy")


def list_command(
    files: Files,
    price: PriceOption,
    currency: CurrencyOption = None,
    days: DaysOption = 30,
    royalty_percent: RoyaltyOption = "0",
    model: ModelOption = None,
    author: AuthorOption = None,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put any number of files on sale in one transaction. Each is minted for its buyer.

    The list protects them too: what somebody else mints after it can be reclaimed for a week.
    """
    with open_client() as client:
        named = read_files(client, files, royalty_percent, model, author or ())
        with count_bar("preparing", len(named)) as advance:
            listed = client.tokens.list_lazily(
                named, price, currency=currency, days=days, account=account, progress=advance
            )
    lines = [
        f"listed     {len(listed.catalogue.entries)} contents",
        f"catalogue  {listed.cid}",
        f"tx         {listed.transaction}",
        *(f"passed     {one.name}: {one.reason}" for one in listed.passed),
    ]
    show(listed.as_json(), as_json, "\n".join(lines))


def buy(
    catalogue: CatalogueCid,
    content_id: ContentId,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Buy a content of a catalogue: mints it for you, pays its creator."""
    with open_client() as client:
        token = client.tokens.buy(catalogue, content_id, account=account)
    show(token.as_json(), as_json, f"bought  {token.content_id}\ntx      {token.transaction}")


def close(
    catalogue: CatalogueCid, account: AccountOption = None, as_json: JsonOption = False
) -> None:
    """Stop the sale of a list of yours; it goes on protecting its contents."""
    with open_client() as client:
        transaction = client.tokens.close_list(catalogue, account=account)
    show({"transaction": transaction}, as_json, f"closed\ntx  {transaction}")


def reclaim(
    catalogue: CatalogueCid,
    content_id: ContentId,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a listed content for its creator from whoever claimed it after it was listed."""
    with open_client() as client:
        token = client.tokens.reclaim(catalogue, content_id, account=account)
    show(token.as_json(), as_json, f"reclaimed  {token.content_id}\ntx         {token.transaction}")


def voucher(
    path: Annotated[Path, typer.Argument(help="A text or a picture.")],
    price: PriceOption,
    currency: CurrencyOption = None,
    days: DaysOption = 30,
    buyer: Annotated[str | None, typer.Option(help="Who may redeem it; default: anyone.")] = None,
    nonce: Annotated[int, typer.Option(min=0, help="A number to cancel it by.")] = 0,
    royalty_percent: RoyaltyOption = "0",
    model: ModelOption = None,
    author: AuthorOption = None,
    out: Annotated[Path | None, typer.Option(help="File to write.")] = None,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Sign an offer of one content. Nothing is sent: hand the voucher to its buyer."""
    if path.is_dir():
        raise InputError(
            f"{path} is a folder, and a voucher offers one content.",
            hint=f"Offer all that is in it: assay content lazy list {path} --price {price}",
        )
    with open_client() as client:
        (named,) = read_files(client, [path], royalty_percent, model, author or ())
        made = client.tokens.make_voucher(
            named.content,
            price,
            currency=currency,
            days=days,
            buyer=buyer,
            nonce=nonce,
            account=account,
        )
    text = json.dumps(made.as_json(), indent=1)
    if out is not None:
        write_file(out, f"{text}\n".encode())
    show(made.as_json(), as_json, f"written to {out}" if out else text)


def redeem(
    path: Annotated[Path, typer.Argument(help="The voucher's file.")],
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Buy the content of a voucher: mints it for you, pays its creator."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
    with open_client() as client:
        token = client.tokens.redeem(data, account=account)
    show(token.as_json(), as_json, f"bought  {token.content_id}\ntx      {token.transaction}")


def cancel(
    nonce: Annotated[int, typer.Argument(min=0, help="The number of the vouchers.")],
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make your vouchers with a number void."""
    with open_client() as client:
        transaction = client.tokens.cancel_vouchers(nonce, account=account)
    show({"transaction": transaction}, as_json, f"cancelled\ntx  {transaction}")
