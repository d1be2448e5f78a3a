"""Pictures: found by their vectors, confirmed by their details."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assay.content.images.comparing import ImageComparison, compare_picture
from assay.content.images.describing import fingerprint_picture, index_vectors, query_vectors
from assay.content.images.fingerprint import ImageFingerprint
from assay.content.images.nearest import CANDIDATES, compare_nearest
from assay.content.images.overlay import draw_overlay
from assay.content.images.reading import Picture, is_picture, read_picture
from assay.content.limits import CONTENT_LIMIT_BYTES
from assay.content.model import Fingerprint, Minting
from assay.content.ports import Blobs, ContentIndex, PictureIndex
from assay.content.use_cases.matching import Description, Findings, Match
from assay.errors import AssayError, InputError

_LITTLE_DETAIL = (
    "the picture has little detail: some altered copies of it cannot be told from other pictures, "
    "and will be called unknown"
)


@dataclass(frozen=True)
class PictureMatcher:
    """The `Matcher` of pictures."""

    pictures: PictureIndex
    index: ContentIndex
    blobs: Blobs

    def takes(self, data: bytes) -> bool:
        """See `Matcher.takes`."""
        return is_picture(data)

    def describe(self, data: bytes) -> Description:
        """See `Matcher.describe`.

        Raises:
            NotAPicture, PictureTooLarge, PictureTruncated: the bytes cannot be minted.
        """
        picture = read_picture(data)
        fingerprint = fingerprint_picture(picture)
        notes = (*picture.notes, *([_LITTLE_DETAIL] if fingerprint.detail_poor else ()))
        return Description(picture.media_type, fingerprint, notes)

    def find(self, data: bytes) -> Findings:
        """See `Matcher.find`."""
        try:
            picture = read_picture(data)
        except InputError as error:
            return Findings((), (str(error),))
        candidates = self.pictures.candidates(query_vectors(picture), CANDIDATES)
        mintings = self.index.mintings([found.content_id for found, _other in candidates])
        minted = [
            (mintings[found.content_id], other)
            for found, other in candidates
            if found.content_id in mintings
        ]
        matches = [
            self._match(picture, minting, comparison, "the indexed fingerprint")
            for minting, comparison in compare_nearest(picture, minted)
        ]
        notes = picture.notes if matches else (*picture.notes, "no minted picture comes near it")
        return Findings(tuple(sorted(matches, key=_rank, reverse=True)), notes)

    def recheck(self, data: bytes, match: Match) -> Match | None:
        """See `Matcher.recheck`."""
        original = self._original(match.minting)
        if original is None:
            return None
        picture = read_picture(data)
        comparison = compare_picture(picture, fingerprint_picture(original))
        return self._match(picture, match.minting, comparison, "the stored picture")

    def add(self, fingerprints: Sequence[tuple[Minting, Fingerprint]]) -> None:
        """See `Matcher.add`."""
        own = [(one, found) for one, found in fingerprints if isinstance(found, ImageFingerprint)]
        if own:
            self.pictures.add([(one.content_id, found, index_vectors(found)) for one, found in own])

    def _original(self, minting: Minting) -> Picture | None:
        try:
            cid = self.blobs.find_digest(minting.content_id)
            if cid is None:
                return None
            return read_picture(self.blobs.read_bytes(cid, limit=CONTENT_LIMIT_BYTES))
        except AssayError:
            return None

    def _match(
        self, picture: Picture, minting: Minting, comparison: ImageComparison, source: str
    ) -> Match:
        return Match(
            minting=minting,
            is_copy=comparison.is_copy,
            same=comparison.is_copy and not comparison.transforms,
            similarity=1 - comparison.distance,
            confidence=comparison.confidence,
            transforms=comparison.transforms,
            evidence=_evidence(comparison, minting, source),
            overlay=lambda: draw_overlay(picture, self._original(minting), comparison),
        )


def _rank(match: Match) -> tuple[bool, float, float]:
    return (match.is_copy, match.confidence, match.similarity)


def _evidence(comparison: ImageComparison, minting: Minting, source: str) -> tuple[str, ...]:
    return (f"held against {source} of {minting.content_id}", *comparison.evidence)
