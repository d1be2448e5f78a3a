"""Whether a request asks again for what was paid already, in the same or in other words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assay.authoring.payments.documents import looks_like, reference_key
from assay.authoring.payments.model import Order, Outcome, Past, PaymentRequest, Reason
from assay.authoring.payments.similarity import marks, similarity

WINDOW_S = 45 * 24 * 3600
SHORTLY_S = 3 * 24 * 3600
NEAR_PERCENT = 10
SIMILAR = 0.45
"""Share of common runs of characters; one purpose in other words lies above."""


def check_duplicates(
    request: PaymentRequest, order: Order, pasts: Sequence[Past], now_s: int
) -> Iterator[Reason]:
    """Earlier payments to the same payee that this one resembles.

    The same amount for a similar purpose is refused, unless a number, date or month in the purpose
    tells them apart; within three days even that needs a person, and so does a near amount. A
    document's number that may be one that was paid is asked about however long ago that was.
    """
    for past in pasts:
        if past.payee != order.payee or past.digest == order.digest:
            continue
        yield from _same_document(request, past)
        age_s = now_s - past.at
        if age_s > WINDOW_S:
            continue
        if past.text_digest == request.digest:
            text = "The same words asked for a payment before."
            yield Reason(rule="duplicate", outcome=Outcome.REFUSED, text=text)
        elif past.amount == order.amount:
            yield from _same_amount(request, past, age_s)
        elif _is_near(past.amount, order.amount) and _alike(request, past):
            apart = age_s > SHORTLY_S and _apart(request, past)
            if not apart:
                yield _held(f"Nearly the same amount was paid lately for {past.words!r}.")


def _same_amount(request: PaymentRequest, past: Past, age_s: int) -> Iterator[Reason]:
    if not _alike(request, past):
        if not (request.reason or request.reference):
            yield _held("The same amount was paid lately, and the text says no purpose or number.")
    elif not _apart(request, past):
        text = f"It resembles a request of the same amount that was paid ({past.words!r})."
        text += " If it is another, give its number with --reference."
        yield Reason(rule="similar", outcome=Outcome.REFUSED, text=text)
    elif age_s <= SHORTLY_S:
        yield _held(f"The same amount was paid within three days for {past.words!r}.")


def _same_document(request: PaymentRequest, past: Past) -> Iterator[Reason]:
    if not request.reference or not past.reference:
        return
    if reference_key(request.reference) == reference_key(past.reference):
        text = f"Number {past.reference} of this payee was paid before."
        yield Reason(rule="duplicate", outcome=Outcome.REFUSED, text=text)
    elif looks_like(request.reference, past.reference):
        yield _held(f"Number {request.reference} may be {past.reference}, which was paid before.")


def _held(text: str) -> Reason:
    return Reason(rule="similar", outcome=Outcome.NEEDS_APPROVAL, text=text)


def _is_near(left: int, right: int) -> bool:
    return abs(left - right) * 100 <= max(left, right) * NEAR_PERCENT


def _alike(request: PaymentRequest, past: Past) -> bool:
    return similarity(purpose(request), past.words) >= SIMILAR


def _apart(request: PaymentRequest, past: Past) -> bool:
    mine = marks(f"{purpose(request)} {request.reference or ''}")
    theirs = marks(f"{past.words} {past.reference or ''}")
    return bool(mine) and bool(theirs) and mine != theirs


def purpose(request: PaymentRequest) -> str:
    """What the request is for, as it is compared: its reason, or else all of its words."""
    return request.reason or " ".join(request.text.split())[:400]
