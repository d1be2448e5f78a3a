"""What can go wrong with licences, sealed assets and their keys; see `assay.errors`."""

from __future__ import annotations

from collections.abc import Sequence

from assay.core.address import Address
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.core.spending import tokens_text
from assay.errors import InputError, IntegrityError, RefusedError, UnavailableError
from assay.market.licences.model import utc_text


def _moment(time_s: int) -> str:
    return utc_text(time_s) or f"the time {time_s}"


class UnknownOffer(InputError):
    """No offer has this number."""

    http_status = 404

    def __init__(self, offer: int) -> None:
        super().__init__(
            f"There is no offer {offer}.", hint="`assay licence offers ASSET` lists an asset's."
        )
        self.offer = offer


class NoOffer(InputError):
    """Nobody offers licences of an asset, or several offers are open and none was chosen."""

    def __init__(self, asset_id: Digest, open_offers: Sequence[int]) -> None:
        several = ", ".join(str(offer) for offer in open_offers)
        super().__init__(
            f"Asset {asset_id} has " + (f"the open offers {several}." if several else "no offer."),
            hint="Name one of them." if several else "Ask its owner to make one.",
        )
        self.asset_id = asset_id
        self.open_offers = tuple(open_offers)


class UnknownLicence(InputError):
    """No licence has this id."""

    http_status = 404

    def __init__(self, licence: int) -> None:
        super().__init__(
            f"There is no licence 0x{licence:064x}.", hint="`assay licence list` shows yours."
        )
        self.licence = licence


class OfferClosed(RefusedError):
    """The offer was withdrawn, or its seller no longer owns the asset."""

    def __init__(self, offer: int) -> None:
        super().__init__(
            f"Offer {offer} is closed: nothing is sold or renewed by it.",
            hint="`assay licence offers ASSET` shows what is open.",
        )
        self.offer = offer


class PriceAboveMaximum(RefusedError):
    """The price is above what the buyer allows, perhaps since a moment ago; nothing was paid."""

    def __init__(self, price: int, maximum: int) -> None:
        super().__init__(
            f"The price is {tokens_text(price)}, more than the {tokens_text(maximum)} that you "
            "allow.",
            hint="Nothing was paid. Raise --max-price if you agree to the price.",
        )
        self.price = price
        self.maximum = maximum


class AllowanceTooSmall(RefusedError):
    """The licence contract may not take the price from the account."""

    def __init__(self, allowance: int, needed: int) -> None:
        super().__init__(
            f"The licences may take {tokens_text(allowance)} and would need {tokens_text(needed)}.",
            hint="`assay licence renew` and `subscribe` sign a new allowance.",
        )
        self.allowance = allowance
        self.needed = needed


class NotTheOwner(RefusedError):
    """Only the owner of the licence, or of the asset, can do this."""

    def __init__(self, what: str, caller: Address, owner: Address) -> None:
        super().__init__(
            f"{what} belongs to {owner}, not to {caller}.",
            hint="Name the owner's account with --account.",
        )
        self.what = what
        self.caller = caller
        self.owner = owner


class LicenceBound(RefusedError):
    """The licence's offer says that it stays with its first owner."""

    def __init__(self, licence: int) -> None:
        super().__init__(
            f"Licence 0x{licence:064x} is bound to its owner: it cannot be sold or rented out."
        )
        self.licence = licence


class LicenceRentedOut(RefusedError):
    """While a licence is rented out it stays where it is."""

    def __init__(self, licence: int, user: Address, until_s: int) -> None:
        super().__init__(
            f"Licence 0x{licence:064x} is rented to {user} until {_moment(until_s)}.",
            hint="Wait until then, or have the user give it back.",
        )
        self.licence = licence
        self.user = user
        self.until_s = until_s


class LicenceEnded(RefusedError):
    """The licence has expired."""

    def __init__(self, licence: int, expires_at_s: int) -> None:
        super().__init__(
            f"Licence 0x{licence:064x} expired at {_moment(expires_at_s)}.",
            hint="`assay licence renew` pays another period.",
        )
        self.licence = licence
        self.expires_at_s = expires_at_s


class NotForSale(RefusedError):
    """The licence's owner does not sell it."""

    def __init__(self, licence: int) -> None:
        super().__init__(f"Licence 0x{licence:064x} is not for sale.")
        self.licence = licence


