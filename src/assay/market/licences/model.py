"""Offers and licences as values, and the rules about time, which the contract holds as well.

>>> alice, bob = (Address("0x" + digit * 40) for digit in "12")
>>> licence = Licence(1, alice, Digest.of(b""), 1, 100, True, user=bob, user_expires_at_s=50)
>>> licence.holder_at(49) == bob, licence.holder_at(50) == alice, licence.holder_at(100)
(True, True, None)

Amounts are whole units of the payment token; times are seconds since 1970, and 0 is never.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from assay.core.address import Address
from assay.core.digest import Digest
from assay.errors import InputError

NOBODY = Address("0x0000000000000000000000000000000000000000")
LARGEST_PRICE = 2**96 - 1
LONGEST_PERIOD_S = 2**32 - 1
_LATEST_SHOWN_S = 253_402_300_799  # the end of the year 9999
_LONGEST_LEAD_S = 86_400
_LONGEST_GRACE_S = 7 * 86_400


@dataclass(frozen=True, slots=True)
class Terms:
    """What an offer's licences cost and allow.

    Attributes:
        price: of a licence, or of each period.
        period_s: seconds of a period; 0 for a perpetual licence.
        subscription: licences renew themselves from the buyer's allowance.
        transferable: they can be sold, given away and rented out.
    """

    price: int
    period_s: int = 0
    subscription: bool = False
    transferable: bool = True

    def __post_init__(self) -> None:
        if not 0 <= self.price <= LARGEST_PRICE:
            raise InputError(f"The price {self.price} is outside 0 to 2**96 - 1.")
        if not 0 <= self.period_s <= LONGEST_PERIOD_S:
            raise InputError(
                f"A period of {self.period_s} seconds is outside 0 to {LONGEST_PERIOD_S}."
            )
        if self.subscription and not self.period_s:
            raise InputError("A subscription needs a period.", hint="Give --period, like 30d.")

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "price": self.price,
            "period_s": self.period_s,
            "subscription": self.subscription,
            "transferable": self.transferable,
        }


@dataclass(frozen=True, slots=True)
class Offer:
    """Terms on which licences of an asset are sold.

    Attributes:
        seller: who set the price last; paid for each licence and period.
        is_open: not withdrawn, and the seller still owns the asset.
    """

    id: int
    asset_id: Digest
    seller: Address
    is_open: bool
    terms: Terms

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "offer": self.id,
            "asset_id": self.asset_id.hex,
            "seller": self.seller,
            "open": self.is_open,
            **self.terms.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Licence:
    """The right of one account at a time to use an asset.

    Attributes:
        expires_at_s: from this second on it is over; 0 if it never is.
        user: who has rented it; `NOBODY` if nobody has.
    """

    id: int
    owner: Address
    asset_id: Digest
    offer: int
    expires_at_s: int
    transferable: bool
    user: Address = NOBODY
    user_expires_at_s: int = 0

    def is_expired_at(self, time_s: int) -> bool:
        """Whether it is over at a time."""
        return self.expires_at_s != 0 and time_s >= self.expires_at_s

    def is_rented_at(self, time_s: int) -> bool:
        """Whether another than the owner uses it at a time."""
        return self.user != NOBODY and time_s < self.user_expires_at_s

    def holder_at(self, time_s: int) -> Address | None:
        """Who may use the asset by it at a time: its user, else its owner; None once it is over."""
        if self.is_expired_at(time_s):
            return None
        return self.user if self.is_rented_at(time_s) else self.owner


@dataclass(frozen=True, slots=True)
class Subscription:
    """That a licence renews itself.

    Attributes:
        subscriber: who pays, the licence's owner; `NOBODY` if it does not renew itself.
        maximum_price: the most that a period may cost.
        due_from_s, due_until_s: when the next period is to be paid.
    """

    subscriber: Address
    maximum_price: int
    due_from_s: int
    due_until_s: int

    @property
    def is_active(self) -> bool:
        """Whether anybody pays."""
        return self.subscriber != NOBODY

    def is_due_at(self, time_s: int) -> bool:
        """Whether the next period can be paid at a time."""
        return self.is_active and self.due_from_s <= time_s <= self.due_until_s


@dataclass(frozen=True, slots=True)
class LicenceState:
    """Everything about a licence at one block.

    Attributes:
        listed_price: what its owner sells it for; None if it is not for sale.
        block: the block that was read; `block_time_s` is its time.
    """

    licence: Licence
    subscription: Subscription
    listed_price: int | None
    block: int
    block_time_s: int

    def as_json(self) -> dict[str, Any]:
        """What `assay licence show --json` prints."""
        licence, subscription = self.licence, self.subscription
        rented = licence.is_rented_at(self.block_time_s)
        return {
            "licence": licence_text(licence.id),
            "asset_id": licence.asset_id.hex,
            "offer": licence.offer,
            "owner": licence.owner,
            "expires_at": licence.expires_at_s or None,
            "expires_at_utc": utc_text(licence.expires_at_s),
            "expired": licence.is_expired_at(self.block_time_s),
            "transferable": licence.transferable,
            "user": licence.user if rented else None,
            "user_expires_at": licence.user_expires_at_s if rented else None,
            "renews": subscription.is_active,
            "renewal_maximum_price": subscription.maximum_price if subscription.is_active else None,
            "due_from": subscription.due_from_s if subscription.is_active else None,
            "due_until": subscription.due_until_s if subscription.is_active else None,
            "listed_price": self.listed_price,
            "block": self.block,
        }


@dataclass(frozen=True, slots=True)
class Purchase:
    """What a transaction did: a licence bought, renewed or resold, and what it cost."""

    licence: int
    price: int
    transaction: str
    expires_at_s: int = 0

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "licence": licence_text(self.licence),
            "price": self.price,
            "transaction": self.transaction,
            "expires_at": self.expires_at_s or None,
            "expires_at_utc": utc_text(self.expires_at_s),
        }


def due_window(expires_at_s: int, period_s: int) -> tuple[int, int]:
    """When the next period of a subscription can be paid: a little before and after the end."""
    lead_s, grace_s = min(period_s // 10, _LONGEST_LEAD_S), min(period_s, _LONGEST_GRACE_S)
    return expires_at_s - lead_s, expires_at_s + grace_s


def renewed_until(expires_at_s: int, period_s: int, time_s: int) -> int:
    """Where a licence ends that is renewed at a time: a period after its end, or after now."""
    return max(expires_at_s, time_s) + period_s


def licence_text(licence: int) -> str:
    """How the id of a licence is written: 0x and 64 hexadecimal characters."""
    return f"0x{licence:064x}"


def parse_licence(text: str) -> int:
    """Read the id of a licence, in hexadecimal with 0x or in decimal.

    Raises:
        InputError: something else.
    """
    try:
        number = int(text, 16 if text.startswith("0x") else 10)
    except ValueError:
        number = -1
    if not 0 <= number < 2**256 or "_" in text:
        raise InputError(
            f"{text[:80]!r} is not the id of a licence.", hint="`assay licence list` shows yours."
        )
    return number


def utc_text(time_s: int) -> str | None:
    """A time as RFC 3339 in UTC; None for never, and for what no calendar has."""
    if not 0 < time_s <= _LATEST_SHOWN_S:
        return None
    return datetime.fromtimestamp(time_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
