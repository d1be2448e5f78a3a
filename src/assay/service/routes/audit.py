"""`/audit`: reports of audits checked, attestations listed, the rules shown. Nothing is signed."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from assay.service.deps import ClientDependency

LONGEST_REPORT = 900_000
LONGEST_SOURCE = 500_000
MOST_SOURCES = 200

router = APIRouter(prefix="/audit", tags=["audit"])


class GivenReport(BaseModel):
    """A report to be checked, as its file has it; sources by their names in it, where at hand."""

    model_config = ConfigDict(extra="forbid")

    report: str = Field(min_length=1, max_length=LONGEST_REPORT)
    sources: dict[str, Annotated[str, Field(max_length=LONGEST_SOURCE)]] = Field(
        default={}, max_length=MOST_SOURCES
    )
    attestation: str | None = Field(None, pattern=r"^0x[0-9a-f]{64}$")
    attester: str | None = Field(None, pattern=r"^0x[0-9a-fA-F]{40}$")


@router.post("/check")
def check(given: GivenReport, client: ClientDependency) -> dict[str, Any]:
    """A report held against its attestation, its rules and the code on the chain, line by line."""
    return client.audit.check_bytes(
        given.report.encode("utf-8", "replace"),
        sources={name: text.encode("utf-8", "replace") for name, text in given.sources.items()},
        attestation=given.attestation,
        attester=given.attester,
    ).as_json()


@router.get("/rules")
def rules(client: ClientDependency) -> dict[str, Any]:
    """The versions of the chain's rule book, oldest first."""
    return client.audit.rules.as_json()


@router.get("/rules/{version}")
def rules_of(
    version: Annotated[int, Path(ge=1, lt=2**64)], client: ClientDependency
) -> dict[str, Any]:
    """One version, with what it changes of the built-in rules."""
    published, book = client.audit.rules.show(version)
    return published.as_json() | book.as_json()


@router.get("/attestations/{address}")
def attestations(address: str, client: ClientDependency) -> list[dict[str, Any]]:
    """The attested audits of the contract at an address; anybody can attest, so see by whom."""
    return [one.as_json() for one in client.audit.attestations(address)]