class PerpetualLicence(RefusedError):
    """A licence without an end needs no renewal."""

    def __init__(self, licence: int) -> None:
        super().__init__(f"Licence 0x{licence:064x} never ends, so it is not renewed.")
        self.licence = licence


class TermRefused(RefusedError):
    """A rental ends in the future, and with the licence at the latest; a period has limits too."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"The term is refused: {detail}.")
        self.detail = detail


class NotSubscribed(RefusedError):
    """The licence does not renew itself, or its offer is not one of a subscription."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"There is no such subscription: {detail}.")
        self.detail = detail


class NotDue(RefusedError):
    """The subscription's next period is not to be paid now."""

    def __init__(self, licence: int, due_from_s: int, due_until_s: int) -> None:
        super().__init__(
            f"Licence 0x{licence:064x} is due from {_moment(due_from_s)} "
            f"until {_moment(due_until_s)}.",
            hint="Later than that, its owner pays with `assay licence renew`.",
        )
        self.licence = licence
        self.due_from_s = due_from_s
        self.due_until_s = due_until_s


class StoredInTheClear(RefusedError):
    """What is to be sealed can be fetched by everybody already."""

    def __init__(self, asset_id: Digest, content: Cid) -> None:
        super().__init__(
            f"The bytes of {asset_id} are in the store in the clear, as {content}.",
            hint=f"Remove them first: `assay store unpin {content}`, then `assay store gc`.",
        )
        self.asset_id = asset_id
        self.content = content


class NotSealed(InputError):
    """An asset that anybody may read has no key."""

    def __init__(self, asset_id: Digest) -> None:
        super().__init__(
            f"Asset {asset_id} is not sealed: it has no key.",
            hint=f"Get it with `assay asset pull {asset_id} PATH`.",
        )
        self.asset_id = asset_id


class KeyNotHere(InputError):
    """This provider did not seal the asset."""

    http_status = 404

    def __init__(self, asset_id: Digest) -> None:
        super().__init__(
            f"The key of asset {asset_id} is not here.",
            hint="Ask the service that published it: its URL is in the asset's metadata.",
        )
        self.asset_id = asset_id


class LicenceNeeded(RefusedError):
    """An account wants the key of a sealed asset, and no licence of it entitles the account."""

    http_status = 403

    def __init__(self, asset_id: Digest, address: Address, reason: str) -> None:
        super().__init__(
            f"{address} may not open asset {asset_id}: {reason}.",
            hint=f"`assay licence offers {asset_id}` shows what a licence costs.",
        )
        self.asset_id = asset_id
        self.address = address
        self.reason = reason


class KeyServiceUnknown(InputError):
    """The metadata of a sealed asset names no service, and the caller none either."""

    def __init__(self, asset_id: Digest) -> None:
        super().__init__(
            f"Asset {asset_id} does not say which service releases its key.",
            hint="Name the publisher's service with --url.",
        )
        self.asset_id = asset_id


class KeyServiceFailed(UnavailableError):
    """The service that should release a key does not answer, or not as it should."""

    def __init__(self, url: str, detail: str) -> None:
        super().__init__(
            f"The service at {url} does not release the key: {detail}.",
            hint="Check the URL, or try again later; your licence is on chain and stays good.",
        )
        self.url = url
        self.detail = detail


class KeyRefused(RefusedError):
    """The service answers that it does not release the key."""

    def __init__(self, url: str, status: int, detail: str, hint: str) -> None:
        super().__init__(f"The service at {url} refuses the key ({status}): {detail}", hint=hint)
        self.url = url
        self.status = status
        self.detail = detail


class WrappedKeyMalformed(IntegrityError):
    """What a service sent does not open to a content key with the caller's secret."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The released key cannot be read: {reason}.", hint="Ask again.")
        self.reason = reason


class ReleaseRepeated(RefusedError):
    """A challenge by which a key was released once is used again."""

    http_status = 401

    def __init__(self, nonce: str) -> None:
        super().__init__("A key was released by this sign-in before.", hint="Sign a new challenge.")
        self.nonce = nonce


class ChainMoved(UnavailableError):
    """The block that the licence was checked at is no longer part of the chain."""

    def __init__(self, block: int) -> None:
        super().__init__(
            f"Block {block}, at which the licence was checked, was replaced meanwhile.",
            hint="Ask again in a moment.",
        )
        self.block = block
