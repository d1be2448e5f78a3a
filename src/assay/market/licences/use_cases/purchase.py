"""Buy and renew licences, never for more than the buyer agreed to.

Each is one transaction: the allowance is signed (EIP-2612) and used in it. A permit sets the
allowance instead of adding to it; so what other subscriptions count on is signed for again.
"""

from __future__ import annotations

from assay.core.spending import BalanceTooSmall
from assay.market.licences.errors import (
    LicenceEnded,
    NotForSale,
    PerpetualLicence,
    PriceAboveMaximum,
)
from assay.market.licences.model import LicenceState, Purchase
from assay.market.licences.ports import LicenceAccount, LicenceReader
from assay.market.licences.use_cases.holding import show_licence
from assay.market.licences.use_cases.offers import open_offer

_LARGEST_ALLOWANCE = 2**256 - 1


def buy_licence(
    offer: int,
    maximum_price: int,
    *,
    account: LicenceAccount,
    reader: LicenceReader,
    periods: int = 1,
) -> Purchase:
    """Buy a licence by an offer.

    Args:
        maximum_price: the most to pay; of a subscription, for each later period as well.
        periods: how many periods of a subscription the allowance is to last for, the first
            included.

    Raises:
        UnknownOffer, OfferClosed: nothing is sold by it.
        PriceAboveMaximum: it costs more, perhaps since a moment ago.
        BalanceTooSmall: the account does not hold the price.
    """
    terms = open_offer(offer, reader=reader).terms
    _check(terms.price, maximum_price, account, reader)
    later = max(0, periods - 1) * maximum_price if terms.subscription else 0
    return account.buy(offer, maximum_price, _allowance(terms.price + later, account, reader))


def renew_licence(
    licence: int,
    maximum_price: int,
    *,
    account: LicenceAccount,
    reader: LicenceReader,
    periods: int = 1,
) -> Purchase:
    """Pay another period of a licence, which may be anybody's; see `buy_licence`.

    Raises:
        UnknownLicence: no such id.
        PerpetualLicence: it never ends.
        Everything that `buy_licence` raises.
    """
    state = show_licence(licence, reader=reader)
    if not state.licence.expires_at_s:
        raise PerpetualLicence(licence)
    terms = open_offer(state.licence.offer, reader=reader).terms
    _check(terms.price, maximum_price, account, reader)
    own = state.subscription.subscriber == account.address
    later = max(0, periods - 1) * maximum_price if own else 0
    allowance = _allowance(terms.price + later, account, reader)
    return account.renew(licence, maximum_price, allowance)


def buy_listed(
    licence: int, maximum_price: int, *, account: LicenceAccount, reader: LicenceReader
) -> Purchase:
    """Buy a licence from its owner.

    Raises:
        NotForSale, LicenceEnded: its owner does not sell it, or it is over.
        PriceAboveMaximum, BalanceTooSmall: as `buy_licence`.
    """
    state = show_licence(licence, reader=reader)
    if state.listed_price is None:
        raise NotForSale(licence)
    if state.licence.is_expired_at(state.block_time_s):
        raise LicenceEnded(licence, state.licence.expires_at_s)
    _check(state.listed_price, maximum_price, account, reader)
    allowance = _allowance(state.listed_price, account, reader)
    return account.buy_listed(licence, maximum_price, allowance)


def subscribe(
    licence: int,
    maximum_price: int,
    *,
    account: LicenceAccount,
    reader: LicenceReader,
    periods: int = 12,
) -> LicenceState:
    """Have an own licence renew itself, from an allowance for so many further periods."""
    show_licence(licence, reader=reader)
    account.subscribe(licence, maximum_price)
    account.allow(_allowance(periods * maximum_price, account, reader))
    return show_licence(licence, reader=reader)


def cancel(licence: int, *, account: LicenceAccount, reader: LicenceReader) -> LicenceState:
    """End a subscription; what is paid stays good.

    Raises:
        NotSubscribed: it does not renew itself.
        NotTheOwner: it is somebody else's.
    """
    show_licence(licence, reader=reader)
    account.cancel(licence)
    return show_licence(licence, reader=reader)


def _check(price: int, maximum_price: int, account: LicenceAccount, reader: LicenceReader) -> None:
    if price > maximum_price:
        raise PriceAboveMaximum(price, maximum_price)
    balance = reader.balance(account.address)
    if balance < price:
        raise BalanceTooSmall(account.address, balance, price)


def _allowance(more: int, account: LicenceAccount, reader: LicenceReader) -> int:
    return min(_LARGEST_ALLOWANCE, reader.allowance(account.address) + more)
