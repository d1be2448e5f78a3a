"""Texts: matched by their normalised reading, the word pairs that they share, and their meaning.

What a copy's words tell decides; only a text that is no copy by its words is compared by meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assay.content.errors import TextEmpty, TextNotUtf8
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
from assay.content.texts.meaning import PARAPHRASE
from assay.content.texts.reading import decode_text
from assay.content.texts.recent import Recent
from assay.content.use_cases.matching import Description, Findings, Match
from assay.content.use_cases.minted_text import read_minted_text
from assay.core.digest import Digest

if TYPE_CHECKING:
    from assay.content.use_cases.text_paraphrases import Paraphrases

MEDIA_TYPE = "text/plain; charset=utf-8"
_CANDIDATES = 20
_RECENT = 32


@dataclass(frozen=True)
class TextMatcher:
    """The `Matcher` of texts; takes whatever nobody else does.

    Attributes:
        paraphrases: gives what compares texts by meaning, which is slow to load; None: nobody does.
    """

    index: ContentIndex
    blobs: Blobs
    paraphrases: Callable[[], Paraphrases] | None = None
    _recent: Recent[Digest, TextFingerprint] = field(
        default_factory=lambda: Recent(_RECENT), compare=False, repr=False
    )

    def takes(self, data: bytes) -> bool:  # noqa: ARG002 - whether it is a text, reading tells
        """See `Matcher.takes`."""
        return True

    def describe(self, data: bytes) -> Description:
        """See `Matcher.describe`.

        Raises:
            TextEmpty, ContentTooLarge, TextNotUtf8: the bytes cannot be minted.
        """
        text = decode_text(data)
        fingerprint = self._fingerprint(Digest.of(data), text)
        if self.paraphrases is None:
            return Description(MEDIA_TYPE, fingerprint)
        meaning, notes = self.paraphrases().register(Digest.of(data), text)
        return Description(MEDIA_TYPE, replace(fingerprint, meaning=meaning), notes)

    def find(self, data: bytes) -> Findings:
        """See `Matcher.find`."""
        try:
            text = decode_text(data)
        except (TextEmpty, TextNotUtf8) as error:
            return Findings((), (str(error),))
        fingerprint = self._fingerprint(Digest.of(data), text)
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
        if self.paraphrases is not None and not any(match.is_copy for match in matches):
            found = self.paraphrases().find(Digest.of(data), text)
            reworded = {match.minting.content_id for match in found.matches}
            others = (one for one in matches if one.minting.content_id not in reworded)
            matches = [*found.matches, *others]
            notes += found.notes
        return Findings(tuple(sorted(matches, key=_rank, reverse=True)), notes)

    def recheck(self, data: bytes, match: Match) -> Match | None:
        """See `Matcher.recheck`."""
        stored = read_minted_text(match.minting, self.blobs)
        if stored is None:
            return None
        content_id, text = Digest.of(data), decode_text(data)
        other = self._fingerprint(match.minting.content_id, stored)
        checked = _match(
            match.minting,
            compare(self._fingerprint(content_id, text), other),
            "the stored content",
        )
        if checked.is_copy or self.paraphrases is None or PARAPHRASE not in match.transforms:
            return checked
        return self.paraphrases().recheck(content_id, text, match, stored)

    def add(self, fingerprints: Sequence[tuple[Minting, Fingerprint]]) -> None:
        """See `Matcher.add`."""
        own = [(one, found) for one, found in fingerprints if isinstance(found, TextFingerprint)]
        if own:
            self.index.add_fingerprints(own)

    def _fingerprint(self, content_id: Digest, text: str) -> TextFingerprint:
        """Of a text and the digest of its bytes; a long one takes seconds, so it is made once."""
        return self._recent.get(content_id, lambda: fingerprint_text(text))


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
