"""What the community decided, as links of a trace."""

from __future__ import annotations

from dataclasses import replace

from assay.content.review.lineage import ReviewSource
from assay.core.address import parse_address
from assay.core.digest import Digest
from assay.ledger.lineage import Node
from tests.fakes.review import FakeReview, make_outcome

CONTENT = Digest.of(b"content")
NODES = [Node(f"content:{CONTENT}", "content", "Content"), Node("asset:0x1", "asset", "Asset")]


def source(*, valid: bool = True, attested: bool = True) -> ReviewSource:
    outcome = make_outcome(CONTENT, valid=valid)
    outcome = outcome if attested else replace(outcome, attestation=None)
    review = FakeReview(parse_address("0x" + "01" * 20), decided={CONTENT: (outcome,)})
    return ReviewSource(review)


def test_content_leads_to_its_case_and_attestation() -> None:
    links = source().expand(NODES)

    assert [(link.kind, link.ok) for link, _node in links] == [
        ("reviewed in", True),
        ("recorded by", True),
        ("attested by", True),
    ]
    assert links[0][1].facts["decision"] == "upheld"


def test_an_attestation_that_is_not_valid_fails_the_trace() -> None:
    links = source(valid=False).expand(NODES)

    assert [link.reason for link, _node in links if not link.ok] == ["it was revoked"]


def test_a_missing_attestation_says_how_to_make_up_for_it() -> None:
    links = source(attested=False).expand(NODES)

    [fault] = [link for link, _node in links if not link.ok]
    assert "review attest 3" in fault.reason


def test_content_without_a_review_has_no_links() -> None:
    review = FakeReview(parse_address("0x" + "01" * 20))

    assert ReviewSource(review).expand(NODES) == []
