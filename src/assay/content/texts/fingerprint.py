"""Text fingerprints: what stands in public metadata in place of a text, to find its copies.

A fingerprint holds the SHA-256 of the normalised text (see `normalisation`) and a sketch of its
shingles (see `shingles`, `sketch`): about 1.5 KB in JSON whatever the text's length.

>>> text = "The first to register a digest holds the claim, and later ones are refused by the rule."
>>> first, second = fingerprint_text(text), fingerprint_text(text.replace("later", "other"))
>>> comparison = compare(first, second)
>>> comparison.same_reading, round(comparison.similarity, 2), comparison.is_copy
(False, 0.78, True)

It hides a text from a reader, not from somebody who guesses it: whoever has a candidate text, or
tries likely word pairs, can test them against the sketch. The thresholds come from the curves in
docs/text-fingerprint.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assay.content.errors import FingerprintMalformed
from assay.content.texts.normalisation import normalise
from assay.content.texts.shingles import shingles
from assay.content.texts.sketch import Sketch
from assay.core.digest import Digest
from assay.errors import InputError

METHOD = "assay-text/1"
MINIMUM_SHINGLES = 16
"""Below this a text is too short to be told from another by its shingles."""

COPY_SIMILARITY = 0.25
"""From this Jaccard similarity on a text is an altered copy."""

EXCERPT_CONTAINMENT = 0.5
"""From this containment on one text is an excerpt of the other, or stands inside it, ..."""

EXCERPT_SHINGLES = 16
"""... if at least so many sampled shingles say so."""


@dataclass(frozen=True, slots=True)
class TextFingerprint:
    """The fingerprint of one text.

    Attributes:
        normalised: SHA-256 of the normalised text in UTF-8.
        sketch: the sketch of its shingles.
    """

    normalised: Digest
    sketch: Sketch

    @property
    def too_short(self) -> bool:
        """True if the text has too few shingles for anything but the normalised digest."""
        return len(self.sketch.hashes) < MINIMUM_SHINGLES

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "method": METHOD,
            "normalised": self.normalised.hex,
            "sketch": self.sketch.encode(),
        }

    @classmethod
    def from_json(cls, value: Any) -> TextFingerprint:
        """Read what `as_json` wrote.

        Raises:
            FingerprintMalformed: a field is missing or malformed, or the method is unknown.
        """
        try:
            if value["method"] != METHOD:
                raise FingerprintMalformed(f"method {value['method']!r} is unknown")
            return cls(Digest.parse(value["normalised"]), Sketch.decode(value["sketch"]))
        except (KeyError, TypeError, InputError) as error:
            raise FingerprintMalformed(f"{type(error).__name__}: {error}") from None


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two texts are.

    Attributes:
        same_reading: the normalised texts are equal.
        similarity: estimated Jaccard similarity of the shingle sets, in 0..1; 1 for the same
            reading, 0 where a text is too short.
        containment: estimated share of the smaller shingle set that is in the other, in 0..1.
        shared_shingles: sampled shingles that both have.
    """

    same_reading: bool
    similarity: float
    containment: float
    shared_shingles: int

    @property
    def is_excerpt(self) -> bool:
        """One text is, to a large part, inside the other."""
        return self.containment >= EXCERPT_CONTAINMENT and self.shared_shingles >= EXCERPT_SHINGLES

    @property
    def is_copy(self) -> bool:
        """One text is an altered copy or an excerpt of the other."""
        return self.same_reading or self.similarity >= COPY_SIMILARITY or self.is_excerpt


def fingerprint_text(text: str) -> TextFingerprint:
    """Fingerprint a text of any length, in linear time: about 4 MB a second."""
    normalised = normalise(text)
    data = normalised.encode("utf-8", "surrogatepass")
    return TextFingerprint(Digest.of(data), Sketch.of(shingles(normalised)))


def compare(first: TextFingerprint, second: TextFingerprint) -> Comparison:
    """Compare two fingerprints; symmetric."""
    if first.normalised == second.normalised:
        return Comparison(True, 1.0, 1.0, len(first.sketch.hashes))
    if first.too_short or second.too_short:
        return Comparison(False, 0.0, 0.0, 0)
    overlap = first.sketch.overlap(second.sketch)
    return Comparison(False, overlap.jaccard, overlap.containment, overlap.shared)
