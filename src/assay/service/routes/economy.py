"""`/economy`: what content earns, and for whom. Read only: everybody signs payments themselves."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from assay.core.address import parse_address
from assay.service.deps import ClientDependency

router = APIRouter(prefix="/economy", tags=["economy"])


@router.get("/reposts/{number}")
def show_repost(number: str, client: ClientDependency) -> dict[str, Any]:
    """One repost as the chain has it."""
    return client.economy.show_repost(number).as_json()


@router.get("/{subject}/reposts")
def list_reposts(subject: str, client: ClientDependency) -> list[dict[str, Any]]:
    """All reposts below content (by id) or a repost (by number), oldest first, with their depth."""
    found = client.economy.reposts(subject)
    return [{**one.as_json(), "depth": depth} for depth, one in found]


@router.get("/{subject}/earnings")
def earnings(subject: str, client: ClientDependency) -> dict[str, Any]:
    """Every payment that content, a repost or an account (by address) received."""
    return client.economy.earnings(subject).as_json()


@router.get("/{content_id}/royalties")
def royalties(
    content_id: str, client: ClientDependency, currency: str | None = None
) -> dict[str, Any]:
    """What is due to whom of all that a token has earned; `currency` is an address, or ether."""
    return client.tokens.earnings(content_id, currency=currency).as_json()


@router.get("/{creator}/plans")
def plans(creator: str, client: ClientDependency, closed: bool = False) -> list[dict[str, Any]]:
    """The plans by which a creator can be subscribed to."""
    address = parse_address(creator)
    return [plan.as_json() for plan in client.economy.plans(address, closed=closed)]


@router.get("/{subscriber}/subscriptions")
def subscriptions(subscriber: str, client: ClientDependency) -> list[dict[str, Any]]:
    """Whom an account is subscribed to, or ever was."""
    return [one.as_json() for one in client.economy.subscriptions(parse_address(subscriber))]


@router.get("/{creator}/subscribers")
def subscribers(creator: str, client: ClientDependency) -> list[dict[str, Any]]:
    """Who is subscribed to a creator, or ever was."""
    return [one.as_json() for one in client.economy.subscribers(parse_address(creator))]
