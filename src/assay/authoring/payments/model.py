"""What a payment request says, what is held against it, and what was decided.

Amounts are decimal strings until code needs units; `span`s point into the text as it was given.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from assay.authoring.model import Language

Span = tuple[int, int]
FlagKind = Literal[
    "instruction",
    "approval",
    "earlier_payment",
    "doubt",
    "secrecy",
    "pressure",
    "new_details",
    "hidden",
    "mixed_scripts",
]
HOLDING: frozenset[FlagKind] = frozenset(get_args(FlagKind)) - {"pressure", "new_details"}
"""Kinds of flags with which nothing is paid before a person has looked."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Flag(_Frozen):
    """Words that a careful clerk would show around; they are never obeyed."""

    kind: FlagKind
    span: Span
    text: str


class OpenQuestion(_Frozen):
    """What the request leaves open; `field` names what an answer would settle."""

    field: str
    text: str
    suggestions: tuple[str, ...] = ()


class PaymentRequest(_Frozen):
    """A request as it was understood.

    Attributes:
        payee: the name as it is written; None where nobody is named, or several are.
        amount: plain decimal digits.
        asset: token symbol or currency code.
        due: ISO 8601 date, date-time, or a duration from now.
        reference: number of an invoice, order or contract.
        accounts: blockchain addresses and names in the text, hostile parts included.
        bank_details: account numbers in the text, without spaces.
        bound: whether one sentence, or labels, say that this payee is to be paid this amount.
        digest: SHA-256 of the words, spelling apart; 0x and 64 characters.
    """

    language: Language
    text: str
    payee: str | None = None
    amount: str | None = None
    asset: str | None = None
    due: str | None = None
    reason: str | None = None
    reference: str | None = None
    accounts: tuple[str, ...] = ()
    bank_details: tuple[str, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    flags: tuple[Flag, ...] = ()
    bound: bool = True
    digest: str


class PayeeOnFile(_Frozen):
    """A payee as the treasury has it; amounts in units.

    Attributes:
        account: where it is paid now.
        next_account: an announced change, from `next_from` on (seconds since 1970).
        left: what it may still be paid in this period.
        details: SHA-256 of its bank details; None for none.
    """

    name: str
    id: str
    account: str
    limit: int
    left: int
    period_end: int = 0
    next_account: str | None = None
    next_from: int = 0
    details: str | None = None
    active: bool = True


class Treasury(_Frozen):
    """A treasury and its rules as the chain has them; amounts in units, times in seconds."""

    address: str
    owner: str
    currency: str
    symbol: str
    decimals: int
    balance: int
    paused: bool
    period_s: int
    account_delay_s: int
    total: int
    total_left: int
    total_period_end: int
    approval_above: int
    approvals_needed: int
    approvers: tuple[str, ...]
    payees: tuple[PayeeOnFile, ...]


class Past(_Frozen):
    """A request that was paid from here, or is being paid."""

    digest: str
    payee: str
    amount: int
    reference: str | None
    words: str
    text_digest: str
    at: int
    paid: bool = True


class Outcome(StrEnum):
    """What becomes of a request: the rules allow it, and once its money is sent it is executed."""

    ALLOWED = "allowed"
    EXECUTED = "executed"
    NEEDS_APPROVAL = "needs_approval"
    REFUSED = "refused"


class Reason(_Frozen):
    """One thing that counts for the outcome; `rule` is one of a fixed list of names."""

    rule: str
    outcome: Outcome
    text: str


class Order(_Frozen):
    """What the contract is asked to pay: the fields of `IPaymentPolicy.Request`."""

    payee: str
    account: str
    amount: int
    digest: str
    expiry: int


class Decision(_Frozen):
    """The outcome with every reason.

    Attributes:
        order: what is, would be or was paid; None where it is not even clear.
        approvers: whose approval counts, where some is missing.
        approvals: who approved already.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    order: Order | None = None
    payee: str | None = None
    approvers: tuple[str, ...] = ()
    approvals: tuple[str, ...] = ()
    approvals_needed: int = 0
    transaction: str | None = None
