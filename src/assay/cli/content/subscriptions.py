"""`assay content plan|plans|subscribe|unsubscribe|subscriptions`: subscriptions to creators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.cli.content.economy import CreatorOption, PayerOption
from assay.cli.licence.shown import both_times, period, period_text, tokens
from assay.core.amount import format_amount
from assay.errors import InputError

if TYPE_CHECKING:
    from assay.client import Client
    from assay.content.economy.model import Plan, Renewal, Subscription

PlanArgument = Annotated[int, typer.Argument(help="The plan's number.")]
PriceOption = Annotated[str, typer.Option(help="Of each period, in the plan's currency.")]


def register(commands: typer.Typer) -> None:
    """Add the commands."""
    add = commands.command
    add(epilog="Example: assay content plan --price 5 --period 30d")(plan)
    add(epilog="Example: assay content plans 0x9965... --json")(plans)
    add("reprice-plan", epilog="Example: assay content reprice-plan 3 --price 6")(reprice_plan)
    add("close-plan", epilog="Example: assay content close-plan 3")(close_plan)
    add(epilog="Example: assay content subscribe 0x9965... --max-price 5")(subscribe)
    add(epilog="Example: assay content unsubscribe 0x9965...")(unsubscribe)
    add(epilog="Example: assay content subscriptions --json")(subscriptions)


def plan(
    price: PriceOption,
    lasts: Annotated[str, typer.Option("--period", help="How long a period is, like 30d.")],
    currency: Annotated[
        str | None, typer.Option(help="Address of an ERC-20 token; default: ASSAY.")
    ] = None,
    account: CreatorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let others subscribe to you; only the price can change later, for new subscribers."""
    with open_client() as client:
        made = client.economy.make_plan(
            price, period_s=period(lasts), currency=currency, account=account
        )
        line = _plan(made.plan, client)
    command = f"assay content subscribe {made.plan.id} --max-price {price}"
    show(made.as_json(), as_json, f"{line}\nsubscribe with `{command}`")


def plans(
    creator: Annotated[
        str | None, typer.Argument(help="An address or an account; default: your own.")
    ] = None,
    closed: Annotated[bool, typer.Option("--closed", help="Also those that are closed.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List the plans by which a creator can be subscribed to."""
    with open_client() as client:
        found = client.economy.plans(creator, closed=closed)
        lines = [_plan(one, client) for one in found]
    nothing = "No open plan: a creator makes one with `assay content plan`."
    show([one.as_json() for one in found], as_json, "\n".join(lines) or nothing)


def reprice_plan(
    number: PlanArgument,
    price: PriceOption,
    account: CreatorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Change the price of a plan for those who subscribe from now on."""
    with open_client() as client:
        changed = client.economy.change_plan_price(number, price, account=account)
        line = _plan(changed.plan, client)
    show(changed.as_json(), as_json, line)


def close_plan(
    number: PlanArgument, account: CreatorOption = None, as_json: JsonOption = False
) -> None:
    """End a plan for ever: nobody subscribes or renews by it; what is paid stays good."""
    with open_client() as client:
        closed = client.economy.close_plan(number, account=account)
        line = _plan(closed.plan, client)
    show(closed.as_json(), as_json, line)


def subscribe(
    subject: Annotated[
        str | None,
        typer.Argument(help="A plan's number, or a creator with one plan: address or account."),
    ] = None,
    max_price: Annotated[
        str | None, typer.Option("--max-price", help="The most that a period may cost.")
    ] = None,
    periods: Annotated[int, typer.Option(min=1, help="Periods that you allow for.")] = 12,
    accept_price: Annotated[
        bool, typer.Option("--accept-price", help="Only agree to the plan's changed price.")
    ] = False,
    renew_due: Annotated[
        bool, typer.Option("--renew-due", help="Instead: collect what is due from subscribers.")
    ] = False,
    account: PayerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Subscribe to a creator: the first period now, later ones from the allowance when due.

    With --renew-due every subscriber of SUBJECT, by default of the configured account, whose
    next period is due pays it; anyone may send that, and the service does so by itself.
    """
    if renew_due:
        if max_price is not None or accept_price:
            raise InputError("--renew-due takes no price.")
        _renew(subject, account, as_json)
        return
    if subject is None or max_price is None:
        raise InputError("Give a plan or a creator, and --max-price.")
    with open_client() as client:
        if accept_price:
            done = client.economy.accept_price(subject, max_price=max_price, account=account)
        else:
            done = client.economy.subscribe(
                subject, max_price=max_price, periods=periods, account=account
            )
        lines = _subscription(done.subscription, client)
    show(done.as_json(), as_json, f"{lines}\ntx       {done.transaction}")


def unsubscribe(
    creator: Annotated[str, typer.Argument(help="The creator's address or account.")],
    account: PayerOption = None,
    as_json: JsonOption = False,
) -> None:
    """End a subscription; what is paid stays good until its end."""
    with open_client() as client:
        done = client.economy.unsubscribe(creator, account=account)
        lines = _subscription(done.subscription, client)
    show(done.as_json(), as_json, lines)


def subscriptions(
    address: Annotated[
        str | None, typer.Argument(help="An address or an account; default: the buyer.")
    ] = None,
    subscribers: Annotated[
        bool, typer.Option("--subscribers", help="Instead: who subscribed to it.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """List whom an account is subscribed to, or who is subscribed to it."""
    with open_client() as client:
        if subscribers:
            found = client.economy.subscribers(address)
        else:
            found = client.economy.subscriptions(address)
        lines = [_subscription(one, client) for one in found]
    nothing = "No subscriptions: `assay content subscribe CREATOR`."
    show([one.as_json() for one in found], as_json, "\n\n".join(lines) or nothing)


def _renew(creator: str | None, account: str | None, as_json: bool) -> None:
    with open_client() as client:
        renewals = client.economy.renew_due(creator=creator, account=account)
    result = [renewal.as_json() for renewal in renewals]
    show(result, as_json, "\n".join(map(_renewal, renewals)) or "No subscription is due.")


def _renewal(renewal: Renewal) -> str:
    return f"{renewal.subscriber}  " + (
        renewal.reason or f"{renewal.price} units, until {both_times(renewal.paid_until_s)}"
    )


def _plan(plan: Plan, client: Client) -> str:
    state = "  (closed)" if plan.is_closed else ""
    price = _amount(plan.price, plan, client)
    return f"plan {plan.id:<6} {price:>16}  for {period_text(plan.period_s)}  {plan.creator}{state}"


def _subscription(subscription: Subscription, client: Client) -> str:
    lines = [f"creator  {subscription.creator}", f"by       {subscription.subscriber}"]
    if subscription.plan:
        plan = client.economy.plan(subscription.plan)
        lines.append(
            f"plan     {plan.id}: {_amount(subscription.price, plan, client)} "
            f"for {period_text(plan.period_s)}"
        )
    state = "paid" if subscription.is_paid else "ENDED"
    lines.append(f"{state:<8} until {both_times(subscription.paid_until_s)}")
    if subscription.is_active:
        lines.append(f"renews   from {both_times(subscription.due_from_s)}")
    return "\n".join(lines)


def _amount(units: int, plan: Plan, client: Client) -> str:
    if plan.currency == client.economy.currency:
        return tokens(units)
    decimals = client.economy.decimals(plan.currency)
    return f"{format_amount(units, decimals=decimals)} of {plan.currency}"
