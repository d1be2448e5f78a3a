"""`/licences`: what is offered, and who holds what. Read only: buyers sign for themselves."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from assay.service.deps import ClientDependency

router = APIRouter(prefix="/licences", tags=["licences"])


@router.get("")
def list_licences(address: str, client: ClientDependency) -> list[dict[str, Any]]:
    """The licences that an address owns or rents, oldest first."""
    return [state.as_json() for state in client.licences.licences(address=address)]


@router.get("/offers")
def list_offers(asset: str, client: ClientDependency, closed: bool = False) -> list[dict[str, Any]]:
    """The offers for an asset, oldest first; the closed ones only if asked for."""
    return [offer.as_json() for offer in client.licences.offers(asset, closed=closed)]


@router.get("/{licence}")
def show_licence(licence: str, client: ClientDependency) -> dict[str, Any]:
    """One licence, as the chain has it."""
    return client.licences.show(licence).as_json()
