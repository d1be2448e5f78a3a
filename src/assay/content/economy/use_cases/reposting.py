"""Repost content, set the rate that reposts pay its authors, and sell reposts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assay.content.economy.errors import (
    NotForSale,
    PriceAboveMaximum,
    UnknownRepost,
)
from assay.content.economy.model import ContentTerms, Repost, Subject, check_rate, subject_text
from assay.content.economy.ports import EconomyAccount, EconomyIndex, EconomyReader
from assay.content.errors import UnknownContent
from assay.content.ports import ContentIndex
from assay.core.digest import Digest
from assay.core.spending import BalanceTooSmall


@dataclass(frozen=True, slots=True)
class Done:
    """A repost after a transaction that concerned it."""

    repost: Repost
    transaction: str

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {**self.repost.as_json(), "transaction": self.transaction}


@dataclass(frozen=True, slots=True)
class RateChanged:
    """What content asks of reposts from now on."""

    content_id: Digest
    terms: ContentTerms
    transaction: str

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "content_id": self.content_id.hex,
            "rate_bps": self.terms.rate_bps,
            "royalty_account": self.terms.royalty_account,
            "transaction": self.transaction,
        }


def repost(
    parent: Subject, maximum_rate_bps: int, *, account: EconomyAccount, reader: EconomyReader
) -> Done:
    """Make a repost of content, or of a repost, whose authors take at most this rate.

    Raises:
        NothingToRepost, UnknownRepost: there is nothing of this name.
        ContentWithdrawn: the content at the root is revoked.
        RateAboveMaximum: the authors ask for more, perhaps since a moment ago.
    """
    if isinstance(parent, int):
        show_repost(parent, reader=reader)
    token_id = parent if isinstance(parent, int) else parent.token_id
    number, transaction = account.repost(token_id, check_rate(maximum_rate_bps))
    return Done(show_repost(number, reader=reader), transaction)


def set_rate(
    content_id: Digest,
    rate_bps: int,
    *,
    account: EconomyAccount,
    reader: EconomyReader,
    minted: ContentIndex,
) -> RateChanged:
    """Set what authors take of payments to reposts that are made from now on.

    Raises:
        UnknownContent: the mint is not indexed, so that the creator cannot be shown.
        NotTheCreator: the content is somebody else's.
    """
    check_rate(rate_bps)
    minting = minted.mintings([content_id]).get(content_id)
    if minting is None:
        raise UnknownContent(content_id)
    transaction = account.set_rate(content_id, minting.provenance, rate_bps)
    [terms] = reader.content([content_id])
    return RateChanged(content_id, terms, transaction)


def show_repost(number: int, *, reader: EconomyReader) -> Repost:
    """One repost.

    Raises:
        UnknownRepost: no repost has this number.
    """
    [found] = reader.reposts([number])
    if found is None:
        raise UnknownRepost(number)
    return found


def list_reposts(
    subject: Subject, *, reader: EconomyReader, index: EconomyIndex
) -> list[tuple[int, Repost]]:
    """The reposts of content, or those made from a repost, each with its depth below the root."""
    root = show_repost(subject, reader=reader).root if isinstance(subject, int) else subject
    found = [one for one in reader.reposts(index.reposts_of(root)) if one is not None]
    depths: dict[str, int] = {subject_text(root): 0}
    below = {subject_text(subject)}
    listed: list[tuple[int, Repost]] = []
    for one in found:  # oldest first: what was reposted stands before
        parent = subject_text(one.parent)
        depths[str(one.id)] = depths.get(parent, 0) + 1
        if parent in below:
            below.add(str(one.id))
            listed.append((depths[str(one.id)], one))
    return listed


def sell(number: int, price: int, *, account: EconomyAccount, reader: EconomyReader) -> Done:
    """Offer an own repost for sale, or change its price; 0 ends the sale."""
    show_repost(number, reader=reader)
    if price:
        transaction = account.list_for_sale(number, price)
    else:
        transaction = account.withdraw_listing(number)
    return Done(show_repost(number, reader=reader), transaction)


def buy(number: int, maximum_price: int, *, account: EconomyAccount, reader: EconomyReader) -> Done:
    """Buy a listed repost: the authors of its root have their rate, its seller the rest.

    Raises:
        NotForSale: its owner does not sell it.
        PriceAboveMaximum: it costs more, perhaps since a moment ago.
        BalanceTooSmall: the account does not hold the price.
    """
    price = show_repost(number, reader=reader).price
    if not price:
        raise NotForSale(number)
    if price > maximum_price:
        raise PriceAboveMaximum(price, maximum_price)
    balance = reader.balance(account.address, reader.currency)
    if balance < price:
        raise BalanceTooSmall(account.address, balance, price)
    allowed = reader.repost_allowance(account.address) >= price
    transaction = account.buy(number, maximum_price, None if allowed else price)
    return Done(show_repost(number, reader=reader), transaction)
