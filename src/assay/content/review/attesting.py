"""Whether an attestation of the Ethereum Attestation Service says what the community decided.

The schema is that of `ReviewAttestations.sol`; all its fields are static, so that the data are
eight words of 32 bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from assay.content.review.model import Attestation, Decision, ReviewOutcome
from assay.core.address import Address
from assay.core.attestation import attestation_fault, static_data
from assay.core.digest import Digest


@dataclass(frozen=True, slots=True)
class AttestationRecord:
    """What an attestation service says of a uid.

    Attributes:
        found: its `Attestation`, with the service's names; None if it does not answer.
    """

    uid: str
    service: Address
    schema: str
    found: Any


def check_attestation(
    outcome: ReviewOutcome,
    record: AttestationRecord,
    review: Address,
    content: Address,
    evidence: Digest,
) -> ReviewOutcome:
    """The outcome with its attestation, which is valid if the review contract made it, with its
    schema, of exactly this outcome, and did not revoke it."""
    reason = _fault(outcome, record, review, content, evidence)
    checked = Attestation(record.uid, record.service, record.schema, not reason, reason)
    return replace(outcome, attestation=checked)


def attested_data(outcome: ReviewOutcome, content: Address, evidence: Digest) -> bytes:
    """The data of the attestation of an outcome."""
    return static_data(
        int(content, 16),
        outcome.content_id.token_id,
        outcome.case,
        outcome.claim.code,
        list(Decision).index(outcome.decision),
        outcome.upheld,
        outcome.rejected,
        evidence.token_id,
    )


def _fault(
    outcome: ReviewOutcome,
    record: AttestationRecord,
    review: Address,
    content: Address,
    evidence: Digest,
) -> str:
    if reason := attestation_fault(record.found, record.uid, record.schema):
        return reason
    found = record.found
    if found.attester.lower() != review.lower():
        return f"{found.attester} made it, not the review contract"
    if found.data != attested_data(outcome, content, evidence):
        return "it says something else than the review contract"
    return ""
