"""Tip content or pay a repost: one intent, for both reach the authors."""

from __future__ import annotations

from assay.content.economy.errors import NoteTooLong, NothingPaid
from assay.content.economy.model import Payment, PaymentKind, Subject
from assay.content.economy.ports import EconomyAccount, EconomyReader, Notes
from assay.content.economy.use_cases.reposting import show_repost
from assay.core.digest import Digest
from assay.core.spending import BalanceTooSmall
from assay.errors import IntegrityError

NOTE_LIMIT_BYTES = 4096


def pay(
    subject: Subject,
    amount: int,
    *,
    account: EconomyAccount,
    reader: EconomyReader,
    notes: Notes,
    note: str = "",
) -> Payment:
    """Pay an amount to content, or to a repost, whose owner and whose root's authors share it.

    The note is kept in the store, and its SHA-256 goes with the payment. An allowance that is there
    is used; else one of the amount is signed and used in the same transaction.

    Raises:
        NothingPaid, NoteTooLong: the amount or the note is none.
        BalanceTooSmall: the account does not hold the amount.
        UnknownRepost, NothingToRepost, ContentWithdrawn: there is nothing to be paid.
    """
    if amount < 1:
        raise NothingPaid
    if isinstance(subject, int):
        show_repost(subject, reader=reader)
    balance = reader.balance(account.address, reader.currency)
    if balance < amount:
        raise BalanceTooSmall(account.address, balance, amount)
    said = _note(note, notes)
    if isinstance(subject, int):
        allowance = _allowance(reader.repost_allowance(account.address), amount)
        transaction = account.pay(subject, amount, said, allowance)
    else:
        allowance = _allowance(reader.tip_allowance(account.address), amount)
        transaction = account.tip(subject, amount, said, allowance)
    [payments] = reader.payments([transaction])
    kind = PaymentKind.REPOST if isinstance(subject, int) else PaymentKind.TIP
    for payment in payments:
        if payment.kind is kind and payment.subject == subject:
            return payment
    raise IntegrityError(f"The transaction {transaction} does not show the payment.")


def _note(text: str, notes: Notes) -> Digest | None:
    if not text:
        return None
    data = text.encode()
    if len(data) > NOTE_LIMIT_BYTES:
        raise NoteTooLong(len(data), NOTE_LIMIT_BYTES)
    return notes.add_bytes(data).digest


def _allowance(given: int, amount: int) -> int | None:
    return None if given >= amount else amount
