"""A registry and its index in memory, with the contract's rule: the first holds the claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assay.core.address import Address
from assay.core.digest import Digest
from assay.market.errors import AlreadyRegistered
from assay.market.model import AssetKind, RegisteredAsset, Registration


class FakeRegistry:
    """Both the `Registry` and the `AssetIndex` port."""

    def __init__(self, account: Address) -> None:
        self.account = account
        self.registered: dict[Digest, RegisteredAsset] = {}

    def seen_by(self, account: Address) -> FakeRegistry:
        other = FakeRegistry(account)
        other.registered = self.registered
        return other

    def assets(self, asset_ids: Sequence[Digest]) -> list[RegisteredAsset | None]:
        return [self.registered.get(asset_id) for asset_id in asset_ids]

    def register(self, registration: Registration) -> str:
        asset_id = registration.content_digest
        if asset_id in self.registered:
            raise AlreadyRegistered(asset_id, self.registered[asset_id].owner)
        self.registered[asset_id] = RegisteredAsset(
            asset_id=asset_id,
            owner=self.account,
            creator=self.account,
            registered_at=1_700_000_000,
            kind=registration.kind,
            royalty_bps=registration.royalty_bps,
            licence=registration.licence,
            metadata=registration.metadata,
            parent=registration.parent,
            price=registration.price,
        )
        return f"0x{len(self.registered):064x}"

    def set_price(self, asset_id: Digest, price: int) -> str:
        asset = self.registered[asset_id]
        assert asset.owner == self.account, "the contract refuses everybody else"
        self.registered[asset_id] = replace(asset, price=price)
        return "0x" + "22" * 32

    def asset_ids(self, kind: AssetKind | None) -> list[Digest]:
        return [
            asset_id
            for asset_id, asset in self.registered.items()
            if kind is None or asset.kind == kind
        ]

    def registration_transaction(self, asset_id: Digest) -> str | None:
        return "0x" + "11" * 32 if asset_id in self.registered else None
