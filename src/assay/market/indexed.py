"""What the ledger knows of the market: where to look, never what to believe."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine

from assay.core.address import Address
from assay.core.digest import Digest
from assay.ledger.events import events_where
from assay.market.metering import PaymentId
from assay.market.model import AssetKind


class LedgerIndex:
    """The `AssetIndex` and `CallIndex` ports on the ledger's events."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def asset_ids(self, kind: AssetKind | None) -> list[Digest]:
        """Ids of registered assets, oldest first."""
        wanted: dict[str, Any] = {} if kind is None else {"kind": kind.number}
        events = events_where(
            self._engine, contract="AssetRegistry", name="AssetRegistered", **wanted
        )
        return [Digest.from_token_id(event.args["assetId"]) for event in events]

    def registration_transaction(self, asset_id: Digest) -> str | None:
        """The transaction that registered an asset, if indexed."""
        return self._transaction("AssetRegistry", "AssetRegistered", assetId=asset_id.token_id)

    def payment_transaction(self, payment: PaymentId) -> str | None:
        """The transaction that used a payment, if indexed."""
        return self._transaction(
            "AssayToken", "AuthorizationUsed", authorizer=payment.payer, nonce=payment.nonce.raw
        )

    def anchor_transaction(self, provider: Address, number: int) -> str | None:
        """The transaction that anchored a batch, if indexed."""
        return self._transaction("CallAnchor", "BatchAnchored", provider=provider, batch=number)

    def _transaction(self, contract: str, name: str, **arguments: Any) -> str | None:
        events = events_where(self._engine, contract=contract, name=name, **arguments)
        return events[-1].transaction_hash if events else None
