"""Offer licences of an asset, and find what is offered."""

from __future__ import annotations

from assay.core.digest import Digest
from assay.market.licences.errors import NoOffer, NotTheOwner, OfferClosed
from assay.market.licences.model import Offer, Terms
from assay.market.licences.ports import LicenceAccount, LicenceIndex, LicenceReader


def make_offer(
    asset_id: Digest, terms: Terms, *, account: LicenceAccount, reader: LicenceReader
) -> tuple[Offer, str]:
    """Offer licences of an asset that the account owns; the offer, and the transaction.

    Raises:
        NotTheOwner: the asset is somebody else's, or nobody's.
    """
    owner = reader.asset_owner_at(asset_id, reader.block(0))
    if owner is not None and owner != account.address:
        raise NotTheOwner(f"Asset {asset_id}", account.address, owner)
    number, transaction = account.make_offer(asset_id, terms)
    return reader.offers([number])[0], transaction


def change_price(
    offer: int, price: int, *, account: LicenceAccount, reader: LicenceReader
) -> tuple[Offer, str]:
    """Set the price of later purchases and renewals; the offer, and the transaction."""
    Terms(price)  # in range
    transaction = account.change_price(offer, price)
    return reader.offers([offer])[0], transaction


def list_offers(
    asset_id: Digest, *, index: LicenceIndex, reader: LicenceReader, closed: bool = False
) -> list[Offer]:
    """The offers for an asset that the chain confirms, the closed ones only if asked for."""
    offers = reader.offers(index.offers_of(asset_id))
    return [offer for offer in offers if closed or offer.is_open]


def only_offer(asset_id: Digest, *, index: LicenceIndex, reader: LicenceReader) -> Offer:
    """The one open offer for an asset.

    Raises:
        NoOffer: there is none, or there are several to choose from.
    """
    offers = list_offers(asset_id, index=index, reader=reader)
    if len(offers) != 1:
        raise NoOffer(asset_id, [offer.id for offer in offers])
    return offers[0]


def open_offer(number: int, *, reader: LicenceReader) -> Offer:
    """An offer by which licences are sold now.

    Raises:
        UnknownOffer: no such number.
        OfferClosed: it was withdrawn, or the asset has another owner.
    """
    [offer] = reader.offers([number])
    if not offer.is_open:
        raise OfferClosed(number)
    return offer
