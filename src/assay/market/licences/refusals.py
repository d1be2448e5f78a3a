"""What the licence contract's errors mean, by their names; its values become the errors' own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from assay.core.address import parse_address
from assay.core.spending import BalanceTooSmall
from assay.errors import AssayError
from assay.market.licences.errors import (
    AllowanceTooSmall,
    LicenceBound,
    LicenceEnded,
    LicenceRentedOut,
    NotDue,
    NotForSale,
    NotSubscribed,
    NotTheOwner,
    OfferClosed,
    PerpetualLicence,
    PriceAboveMaximum,
    TermRefused,
    UnknownLicence,
    UnknownOffer,
)
from assay.market.licences.model import licence_text


class Revert(Protocol):
    """A contract's error with its values."""

    values: dict[str, Any]


def _not_owner(revert: Revert) -> AssayError:
    values = revert.values
    what = (
        f"Licence {licence_text(values['licenceId'])}"
        if "licenceId" in values
        else f"Asset {licence_text(values['assetId'])}"
    )
    return NotTheOwner(what, parse_address(values["caller"]), parse_address(values["owner"]))


def _rented(revert: Revert) -> AssayError:
    values = revert.values
    return LicenceRentedOut(values["licenceId"], parse_address(values["user"]), values["expires"])


def _balance(revert: Revert) -> AssayError:
    values = revert.values
    return BalanceTooSmall(parse_address(values["sender"]), values["balance"], values["needed"])


def _due(revert: Revert) -> AssayError:
    values = revert.values
    return NotDue(values["licenceId"], values["dueFrom"], values["dueUntil"])


def _term(revert: Revert) -> AssayError:
    values = revert.values
    end = values["licenceExpiresAt"]
    return TermRefused(f"{values['expires']} is not between now and the licence's end, {end}")


TRANSLATIONS: Mapping[str, Callable[[Any], AssayError]] = {
    "OffersUnknown": lambda revert: UnknownOffer(revert.values["offerId"]),
    "OffersClosed": lambda revert: OfferClosed(revert.values["offerId"]),
    "OffersNotAssetOwner": _not_owner,
    "OffersEndlessSubscription": lambda _: TermRefused("a subscription needs a period"),
    "FeesAboveMaximum": lambda revert: PriceAboveMaximum(
        revert.values["price"], revert.values["maximumPrice"]
    ),
    "ERC20InsufficientBalance": _balance,
    "ERC20InsufficientAllowance": lambda revert: AllowanceTooSmall(
        revert.values["allowance"], revert.values["needed"]
    ),
    "ERC721NonexistentToken": lambda revert: UnknownLicence(revert.values["tokenId"]),
    "LicencesNotOwner": _not_owner,
    "LicencesPerpetual": lambda revert: PerpetualLicence(revert.values["licenceId"]),
    "LicencesTooLong": lambda _: TermRefused("it would end after the year 36812"),
    "LicencesNotTransferable": lambda revert: LicenceBound(revert.values["licenceId"]),
    "LicencesRented": _rented,
    "LicencesWrongTerm": _term,
    "ResaleNotListed": lambda revert: NotForSale(revert.values["licenceId"]),
    "ResaleExpired": lambda revert: LicenceEnded(
        revert.values["licenceId"], revert.values["expiresAt"]
    ),
    "SubscriptionsInactive": lambda revert: NotSubscribed(
        f"licence {licence_text(revert.values['licenceId'])} does not renew itself"
    ),
    "SubscriptionsNotOffered": lambda revert: NotSubscribed(
        f"offer {revert.values['offerId']} is not one of a subscription"
    ),
    "SubscriptionsNotDue": _due,
}
