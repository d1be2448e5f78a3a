"""Whether a request is paid: every rule gives its reasons, the strictest outcome counts.

Nothing in the request's words is an order: they only fill fields, and flags make the outcome
stricter. Money goes where the treasury has the payee on file, never where the text says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from assay.authoring.payments.checking import check_destinations, check_flags, find_payee
from assay.authoring.payments.documents import reference_key
from assay.authoring.payments.duplicates import check_duplicates
from assay.authoring.payments.model import (
    Decision,
    Order,
    Outcome,
    Past,
    PayeeOnFile,
    PaymentRequest,
    Reason,
    Treasury,
)
from assay.core.amount import format_amount, parse_amount
from assay.errors import InputError

EXPIRY_STEP_S = 30 * 24 * 3600
LONG_OVERDUE_DAYS = 90
_STRICTNESS = {Outcome.ALLOWED: 0, Outcome.NEEDS_APPROVAL: 1, Outcome.REFUSED: 2}


def decide(
    request: PaymentRequest,
    treasury: Treasury,
    pasts: Sequence[Past],
    now_s: int,
    *,
    paid_at: int = 0,
    series: bool = False,
) -> Decision:
    """What becomes of a request by the rules alone, with every reason.

    Args:
        pasts: what was paid from here before.
        paid_at: when the chain says that the order's digest was paid; 0 for never.
        series: the caller gave the reference, so that a resemblance to earlier requests is known.
    """
    reasons = [
        Reason(rule=f"unclear_{one.field}", outcome=Outcome.REFUSED, text=one.text)
        for one in request.questions
    ]
    payee, about_payee = find_payee(request, treasury)
    reasons += about_payee
    order = order_of(request, payee, treasury, now_s)
    reasons += check_flags(request, payee)
    if payee is not None:
        reasons += check_destinations(request, payee, treasury)
    if paid_at:
        text = "This request was paid before, and the treasury pays it once."
        reasons.append(Reason(rule="duplicate", outcome=Outcome.REFUSED, text=text))
    if order is not None and payee is not None:
        if not paid_at and not series:
            reasons += check_duplicates(request, order, pasts, now_s)
        reasons += _limits(order, payee, treasury)
    reasons += _money(request, treasury)
    reasons += _time(request, now_s)
    outcome = max((one.outcome for one in reasons), key=_STRICTNESS.__getitem__, default=None)
    return Decision(
        outcome=outcome or Outcome.ALLOWED,
        reasons=tuple(reasons),
        order=order,
        payee=payee.name if payee else None,
        approvers=treasury.approvers if outcome is Outcome.NEEDS_APPROVAL else (),
        approvals_needed=_needed(order, treasury) if outcome is Outcome.NEEDS_APPROVAL else 0,
    )


def order_of(
    request: PaymentRequest, payee: PayeeOnFile | None, treasury: Treasury, now_s: int
) -> Order | None:
    """What the contract would be asked; the same for the same request, for a month at least.

    Its digest is that of payee and reference, so that an invoice is paid once whatever a second
    request for it says; without a reference it is that of payee, amount and words.
    """
    if payee is None or request.amount is None:
        return None
    units = _units(request, treasury)
    if units is None or not 0 < units < 2**128:
        return None
    named = ("reference", reference_key(request.reference)) if request.reference else None
    parts = (payee.id, *(named or ("words", str(units), request.digest)))
    digest = "0x" + hashlib.sha256("\n".join(parts).encode()).hexdigest()
    expiry = (now_s // EXPIRY_STEP_S + 2) * EXPIRY_STEP_S
    return Order(payee=payee.id, account=payee.account, amount=units, digest=digest, expiry=expiry)


def _units(request: PaymentRequest, treasury: Treasury) -> int | None:
    try:
        return parse_amount(request.amount or "", decimals=treasury.decimals)
    except InputError:
        return None


def _needed(order: Order | None, treasury: Treasury) -> int:
    above = order is not None and order.amount > treasury.approval_above
    return max(1, treasury.approvals_needed) if above else 1


def _limits(order: Order, payee: PayeeOnFile, treasury: Treasury) -> Iterator[Reason]:
    def told(units: int) -> str:
        return f"{format_amount(units, decimals=treasury.decimals)} {treasury.symbol}"

    refused = Outcome.REFUSED
    if treasury.paused:
        yield Reason(rule="paused", outcome=refused, text="The treasury's payments are stopped.")
    if order.amount > payee.left:
        text = f"{told(order.amount)} is more than the {told(payee.left)} left of {payee.name}'s "
        text += f"limit of {told(payee.limit)} in this period."
        yield Reason(rule="payee_limit", outcome=refused, text=text)
    if order.amount > treasury.total_left:
        text = f"{told(order.amount)} is more than the {told(treasury.total_left)} left of the "
        text += f"total of {told(treasury.total)} in this period."
        yield Reason(rule="total_limit", outcome=refused, text=text)
    if order.amount > treasury.balance:
        text = f"The treasury holds {told(treasury.balance)} only."
        yield Reason(rule="balance", outcome=refused, text=text)
    if order.amount > treasury.approval_above and treasury.approvals_needed:
        text = f"{told(order.amount)} is above {told(treasury.approval_above)}: "
        text += f"{treasury.approvals_needed} of the approvers have to agree."
        yield Reason(rule="threshold", outcome=Outcome.NEEDS_APPROVAL, text=text)


def _money(request: PaymentRequest, treasury: Treasury) -> Iterator[Reason]:
    asset = request.asset
    unclear = any(question.field == "asset" for question in request.questions)
    if asset is not None and not unclear and asset.casefold() != treasury.symbol.casefold():
        text = f"The treasury pays in {treasury.symbol}, the request asks for {asset}."
        yield Reason(rule="other_asset", outcome=Outcome.REFUSED, text=text)
    if request.amount is not None:
        units = _units(request, treasury)
        if units is None or not 0 < units < 2**128:
            text = (
                f"{request.amount} {treasury.symbol} cannot be paid: it is nothing, too much, or "
            )
            text += f"has more than {treasury.decimals} decimals."
            yield Reason(rule="amount", outcome=Outcome.REFUSED, text=text)


def _time(request: PaymentRequest, now_s: int) -> Iterator[Reason]:
    """A date long past is an old request, or one that is misread."""
    try:
        due = date.fromisoformat((request.due or "")[:10])
    except ValueError:  # none, or a duration
        return
    late_days = (datetime.fromtimestamp(now_s, UTC).date() - due).days
    if late_days > LONG_OVERDUE_DAYS:
        text = f"It was due on {due.isoformat()}, {late_days} days ago: a person has to look at it."
        yield Reason(rule="long_overdue", outcome=Outcome.NEEDS_APPROVAL, text=text)
