"""Reports of audits, attested on chain, and the rule book that audits go by.

found = client.audit.run("Wallet.sol")
report = client.audit.report(found)
client.audit.write(report, "audit/")
client.audit.attest("audit/report.json", account="alice")
assert client.audit.check("audit/report.json").ok
client.audit.rules.versions()
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assay.authoring.audit.attested import AuditAttestation
from assay.authoring.audit.model import CodeAudit
from assay.authoring.audit.ports import AuditAttestations, PublishedRules, RuleChain
from assay.authoring.audit.reports.document import (
    LONGEST_BYTES,
    Deployed,
    Report,
    ReportUnreadable,
    read_report,
)
from assay.authoring.audit.reports.making import Circumstances, make_report
from assay.authoring.audit.reports.writing import Format, targets_of, write_report
from assay.authoring.audit.rule_book import (
    RuleBook,
    built_in_rules,
    published_rule_book,
    written_rule_book,
)
from assay.authoring.audit.slither import NAME, slither_version
from assay.authoring.audit.use_cases.attesting import AttestedReport, attest_report
from assay.authoring.audit.use_cases.checking import CheckedReport, Evidence, check_report
from assay.bootstrap.audit_chain import NO_CHAIN, AuditChain
from assay.core.address import Address, parse_address
from assay.core.clock import SystemClock
from assay.core.digest import Digest
from assay.errors import AssayError, InputError

if TYPE_CHECKING:
    from assay.bootstrap import Workspace

ATTESTATION_SUFFIX = ".attestation.json"
_UID = re.compile(r"0x[0-9a-f]{64}\Z")
_DRAWN: tuple[Format, ...] = ("sarif", "html")


class RuleBookClient:
    """The rules of audits on the chain."""

    def __init__(self, workspace: Workspace) -> None:
        self._chain = AuditChain(workspace)

    @property
    def address(self) -> str:
        """Of the contract."""
        return self._chain.rules().address

    @property
    def chain_id(self) -> int:
        """The chain."""
        return self._chain.rules().chain_id

    @property
    def owner(self) -> str:
        """Who publishes versions."""
        return self._chain.rules().owner()

    def versions(self) -> list[PublishedRules]:
        """Every version with its document, oldest first."""
        rules = self._chain.rules()
        return [rules.published(number) for number in range(1, rules.newest() + 1)]

    def as_json(self) -> dict[str, Any]:
        """As `assay audit rules --json` shows it: the versions, and every rule that there is."""
        rules = [
            {"rule": name, "class": bug_class, "severity": severity}
            for name, (bug_class, severity) in built_in_rules().items()
        ]
        return {
            "chain_id": self.chain_id,
            "address": self.address,
            "owner": self.owner,
            "versions": [one.as_json() for one in self.versions()],
            "rules": rules,
        }

    def show(self, version: int | None = None) -> tuple[PublishedRules, RuleBook]:
        """One version, the newest if None.

        Raises:
            VersionUnknown: there is no such version.
        """
        rules = self._chain.rules()
        published = rules.published(rules.newest() if version is None else version)
        return published, published_rule_book(published.document)

    def publish(
        self, path: Path | str, account: str | None = None
    ) -> tuple[PublishedRules, RuleBook]:
        """Publish a new version from a file in JSON or YAML; the account has to own the rule book.

        Raises:
            RuleBookUnfit: the file is no rule book, or names a rule that there is not.
            NotTheOwner, RulesUnchanged: the contract refuses.
        """
        book = written_rule_book(_read(Path(path)))
        rules = self._chain.rules(account)
        rules.publish(book.document())
        return rules.published(rules.newest()), book


class AuditReportClient:
    """Reports: made, written, attested, checked."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._chain = AuditChain(workspace)
        self.rules = RuleBookClient(workspace)

    def report(self, found: CodeAudit) -> Report:
        """The report of an audit, made now."""
        deployed = None
        if found.address is not None:
            chain, address = self._chain.attestations(), parse_address(found.address)
            code_hash = chain.code_hash(address)
            assert code_hash is not None, "the audit compared the code that is there"
            deployed = Deployed(chain_id=chain.chain_id, address=address, code_hash=code_hash)
        solidity = any(one.file.endswith(".sol") for one in found.sources)
        tools = ((NAME, slither_version()),) if solidity else ()
        given = Circumstances(SystemClock().now_s(), tools, deployed)
        return make_report(found, given)

    def write(
        self, report: Report, path: Path | str, formats: Sequence[Format] | None = None
    ) -> dict[Format, Path]:
        """Write a report to a file, whose suffix names the format, or a folder: all formats.

        Raises:
            FormatUnknown: the suffix is of none.
            PrinterMissing: what PDFs are made with is not installed.
        """
        targets = targets_of(Path(path), formats)
        write_report(report, targets)
        return targets

    def attest(self, path: Path | str, account: str | None = None) -> AttestedReport:
        """Keep a report and attest it; what the attestation is called is left beside the file.

        Raises:
            ReportUnreadable: it is no report, was edited, or contradicts itself.
            ReportOfAnotherChain: what it is about lives on another chain.
        """
        place = report_file(Path(path))
        made = attest_report(_read(place), self._chain.reports(), self._chain.attestations(account))
        beside(place).write_text(json.dumps(made.as_json(), indent=2) + "\n", encoding="utf-8")
        return made

    def revoke(self, uid: str, account: str | None = None) -> str:
        """Take an attestation back; the transaction's hash.

        Raises:
            NotRevocable: another account made it, or it was taken back before.
        """
        return self._chain.attestations(account).revoke(Digest.parse(uid).hex)

    def attestations(self, address: str | None = None) -> list[AuditAttestation]:
        """All attested audits, revoked ones too; of one contract if its address is given."""
        target = parse_address(address) if address else None
        return self._chain.attestations().find(target)

    def check(
        self,
        path: Path | str,
        *,
        sources: Path | str | None = None,
        attestation: str | None = None,
        attester: str | None = None,
    ) -> CheckedReport:
        """Hold a report against its attestation, its rules, its sources and the code on the chain.

        Args:
            sources: the folder of the sources, or the only one; the working folder if None.
            attestation: its uid; looked for beside the file and on the chain if None.
            attester: an account or address that must have attested it; anybody if None.

        Raises:
            InputError: there is no such file.
        """
        place = report_file(Path(path))
        data = _read(place)
        kept = _kept(beside(place))
        return self.check_bytes(
            data,
            sources=_sources(data, Path(sources) if sources else None),
            attestation=attestation or kept.get("uid"),
            attested_chain=None if attestation else kept.get("chain_id"),
            attester=attester,
            drawn={
                one: file.read_bytes()
                for one in _DRAWN
                if (file := place.with_suffix(f".{one}")).is_file()
            },
        )

    def check_bytes(
        self,
        data: bytes,
        *,
        sources: Mapping[str, bytes | None] | None = None,
        attestation: str | None = None,
        attested_chain: int | None = None,
        attester: str | None = None,
        drawn: Mapping[Format, bytes] | None = None,
    ) -> CheckedReport:
        """The same, of bytes that may be anybody's."""
        attestations: AuditAttestations | None = None
        rules: RuleChain | None = None
        missed = NO_CHAIN
        if self._chain.is_there:
            try:
                attestations, rules = self._chain.attestations(), self._chain.rules()
            except AssayError as error:
                missed = str(error)
        given = Evidence(
            attestations=attestations,
            rules=rules,
            no_chain=missed,
            uid=Digest.parse(attestation).hex if attestation else None,
            attested_chain=attested_chain,
            attester=self._address(attester) if attester else None,
            sources=sources,
            drawn=drawn,
        )
        return check_report(data, given)

    def _address(self, name: str) -> Address:
        return parse_address(name) if name.startswith("0x") else self._workspace.address(name)


def report_file(path: Path) -> Path:
    """The report itself, where its folder is named."""
    return path / "report.json" if path.is_dir() else path


def beside(report: Path) -> Path:
    """Where the name of a report's attestation is kept."""
    return report.with_suffix(ATTESTATION_SUFFIX)


def _kept(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict) or not _UID.match(str(found.get("uid"))):
        return {}
    return found


def _sources(data: bytes, place: Path | None) -> dict[str, bytes | None]:
    """The report's files where they are looked for; None for what is not there."""
    try:
        files = read_report(data).subject.files
    except ReportUnreadable:
        return {}
    if place is not None and place.is_file():
        if len(files) != 1:
            raise InputError(
                f"The report is about {len(files)} files.", hint="Name their folder: --sources DIR."
            )
        return {files[0].file: _read(place)}
    root = (place or Path()).resolve()
    found: dict[str, bytes | None] = {}
    for one in files:
        path = (root / one.file).resolve()
        inside = path.is_relative_to(root) and path.is_file()
        found[one.file] = _read(path) if inside else None
    return found


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LONGEST_BYTES:
            raise ReportUnreadable(f"{path} has more than {LONGEST_BYTES} bytes")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
