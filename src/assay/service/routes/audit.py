"""`/audit`: code audited, reports checked, attestations and rules shown. Nothing is signed."""

from __future__ import annotations

import threading
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from assay.errors import UnavailableError
from assay.service.deps import ClientDependency
from assay.service.routes.authoring import LONGEST_TEXT, Answers

LONGEST_REPORT = 900_000
LONGEST_SOURCE = 500_000
MOST_SOURCES = 200

LONGEST_CODE = 100_000
MOST_CODE = 20
TOOL_TIMEOUT_S = 20.0
_auditing = threading.Lock()

SourceName = Annotated[
    str,
    Field(
        max_length=200, pattern=r"^(?:[A-Za-z0-9_][A-Za-z0-9_.-]*/)*[A-Za-z0-9_-]+\.(?:sol|vyi?)$"
    ),
]

router = APIRouter(prefix="/audit", tags=["audit"])


class AuditorBusy(UnavailableError):
    """One audit runs at a time, since its tools take all of a processor."""

    def __init__(self) -> None:
        super().__init__("Another audit is running.", hint="Try again in a few seconds.")


class GivenReport(BaseModel):
    """A report to be checked, as its file has it; sources by their names in it, where at hand."""

    model_config = ConfigDict(extra="forbid")

    report: str = Field(min_length=1, max_length=LONGEST_REPORT)
    sources: dict[str, Annotated[str, Field(max_length=LONGEST_SOURCE)]] = Field(
        default={}, max_length=MOST_SOURCES
    )
    attestation: str | None = Field(None, pattern=r"^0x[0-9a-f]{64}$")
    attester: str | None = Field(None, pattern=r"^0x[0-9a-fA-F]{40}$")


class GivenCode(BaseModel):
    """Sources by relative paths like `tokens/Token.sol`, and what they are to do, in prose."""

    model_config = ConfigDict(extra="forbid")

    sources: dict[SourceName, Annotated[str, Field(min_length=1, max_length=LONGEST_CODE)]] = Field(
        min_length=1, max_length=MOST_CODE
    )
    main: str | None = None
    text: str | None = Field(None, min_length=1, max_length=LONGEST_TEXT)
    language: Literal["en", "zh"] | None = None
    answers: Answers = {}
    parties: Answers = {}
    arguments: Answers = {}
    seed: int = Field(1, ge=0, lt=2**32)


@router.post("/run")
def run(given: GivenCode, client: ClientDependency) -> dict[str, Any]:
    """What is wrong with code, and whether it does what the text says, as a report.

    The sources import each other and the installed libraries only.
    """
    prose = None
    if given.text is not None:
        prose = client.authoring.read(
            text=given.text, language=given.language, answers=given.answers
        )
    if not _auditing.acquire(blocking=False):
        raise AuditorBusy
    try:
        found = client.audit.run_sources(
            given.sources,
            main=given.main,
            timeout_s=TOOL_TIMEOUT_S,
            prose=prose,
            parties=given.parties,
            arguments=given.arguments,
            seed=given.seed,
        )
    finally:
        _auditing.release()
    return found.as_json()


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
