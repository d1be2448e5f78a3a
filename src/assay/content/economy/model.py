"""Reposts, tips and subscriptions to creators as values, with the rule by which payments are split.

>>> author_amount(1_000_001, 500)   # five per cent, rounded up
50001
>>> parse_subject("7"), parse_subject("0x" + "ab" * 32) == Digest.parse("ab" * 32)
(7, True)

Amounts are whole units of a currency; times are seconds since 1970; rates are hundredths of a per
cent. A repost is named by its number, content by its digest: see the contract `Reposts`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assay.core.address import Address
from assay.core.digest import Digest
from assay.errors import InputError

BASIS_POINTS = 10_000
DEFAULT_RATE_BPS = 500
MAXIMUM_RATE_BPS = 5000
LARGEST_PRICE = 2**96 - 1
LONGEST_PERIOD_S = 2**32 - 1
_NUMBER = re.compile("[0-9]{1,12}")

ETHER = Address("0x0000000000000000000000000000000000000000")
"""Stands for ether among currencies."""

Subject = int | Digest
"""The number of a repost, or the digest of content."""


def author_amount(amount: int, rate_bps: int) -> int:
    """What the authors of the root have of a payment: the rate, rounded up."""
    return -(-amount * rate_bps // BASIS_POINTS)


def parse_subject(text: str) -> Subject:
    """Read the number of a repost or the id of content.

    Raises:
        InputError: it is neither.
    """
    if _NUMBER.fullmatch(text):
        return int(text)
    try:
        return Digest.parse(text)
    except InputError:
        raise InputError(
            f"{text[:80]!r} names neither content nor a repost.",
            hint="Give a content id (0x and 64 hexadecimal characters) or a repost's number.",
        ) from None


def subject_text(subject: Subject) -> str:
    """How a subject is written."""
    return str(subject) if isinstance(subject, int) else subject.hex


def check_rate(rate_bps: int) -> int:
    """A rate that the contract takes.

    Raises:
        InputError: it is above half.
    """
    if not 0 <= rate_bps <= MAXIMUM_RATE_BPS:
        raise InputError(f"A rate of {rate_bps / 100:g} percent is outside 0 to 50.")
    return rate_bps


@dataclass(frozen=True, slots=True)
class Repost:
    """A repost as the chain has it.

    Attributes:
        root: the content that it and what it reposts lead back to.
        parent: what was reposted: the root, or a repost of it.
        royalty_account: where the authors' part of each payment goes.
        rate_bps: the authors' part, fixed when the repost was made.
        price: what its owner sells it for; 0 if it is not for sale.
    """

    id: int
    root: Digest
    parent: Subject
    royalty_account: Address
    rate_bps: int
    reposted_at_s: int
    owner: Address
    price: int = 0

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "repost": self.id,
            "root": self.root.hex,
            "parent": subject_text(self.parent),
            "royalty_account": self.royalty_account,
            "rate_bps": self.rate_bps,
            "reposted_at": self.reposted_at_s,
            "owner": self.owner,
            "price": self.price or None,
        }


@dataclass(frozen=True, slots=True)
class ContentTerms:
    """What content asks of those who repost or tip it.

    Attributes:
        royalty_account: collects what its authors earn.
        rate_bps: of reposts that are made from now on.
    """

    royalty_account: Address
    rate_bps: int


class PaymentKind(StrEnum):
    """What a payment was for."""

    REPOST = "repost"
    RESALE = "resale"
    TIP = "tip"
    SUBSCRIPTION = "subscription"
    SALE = "sale"
    ROYALTY = "royalty"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Part:
    """What one account had of a payment."""

    receiver: Address
    amount: int

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {"receiver": self.receiver, "amount": self.amount}


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that moved, as the receipt of its transaction has it.

    Attributes:
        subject: the repost or content that was paid; None for a subscription.
        root: the content whose authors earned; None for a subscription.
        payer: who parted with it.
        parts: who had what; they add up to the payment.
        currency: the token that it was paid in.
        note: SHA-256 of what the payer said.
        moved: the currency's own transfers in the transaction bear every part out.
    """

    kind: PaymentKind
    subject: Subject | None
    root: Digest | None
    payer: Address
    parts: tuple[Part, ...]
    currency: Address
    transaction: str
    block: int
    note: Digest | None = None
    moved: bool = True

    @property
    def amount(self) -> int:
        """All that was paid."""
        return sum(part.amount for part in self.parts)

    def amount_to(self, receivers: frozenset[Address]) -> int:
        """What of it these accounts had."""
        return sum(part.amount for part in self.parts if part.receiver in receivers)

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "kind": self.kind.value,
            "subject": None if self.subject is None else subject_text(self.subject),
            "root": self.root.hex if self.root else None,
            "payer": self.payer,
            "amount": self.amount,
            "parts": [part.as_json() for part in self.parts],
            "currency": self.currency,
            "note": self.note.hex if self.note else None,
            "transaction": self.transaction,
            "block": self.block,
        }


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """What a plan costs.

    Attributes:
        price: of a period, in units of the currency.
        currency: the token that it is paid in; None for the payment token.
    """

    price: int
    period_s: int
    currency: Address | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.price <= LARGEST_PRICE:
            raise InputError(f"The price {self.price} is outside 0 to 2**96 - 1.")
        if not 1 <= self.period_s <= LONGEST_PERIOD_S:
            raise InputError(
                f"A period of {self.period_s} seconds is outside 1 to {LONGEST_PERIOD_S}."
            )


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan by which a creator is subscribed to.

    Attributes:
        price: of a period for those who subscribe now.
    """

    id: int
    creator: Address
    price: int
    period_s: int
    currency: Address
    is_closed: bool

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "plan": self.id,
            "creator": self.creator,
            "price": self.price,
            "period_s": self.period_s,
            "currency": self.currency,
            "closed": self.is_closed,
        }


@dataclass(frozen=True, slots=True)
class Subscription:
    """An account's subscription to a creator.

    Attributes:
        plan: the plan's number; 0 if there never was a subscription.
        price: that the subscriber agreed to, of each period.
        paid_until_s: the end of what is paid.
        is_active: it renews itself.
        due_from_s, due_until_s: when the next period can be paid; 0 if it is not active.
        time_s: when this was read, by the later of the chain's clock and the machine's.
    """

    creator: Address
    subscriber: Address
    plan: int
    price: int
    paid_until_s: int
    is_active: bool
    due_from_s: int
    due_until_s: int
    time_s: int

    @property
    def is_paid(self) -> bool:
        """Whether the present time is paid for."""
        return self.time_s < self.paid_until_s

    @property
    def is_due(self) -> bool:
        """Whether the next period can be paid now."""
        return self.is_active and self.due_from_s <= self.time_s <= self.due_until_s

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "creator": self.creator,
            "subscriber": self.subscriber,
            "plan": self.plan,
            "price": self.price,
            "subscribed": self.is_paid,
            "paid_until": self.paid_until_s,
            "renews": self.is_active,
            "due_from": self.due_from_s or None,
            "due_until": self.due_until_s or None,
        }


@dataclass(frozen=True, slots=True)
class Renewal:
    """How one renewal ended; `reason` is empty if it was paid."""

    creator: Address
    subscriber: Address
    price: int = 0
    paid_until_s: int = 0
    transaction: str = ""
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "creator": self.creator,
            "subscriber": self.subscriber,
            "renewed": not self.reason,
            "price": self.price,
            "paid_until": self.paid_until_s or None,
            "transaction": self.transaction or None,
            "reason": self.reason,
        }
