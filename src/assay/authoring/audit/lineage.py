"""Audits in the graph of lineage: a contract's attested reports, and what a report rests on.

Anybody can attest anything of a contract; a report is shown once it is in the store of this home.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assay.authoring.audit.attested import AuditAttestation, attested_data, target_of
from assay.authoring.audit.ports import AuditAttestations, ReportStore, RuleChain
from assay.authoring.audit.reports.document import Report, ReportUnreadable, read_report
from assay.authoring.audit.reports.wording import headline
from assay.core.address import parse_address
from assay.core.digest import Digest
from assay.ledger.lineage import Link, Node

_PREFIX, _CONTRACT = "audit:", "contract:"
_AUDIT = re.compile(r"(?:audit:)?(0x[0-9a-f]{64})\Z")
_ADDRESS = re.compile(r"contract:(0x[0-9a-fA-F]{40})\Z")
_BOOK = Node("contract:AuditRuleBook", "contract", "AuditRuleBook")
_Links = list[tuple[Link, Node]]


@dataclass(frozen=True)
class AuditSource:
    """Expands nodes `audit:0x...` (the report's SHA-256), and adds audits to contracts."""

    open_attestations: Callable[[], AuditAttestations]
    open_rules: Callable[[], RuleChain]
    reports: ReportStore

    def resolve(self, subject: str) -> Node | None:
        """The report with a digest, given bare or as `audit:0x...`."""
        matched = _AUDIT.match(subject)
        if matched is None:
            return None
        digest = Digest.parse(matched[1])
        report = self._report(digest)
        return _node(digest, report) if report else None

    def expand(self, nodes: Sequence[Node]) -> Sequence[tuple[Link, Node]]:
        """Audits of the contracts among `nodes`; attestation, rules and subject of the reports."""
        links: _Links = []
        for node in nodes:
            if found := _ADDRESS.match(node.id):
                links += self._audits(found[1])
            elif node.id.startswith(_PREFIX) and (named := _AUDIT.match(node.id)):
                digest = Digest.parse(named[1])
                report = self._report(digest)
                if report is not None:
                    links += self._grounds(digest, report)
        return links

    def _audits(self, address: str) -> _Links:
        links: _Links = []
        for one in self.open_attestations().find(parse_address(address)):
            report = self._report(one.report) if one.report and not one.fault else None
            if one.report is None or report is None or one.data != attested_data(report):
                continue
            node = _node(one.report, report)
            reason = self._code_fault(report)
            evidence = f"attestation {one.uid} by {one.attester}, transaction {one.transaction}"
            source = _CONTRACT + address
            links.append((Link(source, node.id, "audited in", not reason, evidence, reason), node))
        return links

    def _grounds(self, digest: Digest, report: Report) -> _Links:
        links = [self._attested(digest, report)]
        if report.rule_book is not None:
            book, chain = report.rule_book, self.open_rules()
            reason = ""
            if chain.chain_id != book.chain_id or chain.address != parse_address(book.address):
                reason = f"it names the rule book {book.address} of chain {book.chain_id}"
            elif chain.digest(book.version).hex != book.digest:
                reason = f"version {book.version} has another digest"
            evidence = f"versionOf({book.version}), SHA-256 {book.digest}"
            link = Link(
                _PREFIX + digest.hex, _BOOK.id, "made by rules", not reason, evidence, reason
            )
            links.append((link, _BOOK))
        target = target_of(report)
        if target is not None:
            reason = self._code_fault(report)
            node = Node(_CONTRACT + target, "contract", f"Contract {target}", provisional=True)
            evidence = f"keccak256 of the code at {target}"
            link = Link(_PREFIX + digest.hex, node.id, "is about", not reason, evidence, reason)
            links.append((link, node))
        return links

    def _attested(self, digest: Digest, report: Report) -> tuple[Link, Node]:
        chain, content = self.open_attestations(), attested_data(report)
        found = [one for one in chain.find(target_of(report)) if one.report == digest]
        standing = [one for one in found if not one.fault and one.data == content]
        shown: AuditAttestation | None = next(iter([*standing, *found]), None)
        reason = ""
        if not standing:
            reason = (shown.fault if shown else "") or "nobody attested these bytes"
        uid = shown.uid if shown else "none"
        node = Node(f"attestation:{uid}", "attestation", f"Attestation {uid}")
        evidence = f"getAttestation({uid}) of {chain.service}"
        if shown is not None:
            evidence += f", attester {shown.attester}"
        source = _PREFIX + digest.hex
        return Link(source, node.id, "attested in", not reason, evidence, reason), node

    def _code_fault(self, report: Report) -> str:
        deployed, chain = report.subject.deployed, self.open_attestations()
        if deployed is None:
            return ""
        if deployed.chain_id != chain.chain_id:
            return f"it is about chain {deployed.chain_id}"
        found = chain.code_hash(parse_address(deployed.address))
        return "" if found == deployed.code_hash else "the code there is another now"

    def _report(self, digest: Digest) -> Report | None:
        data = self.reports.read(digest)
        try:
            return read_report(data) if data is not None else None
        except ReportUnreadable:
            return None


def _node(digest: Digest, report: Report) -> Node:
    counts = report.counts
    facts = {
        "verdict": report.verdict,
        "findings": f"{counts.high} high, {counts.medium} medium, {counts.low} low",
        "rules": report.rules_note,
        "made": report.made_at,
    }
    return Node(_PREFIX + digest.hex, "audit report", f"Audit of {headline(report)}", facts)
