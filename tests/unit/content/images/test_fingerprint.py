"""Image fingerprints as values: JSON there and back, malformed ones refused, detail said."""

from __future__ import annotations

import json
import subprocess
import sys

import cv2
import numpy as np
import pytest

from assay.content.errors import FingerprintMalformed
from assay.content.images.describing import (
    SPACES,
    fingerprint_picture,
    index_vectors,
    query_vectors,
)
from assay.content.images.fingerprint import FEATURE_BYTES, ImageFingerprint, Thumbnail
from tests.unit.content.images.drawn import picture, scene


@pytest.fixture(scope="module")
def fingerprint() -> ImageFingerprint:
    return fingerprint_picture(picture(scene(1)))


def test_a_fingerprint_goes_through_json_unchanged_and_is_small(
    fingerprint: ImageFingerprint,
) -> None:
    text = json.dumps(fingerprint.as_json())

    assert ImageFingerprint.from_json(json.loads(text)) == fingerprint
    assert len(text) < 100_000


def test_the_same_pixels_give_the_same_fingerprint(fingerprint: ImageFingerprint) -> None:
    assert fingerprint_picture(picture(scene(1))) == fingerprint


@pytest.mark.parametrize(
    "change",
    [
        {"method": "assay-image/0"},
        {"width": 0},
        {"height": "480"},
        {"width": True},
        {"chroma": 256},
        {"features": "AAAA"},
        {"features": "not base64!"},
        {"features": 5},
        {"thumbnail": None},
        {"thumbnail": {"width": 3, "height": 3, "pixels": "AAAA"}},
        {"thumbnail": {"width": 4000, "height": 1, "pixels": ""}},
    ],
)
def test_a_malformed_fingerprint_is_refused(
    fingerprint: ImageFingerprint, change: dict[str, object]
) -> None:
    with pytest.raises(FingerprintMalformed):
        ImageFingerprint.from_json(fingerprint.as_json() | change)


@pytest.mark.parametrize("value", [None, [], "text", 3, {}])
def test_what_is_no_object_of_fields_is_refused(value: object) -> None:
    with pytest.raises(FingerprintMalformed):
        ImageFingerprint.from_json(value)


def test_a_picture_without_detail_is_said_to_be_poor(fingerprint: ImageFingerprint) -> None:
    gradient = np.repeat(np.linspace(0, 255, 640)[None, :, None], 480, 0).repeat(3, 2)

    soft = cv2.GaussianBlur(scene(1), (0, 0), 40)

    assert fingerprint_picture(picture(gradient)).detail_poor
    assert fingerprint_picture(picture(soft)).detail_poor
    assert not fingerprint.detail_poor


@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (3000, 2), (7, 9)])
def test_pictures_of_odd_sizes_are_fingerprinted_and_searched_for(shape: tuple[int, int]) -> None:
    odd = picture(np.random.default_rng(3).integers(0, 256, (*shape, 3)))

    made = fingerprint_picture(odd)

    assert ImageFingerprint.from_json(made.as_json()) == made
    assert set(index_vectors(made)) == set(query_vectors(odd)) == {s.name for s in SPACES}


def test_vectors_have_the_size_of_their_space(fingerprint: ImageFingerprint) -> None:
    made, asked = index_vectors(fingerprint), query_vectors(picture(scene(1)))

    for space in SPACES:
        assert made[space.name]
        assert all(len(vector) == space.vector_bytes for vector in made[space.name])
        assert all(len(vector) == space.vector_bytes for vector in asked[space.name])


def test_features_are_kept_in_the_stated_number_of_bytes(fingerprint: ImageFingerprint) -> None:
    assert fingerprint.features
    assert len(fingerprint.features) % FEATURE_BYTES == 0


def test_the_mean_step_counts_neighbours_within_rows_only() -> None:
    assert Thumbnail(2, 2, bytes([0, 10, 200, 210])).mean_step == 10
    assert Thumbnail(1, 3, bytes([0, 100, 200])).mean_step == 0


def test_the_value_loads_nothing_heavy() -> None:
    code = (
        "import sys, assay.content.images.fingerprint as f;"
        "print([m for m in ('numpy', 'cv2', 'PIL') if m in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
