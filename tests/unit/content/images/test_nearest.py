"""Candidates are looked at until copies are found, and no longer."""

from __future__ import annotations

import pytest

from assay.content.images.describing import fingerprint_picture
from assay.content.images.fingerprint import ImageFingerprint
from assay.content.images.nearest import FURTHER, compare_nearest
from tests.unit.content.images.drawn import picture, scene


@pytest.fixture(scope="module")
def own() -> ImageFingerprint:
    return fingerprint_picture(picture(scene(1)))


@pytest.fixture(scope="module")
def other() -> ImageFingerprint:
    return fingerprint_picture(picture(scene(2)))


def test_a_picture_that_was_registered_twice_is_found_twice_and_then_little_is_looked_at(
    own: ImageFingerprint, other: ImageFingerprint
) -> None:
    nearest = [("own", own), ("other", other), ("twin", own), *[("other", other)] * 20]

    seen = list(compare_nearest(picture(scene(1)), nearest))

    assert [owner for owner, one in seen if one.is_copy] == ["own", "twin"]
    assert len(seen) == 3 + FURTHER


def test_without_a_copy_every_candidate_is_looked_at(other: ImageFingerprint) -> None:
    nearest = [(number, other) for number in range(FURTHER + 3)]

    seen = list(compare_nearest(picture(scene(1)), nearest))

    assert [number for number, _ in seen] == list(range(FURTHER + 3))
    assert not any(one.is_copy for _, one in seen)
