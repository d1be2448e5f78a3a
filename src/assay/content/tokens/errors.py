"""What can go wrong with content tokens; see `assay.errors` for the tree."""

from __future__ import annotations

from datetime import UTC, datetime

from assay.core.address import Address
from assay.core.digest import Digest
from assay.errors import InputError, IntegrityError, RefusedError


class CatalogueMalformed(IntegrityError):
    """A list of contents for sale is not what the schema says."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"The catalogue is malformed: {detail}.")
        self.detail = detail


class VoucherMalformed(InputError):
    """A voucher is not what the schema says."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"The voucher is malformed: {detail}.",
            hint="Give the file that `assay content lazy voucher` wrote.",
        )
        self.detail = detail


class NotListed(InputError):
    """A catalogue, or the chain, knows nothing of such an entry."""

    http_status = 404

    def __init__(self, what: str, where: str) -> None:
        super().__init__(f"{what} is not in {where}.", hint="Ask the creator for the newest list.")
        self.what = what
        self.where = where


class BurntContent(RefusedError):
    """The token was burnt, and its content can never be minted again."""

    def __init__(self, content_id: Digest) -> None:
        super().__init__(
            f"Token {content_id} is burnt.",
            hint="Its content can never be minted again; other bytes are other content.",
        )
        self.content_id = content_id


class NotTokenOwner(RefusedError):
    """Only the owner of a token can do this."""

    def __init__(self, content_id: Digest, account: Address, owner: Address) -> None:
        super().__init__(
            f"{account} does not own token {content_id}, {owner} does.",
            hint="Name the owning account with --account.",
        )
        self.content_id = content_id
        self.account = account
        self.owner = owner


class NotCreator(RefusedError):
    """Only the creator of content can revoke it."""

    def __init__(self, content_id: Digest, account: Address, creator: Address) -> None:
        super().__init__(
            f"{account} did not create {content_id}, {creator} did.",
            hint="Name the creator's account with --account.",
        )
        self.content_id = content_id
        self.account = account
        self.creator = creator


class AlreadyRevoked(RefusedError):
    """A revocation is for good, and cannot be repeated."""

    def __init__(self, content_id: Digest, revoked_at: int) -> None:
        super().__init__(
            f"Token {content_id} is revoked since {_time(revoked_at)}.",
            hint="A revocation is final; see `assay content show`.",
        )
        self.content_id = content_id
        self.revoked_at = revoked_at


class OfferExpired(RefusedError):
    """A voucher or an entry of a list is too old."""

    def __init__(self, content_id: Digest, valid_until: int) -> None:
        super().__init__(
            f"The offer of {content_id} was good until {_time(valid_until)}.",
            hint="Ask the creator for a new one.",
        )
        self.content_id = content_id
        self.valid_until = valid_until


class OfferWithdrawn(RefusedError):
    """The creator has cancelled a voucher, or closed a list."""

    def __init__(self, creator: Address, what: str) -> None:
        super().__init__(f"{creator} has withdrawn {what}.", hint="Ask for a new offer.")
        self.creator = creator
        self.what = what


class VoucherForged(RefusedError):
    """The signature on a voucher is not the creator's."""

    def __init__(self, creator: Address) -> None:
        super().__init__(
            f"{creator} did not sign this voucher.",
            hint="Any change to a voucher breaks it; ask for the original.",
        )
        self.creator = creator


class WrongBuyer(RefusedError):
    """A voucher is for somebody else."""

    def __init__(self, account: Address, buyer: Address) -> None:
        super().__init__(
            f"The voucher is for {buyer}, not for {account}.",
            hint="Name the buyer's account with --account.",
        )
        self.account = account
        self.buyer = buyer


class BuyerShort(RefusedError):
    """The buyer cannot pay."""

    def __init__(self, account: Address, balance: int, price: int) -> None:
        super().__init__(
            f"{account} has {balance} units, the price is {price}.",
            hint="Fund the account, see `assay wallet`.",
        )
        self.account = account
        self.balance = balance
        self.price = price


class NotReclaimable(RefusedError):
    """The token was claimed before the list was anchored, or too long ago."""

    def __init__(self, content_id: Digest, detail: str) -> None:
        super().__init__(
            f"Token {content_id} cannot be reclaimed: {detail}.",
            hint="A list protects content that others claim after it, for a week from their mint.",
        )
        self.content_id = content_id
        self.detail = detail


class SharesUnknown(InputError):
    """The list of who earns is not to be had, or is not the one that the chain knows."""

    def __init__(self, content_id: Digest, detail: str) -> None:
        super().__init__(
            f"Who earns from {content_id} cannot be told: {detail}.",
            hint="The list is in the token's metadata; fetch that with `assay store get`.",
        )
        self.content_id = content_id
        self.detail = detail


def _time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, tz=UTC).isoformat()
