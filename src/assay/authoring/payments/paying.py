"""From words to money: read, decided, kept, paid; and again after a crash, without paying twice.

The order is kept before it is sent. The contract pays a digest once, so that a second attempt,
another process or a replay can only find it paid.
"""

from __future__ import annotations

from collections.abc import Mapping

from assay.authoring.model import Language
from assay.authoring.payments.deciding import decide
from assay.authoring.payments.duplicates import purpose
from assay.authoring.payments.errors import NothingToApprove
from assay.authoring.payments.model import (
    Decision,
    Order,
    Outcome,
    Past,
    PaymentRequest,
    Reason,
    Treasury,
)
from assay.authoring.payments.ports import Journal, TreasuryOnChain
from assay.authoring.payments.reading import read_request
from assay.errors import InputError

ANSWERS = ("payee", "amount", "asset", "reference", "due", "reason")
_SETTLED = {name: (name,) for name in ANSWERS if name != "reason"}


def answered(request: PaymentRequest, answers: Mapping[str, str]) -> PaymentRequest:
    """The request with what the payer's own people settled; questions about it are closed.

    Raises:
        InputError: there is no such field.
    """
    unknown = sorted(set(answers) - set(ANSWERS))
    if unknown:
        raise InputError(
            f"{unknown[0]!r} cannot be answered.", hint=f"Fields: {', '.join(ANSWERS)}."
        )
    closed = {field for name in answers for field in _SETTLED.get(name, ())}
    left = tuple(one for one in request.questions if one.field not in closed)
    bound = request.bound or {"payee", "amount"} <= set(answers)
    return request.model_copy(update={**answers, "questions": left, "bound": bound})


def consider(
    text: str,
    treasury: TreasuryOnChain,
    journal: Journal,
    *,
    language: Language | None = None,
    answers: Mapping[str, str] | None = None,
) -> tuple[PaymentRequest, Decision, Treasury]:
    """What would become of a text; nothing is sent."""
    state, now_s = treasury.state(), treasury.now_s()
    names = [one.name for one in state.payees if one.active]
    request = answered(read_request(text, language=language, known=names), answers or {})
    series = "reference" in (answers or {})
    pasts = tuple(one for one in journal.pasts() if treasury.paid_at(one.digest))
    decision = decide(request, state, pasts, now_s, series=series)
    if decision.order is not None:
        kept = journal.order(decision.order.digest)
        order = kept if kept and _still_good(kept, decision.order, now_s) else decision.order
        paid_at = treasury.paid_at(order.digest)
        if paid_at:
            decision = decide(request, state, pasts, now_s, paid_at=paid_at, series=series)
        decision = decision.model_copy(update={"order": order})
        decision = _with_approvals(decision, treasury.approvals(order), state)
    return request, decision, state


def pay(
    text: str,
    treasury: TreasuryOnChain,
    journal: Journal,
    *,
    language: Language | None = None,
    answers: Mapping[str, str] | None = None,
) -> tuple[PaymentRequest, Decision]:
    """Pay what a text asks for, if the rules allow it.

    Raises:
        PaymentRefused: the contract refuses what the rules off the chain allow.
        PaymentBusy: another process pays.
        InputError: an answer has no place.
    """
    with journal.lock():
        request, decision, _ = consider(text, treasury, journal, language=language, answers=answers)
        order = decision.order
        if order is None:
            return request, decision
        if _is_ours(order, decision, journal):
            decision = _recovered(decision, treasury.pay(order))
            journal.end(order.digest, decision)
            return request, decision
        if decision.outcome is not Outcome.ALLOWED:
            return request, decision
        journal.begin(_past(request, order, treasury.now_s()), order, text)
        sent = {"transaction": treasury.pay(order), "outcome": Outcome.EXECUTED}
        paid = decision.model_copy(update=sent)
        journal.end(order.digest, paid)
        return request, paid


def approve(
    text: str,
    treasury: TreasuryOnChain,
    journal: Journal,
    *,
    language: Language | None = None,
    answers: Mapping[str, str] | None = None,
) -> tuple[PaymentRequest, Decision, str]:
    """Agree to a request as an approver; the transaction's hash comes last.

    Raises:
        NothingToApprove: it is refused, or needs nobody.
        PaymentRefused: the account is no approver.
    """
    request, decision, _ = consider(text, treasury, journal, language=language, answers=answers)
    waiting = decision.outcome is Outcome.NEEDS_APPROVAL
    if decision.order is None or not waiting:
        texts = [one.text for one in decision.reasons] or ["it needs no approval."]
        raise NothingToApprove(" ".join(texts))
    transaction = treasury.approve(decision.order)
    return request, decision, transaction


def _still_good(kept: Order, fresh: Order, now_s: int) -> bool:
    same = (kept.payee, kept.account, kept.amount) == (fresh.payee, fresh.account, fresh.amount)
    return same and kept.expiry > now_s


def _is_ours(order: Order, decision: Decision, journal: Journal) -> bool:
    """Whether an attempt of ours paid it and was cut off before it could say so."""
    if [one.rule for one in decision.reasons if one.outcome is Outcome.REFUSED] == []:
        return False
    duplicate = any(one.rule == "duplicate" for one in decision.reasons)
    begun = any(one.digest == order.digest and not one.paid for one in journal.pasts())
    return duplicate and begun and journal.order(order.digest) == order


def _recovered(decision: Decision, transaction: str) -> Decision:
    text = "An earlier attempt that was cut off had paid it; nothing was paid again."
    reason = Reason(rule="recovered", outcome=Outcome.EXECUTED, text=text)
    update = {"outcome": Outcome.EXECUTED, "reasons": (reason,), "transaction": transaction}
    return decision.model_copy(update=update)


def _with_approvals(decision: Decision, given: tuple[str, ...], state: Treasury) -> Decision:
    if decision.outcome is not Outcome.NEEDS_APPROVAL:
        return decision
    if not state.approvers:
        text = "Nobody is appointed who could approve it."
        reason = Reason(rule="no_approvers", outcome=Outcome.REFUSED, text=text)
        reasons = (*decision.reasons, reason)
        return decision.model_copy(update={"outcome": Outcome.REFUSED, "reasons": reasons})
    enough = len(given) >= decision.approvals_needed
    outcome = Outcome.ALLOWED if enough else Outcome.NEEDS_APPROVAL
    return decision.model_copy(update={"approvals": given, "outcome": outcome})


def _past(request: PaymentRequest, order: Order, now_s: int) -> Past:
    return Past(
        digest=order.digest,
        payee=order.payee,
        amount=order.amount,
        reference=request.reference,
        words=purpose(request),
        text_digest=request.digest,
        at=now_s,
        paid=False,
    )
