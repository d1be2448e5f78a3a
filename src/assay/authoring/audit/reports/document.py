"""The report of an audit: one JSON document, named by its digest, from which all else is drawn.

A report is canonical JSON (`assay.core.canonical`), so that the same findings have the same bytes.
It names every source by its digest and shows the lines that a finding is about, so that it can be
read, drawn and checked without the sources.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from assay.authoring.audit.model import GRADES, BugClass, Grade, PropertyVerdict
from assay.core.address import parse_address
from assay.core.canonical import canonical_json
from assay.core.digest import Digest
from assay.errors import InputError

FORMAT = "assay-audit-report/1"
LONGEST_BYTES = 16 * 1024 * 1024

DigestText = Field(pattern=r"^0x[0-9a-f]{64}$")
Count = Annotated[int, Field(ge=0, lt=2**32)]
Number = Annotated[int, Field(ge=0, lt=2**63)]
Verdict = Literal["passed", "incomplete", "failed"]


def _address(text: str) -> str:
    try:
        return parse_address(text)
    except InputError as error:
        raise ValueError(str(error)) from None


AddressText = Annotated[str, AfterValidator(_address)]


class ReportUnreadable(InputError):
    """A file is no report of an audit."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"This is no report of an audit: {reason}.",
            hint="Give the report.json that `assay audit run --report` wrote.",
        )
        self.reason = reason


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class AuditedFile(_Part):
    """One source; `compiler` is None where none took it."""

    file: str
    sha256: str = DigestText
    bytes: Number
    compiler: str | None


class Deployed(_Part):
    """Where the code lives that was compared with the source."""

    chain_id: Number
    address: AddressText
    code_hash: str = DigestText


class Prose(_Part):
    """The words that the code was held against; `facts` is how they were found again in it."""

    sha256: str = DigestText
    facts: dict[str, Any]


class Subject(_Part):
    """What was audited; `digest` covers all of it."""

    files: tuple[AuditedFile, ...]
    deployed: Deployed | None
    prose: Prose | None
    digest: str = DigestText

    @staticmethod
    def digest_of(
        files: tuple[AuditedFile, ...], deployed: Deployed | None, prose: Prose | None
    ) -> str:
        """SHA-256 of names and digests, as canonical JSON."""
        covered = {
            "files": [[one.file, one.sha256] for one in files],
            "deployed": deployed.model_dump() if deployed else None,
            "prose": prose.sha256 if prose else None,
        }
        return Digest.of(canonical_json(covered)).hex


class Tool(_Part):
    """What looked; `version` is None where it could not be told."""

    name: str
    version: str | None


class Rules(_Part):
    """Which version of the rule book on a chain was used."""

    chain_id: Number
    address: AddressText
    version: int = Field(ge=1, lt=2**63)
    digest: str = DigestText
    threshold: Grade
    unknown: tuple[str, ...]


class Excerpt(_Part):
    """Lines of a source, the first of which is `first_line`."""

    first_line: int = Field(ge=1, lt=2**31)
    lines: tuple[str, ...]


class ReportedFinding(_Part):
    """One finding, as `assay audit run --json` has it, with the lines it is about."""

    rule: str
    bug_class: BugClass = Field(alias="class")
    severity: Grade
    confidence: Grade
    file: str
    line: int = Field(ge=1, lt=2**31)
    function: str
    message: str
    fix: str
    excerpt: Excerpt


class ReportedProperty(_Part):
    """What a clause says of the code, and whether the code keeps it.

    Attributes:
        read: what was read of the clause; reports of earlier releases have none.
    """

    clause: str | None
    obligation: int | None
    text: str
    span: tuple[int, int] | None
    name: str
    statement: str = Field(alias="property")
    verdict: PropertyVerdict
    tried: int
    counterexample: tuple[str, ...]
    reason: str
    read: str = ""


class ReportedGap(_Part):
    """What was not looked at, and why."""

    file: str
    tool: str
    reason: str


class Counts(_Part):
    """How many findings of each severity, and how many clauses are violated."""

    high: Count
    medium: Count
    low: Count
    violated: Count


class Report(_Part):
    """The whole of it.

    Attributes:
        rule_book: None where the built-in rules were used; `rules_note` says why.
        left_out: how many findings each rule would have given that the rule book has off.
    """

    format: Literal["assay-audit-report/1"] = "assay-audit-report/1"
    made_at: str = Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
    subject: Subject
    tools: tuple[Tool, ...] = Field(min_length=1)
    rule_book: Rules | None
    rules_note: str
    verdict: Verdict
    counts: Counts
    findings: tuple[ReportedFinding, ...]
    properties: tuple[ReportedProperty, ...]
    not_looked_at: tuple[ReportedGap, ...]
    left_out: dict[str, int]

    def encode(self) -> bytes:
        """Its canonical JSON."""
        return canonical_json(self.as_json())

    def as_json(self) -> dict[str, Any]:
        """As the file has it; what an earlier release did not write is not added."""
        told = self.model_dump(mode="json", by_alias=True)
        for one in told["properties"]:
            if not one["read"]:
                del one["read"]
        return told

    @property
    def threshold(self) -> Grade:
        """From which severity on a finding means that the audit is not passed."""
        return self.rule_book.threshold if self.rule_book else "high"

    def inconsistency(self) -> str:
        """Where the report contradicts itself; empty if it does not."""
        subject = self.subject
        if subject.digest != Subject.digest_of(subject.files, subject.deployed, subject.prose):
            return "its subject's digest is not that of what it names"
        if self.counts != count(self.findings, self.properties):
            return "its counts are not those of its findings"
        judged = judge(self.threshold, self.findings, self.properties, bool(self.not_looked_at))
        if self.verdict != judged:
            return f"its verdict is {self.verdict}, and its findings say {judged}"
        return ""


def count(
    findings: tuple[ReportedFinding, ...], properties: tuple[ReportedProperty, ...]
) -> Counts:
    """The counts of a report."""
    severities = [one.severity for one in findings]
    return Counts(
        high=severities.count("high"),
        medium=severities.count("medium"),
        low=severities.count("low"),
        violated=[one.verdict for one in properties].count("violated"),
    )


def judge(
    threshold: Grade,
    findings: tuple[ReportedFinding, ...],
    properties: tuple[ReportedProperty, ...],
    has_gaps: bool,
) -> Verdict:
    """Failed by a grave finding or a violated clause; incomplete if something was not looked at."""
    worst = GRADES.index(threshold)
    if any(GRADES.index(one.severity) <= worst for one in findings):
        return "failed"
    if any(one.verdict == "violated" for one in properties):
        return "failed"
    if has_gaps or any(one.verdict == "not_checked" for one in properties):
        return "incomplete"
    return "passed"


def read_report(data: bytes) -> Report:
    """A report from its bytes, which may be anybody's.

    Raises:
        ReportUnreadable: they are no report.
    """
    if len(data) > LONGEST_BYTES:
        raise ReportUnreadable(f"it has more than {LONGEST_BYTES} bytes")
    try:
        report = Report.model_validate(json.loads(data))
        report.encode()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ReportUnreadable(f"{place or 'the whole'}: {first['msg']}") from None
    except (ValueError, RecursionError):
        raise ReportUnreadable("it is no JSON") from None
    except InputError as error:
        raise ReportUnreadable(str(error).rstrip(".")) from None
    return report
