"""Documents: PDFs and SVG drawings, whose bytes are no text that a reader sees, and no pixels."""

from __future__ import annotations

from collections.abc import Sequence

from assay.content.limits import check_size
from assay.content.model import NO_DIGEST, Fingerprint, Minting
from assay.content.texts.documents import PDF, document_type
from assay.content.texts.fingerprint import TextFingerprint
from assay.content.texts.sketch import Sketch
from assay.content.use_cases.matching import Description, Findings, Match

OPAQUE = TextFingerprint(NO_DIGEST, Sketch(()))
"""Like no other: a document is found by its bytes and its credentials alone."""

_NOTE = (
    "is compared by its bytes and its credentials only: an altered copy of one is not recognised"
)


class DocumentMatcher:
    """The `Matcher` of documents."""

    def takes(self, data: bytes) -> bool:
        """See `Matcher.takes`."""
        return document_type(data) is not None

    def describe(self, data: bytes) -> Description:
        """See `Matcher.describe`.

        Raises:
            ContentTooLarge: more than 50 MB.
        """
        check_size(data)
        media_type = document_type(data)
        assert media_type is not None, "`takes` was asked first"
        return Description(media_type, OPAQUE, (_note(data),))

    def find(self, data: bytes) -> Findings:
        """See `Matcher.find`."""
        return Findings((), (_note(data),))

    def recheck(self, data: bytes, match: Match) -> Match | None:  # noqa: ARG002 - `find` finds none
        """See `Matcher.recheck`."""
        return None

    def add(self, fingerprints: Sequence[tuple[Minting, Fingerprint]]) -> None:
        """See `Matcher.add`: they stand among the texts, where nothing is like them."""


def _note(data: bytes) -> str:
    return f"{'a PDF' if document_type(data) == PDF else 'an SVG drawing'} {_NOTE}"
