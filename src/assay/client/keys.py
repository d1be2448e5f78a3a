"""How the key of a sealed asset is had: from this home, or from its publisher for a licence."""

from __future__ import annotations

from assay.bootstrap import Workspace
from assay.core.content_key import ContentKey
from assay.market.licences.errors import KeyServiceUnknown, LicenceNeeded
from assay.market.licences.use_cases.holding import usable_licence
from assay.market.model import Asset


def obtain_key(
    asset: Asset, workspace: Workspace, account: str | None = None, url: str | None = None
) -> ContentKey:
    """The key of a sealed asset.

    Args:
        account: who holds the licence. If None, a key that is kept in this home does, and then the
            configured buyer's licence.
        url: the service to ask; the one that the metadata names if None.

    Raises:
        LicenceNeeded: the account has no licence that is good now, and does not own the asset.
        KeyServiceUnknown: nobody says where to ask.
        KeyRefused, KeyServiceFailed, IntegrityError: the service does not release it.
    """
    parts, asset_id = workspace.licences, asset.asset_id
    if account is None and (own := parts.sealer().key(asset_id)) is not None:
        return own
    workspace.sync()
    address = workspace.address(account or workspace.settings.buyer)
    licence = usable_licence(asset_id, address, index=parts.index, reader=parts.reader)
    if licence is None and asset.registered.owner != address:
        raise LicenceNeeded(asset_id, address, "it has no licence of it that is good now")
    service = url or (asset.metadata.sealed.url if asset.metadata.sealed else None)
    if not service:
        raise KeyServiceUnknown(asset_id)
    return parts.remote_keys(account).obtain(
        asset_id, licence.licence.id if licence else None, service
    )
