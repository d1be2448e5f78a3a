"""What the ledger knows of licences: where to look, never what to believe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Engine

from assay.core.address import Address
from assay.core.digest import Digest
from assay.ledger.events import events_where

CONTRACT = "Licences"


class LedgerLicenceIndex:
    """The `LicenceIndex` port on the ledger's events."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def offers_of(self, asset_id: Digest) -> list[int]:
        """See `LicenceIndex.offers_of`."""
        made = self._values("OfferMade", "offerId", assetId=asset_id.token_id)
        return _once(made)

    def offers_by(self, seller: Address) -> list[int]:
        """See `LicenceIndex.offers_by`."""
        made = self._values("OfferMade", "offerId", seller=seller)
        taken_over = self._values("OfferPriceChanged", "offerId", seller=seller)
        return _once([*made, *taken_over])

    def licences_of(self, address: Address) -> list[int]:
        """See `LicenceIndex.licences_of`."""
        owned = self._values("Transfer", "tokenId", to=address)
        rented = self._values("UpdateUser", "tokenId", user=address)
        return _once([*owned, *rented])

    def licences_for(self, asset_id: Digest) -> list[int]:
        """See `LicenceIndex.licences_for`."""
        return _once(self._values("LicenceBought", "licenceId", assetId=asset_id.token_id))

    def licences_by(self, offers: Sequence[int]) -> list[int]:
        """See `LicenceIndex.licences_by`."""
        wanted = set(offers)
        events = events_where(self._engine, contract=CONTRACT, name="LicenceBought")
        return [event.args["licenceId"] for event in events if event.args["offerId"] in wanted]

    def purchase_transaction(self, licence: int) -> str | None:
        """See `LicenceIndex.purchase_transaction`."""
        events = events_where(
            self._engine, contract=CONTRACT, name="LicenceBought", licenceId=licence
        )
        return events[-1].transaction_hash if events else None

    def _values(self, name: str, argument: str, **arguments: object) -> list[int]:
        events = events_where(self._engine, contract=CONTRACT, name=name, **arguments)
        return [int(event.args[argument]) for event in events]


def _once(numbers: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(numbers))
