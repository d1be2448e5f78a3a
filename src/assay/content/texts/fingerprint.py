"""Text fingerprints: what stands in public metadata in place of a text, to find its copies.

A fingerprint holds the SHA-256 of the normalised text (see `normalisation`) and a sketch of its
shingles (see `shingles`, `sketch`): about 1.5 KB in JSON for any length of text. With an embedder
it also holds the directions of the first passages' meanings (see `meaning`), at most 56 KB, to find
paraphrases by.

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
from typing import TYPE_CHECKING, Any

from assay.content.errors import FingerprintMalformed
from assay.content.texts.meaning import Meaning
from assay.content.texts.normalisation import normalise
from assay.content.texts.ports import TextEmbedder
from assay.content.texts.shingles import shingles
from assay.content.texts.sketch import Sketch
from assay.core.digest import Digest
from assay.errors import InputError

if TYPE_CHECKING:
    from assay.content.texts.calibration import Calibration
    from assay.content.texts.paraphrase import Likeness

METHOD = "assay-text/1"
MEANING_METHOD = "assay-text/2"
"""As the first, with the directions of passages; who cannot compare those reads the rest."""

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
        meaning: the directions of its passages, where they were embedded.
    """

    normalised: Digest
    sketch: Sketch
    meaning: Meaning | None = None

    @property
    def too_short(self) -> bool:
        """True if the text has too few shingles for anything but the normalised digest."""
        return len(self.sketch.hashes) < MINIMUM_SHINGLES

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        shared = {"normalised": self.normalised.hex, "sketch": self.sketch.encode()}
        if self.meaning is None:
            return {"method": METHOD, **shared}
        return {"method": MEANING_METHOD, **shared, "meaning": self.meaning.as_json()}

    @classmethod
    def from_json(cls, value: Any) -> TextFingerprint:
        """Read what `as_json` wrote.

        Raises:
            FingerprintMalformed: a field is missing or malformed, or the method is unknown.
        """
        try:
            if value["method"] not in {METHOD, MEANING_METHOD}:
                raise FingerprintMalformed(f"method {value['method']!r} is unknown")
            means = value["method"] == MEANING_METHOD
            return cls(
                Digest.parse(value["normalised"]),
                Sketch.decode(value["sketch"]),
                Meaning.from_json(value["meaning"]) if means else None,
            )
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
        paraphrase: how alike they are in meaning; None where one has no meaning in its fingerprint
            or no calibration is at hand.
    """

    same_reading: bool
    similarity: float
    containment: float
    shared_shingles: int
    paraphrase: Likeness | None = None

    @property
    def is_excerpt(self) -> bool:
        """One text is, to a large part, inside the other."""
        return self.containment >= EXCERPT_CONTAINMENT and self.shared_shingles >= EXCERPT_SHINGLES

    @property
    def is_copy(self) -> bool:
        """One text is an altered copy or an excerpt of the other."""
        return self.same_reading or self.similarity >= COPY_SIMILARITY or self.is_excerpt

    @property
    def is_paraphrase(self) -> bool:
        """One text says in other words what the other says."""
        return self.paraphrase is not None and self.paraphrase.is_paraphrase


def fingerprint_text(
    text: str,
    *,
    embedder: TextEmbedder | None = None,
    calibration: Calibration | None = None,
) -> TextFingerprint:
    """Fingerprint a text of any length, in linear time: about 4 MB a second.

    Args:
        embedder: gives the meaning of the first passages, some 20 ms each; none: no meaning.
        calibration: the embedder's; by default the shipped one, or one that is made now.

    Raises:
        UnavailableError: the embedder fails.
    """
    normalised = normalise(text)
    data = normalised.encode("utf-8", "surrogatepass")
    sketch = Sketch.of(shingles(normalised))
    meaning = _meaning(text, embedder, calibration) if embedder else None
    return TextFingerprint(Digest.of(data), sketch, meaning)


def compare(
    first: TextFingerprint, second: TextFingerprint, calibration: Calibration | None = None
) -> Comparison:
    """Compare two fingerprints; symmetric.

    Args:
        calibration: of the embedder that both used; by default the shipped one, if there is.
    """
    paraphrase = _paraphrase(first.meaning, second.meaning, calibration)
    if first.normalised == second.normalised:
        return Comparison(True, 1.0, 1.0, len(first.sketch.hashes), paraphrase)
    if first.too_short or second.too_short:
        return Comparison(False, 0.0, 0.0, 0, paraphrase)
    overlap = first.sketch.overlap(second.sketch)
    return Comparison(False, overlap.jaccard, overlap.containment, overlap.shared, paraphrase)


def _meaning(text: str, embedder: TextEmbedder, calibration: Calibration | None) -> Meaning:
    from assay.content.texts.calibration import calibrate  # noqa: PLC0415 - numpy is slow to import
    from assay.content.texts.paraphrase import meaning_of  # noqa: PLC0415

    return meaning_of(text, embedder, calibration or calibrate(embedder))


def _paraphrase(
    first: Meaning | None, second: Meaning | None, calibration: Calibration | None
) -> Likeness | None:
    if first is None or second is None:
        return None
    from assay.content.texts.calibration import load_calibration  # noqa: PLC0415
    from assay.content.texts.paraphrase import compare_meanings  # noqa: PLC0415

    known = calibration or load_calibration(first.model)
    return compare_meanings(first, second, known) if known else None
