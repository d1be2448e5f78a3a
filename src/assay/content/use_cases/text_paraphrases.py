"""Paraphrases: texts found by what their passages mean, where an embedder is at hand.

What fails here is said in a note and costs nothing else: a text is minted without its meaning and
gets it later, a verdict goes on without it. Minted texts are embedded when somebody looks for
paraphrases, as many as fit into `CATCH_UP_S`; the next one who looks goes on from there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from assay.content.errors import EmbeddingUnusable
from assay.content.model import Minting
from assay.content.ports import Blobs, ContentIndex, MeaningIndex
from assay.content.records import read_metadata
from assay.content.texts.calibration import Calibration
from assay.content.texts.fingerprint import TextFingerprint
from assay.content.texts.meaning import DIMENSIONS_LIMIT, PARAPHRASE, Meaning
from assay.content.texts.paraphrase import (
    Likeness,
    alike_passages,
    compare_meanings,
    covered_passages,
    meaning_of,
)
from assay.content.texts.ports import TextEmbedder
from assay.content.texts.recent import Recent
from assay.content.use_cases.matching import Findings, Match
from assay.content.use_cases.minted_text import read_minted_text
from assay.core.digest import Digest
from assay.errors import AssayError, InputError

CATCH_UP_S = 10.0
RETRY_AFTER_S = 30.0
"""A server that failed is not asked again before, so that a dead one costs one wait."""

_CANDIDATES = 20
_RECENT = 32
_PAIRS_SHOWN = 5
_QUOTED_CHARACTERS = 60


@dataclass(frozen=True, eq=False)
class Meanings:
    """An embedder that answers, its calibration, and the index of what it embedded."""

    embedder: TextEmbedder
    calibration: Calibration
    index: MeaningIndex


class Paraphrases:
    """Finds minted texts that say the same in other words.

    Args:
        opening: opens embedder and index; fails with an `AssayError` where there are none.
        clock_s: seconds that only go forward.
    """

    def __init__(
        self,
        opening: Callable[[], Meanings],
        index: ContentIndex,
        blobs: Blobs,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._opening = opening
        self._index = index
        self._blobs = blobs
        self._clock_s = clock_s
        self._opened: Meanings | None = None
        self._failure: AssayError | None = None
        self._failed_s = 0.0
        self._recent: Recent[Digest, Meaning] = Recent(_RECENT)

    def register(self, content_id: Digest, text: str) -> tuple[Meaning | None, tuple[str, ...]]:
        """The meaning of a text to be minted, which is indexed; or the note why it has none."""
        try:
            meanings = self._open()
            meaning = self._embed(meanings, content_id, text)
            meanings.index.add([(content_id, meaning)])
        except AssayError as error:
            self._note_failure(error)
            return None, (f"its meaning does not stand in the metadata: {_said(error)}",)
        return meaning, ()

    def find(self, content_id: Digest, text: str) -> Findings:
        """The minted texts that this one is a paraphrase of, the likest first."""
        try:
            return self._find(self._open(), content_id, text)
        except AssayError as error:
            self._note_failure(error)
            return Findings((), (f"paraphrases were not looked for: {_said(error)}",))

    def recheck(self, content_id: Digest, text: str, match: Match, stored: str) -> Match | None:
        """A paraphrase held against the stored text; None where that cannot be done."""
        try:
            meanings = self._open()
            own = self._embed(meanings, content_id, text)
            other = self._embed(meanings, match.minting.content_id, stored)
        except AssayError:
            return None
        likeness = compare_meanings(own, other, meanings.calibration)
        lines = _evidence(own, other, likeness, meanings.calibration, text)
        return _match(match.minting, likeness, "the stored content", lines)

    def _find(self, meanings: Meanings, content_id: Digest, text: str) -> Findings:
        notes = self._catch_up(meanings)
        own = self._embed(meanings, content_id, text)
        if not own.directions:
            scripts = f" (it is in {', '.join(own.uncovered)})" if own.uncovered else ""
            return Findings((), (*notes, f"no passage of it could be compared by meaning{scripts}"))
        candidates = [
            (found.content_id, other, compare_meanings(own, other, meanings.calibration))
            for found, other in meanings.index.candidates(own, _CANDIDATES)
            if found.content_id != content_id
        ]
        mintings = self._index.mintings([one for one, _, _ in candidates])
        minted = [one for one in candidates if one[0] in mintings]
        matches = []
        for other_id, other, likeness in minted:
            if likeness.is_paraphrase:
                lines = _evidence(own, other, likeness, meanings.calibration, text)
                match = _match(mintings[other_id], likeness, "the indexed fingerprint", lines)
                matches.append(match)
        if not matches:
            notes += _nearest(meanings.embedder.name, minted)
        return Findings(tuple(matches), notes)

    def _catch_up(self, meanings: Meanings) -> tuple[str, ...]:
        """Index the meanings of texts that have none yet; the notes say of how many that failed."""
        started_s = self._clock_s()
        waiting = self._index.texts_without(meanings.index.kinds)
        left, reason = 0, f"ask again, {CATCH_UP_S:g} s were not enough"
        for number, minting in enumerate(waiting):
            if self._clock_s() - started_s > CATCH_UP_S:
                left += len(waiting) - number
                break
            try:
                meaning = self._minted_meaning(meanings, minting)
            except (InputError, EmbeddingUnusable) as error:  # this text's, perhaps
                left, reason = left + 1, str(error)
                continue
            if meaning is None:
                meanings.index.add_absent([minting.content_id])
            else:
                meanings.index.add([(minting.content_id, meaning)])
        notes: tuple[str, ...] = ()
        if left:
            notes += (f"{left} minted texts are not indexed by their meaning yet: {reason}",)
        if absent := meanings.index.count_absent():
            model = meanings.embedder.name
            where = f"neither they nor their meanings by {model} are here"
            notes += (f"{absent} minted texts could not be compared for paraphrase: {where}",)
        return notes

    def _minted_meaning(self, meanings: Meanings, minting: Minting) -> Meaning | None:
        """That of the content where the store has it, else the one that the metadata claims."""
        text = read_minted_text(minting, self._blobs)
        if text is not None:
            return self._embed(meanings, minting.content_id, text)
        try:
            metadata = read_metadata(minting.content_id, minting.provenance, self._blobs)
        except AssayError:
            return None
        claimed = metadata.fingerprint
        if not isinstance(claimed, TextFingerprint) or claimed.meaning is None:
            return None
        return claimed.meaning if _fits(claimed.meaning, meanings) else None

    def _embed(self, meanings: Meanings, content_id: Digest, text: str) -> Meaning:
        return self._recent.get(
            content_id, lambda: meaning_of(text, meanings.embedder, meanings.calibration)
        )

    def _open(self) -> Meanings:
        if self._failure and self._clock_s() - self._failed_s < RETRY_AFTER_S:
            raise self._failure
        self._failure = None
        if self._opened is None:
            self._opened, self._recent = self._opening(), Recent(_RECENT)
        return self._opened

    def _note_failure(self, error: AssayError) -> None:
        """Wait before the embedder is asked again, which may come back as another model."""
        refused_text = self._opened is not None and isinstance(error, InputError)
        if self._failure is None and not refused_text:
            self._failure, self._failed_s, self._opened = error, self._clock_s(), None


def _fits(meaning: Meaning, meanings: Meanings) -> bool:
    """True if the embedder could have made it."""
    sizes = {len(one.values) for one in meaning.directions}
    scripts = {one.script for one in meaning.directions}
    return (
        meaning.model == meanings.embedder.name
        and sizes <= {min(meanings.calibration.dimensions, DIMENSIONS_LIMIT)}
        and scripts <= meanings.calibration.means.keys()
    )


def _match(minting: Minting, likeness: Likeness, source: str, lines: tuple[str, ...]) -> Match:
    held = f"held against {source} of {minting.content_id} by what the passages mean"
    return Match(
        minting=minting,
        is_copy=likeness.is_paraphrase,
        same=False,
        similarity=max(likeness.similarity, 0.0),
        confidence=likeness.confidence,
        transforms=(PARAPHRASE,),
        evidence=(held, *lines),
    )


def _evidence(
    own: Meaning, other: Meaning, likeness: Likeness, calibration: Calibration, text: str
) -> tuple[str, ...]:
    """What makes them alike as a whole, and the passages that are likest."""
    if not likeness.is_paraphrase:
        return likeness.evidence
    quoted = [_quoted(one.text) for one in covered_passages(text, calibration)]
    pairs = alike_passages(own, other, calibration)
    lines = [
        f"its passage {pair.place + 1}, {quoted[pair.place]}, means what passage "
        f"{pair.other_place + 1} of the token's text does: likeness {pair.likeness:.2f}, alike "
        f"from {calibration.thresholds[own.directions[pair.place].script]:.2f} on"
        for pair in pairs[:_PAIRS_SHOWN]
    ]
    if len(pairs) > _PAIRS_SHOWN:
        lines.append(f"{len(pairs) - _PAIRS_SHOWN} more passages are alike")
    return (*likeness.evidence, *lines)


def _quoted(passage: str) -> str:
    cut = passage[:_QUOTED_CHARACTERS]
    return f'"{cut}…"' if cut != passage else f'"{cut}"'


def _nearest(model: str, found: list[tuple[Digest, Meaning, Likeness]]) -> tuple[str, ...]:
    if not found:
        return (f"no minted text comes near it in meaning, by {model}",)
    content_id, _, likeness = max(found, key=lambda one: one[2].similarity)
    said = "; ".join(likeness.evidence)
    return (f"no minted text is a paraphrase of it; {content_id} comes nearest: {said}",)


def _said(error: AssayError) -> str:
    return f"{error} {error.hint}" if error.hint else str(error)
