"""What holders do: buy, list, show, renew, subscribe, cancel, resell and rent out."""

from __future__ import annotations

from typing import Annotated

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.cli.licence.shown import licence_lines, purchase_lines, until
from assay.errors import InputError

LicenceArgument = Annotated[str, typer.Argument(help="Licence id: 0x and 64 hexadecimal digits.")]
AccountOption = Annotated[str | None, typer.Option(help="Whose licence; default: the buyer.")]
MaxPriceOption = Annotated[str, typer.Option("--max-price", help="The most to pay, in ASSAY.")]


def add_commands(commands: typer.Typer) -> None:
    """Add the holders' commands."""
    add = commands.command
    add(epilog="Example: assay licence buy 3 --max-price 5")(buy)
    add("list", epilog="Example: assay licence list --json")(list_command)
    add("show", epilog="Example: assay licence show 0x00000000...")(show_command)
    add(epilog="Example: assay licence renew 0x00000000... --max-price 5")(renew)
    add(epilog="Example: assay licence subscribe 0x00000000... --max-price 5")(subscribe)
    add(epilog="Example: assay licence cancel 0x00000000...")(cancel)
    add(epilog="Example: assay licence resell 0x00000000... --price 3")(resell)
    add(epilog="Example: assay licence rent 0x00000000... --to 0x9965... --until 7d")(rent)


def buy(
    subject: Annotated[
        str, typer.Argument(help="An offer's number, an asset with one offer, or a licence.")
    ],
    max_price: MaxPriceOption,
    periods: Annotated[
        int, typer.Option(min=1, help="Periods of a subscription that you allow for.")
    ] = 12,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Buy a licence in one transaction: the allowance is signed and used in it.

    Of a subscription, --max-price holds for every later period as well, until you cancel it.
    """
    with open_client() as client:
        bought = client.licences.buy(subject, max_price=max_price, periods=periods, account=account)
    show(bought.as_json(), as_json, purchase_lines("Bought", bought))


def list_command(
    address: Annotated[str | None, typer.Option(help="Anybody's; default: the buyer's.")] = None,
    sold: Annotated[str | None, typer.Option(help="Instead: all licences of this asset.")] = None,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """List licences that an account owns or has rented, oldest first."""
    with open_client() as client:
        if sold:
            found = client.licences.sold(sold)
        else:
            found = client.licences.licences(address=address, account=account)
    nothing = "No licences: buy one with `assay licence buy`."
    result = [state.as_json() for state in found]
    show(result, as_json, "\n\n".join(map(licence_lines, found)) or nothing)


def show_command(licence: LicenceArgument, as_json: JsonOption = False) -> None:
    """Show one licence, as the chain has it."""
    with open_client() as client:
        state = client.licences.show(licence)
    show(state.as_json(), as_json, licence_lines(state))


def renew(
    licence: LicenceArgument,
    max_price: MaxPriceOption,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Pay another period of a licence; it begins where the last one ends."""
    with open_client() as client:
        renewed = client.licences.renew(licence, max_price=max_price, account=account)
    show(renewed.as_json(), as_json, purchase_lines("Renewed", renewed))


def subscribe(
    licence: LicenceArgument,
    max_price: MaxPriceOption,
    periods: Annotated[int, typer.Option(min=1, help="Periods that you allow for.")] = 12,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Have a licence renew itself again, or change what a period may cost."""
    with open_client() as client:
        state = client.licences.subscribe(
            licence, max_price=max_price, periods=periods, account=account
        )
    show(state.as_json(), as_json, licence_lines(state))


def cancel(
    licence: LicenceArgument, account: AccountOption = None, as_json: JsonOption = False
) -> None:
    """End a subscription; the licence stays good until the paid period ends."""
    with open_client() as client:
        state = client.licences.cancel(licence, account=account)
    show(state.as_json(), as_json, licence_lines(state))


def resell(
    licence: LicenceArgument,
    price: Annotated[str | None, typer.Option(help="In ASSAY; royalty and fee are in it.")] = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="No longer sell it.")] = False,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Offer a licence for sale; it stays yours, and usable, until somebody pays."""
    if (price is None) != withdraw:
        raise InputError("Give either --price or --withdraw.")
    with open_client() as client:
        if price is None:
            state = client.licences.withdraw_listing(licence, account=account)
        else:
            state = client.licences.resell(licence, price=price, account=account)
    show(state.as_json(), as_json, licence_lines(state))


def rent(
    licence: LicenceArgument,
    to: Annotated[str | None, typer.Option(help="Address that may use it meanwhile.")] = None,
    ends: Annotated[
        str | None, typer.Option("--until", help="A time, or a period from now like 7d.")
    ] = None,
    end: Annotated[bool, typer.Option("--end", help="Give a rented licence back now.")] = False,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let another address use a licence for a time (ERC-4907); you cannot take it back earlier."""
    with open_client() as client:
        if end and to is None and ends is None:
            state = client.licences.give_back(licence, account=account)
        elif not end and to is not None and ends is not None:
            state = client.licences.rent(licence, to=to, until_s=until(ends), account=account)
        else:
            raise InputError("Give both --to and --until, or --end alone.")
    show(state.as_json(), as_json, licence_lines(state))
