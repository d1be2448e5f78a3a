"""`/payments`: what a request says and what would become of it. Nothing is paid from here."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from assay.service.deps import ClientDependency

router = APIRouter(prefix="/payments", tags=["payments"])

_LONGEST = 50_000


class RequestText(BaseModel):
    """A payment request in words; `answers` settles fields: payee, amount, asset, reference."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=_LONGEST)
    language: Literal["en", "zh"] | None = None
    answers: dict[str, str] = {}


@router.post("/read")
def read(body: RequestText, client: ClientDependency) -> dict[str, Any]:
    """What a text asks to be paid, what it leaves open, and what is suspicious in it."""
    found = client.payments.read(text=body.text, language=body.language, answers=body.answers)
    return found.model_dump(mode="json")


@router.post("/check")
def check(body: RequestText, client: ClientDependency) -> dict[str, Any]:
    """What the rules of the service's treasury would make of a request, with every reason."""
    return client.payments.check(
        text=body.text, language=body.language, answers=body.answers
    ).as_json()


@router.get("/policy")
def policy(client: ClientDependency) -> dict[str, Any]:
    """The rules of the service's treasury, its payees, and what is left in this period."""
    return client.payments.policy().model_dump(mode="json")
