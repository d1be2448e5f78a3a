"""List and show assets: the index says where to look, chain and store say what is true."""

from __future__ import annotations

from assay.core.address import Address
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.market.errors import UnknownAsset
from assay.market.metadata import read_metadata
from assay.market.model import Asset, AssetKind
from assay.market.ports import AssetIndex, Blobs, Registry


def show_asset(asset_id: Digest, *, registry: Registry, blobs: Blobs) -> Asset:
    """The asset as chain and store have it.

    Raises:
        UnknownAsset: not registered.
        MetadataMalformed: the metadata does not describe this asset.
        IntegrityError: the metadata's bytes are damaged or missing.
    """
    registered = registry.assets([asset_id])[0]
    if registered is None:
        raise UnknownAsset(asset_id.hex)
    return Asset(registered, read_metadata(registered, blobs))


def list_assets(
    kind: AssetKind | None,
    *,
    index: AssetIndex,
    registry: Registry,
    blobs: Blobs,
    owner: Address | None = None,
) -> list[Asset]:
    """The indexed assets of a kind, and of an owner, that the chain confirms, oldest first.

    An asset whose metadata is not here or malformed is left out: anybody can register one, and it
    must not hide the others. `show_asset` says what is wrong with it.
    """
    assets = []
    for registered in registry.assets(index.asset_ids(kind)):
        if registered is None or owner not in (None, registered.owner):
            continue
        try:
            assets.append(Asset(registered, read_metadata(registered, blobs)))
        except AssayError:
            continue
    return assets
