"""Search vectors: near for altered copies, far for others, none where there is nothing to say."""

from __future__ import annotations

import cv2
import numpy as np

from assay.content.images.describing import fingerprint_picture, index_vectors, query_vectors
from assay.content.images.hashes import SPACES, look_vector, summary_vector
from tests.unit.content.images.drawn import Pixels, picture, scene

REGISTERED = [index_vectors(fingerprint_picture(picture(scene(seed)))) for seed in range(12)]


def _nearest(pixels: Pixels, space: str) -> int:
    """Number of the registered scene with the nearest vector."""
    queries = query_vectors(picture(pixels))[space]

    def nearness(first: bytes, second: bytes) -> float:
        if space == "picture-look":
            both = np.frombuffer(first, np.uint8) ^ np.frombuffer(second, np.uint8)
            return -float(np.unpackbits(both).sum())
        vectors = [np.frombuffer(one, "<f2").astype(float) for one in (first, second)]
        return float(vectors[0] @ vectors[1])

    scores = [
        max(nearness(query, vector) for query in queries for vector in vectors[space])
        for vectors in REGISTERED
    ]
    return int(np.argmax(scores))


def test_a_crop_of_a_mirrored_picture_is_nearest_to_its_original_by_detail() -> None:
    altered = scene(4)[60:420, 80:560][:, ::-1]

    assert _nearest(altered, "picture-detail") == 4


def test_a_turned_and_blurred_picture_is_nearest_to_its_original_by_look() -> None:
    altered = np.rot90(cv2.GaussianBlur(scene(7), (0, 0), 5))

    assert _nearest(np.asarray(altered, np.uint8), "picture-look") == 7


def test_a_picture_on_a_margin_is_nearest_to_its_original_by_look() -> None:
    altered = np.full((900, 1100, 3), 255, np.uint8)
    altered[300:660, 400:880] = cv2.resize(scene(2), (480, 360), interpolation=cv2.INTER_AREA)

    assert _nearest(altered, "picture-look") == 2


def test_too_few_features_and_plain_patches_have_no_vector() -> None:
    assert summary_vector(np.ones((3, 128), np.float32)) is None
    assert look_vector(np.zeros(576, np.float32)) is None


def test_spaces_have_names_of_their_own() -> None:
    assert len({space.name for space in SPACES}) == len(SPACES)
