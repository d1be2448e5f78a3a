"""`/reviews`: cases about content, and what was decided. Read only: reviewers sign themselves."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from assay.core.address import parse_address
from assay.service.deps import ClientDependency

router = APIRouter(prefix="/reviews", tags=["reviews"])


@router.get("")
def list_cases(
    client: ClientDependency,
    content: str | None = None,
    address: str | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> list[dict[str, Any]]:
    """Cases about content, or with an address, or all; the newest first, with the due step."""
    whose = parse_address(address) if address else None
    cases = client.review.cases(content_id=content, account=whose, limit=limit)
    return [case.as_json() for case in cases]


@router.get("/outcomes/{content_id}")
def outcomes(content_id: str, client: ClientDependency) -> list[dict[str, Any]]:
    """What was decided about content, each with its attestation checked on chain."""
    return [outcome.as_json() for outcome in client.review.outcomes(content_id)]


@router.get("/{case}")
def show_case(
    case: Annotated[int, Path(ge=1, lt=2**64)], client: ClientDependency
) -> dict[str, Any]:
    """One case as the chain has it."""
    return client.review.show(case).as_json()
