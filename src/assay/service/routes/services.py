"""`/services`: who the services here are (ERC-8004), and what those who paid say of them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from assay.market.identity.model import CARD_TYPE
from assay.service.deps import ClientDependency

router = APIRouter(tags=["services"])


@router.get("/services/{subject}")
def show_service(subject: str, client: ClientDependency) -> dict[str, Any]:
    """A registered service by agent number, asset id or name: card, price, calls and feedback."""
    return client.services.show(subject).as_json()


@router.get("/.well-known/agent-registration.json")
def registration(client: ClientDependency) -> dict[str, Any]:
    """The agents that are run here, by which the registry's claim on this domain is checked.

    The registration file of the one agent; of several, their registrations and all the files.
    """
    cards = [dict(standing.card) for standing in client.services.own() if standing.card]
    if len(cards) == 1:
        return cards[0]
    registrations = [item for card in cards for item in card.get("registrations", [])]
    return {"type": CARD_TYPE, "registrations": registrations, "agents": cards}
