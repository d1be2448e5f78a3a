"""Requests, decisions and treasuries as people see them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from assay.cli.console import quoted
from assay.core.amount import format_amount

if TYPE_CHECKING:
    from rich.console import Console

    from assay.authoring.payments.model import PaymentRequest, Treasury
    from assay.client.payments import Considered

_MARKS = {
    "allowed": "[green]allowed[/green]: `assay payment pay` would pay it; nothing was sent",
    "executed": "[green]executed[/green]",
    "needs_approval": "[yellow]needs approval[/yellow]",
    "refused": "[red]refused[/red]",
}


def show_request(out: Console, found: PaymentRequest) -> None:
    """The fields, then what is open, then what is suspicious."""
    amount = " ".join(part for part in (found.amount, found.asset) if part)
    rows = {
        "payee": found.payee,
        "amount": amount,
        "due": found.due,
        "reason": found.reason,
        "reference": found.reference,
        "accounts": ", ".join((*found.accounts, *found.bank_details)),
    }
    for name, value in rows.items():
        out.print(f"{name:<10} {quoted(value or '-')}", soft_wrap=True)
    for question in found.questions:
        out.print(f"[yellow]open[/yellow]       {quoted(question.text)}", soft_wrap=True)
    for flag in found.flags:
        out.print(f"[red]{flag.kind:<12}[/red] “{quoted(flag.text)}”", soft_wrap=True)


def show_decision(out: Console, done: Considered) -> None:
    """The request, the outcome, and every reason."""
    show_request(out, done.request)
    decision = done.decision
    out.print(f"\n{_MARKS[decision.outcome.value]}")
    for reason in decision.reasons:
        out.print(f"  {quoted(reason.rule)}: {quoted(reason.text)}", soft_wrap=True)
    if decision.approvers:
        given = f"{len(decision.approvals)} of {decision.approvals_needed} have approved"
        out.print(f"  {given}; who can: {', '.join(decision.approvers)}", soft_wrap=True)
    if decision.transaction:
        out.print(f"  transaction {decision.transaction}", soft_wrap=True)


def show_treasury(out: Console, found: Treasury) -> None:
    """Rules, what is left, payees."""

    def told(units: int) -> str:
        return f"{format_amount(units, decimals=found.decimals)} {found.symbol}"

    out.print(f"treasury   {found.address}" + ("  [red]stopped[/red]" if found.paused else ""))
    out.print(f"owner      {found.owner}")
    out.print(f"holds      {told(found.balance)}")
    out.print(
        f"total      {told(found.total_left)} left of {told(found.total)} in a period of "
        f"{found.period_s // 3600} hours"
    )
    out.print(
        f"approvals  {found.approvals_needed} above {told(found.approval_above)}, of "
        f"{', '.join(found.approvers) or 'nobody'}",
        soft_wrap=True,
    )
    for payee in found.payees:
        if payee.active:
            line = f"{quoted(payee.name)}  {payee.account}  {told(payee.left)} left of "
            out.print(f"  {line}{told(payee.limit)}", soft_wrap=True)
            if payee.next_account:
                out.print(f"    from {_time(payee.next_from)} on at {payee.next_account}")


def payment_lines(entry: dict[str, Any]) -> list[str]:
    """One payment of the journal: its line, then its words and reasons."""
    past = entry["past"]
    state = "paid" if past["paid"] else "begun"
    decision = entry.get("decision", {})
    who = quoted(decision.get("payee") or past["payee"])
    lines = [f"{past['digest']}  {_time(past['at'])}  {state}  {who}  {quoted(past['words'])}"]
    lines += [quoted(line) for line in entry["text"].splitlines()]
    lines += [f"{one['rule']}: {quoted(one['text'])}" for one in decision.get("reasons", ())]
    if decision.get("transaction"):
        lines.append(f"transaction {decision['transaction']}")
    return lines


def _time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")
