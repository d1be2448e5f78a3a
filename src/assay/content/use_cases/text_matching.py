"""Texts: matched by their normalised reading, and by the word pairs that they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assay.content.errors import TextEmpty, TextNotUtf8
from assay.content.limits import CONTENT_LIMIT_BYTES
from assay.content.model import Fingerprint, Minting
from assay.content.ports import Blobs, ContentIndex
from assay.content.texts.fingerprint import (
    COPY_SIMILARITY,
    EXCERPT_CONTAINMENT,
    EXCERPT_SHINGLES,
    MINIMUM_SHINGLES,
    Comparison,
    TextFingerprint,
    compare,
    fingerprint_text,
)
from assay.content.texts.reading import decode_text
from assay.content.use_cases.matching import Description, Findings, Match
from assay.errors import AssayError

MEDIA_TYPE = "text/plain; charset=utf-8"
_CANDIDATES = 20


@dataclass(frozen=True)
class TextMatcher:
    """The `Matcher` of texts; takes whatever nobody else does."""

    index: ContentIndex
    blobs: Blobs

    def takes(self, data: bytes) -> bool:  # noqa: ARG002 - whether it is a text, reading tells
        """See `Matcher.takes`."""
        return True

    def describe(self, data: bytes) -> Description:
        """See `Matcher.describe`.

        Raises:
            TextEmpty, ContentTooLarge, TextNotUtf8: the bytes cannot be minted.
        """
        return Description(MEDIA_TYPE, fingerprint_text(decode_text(data)))

    def find(self, data: bytes) -> Findings:
        """See `Matcher.find`."""
        try:
            fingerprint = fingerprint_text(decode_text(data))
        except (TextEmpty, TextNotUtf8) as error:
            return Findings((), (str(error),))
        notes: tuple[str, ...] = (_short(fingerprint),) if fingerprint.too_short else ()
        proposed = dict.fromkeys(self.index.same_reading(fingerprint)[:_CANDIDATES], fingerprint)
        for minting, other in self.index.candidates(fingerprint, _CANDIDATES):
            proposed.setdefault(minting, other)
        matches = [
            _match(minting, compare(fingerprint, other), "the indexed fingerprint")
            for minting, other in proposed.items()
        ]
        if not matches:
            notes += ("no minted text shares a word pair with it",)
        return Findings(tuple(sorted(matches, key=_rank, reverse=True)), notes)

    def recheck(self, data: bytes, match: Match) -> Match | None:
        """See `Matcher.recheck`."""
        own = _recomputed(match.minting, self.blobs)
        if own is None:
            return None
        compared = compare(fingerprint_text(decode_text(data)), own)
        return _match(match.minting, compared, "the stored content")

    def add(self, fingerprints: Sequence[tuple[Minting, Fingerprint]]) -> None:
        """See `Matcher.add`."""
        own = [(one, found) for one, found in fingerprints if isinstance(found, TextFingerprint)]
        if own:
            self.index.add_fingerprints(own)


def _recomputed(minting: Minting, blobs: Blobs) -> TextFingerprint | None:
    try:
        cid = blobs.find_digest(minting.content_id)
        if cid is None:
            return None
        return fingerprint_text(blobs.read_bytes(cid, limit=CONTENT_LIMIT_BYTES).decode("utf-8"))
    except (AssayError, UnicodeDecodeError):
        return None


def _rank(match: Match) -> tuple[bool, bool, float, float]:
    return (match.is_copy, match.same, match.similarity, match.confidence)


def _match(minting: Minting, comparison: Comparison, source: str) -> Match:
    transform = "excerpt" if comparison.is_excerpt else "edited"
    return Match(
        minting=minting,
        is_copy=comparison.is_copy,
        same=comparison.same_reading,
        similarity=comparison.similarity,
        confidence=comparison.containment,
        transforms=("respelt",) if comparison.same_reading else (transform,),
        evidence=_evidence(comparison, f"{source} of {minting.content_id}"),
    )


def _evidence(comparison: Comparison, subject: str) -> tuple[str, ...]:
    if comparison.same_reading:
        same = (
            f"after normalisation the text is the same as {subject}: only capitals, punctuation, "
            "white space, accents or look-alike letters differ"
        )
        return (same,)
    similarity = (
        f"similarity to {subject} is {comparison.similarity:.3f}; a copy from {COPY_SIMILARITY} on"
    )
    containment = (
        f"{comparison.containment:.3f} of the shorter text's word pairs are in the other, "
        f"{comparison.shared_shingles} of those sampled; an excerpt from {EXCERPT_CONTAINMENT} and "
        f"{EXCERPT_SHINGLES} on"
    )
    return (similarity, containment)


def _short(fingerprint: TextFingerprint) -> str:
    return (
        f"the text has {len(fingerprint.sketch.hashes)} word pairs, fewer than {MINIMUM_SHINGLES}: "
        "too short for more than a comparison of the normalised text"
    )
