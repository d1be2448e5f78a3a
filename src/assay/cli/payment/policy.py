"""`assay payment policy`: a treasury, its rules, and who is in it."""

from __future__ import annotations

from typing import Annotated

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.cli.payment.requests import AccountOption, TreasuryOption
from assay.cli.payment.shown import show_treasury

_HOUR_S = 3600

TotalOption = Annotated[str, typer.Option(help="Most that is paid in a period, in all.")]
AboveOption = Annotated[str, typer.Option(help="A payment above this needs approvals.")]
ApprovalsOption = Annotated[int, typer.Option(min=0, max=16, help="How many approvals.")]
PeriodOption = Annotated[int, typer.Option(min=1, max=876_000, help="How long a period is.")]
WhoArgument = Annotated[str, typer.Argument(help="An address, or the name of an account.")]
RemoveOption = Annotated[bool, typer.Option("--remove", help="Dismiss instead of appointing.")]


def add_commands(commands: typer.Typer) -> None:
    """Add the commands."""
    add = commands.command
    add(
        epilog="Example: assay payment policy create --total 5000 --approval-above 1000 --fund 2000"
    )(create)
    add("show", epilog="Example: assay payment policy show --json")(show_policy)
    add(epilog="Example: assay payment policy rules --total 8000 --approval-above 1000")(rules)
    add(epilog='Example: assay payment policy payee "Acme Ltd" 0x7099... --limit 1500')(payee)
    add(epilog="Example: assay payment policy approver local-5")(approver)
    add(epilog="Example: assay payment policy operator local-2")(operator)
    add(epilog="Example: assay payment policy fund 500")(fund)
    add(epilog="Example: assay payment policy withdraw 500 local-1")(withdraw)
    add(epilog="Example: assay payment policy pause")(pause)


def create(
    total: TotalOption,
    approval_above: AboveOption,
    approvals: ApprovalsOption = 1,
    period_hours: PeriodOption = 720,
    delay_hours: Annotated[
        int, typer.Option(min=0, max=8760, help="Until another account of a payee counts.")
    ] = 48,
    fund: Annotated[str | None, typer.Option(help="Move so much of yours into it.")] = None,
    currency: Annotated[str | None, typer.Option(help="An ERC-20 token; default ASSAY.")] = None,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a treasury that is yours, and use it from here."""
    with open_client() as client:
        found = client.payments.create(
            total=total,
            approval_above=approval_above,
            approvals=approvals,
            period_s=period_hours * _HOUR_S,
            account_delay_s=delay_hours * _HOUR_S,
            fund=fund,
            currency=currency,
            account=account,
        )
    show(found.model_dump(mode="json"), as_json, lambda out: show_treasury(out, found))


def show_policy(treasury: TreasuryOption = None, as_json: JsonOption = False) -> None:
    """Show the rules, the payees, and what is left in this period."""
    with open_client() as client:
        found = client.payments.policy(treasury=treasury)
    show(found.model_dump(mode="json"), as_json, lambda out: show_treasury(out, found))


def rules(
    total: TotalOption,
    approval_above: AboveOption,
    approvals: ApprovalsOption = 1,
    period_hours: PeriodOption = 720,
    treasury: TreasuryOption = None,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Set the rules anew; what was paid in the running period still counts."""
    period_s = period_hours * _HOUR_S
    with open_client() as client:
        sent = client.payments.set_rules(
            total, approval_above, approvals, period_s, treasury=treasury, account=account
        )
    _sent("The rules are set", sent, as_json)


def payee(
    name: Annotated[str, typer.Argument(help="The payee's name, as requests write it.")],
    address: Annotated[str | None, typer.Argument(help="Where it is paid.")] = None,
    limit: Annotated[str | None, typer.Option(help="Most that it is paid in a period.")] = None,
    bank: Annotated[
        str | None, typer.Option(help="Its bank account; the chain keeps only its SHA-256.")
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take it off the list.")] = False,
    treasury: TreasuryOption = None,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """List a payee, change it, or take it off the list.

    Another address than before counts only after the treasury's delay: confirm it with the payee
    by a way known from before.
    """
    if not remove and (address is None or limit is None):
        raise typer.BadParameter("give ADDRESS and --limit, or --remove")
    with open_client() as client:
        if remove:
            sent = client.payments.remove_payee(name, treasury=treasury, account=account)
        else:
            sent = client.payments.set_payee(
                name,
                str(address),
                limit=str(limit),
                bank=bank,
                treasury=treasury,
                account=account,
            )
    _sent(f"{name} is {'off' if remove else 'on'} the list", sent, as_json)


def approver(
    who: WhoArgument,
    remove: RemoveOption = False,
    treasury: TreasuryOption = None,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Appoint or dismiss who may approve requests."""
    with open_client() as client:
        sent = client.payments.set_approver(who, not remove, treasury=treasury, account=account)
    _sent(f"{who} may {'no longer ' if remove else ''}approve", sent, as_json)


def operator(
    who: WhoArgument,
    remove: RemoveOption = False,
    treasury: TreasuryOption = None,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Appoint or dismiss who may pay within the rules."""
    with open_client() as client:
        sent = client.payments.set_operator(who, not remove, treasury=treasury, account=account)
    _sent(f"{who} may {'no longer ' if remove else ''}pay", sent, as_json)


def fund(
    amount: Annotated[str, typer.Argument(help="Of the treasury's currency.")],
    treasury: TreasuryOption = None,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Move money of yours into the treasury."""
    with open_client() as client:
        found = client.payments.fund(amount, treasury=treasury, account=account)
    show(found.model_dump(mode="json"), as_json, lambda out: show_treasury(out, found))


def withdraw(
    amount: Annotated[str, typer.Argument(help="Of the treasury's currency.")],
    to: WhoArgument,
    treasury: TreasuryOption = None,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take money out; its owner alone can."""
    with open_client() as client:
        sent = client.payments.withdraw(amount, to, treasury=treasury, account=account)
    _sent(f"{amount} went to {to}", sent, as_json)


def pause(
    end: Annotated[bool, typer.Option("--end", help="End the stop.")] = False,
    treasury: TreasuryOption = None,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Stop all payments, or end the stop."""
    with open_client() as client:
        sent = client.payments.pause(not end, treasury=treasury, account=account)
    _sent("Payments go on" if end else "Payments are stopped", sent, as_json)


def _sent(what: str, transaction: str, as_json: bool) -> None:
    result = {"done": what, "transaction": transaction}
    show(result, as_json, f"{what}: transaction {transaction}.")
