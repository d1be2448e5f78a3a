"""Pull an asset: every byte verified against the digest that the chain holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assay.core.content_key import ContentKey
from assay.core.digest import Digest
from assay.errors import IntegrityError
from assay.market.model import Asset
from assay.market.ports import Blobs, Progress, Registry
from assay.market.sealing import Sealer
from assay.market.use_cases.browse import show_asset

ObtainKey = Callable[[Asset], ContentKey]
"""How the key of a sealed asset is had; raises an error of `licences` if it is not."""


def pull_asset(
    asset_id: Digest,
    destination: Path,
    *,
    registry: Registry,
    blobs: Blobs,
    sealer: Sealer,
    obtain_key: ObtainKey,
    progress: Progress | None = None,
) -> Asset:
    """Write the asset's plain content to `destination`, all of it or nothing.

    Args:
        obtain_key: asked for the key of an asset that is sealed.

    Raises:
        UnknownAsset: not registered.
        IntegrityError: the bytes are not the ones that were registered.
    """
    asset = show_asset(asset_id, registry=registry, blobs=blobs)
    metadata = asset.metadata
    if metadata.sealed:
        sealer.open(metadata, obtain_key(asset), destination, progress=progress)
        return asset
    if blobs.digest_of(metadata.content) != asset_id:
        raise IntegrityError(
            f"The content {metadata.content} does not have the digest {asset_id} that is "
            "registered.",
            hint="The publisher's metadata is wrong: do not use this asset.",
        )
    blobs.get(metadata.content, destination, progress=progress)
    return asset
