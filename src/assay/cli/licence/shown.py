"""How licences, offers and times are shown to people, and periods read from them."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from assay.core.amount import format_amount
from assay.errors import InputError

if TYPE_CHECKING:
    from assay.market.licences.model import LicenceState, Offer, Purchase

_UNITS_S = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400}
_PERIOD = re.compile(r"(\d{1,10})([smhdw])")
_DECIMALS = 6
_LATEST_SHOWN_S = 253_402_300_799


def tokens(units: int) -> str:
    """An amount of the payment token."""
    return f"{format_amount(units, decimals=_DECIMALS)} ASSAY"


def period(text: str) -> int:
    """Read 90s, 30m, 12h, 30d or 4w into seconds.

    Raises:
        InputError: something else.
    """
    found = _PERIOD.fullmatch(text)
    if not found:
        raise InputError(f"{text[:80]!r} is no period.", hint="Write it like 90s, 12h, 30d or 4w.")
    return int(found[1]) * _UNITS_S[found[2]]


def period_text(seconds: int) -> str:
    """A period in the largest unit that fits: 2592000 is 30 days."""
    for name, unit_s in (("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1)):
        if seconds % unit_s == 0:
            count = seconds // unit_s
            return f"{count} {name}" + ("" if count == 1 else "s")
    raise AssertionError("a second fits every whole number of seconds")


def until(text: str) -> int:
    """Read a time, or a period from now, into seconds since 1970.

    Raises:
        InputError: neither; a time without a zone is read as local time.
    """
    if _PERIOD.fullmatch(text):
        return int(time.time()) + period(text)
    try:
        return int(datetime.fromisoformat(text).astimezone().timestamp())
    except (ValueError, OverflowError):
        raise InputError(
            f"{text[:80]!r} is no time.", hint="Write 2027-01-31T12:00:00Z, or a period like 30d."
        ) from None


def both_times(time_s: int | None) -> str:
    """A time as it is here, and in UTC."""
    if not time_s:
        return "never"
    if time_s > _LATEST_SHOWN_S:
        return f"{time_s} seconds after 1970"
    moment = datetime.fromtimestamp(time_s, UTC)
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S %Z} ({moment:%Y-%m-%dT%H:%M:%SZ})"


def offer_line(offer: Offer) -> str:
    """One line an offer, never cut."""
    terms = offer.terms
    lasts = f"for {period_text(terms.period_s)}" if terms.period_s else "for ever"
    kind = "subscription, " if terms.subscription else ""
    bound = "" if terms.transferable else ", bound to its buyer"
    state = "" if offer.is_open else "  (closed)"
    return f"offer {offer.id:<6} {tokens(terms.price):>16}  {kind}{lasts}{bound}{state}"


def licence_lines(state: LicenceState) -> str:
    """A licence in a few lines."""
    shown = state.as_json()
    lines = [
        f"licence  {shown['licence']}" + ("  EXPIRED" if shown["expired"] else ""),
        f"asset    {shown['asset_id']}",
        f"owner    {shown['owner']}",
        f"expires  {both_times(shown['expires_at'])}",
    ]
    if shown["user"]:
        lines.append(f"rented   to {shown['user']} until {both_times(shown['user_expires_at'])}")
    if shown["renews"]:
        most = tokens(shown["renewal_maximum_price"])
        lines.append(f"renews   for at most {most}, due from {both_times(shown['due_from'])}")
    if shown["listed_price"] is not None:
        lines.append(f"for sale {tokens(shown['listed_price'])}")
    return "\n".join(lines)


def purchase_lines(verb: str, purchase: Purchase) -> str:
    """What was paid for, in a few lines."""
    shown = purchase.as_json()
    return (
        f"{verb} for {tokens(purchase.price)}\nlicence  {shown['licence']}\n"
        f"expires  {both_times(purchase.expires_at_s)}\npayment  {purchase.transaction}"
    )
