"""Which fingerprints a picture is held against: those that lie nearest, until copies are found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from assay.content.images.comparing import SURE, ImageComparison, compare_picture
from assay.content.images.fingerprint import ImageFingerprint
from assay.content.images.reading import Picture

CANDIDATES = 40
"""So many of the nearest fingerprints are taken out of the index."""

FURTHER = 5
"""So many more are looked at after each sure copy: a picture that was registered twice lies there
twice, one behind the other."""

Owner = TypeVar("Owner")


def compare_nearest(
    picture: Picture, nearest: Sequence[tuple[Owner, ImageFingerprint]]
) -> Iterator[tuple[Owner, ImageComparison]]:
    """Hold a picture against registered ones, the likeliest first, as long as copies may follow.

    Args:
        nearest: whose fingerprint each is, and the fingerprint.
    """
    left = len(nearest)
    for owner, fingerprint in nearest:
        if not left:
            return
        comparison = compare_picture(picture, fingerprint)
        yield owner, comparison
        left = FURTHER if comparison.confidence > SURE else left - 1
