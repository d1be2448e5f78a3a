"""Maps between pictures: fitted exactly, found among wrong pairs, refused when they are wild."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.content.images.features import Features
from assay.content.images.geometry import align, compose, fit, inverse, sane, transform

scales = st.floats(0.2, 5)
angles = st.floats(-3, 3)
shifts = st.floats(-500, 500)


def _similarity(scale: float, angle: float, x: float, y: float) -> np.ndarray:
    cosine, sine = scale * np.cos(angle), scale * np.sin(angle)
    return np.array([[cosine, -sine, x], [sine, cosine, y]])


def _features(seed: int, count: int) -> Features:
    numbers = np.random.default_rng(seed)
    vectors = numbers.gamma(0.5, 1.0, (count, 128))
    return Features(
        numbers.uniform(0, 400, (count, 2)).astype(np.float32),
        numbers.uniform(3, 30, count).astype(np.float32),
        numbers.uniform(0, 6, count).astype(np.float32),
        (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32),
    )


@settings(deadline=None, max_examples=50)
@given(scales, angles, shifts, shifts, st.integers(2, 40))
def test_points_moved_by_a_similarity_give_it_back(
    scale: float, angle: float, x: float, y: float, count: int
) -> None:
    points = np.random.default_rng(count).uniform(0, 400, (count, 2)).astype(np.float32)
    matrix = _similarity(scale, angle, x, y)

    found = fit(points, transform(matrix, points))

    np.testing.assert_allclose(transform(found, points), transform(matrix, points), atol=0.05)


@given(scales, angles, shifts, shifts)
def test_a_map_and_its_inverse_cancel(scale: float, angle: float, x: float, y: float) -> None:
    matrix = _similarity(scale, angle, x, y)

    np.testing.assert_allclose(compose(matrix, inverse(matrix)), np.eye(2, 3), atol=1e-6)


@settings(deadline=None, max_examples=20)
@given(st.floats(0.4, 2.5), angles, shifts, shifts)
def test_the_map_is_found_among_ten_times_as_many_wrong_features(
    scale: float, angle: float, x: float, y: float
) -> None:
    own, clutter = _features(1, 40), _features(2, 400)
    matrix = _similarity(scale, angle, x, y)
    moved = own.moved(matrix)
    query = Features(
        np.concatenate([moved.points, clutter.points]),
        np.concatenate([moved.sizes, clutter.sizes]),
        np.concatenate([moved.angles, clutter.angles]),
        np.concatenate([moved.vectors, clutter.vectors]),
    )

    best = align(query, own, 566.0)[0]

    assert best.count >= 36
    np.testing.assert_allclose(transform(best.map, moved.points), own.points, atol=1)


def test_unlike_features_agree_on_nothing_to_speak_of() -> None:
    found = align(_features(3, 400), _features(4, 400), 566.0)

    assert all(alignment.count < 12 for alignment in found)


def test_mirroring_twice_changes_nothing() -> None:
    features = _features(5, 30)

    twice = features.mirrored(400).mirrored(400)

    np.testing.assert_allclose(twice.points, features.points, atol=1e-3)
    np.testing.assert_allclose(np.cos(twice.angles - features.angles), 1, atol=1e-5)
    np.testing.assert_array_equal(twice.vectors, features.vectors)


@pytest.mark.parametrize(
    "matrix",
    [
        np.array([[np.nan, 0, 0], [0, 1, 0]]),
        np.array([[1.0, 0, 0], [0, 0.001, 0]]),
        np.array([[3.0, 0, 0], [0, 1, 0]]),
        np.array([[100.0, 0, 0], [0, 100, 0]]),
    ],
)
def test_a_wild_map_is_refused(matrix: np.ndarray) -> None:
    assert not sane(matrix)
