"""What the content contract's errors mean, by their names; its values become the errors' own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from assay.content.errors import AlreadyMinted, UnknownContent
from assay.content.model import NOBODY
from assay.content.tokens.errors import (
    AlreadyRevoked,
    BurntContent,
    NotCreator,
    NotListed,
    NotReclaimable,
    OfferExpired,
    OfferWithdrawn,
    SharesUnknown,
    VoucherForged,
    WrongBuyer,
)
from assay.core.address import parse_address
from assay.core.digest import Digest
from assay.errors import AssayError


class Revert(Protocol):
    """A contract's error with its values."""

    values: dict[str, Any]


def _token(revert: Revert) -> Digest:
    return Digest.from_token_id(revert.values["tokenId"])


def _minted(revert: Revert) -> AssayError:
    owner = parse_address(revert.values["owner"])
    if owner == NOBODY:
        return BurntContent(_token(revert))
    return AlreadyMinted(_token(revert), owner, None)


def _creator(revert: Revert) -> AssayError:
    caller, creator = revert.values["caller"], revert.values["creator"]
    return NotCreator(_token(revert), parse_address(caller), parse_address(creator))


def _unlisted(revert: Revert) -> AssayError:
    root, creator = Digest(revert.values["root"]), revert.values["creator"]
    return NotListed(f"The list {root}", f"what {creator} has anchored")


def _closed(revert: Revert) -> AssayError:
    creator = parse_address(revert.values["creator"])
    return OfferWithdrawn(creator, f"the list {Digest(revert.values['root'])}")


def _cancelled(revert: Revert) -> AssayError:
    creator = parse_address(revert.values["creator"])
    return OfferWithdrawn(creator, f"the vouchers with nonce {revert.values['nonce']}")


def _claimed_before(revert: Revert) -> AssayError:
    claimed, anchored = revert.values["claimedAt"], revert.values["anchoredAt"]
    detail = f"it was claimed in block {claimed}, and listed in block {anchored}"
    return NotReclaimable(_token(revert), detail)


def _buyer(revert: Revert) -> AssayError:
    values = revert.values
    return WrongBuyer(parse_address(values["caller"]), parse_address(values["buyer"]))


ALL: Mapping[str, Callable[[Any], AssayError]] = {
    "ContentTokenAlreadyMinted": _minted,
    "ContentRevocationNotCreator": _creator,
    "ContentRevocationRepeated": lambda revert: AlreadyRevoked(
        _token(revert), revert.values["revokedAt"]
    ),
    "ContentSalesExpired": lambda revert: OfferExpired(_token(revert), revert.values["validUntil"]),
    "LazyContentUnknownRoot": _unlisted,
    "LazyContentClosed": _closed,
    "LazyContentClaimedBefore": _claimed_before,
    "LazyContentOwn": lambda revert: NotReclaimable(_token(revert), "it is the creator's own"),
    "LazyContentFinal": lambda revert: NotReclaimable(_token(revert), "it was minted long ago"),
    "ContentVouchersBadSignature": lambda revert: VoucherForged(
        parse_address(revert.values["creator"])
    ),
    "ContentVouchersCancelled": _cancelled,
    "ContentVouchersWrongBuyer": _buyer,
    "ContentRoyaltiesWrongShares": lambda revert: SharesUnknown(
        _token(revert), "the list is not the one that was minted"
    ),
    "ContentTokenWrongProvenance": lambda revert: UnknownContent(_token(revert)),
    "ERC721NonexistentToken": lambda revert: UnknownContent(_token(revert)),
}
"""By the error's name in `contracts/src/content`."""
