"""Attest a report: keep it where its digest finds it, then say on chain what it came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assay.authoring.audit.attested import AuditAttestation, attested_data, target_of
from assay.authoring.audit.ports import AuditAttestations, ReportStore
from assay.authoring.audit.reports.document import Report, ReportUnreadable, read_report
from assay.authoring.audit.rule_errors import ReportOfAnotherChain
from assay.core.digest import Digest


@dataclass(frozen=True)
class AttestedReport:
    """A report that is attested.

    Attributes:
        cid: what the report is fetched by.
        already: the same account had attested it before.
    """

    report: Report
    digest: Digest
    cid: str
    attestation: AuditAttestation
    already: bool

    def as_json(self) -> dict[str, Any]:
        """As `assay audit attest --json` shows it, and keeps it beside the report."""
        return {
            "report": self.digest.hex,
            "cid": self.cid,
            "already": self.already,
            **self.attestation.as_json(),
        }


def attest_report(data: bytes, reports: ReportStore, chain: AuditAttestations) -> AttestedReport:
    """Store and attest a report; one that the account attested before is found again.

    Raises:
        ReportUnreadable: it is no report, was edited, or contradicts itself.
        ReportOfAnotherChain: what it is about lives on another chain.
    """
    report = sound_report(data)
    for named in (report.subject.deployed, report.rule_book):
        if named is not None and named.chain_id != chain.chain_id:
            raise ReportOfAnotherChain(named.chain_id, chain.chain_id)
    digest, content = Digest.of(data), attested_data(report)
    cid = reports.add(data)
    target = target_of(report)
    for one in chain.find(target):
        if one.attester == chain.account and one.data == content and not one.fault:
            return AttestedReport(report, digest, cid, one, already=True)
    uid, transaction = chain.attest(target, content)
    made = next((one for one in chain.find(target) if one.uid == uid), chain.get(uid))
    assert made.transaction in {transaction, ""}, "a uid is of one transaction"
    return AttestedReport(report, digest, cid, made, already=False)


def sound_report(data: bytes) -> Report:
    """A report whose bytes are exactly what it says.

    Raises:
        ReportUnreadable: it is no report, was edited, or contradicts itself.
    """
    report = read_report(data)
    if report.encode() != data:
        raise ReportUnreadable("its bytes are not canonical: it was edited, or written anew")
    if reason := report.inconsistency():
        raise ReportUnreadable(reason)
    return report
