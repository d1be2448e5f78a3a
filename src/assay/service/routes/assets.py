"""`/assets`: what is published."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from assay.service.deps import ClientDependency

router = APIRouter(prefix="/assets", tags=["assets"])


@router.get("")
def list_assets(client: ClientDependency, kind: str | None = None) -> list[dict[str, Any]]:
    """All registered assets of a kind, oldest first."""
    return [asset.as_json() for asset in client.market.assets(kind)]


@router.get("/{asset_id}")
def show_asset(asset_id: str, client: ClientDependency) -> dict[str, Any]:
    """One asset, as chain and store have it."""
    return client.market.show(asset_id).as_json()
