"""What the contracts' errors mean, by their names; their values become the errors' own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from assay.content.economy import errors
from assay.content.economy.model import MAXIMUM_RATE_BPS
from assay.core.address import parse_address
from assay.core.digest import Digest
from assay.core.spending import BalanceTooSmall
from assay.errors import AssayError, InputError

_LARGEST_REPOST = 2**40 - 1


class Revert(Protocol):
    """A contract's error with its values."""

    values: dict[str, Any]


def _missing(revert: Revert) -> AssayError:
    token_id = revert.values["tokenId"]
    if token_id <= _LARGEST_REPOST:
        return errors.UnknownRepost(token_id)
    return errors.NothingToRepost(Digest.from_token_id(token_id))


def _not_creator(revert: Revert) -> AssayError:
    values = revert.values
    what = (
        f"Plan {values['planId']}"
        if "planId" in values
        else f"Content {Digest.from_token_id(values['tokenId'])}"
    )
    return errors.NotTheCreator(what, parse_address(values["caller"]))


def _not_owner(revert: Revert) -> AssayError:
    values = revert.values
    caller, owner = parse_address(values["caller"]), parse_address(values["owner"])
    return errors.NotTheOwner(values["repostId"], caller, owner)


def _above_maximum(revert: Revert) -> AssayError:
    return errors.PriceAboveMaximum(revert.values["price"], revert.values["maximumPrice"])


def _balance(revert: Revert) -> AssayError:
    values = revert.values
    return BalanceTooSmall(parse_address(values["sender"]), values["balance"], values["needed"])


def _inexact(revert: Revert) -> AssayError:
    values = revert.values
    return errors.PaymentInexact(
        parse_address(values["currency"]), values["amount"], values["arrived"]
    )


def _inactive(revert: Revert) -> AssayError:
    values = revert.values
    return errors.NotSubscribed(
        parse_address(values["creator"]), parse_address(values["subscriber"])
    )


def _not_due(revert: Revert) -> AssayError:
    values = revert.values
    return errors.NotDue(parse_address(values["creator"]), values["dueFrom"], values["dueUntil"])


def _rate(revert: Revert) -> AssayError:
    return errors.RateAboveMaximum(revert.values["rateBps"], revert.values["maximumRateBps"])


TRANSLATIONS: Mapping[str, Callable[[Any], AssayError]] = {
    "ERC721NonexistentToken": _missing,
    "RepostsUnknown": lambda revert: errors.UnknownRepost(revert.values["repostId"]),
    "LiveContentRevoked": lambda revert: errors.ContentWithdrawn(
        Digest.from_token_id(revert.values["tokenId"])
    ),
    "RepostsRateAboveMaximum": _rate,
    "RepostsRateTooHigh": lambda revert: InputError(
        f"A rate of {revert.values['rateBps'] / 100:g} percent is above {MAXIMUM_RATE_BPS / 100:g}."
    ),
    "RepostsNotCreator": _not_creator,
    "RepostsNothingPaid": lambda _: errors.NothingPaid(),
    "TipsNothingGiven": lambda _: errors.NothingPaid(),
    "RepostSalesNotOwner": _not_owner,
    "RepostSalesNotListed": lambda revert: errors.NotForSale(revert.values["repostId"]),
    "RepostSalesWrongPrice": lambda revert: InputError(
        f"The price {revert.values['price']} is outside 1 to 2**96 - 1."
    ),
    "RepostSalesAboveMaximum": _above_maximum,
    "PaymentInexact": _inexact,
    "ERC20InsufficientBalance": _balance,
    "ERC20InsufficientAllowance": lambda revert: errors.AllowanceTooSmall(
        revert.values["allowance"], revert.values["needed"]
    ),
    "PlansUnknown": lambda revert: errors.UnknownPlan(revert.values["planId"]),
    "PlansClosed": lambda revert: errors.PlanClosed(revert.values["planId"]),
    "PlansNotCreator": _not_creator,
    "PlansIncomplete": lambda revert: errors.PlanRefused(
        revert.values["period"], parse_address(revert.values["currency"])
    ),
    "CreatorSubscriptionsAboveMaximum": _above_maximum,
    "CreatorSubscriptionsRunning": lambda revert: errors.AlreadySubscribed(
        parse_address(revert.values["creator"]), revert.values["paidUntil"]
    ),
    "CreatorSubscriptionsInactive": _inactive,
    "CreatorSubscriptionsNotDue": _not_due,
    "CreatorSubscriptionsTooLong": lambda revert: InputError(
        f"The period would end at {revert.values['paidUntil']}, after the year 36812."
    ),
}
