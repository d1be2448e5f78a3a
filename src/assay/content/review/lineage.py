"""The lineage of what the community decided: the case about content, and its attestation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assay.content.review.model import ReviewOutcome, utc_text
from assay.content.review.ports import ReviewRecords
from assay.core.digest import Digest
from assay.ledger.lineage import Link, Node

_CONTENT = "content:"
_CONTRACT = Node("contract:ContentReview", "contract", "ContentReview")


@dataclass(frozen=True)
class ReviewSource:
    """Expands nodes `content:<id>` by the decisions that stand about them."""

    records: ReviewRecords

    def resolve(self, subject: str) -> Node | None:  # noqa: ARG002 - the port's
        """No subject is named by a review; its content is."""
        return None

    def expand(self, nodes: Sequence[Node]) -> Sequence[tuple[Link, Node]]:
        """The cases about the contents among `nodes`, with their attestations."""
        return [
            pair
            for node in nodes
            if node.id.startswith(_CONTENT)
            for outcome in self.records.outcomes(Digest.parse(node.id.removeprefix(_CONTENT)))
            for pair in _links(node.id, outcome)
        ]


def _links(content: str, outcome: ReviewOutcome) -> list[tuple[Link, Node]]:
    facts = {
        "claim": outcome.claim.value,
        "decision": outcome.decision.value,
        "decided": utc_text(outcome.decided_at_s),
        "final": "yes" if outcome.final else "not yet",
    }
    case = Node(f"review:{outcome.case}", "review", f"Case {outcome.case}", facts)
    evidence = f"outcome of {outcome.content_id}: {outcome.sentence()}"
    return [
        (Link(content, case.id, "reviewed in", True, evidence), case),
        (Link(case.id, _CONTRACT.id, "recorded by", True, f"caseOf {outcome.case}"), _CONTRACT),
        _attestation(case.id, outcome),
    ]


def _attestation(case: str, outcome: ReviewOutcome) -> tuple[Link, Node]:
    made = outcome.attestation
    if made is None:
        node = Node(f"attestation:none/{outcome.case}", "attestation", "Not attested")
        reason = (
            "the attestation service failed when it was decided; "
            f"`assay content review attest {outcome.case}` makes up for it"
        )
        return Link(case, node.id, "attested by", False, "outcome", reason), node
    facts = {"uid": made.uid, "service": made.service}
    node = Node(f"attestation:{made.uid}", "attestation", f"Attestation {made.uid[:10]}…", facts)
    evidence = (
        f"attestation {made.uid} of {made.service} has the review contract as its attester, "
        "the schema and the data of this decision, and is not revoked"
    )
    return Link(case, node.id, "attested by", made.valid, evidence, made.reason), node
