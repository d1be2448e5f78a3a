"""`assay content repost|reposts|rate|resell|buy-repost|tip|earnings`: what content earns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.cli.licence.shown import both_times, tokens
from assay.core.amount import format_amount

if TYPE_CHECKING:
    from assay.client import Client
    from assay.content.economy.model import Payment, Repost
    from assay.content.economy.use_cases.earning import Earnings
    from assay.content.economy.use_cases.reposting import Done
    from assay.core.address import Address

SubjectArgument = Annotated[str, typer.Argument(help="A content id, or the number of a repost.")]
NumberArgument = Annotated[str, typer.Argument(help="The number of a repost.")]
CreatorOption = Annotated[
    str | None, typer.Option("--account", help="Who does it; default: the configured account.")
]
PayerOption = Annotated[
    str | None, typer.Option("--account", help="Who pays; default: the configured buyer.")
]


def register(commands: typer.Typer) -> None:
    """Add the commands."""
    add = commands.command
    add(epilog="Example: assay content repost 0x2cf24dba... --max-percent 5")(repost)
    add(epilog="Example: assay content reposts 0x2cf24dba... --json")(reposts)
    add(epilog="Example: assay content rate 0x2cf24dba... 7.5")(rate)
    add(epilog="Example: assay content resell 7 --price 3")(resell)
    add("buy-repost", epilog="Example: assay content buy-repost 7 --max-price 3")(buy_repost)
    add(epilog='Example: assay content tip 7 2.5 --note "Well said."')(tip)
    add(epilog="Example: assay content earnings 0x2cf24dba... --json")(earnings)


def repost(
    subject: SubjectArgument,
    max_percent: Annotated[
        str | None,
        typer.Option(help="The most that the authors may take of payments; default: their rate."),
    ] = None,
    account: CreatorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Repost content, or a repost, as a token of your own that can be paid and sold.

    Of every payment the authors of the original have their rate; it never changes for a repost.
    """
    with open_client() as client:
        done = client.economy.repost(subject, max_percent=max_percent, account=account)
    show(done.as_json(), as_json, _done(done))


def reposts(subject: SubjectArgument, as_json: JsonOption = False) -> None:
    """List all reposts below content or a repost, oldest first, with their depth."""
    with open_client() as client:
        found = client.economy.reposts(subject)
    lines = [
        f"{'  ' * (depth - 1)}{one.id}  {one.owner}  {one.rate_bps / 100:g} % to the authors"
        + (f"  for sale at {tokens(one.price)}" if one.price else "")
        for depth, one in found
    ]
    result = [{**one.as_json(), "depth": depth} for depth, one in found]
    show(result, as_json, "\n".join(lines) or "Nobody has reposted it: `assay content repost ID`.")


def rate(
    content_id: Annotated[str, typer.Argument(help="Content that you minted.")],
    percent: Annotated[str, typer.Argument(help="Your part of each payment, at most 50.")],
    account: CreatorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Set what the authors have of payments to reposts made from now on; 5 percent at first."""
    with open_client() as client:
        changed = client.economy.set_rate(content_id, percent, account=account)
    told = f"{changed.terms.rate_bps / 100:g} % of each payment to later reposts"
    show(changed.as_json(), as_json, f"{told}\ntx       {changed.transaction}")


def resell(
    number: NumberArgument,
    price: Annotated[str, typer.Option(help="In ASSAY; 0 ends the sale.")],
    account: CreatorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Offer a repost of yours for sale; the authors have their rate of the price."""
    with open_client() as client:
        done = client.economy.sell_repost(number, price, account=account)
    show(done.as_json(), as_json, _done(done))


def buy_repost(
    number: NumberArgument,
    max_price: Annotated[str, typer.Option(help="The most to pay, in ASSAY.")],
    account: PayerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Buy a repost that is for sale, in one transaction."""
    with open_client() as client:
        done = client.economy.buy_repost(number, max_price=max_price, account=account)
    show(done.as_json(), as_json, _done(done))


def tip(
    subject: SubjectArgument,
    amount: Annotated[str, typer.Argument(help="In ASSAY, like 0.5.")],
    note: Annotated[str, typer.Option(help="A message; its SHA-256 goes with the payment.")] = "",
    account: PayerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Pay content or a repost in one transaction: the allowance is signed and used in it.

    A tip for content goes to its authors; one for a repost to its owner and, by the rate, to the
    authors of the original.
    """
    with open_client() as client:
        payment = client.economy.tip(subject, amount, note=note, account=account)
    show(payment.as_json(), as_json, _payment(payment))


def earnings(
    subject: Annotated[
        str, typer.Argument(help="A content id, a repost's number, an address or an account.")
    ],
    as_json: JsonOption = False,
) -> None:
    """List every payment that content, a repost or an account received, each by its transaction.

    Each is read from the receipt on chain and held against the transfers of its currency.
    """
    with open_client() as client:
        earned = client.economy.earnings(subject)
        lines = _earnings(earned, client)
    show(earned.as_json(), as_json, lines)


def _done(done: Done) -> str:
    return f"{_repost(done.repost)}\ntx       {done.transaction}"


def _repost(repost: Repost) -> str:
    shown = repost.as_json()
    lines = [
        f"repost   {repost.id}",
        f"of       {shown['parent']}",
        f"root     {shown['root']}",
        f"owner    {repost.owner}",
        f"authors  {repost.rate_bps / 100:g} % of each payment, to {repost.royalty_account}",
        f"made     {both_times(repost.reposted_at_s)}",
    ]
    if repost.price:
        lines.append(f"for sale {tokens(repost.price)}")
    return "\n".join(lines)


def _payment(payment: Payment) -> str:
    parts = [f"         {tokens(part.amount)} to {part.receiver}" for part in payment.parts]
    return "\n".join(
        [f"paid     {tokens(payment.amount)}", *parts, f"tx       {payment.transaction}"]
    )


def _earnings(earned: Earnings, client: Client) -> str:
    decimals = {currency: client.economy.decimals(currency) for currency in earned.totals}

    def amount(units: int, currency: Address) -> str:
        if currency == client.economy.currency:
            return tokens(units)
        return f"{format_amount(units, decimals=decimals[currency])} of {currency}"

    lines = [
        f"block {payment.block:<8} {payment.kind:<13}"
        f"{amount(earned.received(payment), payment.currency):>22}  from {payment.payer}  "
        f"{payment.transaction}" + ("" if payment.moved else "  NOT BORNE OUT BY THE CURRENCY")
        for payment in earned.payments
    ]
    if not lines:
        return "Nothing was paid yet."
    totals = [f"total    {amount(units, currency)}" for currency, units in earned.totals.items()]
    return "\n".join([*lines, *totals])
