"""PDFs and SVG drawings are identical or unknown: nobody compares their source as a text."""

from __future__ import annotations

import time

import pytest

from assay.content.model import Verdict
from assay.content.texts.documents import document_type
from assay.content.use_cases.document_matching import DocumentMatcher
from assay.content.use_cases.matching import Matcher
from tests.unit.content.conftest import World
from tests.unit.content.test_paraphrases import Reader
from tests.unit.content.texts.test_fingerprint import PARAGRAPH

SVG = f"<?xml version='1.0'?>\n<!-- drawn --><svg xmlns='x'><text>{PARAGRAPH}</text></svg>"
PDF = f"%PDF-1.4\n1 0 obj ({PARAGRAPH}) endobj\nstartxref 9\n%%EOF\n"


class Desk(Reader):
    """Documents beside texts, as the product has them."""

    @property
    def matchers(self) -> tuple[Matcher, ...]:
        return (DocumentMatcher(), *super().matchers)


@pytest.mark.parametrize(
    ("document", "media_type"), [(SVG, "image/svg+xml"), (PDF, "application/pdf")]
)
def test_a_document_is_identical_or_unknown(world: World, document: str, media_type: str) -> None:
    desk = Desk(world)

    minted = desk.mint(document)
    same, altered = desk.verify(document), desk.verify(document.replace("question", "riddle"))
    text = desk.verify(PARAGRAPH)

    assert minted.metadata.media_type == media_type
    assert same.verdict == Verdict.IDENTICAL
    assert (altered.verdict, text.verdict) == (Verdict.UNKNOWN, Verdict.UNKNOWN)
    for said in (minted.notes, altered.evidence):
        assert any("compared by its bytes and its credentials only" in line for line in said)
    assert not any("minted texts could not be compared" in line for line in text.evidence)


@pytest.mark.parametrize(
    "text", ["%PDF-1.7 and nothing of one", "See <svg> and <path>.", f"A PDF ends in %%EOF. {PDF}"]
)
def test_a_text_about_documents_is_a_text(text: str) -> None:
    assert document_type(text.encode()) is None


def test_a_hostile_head_takes_no_time() -> None:
    started_s = time.monotonic()

    assert document_type(b"<!-- -->" * 500 + b"<!--" * 10_000) is None
    assert time.monotonic() - started_s < 1
