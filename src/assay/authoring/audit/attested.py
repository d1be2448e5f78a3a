"""What the attestation of a report says, and whether it says it of a report.

All fields of the schema are static, so that the data are ten words of 32 bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assay.authoring.audit.reports.document import Report
from assay.core.address import ZERO_ADDRESS, Address, parse_address
from assay.core.attestation import static_data
from assay.core.digest import Digest

SCHEMA = (
    "bytes32 report,bytes32 subject,address target,bytes32 codeHash,uint64 rulesVersion,"
    "bytes32 rulesDigest,uint32 high,uint32 medium,uint32 low,uint32 violated"
)
_NOTHING = "0x" + "0" * 64
_WORD_BYTES = 32


@dataclass(frozen=True, slots=True)
class AuditAttestation:
    """One attestation of a report, as the chain has it.

    Attributes:
        attester, recipient: None where the service does not know the uid.
        time_s: when it was made.
        fault: why it does not stand: unknown, revoked, of another schema; empty if it does.
        transaction: empty where it was asked for by its uid.
    """

    uid: str
    service: Address
    chain_id: int
    attester: Address | None
    recipient: Address | None
    time_s: int
    data: bytes
    fault: str
    transaction: str = ""

    @property
    def report(self) -> Digest | None:
        """Which report it is of."""
        return Digest(self.data[:_WORD_BYTES]) if len(self.data) >= _WORD_BYTES else None

    def as_json(self) -> dict[str, Any]:
        """What is kept beside a report, so that its attestation need not be looked for."""
        return {
            "uid": self.uid,
            "service": self.service,
            "chain_id": self.chain_id,
            "attester": self.attester,
            "report": self.report.hex if self.report else None,
            "transaction": self.transaction or None,
            "time_s": self.time_s,
            "fault": self.fault or None,
        }


def target_of(report: Report) -> Address | None:
    """The contract that a report is about; None where it is about files alone."""
    deployed = report.subject.deployed
    return parse_address(deployed.address) if deployed else None


def attested_data(report: Report) -> bytes:
    """The data of the attestation of a report."""
    subject, book, counts = report.subject, report.rule_book, report.counts
    deployed = subject.deployed
    return static_data(
        Digest.of(report.encode()).token_id,
        int(subject.digest, 16),
        int(deployed.address if deployed else ZERO_ADDRESS, 16),
        int(deployed.code_hash if deployed else _NOTHING, 16),
        book.version if book else 0,
        int(book.digest if book else _NOTHING, 16),
        counts.high,
        counts.medium,
        counts.low,
        counts.violated,
    )
