"""The metadata of an asset: fetched by the CID that the chain holds, and held against the chain."""

from __future__ import annotations

import json

from assay.market.errors import MetadataMalformed
from assay.market.model import AssetMetadata, RegisteredAsset
from assay.market.ports import Blobs

METADATA_LIMIT_BYTES = 256 * 1024


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
