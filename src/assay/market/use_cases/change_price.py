"""Change what an asset costs: the price is the chain's, and holds from the next block on."""

from __future__ import annotations

from assay.core.digest import Digest
from assay.errors import InputError
from assay.market.errors import NotTheOwner, UnknownAsset
from assay.market.ports import Registry

LARGEST_PRICE = 2**96 - 1


def change_price(asset_id: Digest, price: int, *, registry: Registry) -> str | None:
    """Set the price of an asset of the registry's account; returns the transaction, if any.

    Args:
        price: whole units of the payment token.

    Raises:
        InputError: the price is out of range.
        UnknownAsset: not registered.
        NotTheOwner: it belongs to somebody else.
    """
    if not 0 <= price <= LARGEST_PRICE:
        raise InputError(f"The price {price} is outside 0 to 2**96 - 1.")
    asset = registry.assets([asset_id])[0]
    if asset is None:
        raise UnknownAsset(asset_id.hex)
    if asset.owner != registry.account:
        raise NotTheOwner(asset_id, asset.owner)
    if asset.price == price:
        return None
    return registry.set_price(asset_id, price)
