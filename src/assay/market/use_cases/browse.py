"""List and show assets: the index says where to look, chain and store say what is true."""

from __future__ import annotations

import json

from assay.core.digest import Digest
from assay.market.errors import MetadataMalformed, UnknownAsset
from assay.market.model import Asset, AssetKind, AssetMetadata, RegisteredAsset
from assay.market.ports import AssetIndex, Blobs, Registry

METADATA_LIMIT_BYTES = 256 * 1024


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
    kind: AssetKind | None, *, index: AssetIndex, registry: Registry, blobs: Blobs
) -> list[Asset]:
    """All indexed assets of a kind that the chain confirms, oldest first."""
    registered = registry.assets(index.asset_ids(kind))
    return [Asset(one, read_metadata(one, blobs)) for one in registered if one is not None]


def read_metadata(registered: RegisteredAsset, blobs: Blobs) -> AssetMetadata:
    """Fetch the metadata that the chain names, and hold it against the chain.

    Raises:
        MetadataMalformed: not JSON, or about another asset.
    """
    data = blobs.read_bytes(registered.metadata, limit=METADATA_LIMIT_BYTES)
    try:
        metadata = AssetMetadata.from_json(json.loads(data))
    except ValueError as error:
        raise MetadataMalformed(str(error)) from None
    if metadata.content_digest != registered.asset_id:
        raise MetadataMalformed("it describes other content")
    return metadata
