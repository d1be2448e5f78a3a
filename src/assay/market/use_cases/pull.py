"""Pull an asset: every byte verified against the digest that the chain holds."""

from __future__ import annotations

from pathlib import Path

from assay.core.digest import Digest
from assay.errors import IntegrityError
from assay.market.model import Asset
from assay.market.ports import Blobs, Progress, Registry
from assay.market.use_cases.browse import show_asset


def pull_asset(
    asset_id: Digest,
    destination: Path,
    *,
    registry: Registry,
    blobs: Blobs,
    progress: Progress | None = None,
) -> Asset:
    """Write the asset's content to `destination`; an interrupted pull goes on where it stopped.

    Raises:
        UnknownAsset: not registered.
        IntegrityError: the bytes are not the ones that were registered.
    """
    asset = show_asset(asset_id, registry=registry, blobs=blobs)
    content = asset.metadata.content
    if blobs.digest_of(content) != asset_id:
        raise IntegrityError(
            f"The content {content} does not have the digest {asset_id} that is registered.",
            hint="The publisher's metadata is wrong: do not use this asset.",
        )
    blobs.get(content, destination, progress=progress)
    return asset
