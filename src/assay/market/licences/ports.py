"""What licences need from the outside; `bootstrap` plugs the adapters in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assay.core.address import Address
from assay.core.content_key import ContentKey
from assay.core.digest import Digest
from assay.market.licences.model import LicenceState, Offer, Purchase, Terms


@dataclass(frozen=True, slots=True)
class BlockName:
    """One block, by the hash that no other has."""

    number: int
    hash: str
    time_s: int


@dataclass(frozen=True, slots=True)
class Renewal:
    """How one subscription's renewal ended; `reason` is empty if it was paid."""

    licence: int
    transaction: str
    price: int = 0
    expires_at_s: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LicenceSale:
    """A purchase as the chain recorded it.

    Attributes:
        price: what the licence contract says was paid.
        paid: what the token says the buyer parted with, or that was passed on for it.
    """

    licence: int
    asset_id: Digest
    buyer: Address
    price: int
    paid: int
    block: int


class LicenceReader(Protocol):
    """The licence contract, as anybody reads it."""

    def offers(self, offers: Sequence[int]) -> list[Offer]:
        """Offers by number.

        Raises:
            UnknownOffer: no offer has one of the numbers.
        """
        ...

    def states(self, licences: Sequence[int]) -> list[LicenceState]:
        """Licences by id, all at one block; those that do not exist are left out."""
        ...

    def states_at(self, licences: Sequence[int], block: BlockName) -> list[LicenceState | None]:
        """Licences as one block has them; None for those that are not in it.

        Raises:
            ChainMoved: the block is no longer part of the chain.
        """
        ...

    def sales(self, transactions: Sequence[str]) -> list[list[LicenceSale]]:
        """What was bought in each transaction; nothing in one that failed or is not mined."""
        ...

    def asset_owner_at(self, asset_id: Digest, block: BlockName) -> Address | None:
        """Who owns an asset in one block.

        Raises:
            ChainMoved: the block is no longer part of the chain.
        """
        ...

    def block(self, confirmations: int) -> BlockName:
        """The block that so many blocks are on top of; the first if the chain is shorter."""
        ...

    def is_canonical(self, block: BlockName) -> bool:
        """Whether a block is part of the chain now."""
        ...

    def allowance(self, owner: Address) -> int:
        """What the contract may take from an account."""
        ...

    def balance(self, owner: Address) -> int:
        """What an account holds of the payment token."""
        ...


class LicenceAccount(Protocol):
    """The licence contract, as one account acts on it. Each call is one transaction.

    Raises (all):
        RefusedError: the contract says no; nothing was paid.
        UnavailableError: the chain cannot be asked.
    """

    @property
    def address(self) -> Address:
        """Who acts."""
        ...

    def make_offer(self, asset_id: Digest, terms: Terms) -> tuple[int, str]:
        """Offer licences of an own asset; the offer's number and the transaction."""
        ...

    def change_price(self, offer: int, price: int) -> str:
        """Set an offer's price; the transaction."""
        ...

    def withdraw_offer(self, offer: int) -> str:
        """End an offer; the transaction."""
        ...

    def buy(self, offer: int, maximum_price: int, allowance: int) -> Purchase:
        """Buy with a permit of `allowance` in one transaction."""
        ...

    def renew(self, licence: int, maximum_price: int, allowance: int) -> Purchase:
        """Pay another period with a permit of `allowance` in one transaction."""
        ...

    def buy_listed(self, licence: int, maximum_price: int, allowance: int) -> Purchase:
        """Buy a listed licence with a permit of `allowance` in one transaction."""
        ...

    def allow(self, allowance: int) -> str:
        """Let the contract take so much from now on; the transaction."""
        ...

    def subscribe(self, licence: int, maximum_price: int) -> str:
        """Have an own licence renew itself, or change its highest price; the transaction."""
        ...

    def cancel(self, licence: int) -> str:
        """End a subscription; the transaction."""
        ...

    def renew_due(self, licences: Sequence[int]) -> list[Renewal]:
        """Have the subscribers pay what is due, all in one transaction."""
        ...

    def list_for_sale(self, licence: int, price: int) -> str:
        """Offer an own licence for sale; the transaction."""
        ...

    def withdraw_listing(self, licence: int) -> str:
        """End the sale; the transaction."""
        ...

    def set_user(self, licence: int, user: Address, until_s: int) -> str:
        """Let another use the licence until a time, or give it back; the transaction."""
        ...


class LicenceIndex(Protocol):
    """The ledger's view of licences: where to look, never what to believe."""

    def offers_of(self, asset_id: Digest) -> list[int]:
        """The numbers of all offers that were made for an asset, oldest first."""
        ...

    def licences_of(self, address: Address) -> list[int]:
        """The ids of all licences that an account ever got or rented, oldest first."""
        ...

    def licences_for(self, asset_id: Digest) -> list[int]:
        """The ids of all licences of an asset, oldest first."""
        ...

    def licences_by(self, offers: Sequence[int]) -> list[int]:
        """The ids of all licences bought by these offers, oldest first."""
        ...

    def offers_by(self, seller: Address) -> list[int]:
        """The numbers of all offers that an account made or took over, oldest first."""
        ...

    def purchase_transaction(self, licence: int) -> str | None:
        """The transaction that made a licence, if indexed."""
        ...


@dataclass(frozen=True, slots=True)
class Release:
    """One key given out.

    Attributes:
        licence: what entitled the address; None if it owned the asset.
        nonce: of the signed challenge, which no other release has.
        block: the newest block that the licence was checked at.
        released_at_s: seconds since 1970.
    """

    asset_id: Digest
    licence: int | None
    address: Address
    nonce: str
    block: BlockName
    released_at_s: int


class ReleaseLog(Protocol):
    """The durable list of releases, shared by all workers of a provider."""

    def append(self, release: Release) -> None:
        """Note a release before its key leaves.

        Raises:
            ReleaseRepeated: one with this nonce is noted.
        """
        ...

    def releases(self, asset_id: Digest | None) -> list[Release]:
        """All releases, of one asset or of all, oldest first."""
        ...


class KeyService(Protocol):
    """The service of a publisher, as a holder of a licence asks it."""

    def obtain(self, asset_id: Digest, licence: int | None, url: str) -> ContentKey:
        """The key of a sealed asset; `licence` is None for the asset's owner.

        Raises:
            KeyRefused: the service says no.
            KeyServiceFailed: it does not answer.
            WrappedKeyMalformed: what it sent does not open.
        """
        ...
