"""Look at licences, sell them on, and rent them out."""

from __future__ import annotations

from assay.core.address import Address
from assay.core.digest import Digest
from assay.market.licences.errors import NotTheOwner, UnknownLicence
from assay.market.licences.model import NOBODY, LicenceState, Terms, licence_text
from assay.market.licences.ports import LicenceAccount, LicenceIndex, LicenceReader


def show_licence(licence: int, *, reader: LicenceReader) -> LicenceState:
    """A licence as the chain has it.

    Raises:
        UnknownLicence: no such id.
    """
    found = reader.states([licence])
    if not found:
        raise UnknownLicence(licence)
    return found[0]


def list_licences(
    address: Address, *, index: LicenceIndex, reader: LicenceReader
) -> list[LicenceState]:
    """The licences that an account owns or has rented now, oldest first."""
    return [
        state
        for state in reader.states(index.licences_of(address))
        if address == state.licence.owner
        or (address == state.licence.user and state.licence.is_rented_at(state.block_time_s))
    ]


def list_sold(
    asset_id: Digest, *, index: LicenceIndex, reader: LicenceReader
) -> list[LicenceState]:
    """All licences of an asset, expired or not, oldest first."""
    return reader.states(index.licences_for(asset_id))


def usable_licence(
    asset_id: Digest, address: Address, *, index: LicenceIndex, reader: LicenceReader
) -> LicenceState | None:
    """A licence by which an account may use an asset now; the one that lasts longest."""
    usable = [
        state
        for state in list_licences(address, index=index, reader=reader)
        if state.licence.asset_id == asset_id
        and state.licence.holder_at(state.block_time_s) == address
    ]
    return max(usable, key=lambda state: state.licence.expires_at_s or 2**64, default=None)


def list_for_sale(
    licence: int, price: int, *, account: LicenceAccount, reader: LicenceReader
) -> LicenceState:
    """Offer an own licence for sale, or change its price; it stays the owner's until it is sold.

    Raises:
        NotTheOwner, LicenceBound: it is somebody else's, or bound to its owner.
    """
    Terms(price)  # in range
    show_licence(licence, reader=reader)
    account.list_for_sale(licence, price)
    return show_licence(licence, reader=reader)


def withdraw_listing(
    licence: int, *, account: LicenceAccount, reader: LicenceReader
) -> LicenceState:
    """No longer offer a licence for sale."""
    show_licence(licence, reader=reader)
    account.withdraw_listing(licence)
    return show_licence(licence, reader=reader)


def rent_out(
    licence: int,
    user: Address,
    until_s: int,
    *,
    account: LicenceAccount,
    reader: LicenceReader,
) -> LicenceState:
    """Let another account use an own licence until a time, by ERC-4907; cannot be taken back.

    Raises:
        NotTheOwner: it is somebody else's.
        LicenceBound, LicenceRentedOut: its offer or an earlier rental stands against it.
        TermRefused: the time is past, or after the licence's end.
    """
    owner = show_licence(licence, reader=reader).licence.owner
    if owner != account.address:
        raise NotTheOwner(f"Licence {licence_text(licence)}", account.address, owner)
    account.set_user(licence, user, until_s)
    return show_licence(licence, reader=reader)


def give_back(licence: int, *, account: LicenceAccount, reader: LicenceReader) -> LicenceState:
    """Give a rented licence back before its time.

    Raises:
        LicenceRentedOut: another account rents it.
    """
    show_licence(licence, reader=reader)
    account.set_user(licence, NOBODY, 0)
    return show_licence(licence, reader=reader)
