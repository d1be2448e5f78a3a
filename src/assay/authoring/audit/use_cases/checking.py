"""Check a report: its bytes, its attestation, its rules, its sources, the code it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any, Literal

from assay.authoring.audit.attested import AuditAttestation, attested_data, target_of
from assay.authoring.audit.ports import AuditAttestations, RuleChain
from assay.authoring.audit.reports.document import (
    AuditedFile,
    Report,
    ReportUnreadable,
    read_report,
)
from assay.authoring.audit.reports.making import DISTRIBUTION
from assay.authoring.audit.reports.writing import Format, render
from assay.authoring.audit.rule_errors import VersionUnknown
from assay.core.address import Address
from assay.core.digest import Digest
from assay.errors import AssayError

State = Literal["ok", "failed", "not_checked"]
ATTESTATION = "attestation"


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """One thing that was checked.

    Attributes:
        detail: what was compared; why it failed, or was not checked.
    """

    name: str
    state: State
    detail: str

    def as_json(self) -> dict[str, str]:
        """As `assay audit check --json` shows it."""
        return {"check": self.name, "state": self.state, "detail": self.detail}


@dataclass(frozen=True)
class CheckedReport:
    """All lines; `digest` is of the bytes that were checked."""

    digest: Digest
    lines: tuple[CheckedLine, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return all(line.state != "failed" for line in self.lines)

    @property
    def verified(self) -> bool:
        """Whether its attestation holds, too, and was not just left unchecked."""
        return self.ok and any(
            line.name == ATTESTATION and line.state == "ok" for line in self.lines
        )

    def as_json(self) -> dict[str, Any]:
        """As `assay audit check --json` shows it."""
        lines = [line.as_json() for line in self.lines]
        return {
            "ok": self.ok,
            "verified": self.verified,
            "report": self.digest.hex,
            "checks": lines,
        }


@dataclass(frozen=True)
class Evidence:
    """What a report is held against.

    Attributes:
        attestations, rules: None where no chain is at hand; `no_chain` says why.
        uid: of the attestation, if it is known.
        attested_chain: on which it is, if that is known.
        attester: who must have made it; None for anybody.
        sources: the bytes of its files by their names in it; None for one that is not at hand.
        drawn: files that say they are the report as SARIF or HTML.
    """

    attestations: AuditAttestations | None
    rules: RuleChain | None
    no_chain: str = ""
    uid: str | None = None
    attested_chain: int | None = None
    attester: Address | None = None
    sources: Mapping[str, bytes | None] | None = None
    drawn: Mapping[Format, bytes] | None = None


def check_report(data: bytes, given: Evidence) -> CheckedReport:
    """Every line of the check; all damage is told in it, and never raised."""
    digest = Digest.of(data)
    try:
        report = read_report(data)
    except ReportUnreadable as error:
        return CheckedReport(digest, (CheckedLine("report", "failed", str(error)),))
    attested, found = _attestation(report, digest, given)
    lines = [
        _bytes(report, data, digest),
        attested,
        _rules(report, given, found),
        *(_source(one, given.sources or {}) for one in report.subject.files),
        *_deployed(report, given),
        *_drawn(report, given.drawn or {}),
    ]
    return CheckedReport(digest, tuple(lines))


def _bytes(report: Report, data: bytes, digest: Digest) -> CheckedLine:
    if report.encode() != data:
        return CheckedLine("report", "failed", f"SHA-256 {digest}: not canonical, so it was edited")
    if reason := report.inconsistency():
        return CheckedLine("report", "failed", f"SHA-256 {digest}: {reason}")
    return CheckedLine("report", "ok", f"SHA-256 {digest}, canonical, agrees with itself")


def _attestation(
    report: Report, digest: Digest, given: Evidence
) -> tuple[CheckedLine, AuditAttestation | None]:
    def line(state: State, detail: str) -> tuple[CheckedLine, AuditAttestation | None]:
        return CheckedLine(ATTESTATION, state, detail), None

    chain = given.attestations
    if chain is None:
        return line("not_checked", given.no_chain)
    if given.attested_chain not in {None, chain.chain_id}:
        here = f"this is chain {chain.chain_id}"
        return line("not_checked", f"it was attested on chain {given.attested_chain}; {here}")
    try:
        found = [chain.get(given.uid)] if given.uid else chain.find(target_of(report))
    except AssayError as error:
        return line("not_checked", str(error))
    expected = attested_data(report)
    reasons = []
    for one in found:
        if not given.uid and one.report != digest:
            continue
        reason = _untrue(one, digest, expected, given.attester)
        if not reason:
            detail = f"{one.uid} by {one.attester} at {_time(one.time_s)}, chain {one.chain_id}"
            return CheckedLine(ATTESTATION, "ok", detail), one
        reasons.append(f"{one.uid}: {reason}")
    if reasons:
        return line("failed", "; ".join(reasons))
    nobody = f"nobody attested these bytes on chain {chain.chain_id}"
    return line("failed", f"{nobody}: they were changed since, or never attested")


def _untrue(
    one: AuditAttestation, digest: Digest, expected: bytes, attester: Address | None
) -> str:
    if one.fault:
        return one.fault
    if one.report != digest:
        return f"it is of the report {one.report}, and these bytes have {digest}"
    if one.data != expected:
        return "it says something else than the report"
    if attester is not None and one.attester != attester:
        return f"{one.attester} made it, not {attester}"
    return ""


def _rules(report: Report, given: Evidence, attested: AuditAttestation | None) -> CheckedLine:
    book, chain = report.rule_book, given.rules
    if book is None:
        return CheckedLine("rule book", "not_checked", f"rules {report.rules_note}")
    if chain is None:
        return CheckedLine("rule book", "not_checked", given.no_chain)
    if chain.chain_id != book.chain_id:
        detail = f"it is on chain {book.chain_id}; this is chain {chain.chain_id}"
        return CheckedLine("rule book", "not_checked", detail)
    try:
        reason = _rules_fault(report, chain, attested)
    except AssayError as error:
        return CheckedLine("rule book", "not_checked", str(error))
    detail = f"version {book.version}, SHA-256 {book.digest}, published before the report"
    return CheckedLine("rule book", "failed" if reason else "ok", reason or detail)


def _rules_fault(report: Report, chain: RuleChain, attested: AuditAttestation | None) -> str:
    book = report.rule_book
    assert book is not None, "asked only where a report names one"
    if chain.address.lower() != book.address.lower():
        return f"the rule book of chain {chain.chain_id} is {chain.address}, not {book.address}"
    try:
        digest = chain.digest(book.version)
    except VersionUnknown as error:
        return str(error)
    if digest.hex != book.digest:
        return f"version {book.version} has SHA-256 {digest}, and the report names {book.digest}"
    if attested is not None and chain.version_at(attested.time_s) < book.version:
        return f"version {book.version} was published after the report was attested"
    return ""


def _source(file: AuditedFile, sources: Mapping[str, bytes | None]) -> CheckedLine:
    name, content = f"source {file.file}", sources.get(file.file)
    if content is None:
        return CheckedLine(name, "not_checked", "it is not at hand: name its folder with --sources")
    digest = Digest.of(content).hex
    if digest != file.sha256:
        detail = f"it has SHA-256 {digest} now, and had {file.sha256}"
        return CheckedLine(name, "failed", detail)
    return CheckedLine(name, "ok", f"SHA-256 {digest}")


def _deployed(report: Report, given: Evidence) -> Iterator[CheckedLine]:
    deployed, chain = report.subject.deployed, given.attestations
    if deployed is None:
        return
    name = f"code at {deployed.address}"
    if chain is None:
        yield CheckedLine(name, "not_checked", given.no_chain)
    elif chain.chain_id != deployed.chain_id:
        detail = f"it is on chain {deployed.chain_id}; this is chain {chain.chain_id}"
        yield CheckedLine(name, "not_checked", detail)
    else:
        found = chain.code_hash(Address(deployed.address))
        if found == deployed.code_hash:
            yield CheckedLine(name, "ok", f"keccak256 {found}")
        else:
            now = f"keccak256 {found} now" if found else "no code any more"
            yield CheckedLine(name, "failed", f"{now}, and had {deployed.code_hash}")


def _drawn(report: Report, drawn: Mapping[Format, bytes]) -> Iterator[CheckedLine]:
    made_by = report.tools[0].version if report.tools else None
    for kind, content in drawn.items():
        if made_by != version(DISTRIBUTION):
            detail = f"release {made_by} of Assay drew it, and may have drawn it otherwise"
            yield CheckedLine(kind, "not_checked", detail)
            continue
        same = render(report, kind) == content
        told = "says what the report says" if same else "is not what the report is drawn as"
        yield CheckedLine(kind, "ok" if same else "failed", f"the {kind} beside it {told}")


def _time(time_s: int) -> str:
    return f"{datetime.fromtimestamp(time_s, UTC):%Y-%m-%d %H:%M:%S}Z"
