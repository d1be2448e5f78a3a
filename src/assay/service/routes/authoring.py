"""`/authoring`: what an agreement says, and the tested contract made of it. Nothing is kept."""

from __future__ import annotations

import threading
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from assay.errors import UnavailableError
from assay.service.deps import ClientDependency

LONGEST_TEXT = 60_000
LONGEST_BUILT_TEXT = 20_000
MOST_ANSWERS = 200
_building = threading.Lock()

router = APIRouter(prefix="/authoring", tags=["authoring"])

Answers = Annotated[dict[str, str], Field(max_length=MOST_ANSWERS)]


class BuilderBusy(UnavailableError):
    """One contract is built at a time, since compilers take all of a processor."""

    def __init__(self) -> None:
        super().__init__("Another contract is being built.", hint="Try again in a few seconds.")


class Agreement(BaseModel):
    """A text to be read, with answers to what it leaves open."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=LONGEST_TEXT)
    language: Literal["en", "zh"] | None = None
    answers: Answers = {}


class Order(Agreement):
    """A contract to be built."""

    text: str = Field(min_length=1, max_length=LONGEST_BUILT_TEXT)
    name: str = Field("Agreement", pattern=r"^[A-Z][A-Za-z0-9]{0,60}$")


@router.post("/read")
def read(agreement: Agreement, client: ClientDependency) -> dict[str, Any]:
    """How each clause is understood, what is asked, and which words were not understood."""
    found = client.authoring.read(
        text=agreement.text, language=agreement.language, answers=agreement.answers
    )
    return found.model_dump(mode="json", by_alias=True)


@router.post("/build")
def build(order: Order, client: ClientDependency) -> dict[str, Any]:
    """The contract in Solidity and Vyper with what its trials came to; 409 while it has questions.

    Whether every trial passed is said in the report.
    """
    agreed = client.authoring.read(text=order.text, language=order.language, answers=order.answers)
    if not _building.acquire(blocking=False):
        raise BuilderBusy
    try:
        built = client.authoring.build(agreed, name=order.name)
    finally:
        _building.release()
    return {
        "solidity": built.solidity,
        "vyper": built.vyper,
        "description": built.description,
        "specification": built.specification.model_dump(mode="json", by_alias=True),
        "report": built.report.as_json(),
    }
