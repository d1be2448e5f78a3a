"""Altered copies are called copies and told what was done; lookalikes are not."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import cv2
import numpy as np
import pytest

from assay.content.images.comparing import ImageComparison, compare_picture
from assay.content.images.describing import fingerprint_picture
from assay.content.images.fingerprint import ImageFingerprint
from tests.unit.content.images.drawn import Pixels, framed, picture, scene, site, text_page


def _turned(pixels: Pixels, degrees: float) -> Pixels:
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(pixels, matrix, (width, height)), np.uint8)


def _jpeg(pixels: Pixels, quality: int) -> Pixels:
    stored = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(stored, cv2.IMREAD_COLOR), np.uint8)


def _scaled(pixels: Pixels, factor: float) -> Pixels:
    return np.asarray(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=3), np.uint8)


def _padded(pixels: Pixels, share: float) -> Pixels:
    height, width = pixels.shape[:2]
    down, across = int(height * share), int(width * share)
    sides = (down, down, across, across)
    padded = cv2.copyMakeBorder(pixels, *sides, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    return np.asarray(padded, np.uint8)


def _on_a_page(pixels: Pixels) -> Pixels:
    page = text_page(77, 1280, 1000)
    page[220:640, 500:1060] = cv2.resize(pixels, (560, 420), interpolation=cv2.INTER_AREA)
    return page


def _grainy(pixels: Pixels) -> Pixels:
    grain = np.random.default_rng(5).normal(0, 20, pixels.shape)
    return np.clip(pixels + grain, 0, 255).astype(np.uint8)


CHANGES: dict[str, tuple[Callable[[Pixels], Pixels], str]] = {
    "jpeg of quality 30": (lambda p: _jpeg(p, 30), ""),
    "a quarter of the size": (lambda p: _scaled(p, 0.25), "resize to 25%"),
    "twice the size": (lambda p: _scaled(p, 2.0), "resize to 200%"),
    "crop": (lambda p: p[90:430, 130:600], "crop"),
    "padding": (lambda p: _padded(p, 0.5), "padding"),
    "turned a little": (lambda p: _turned(p, 10), "rotate 10 degrees anticlockwise"),
    "turned to the left": (lambda p: np.rot90(p).copy(), "rotate 90 degrees anticlockwise"),
    "turned to the right": (lambda p: np.rot90(p, -1).copy(), "rotate 90 degrees clockwise"),
    "turned over": (lambda p: np.rot90(p, 2).copy(), "rotate 180 degrees"),
    "mirrored and turned": (
        lambda p: _turned(p[:, ::-1].copy(), 10),
        "rotate 10 degrees anticlockwise",
    ),
    "mirrored": (lambda p: p[:, ::-1].copy(), "mirror"),
    "darker": (lambda p: (p * 0.5).astype(np.uint8), "brightness"),
    "blurred": (lambda p: np.asarray(cv2.GaussianBlur(p, (0, 0), 3), np.uint8), ""),
    "grainy": (_grainy, ""),
    "gray": (lambda p: p.mean(axis=2, keepdims=True).repeat(3, 2).astype(np.uint8), "grayscale"),
    "on a page": (_on_a_page, "screenshot"),
    "mirrored on a page": (lambda p: _on_a_page(p[:, ::-1].copy()), "mirror"),
}


@pytest.fixture(scope="module")
def registered() -> ImageFingerprint:
    return fingerprint_picture(picture(scene(1)))


@pytest.mark.parametrize("name", CHANGES)
def test_an_altered_copy_is_recognised_and_the_change_is_named(
    registered: ImageFingerprint, name: str
) -> None:
    change, said = CHANGES[name]

    comparison = compare_picture(picture(change(scene(1))), registered)

    assert comparison.is_copy, comparison
    assert comparison.confidence > 0.9
    assert any(one.startswith(said) for one in comparison.transforms) if said else True


def test_the_same_picture_is_a_copy_with_nothing_done(registered: ImageFingerprint) -> None:
    comparison = compare_picture(picture(scene(1)), registered)

    assert comparison.is_copy
    assert comparison.transforms == ()
    assert comparison.distance < 0.05


def test_the_outline_is_where_the_picture_stands_on_the_page(registered: ImageFingerprint) -> None:
    comparison = compare_picture(picture(_on_a_page(scene(1))), registered)

    expected = [(500, 220), (1060, 220), (1060, 640), (500, 640)]
    assert comparison.outline is not None
    np.testing.assert_allclose(comparison.outline, expected, atol=8)


def test_matches_are_the_same_places_in_both(registered: ImageFingerprint) -> None:
    comparison = compare_picture(picture(scene(1)[:, ::-1]), registered)

    places = np.array(comparison.matches)
    assert len(places) > 20
    np.testing.assert_allclose(639 - places[:, 0], places[:, 2], atol=12)
    np.testing.assert_allclose(places[:, 1], places[:, 3], atol=12)


def test_comparing_twice_says_the_same(registered: ImageFingerprint) -> None:
    altered = _turned(scene(1), 7)

    first, second = (compare_picture(picture(altered), registered) for _ in range(2))

    assert first == second


def _all_pairs(made: list[Pixels]) -> list[ImageComparison]:
    prints = [fingerprint_picture(picture(one)) for one in made]
    asked = [picture(one) for one in made]
    return [
        compare_picture(asked[first], prints[second])
        for first, second in combinations(range(len(made)), 2)
    ]


@pytest.mark.parametrize("draw", [scene, text_page, site, framed])
def test_different_pictures_of_one_kind_are_no_copies_of_each_other(
    draw: Callable[[int], Pixels],
) -> None:
    for comparison in _all_pairs([draw(seed) for seed in range(4)]):
        assert not comparison.is_copy, comparison
        assert comparison.confidence < 0.5


def test_gradients_are_no_copies_of_each_other() -> None:
    ramp = np.linspace(0, 255, 400)
    gradients = [
        np.repeat((curve(ramp / 255) * 255)[None, :, None], 300, 0).repeat(3, 2).astype(np.uint8)
        for curve in (lambda x: x, lambda x: x**2, np.sqrt, lambda x: np.sin(3 * x) ** 2)
    ]

    for comparison in _all_pairs(gradients):
        assert not comparison.is_copy, comparison


def test_a_picture_pressed_into_the_low_frequencies_of_another_is_no_copy() -> None:
    own, other = scene(1).astype(float), scene(2).astype(float)
    soft = [cv2.GaussianBlur(one, (0, 0), 24) for one in (own, other)]
    disguised = np.clip(other - soft[1] + soft[0], 0, 255).astype(np.uint8)

    comparison = compare_picture(picture(disguised), fingerprint_picture(picture(scene(1))))

    assert not comparison.is_copy, comparison


@pytest.mark.parametrize("value", [0, 128, 255])
def test_one_colour_is_a_copy_of_nothing(registered: ImageFingerprint, value: int) -> None:
    plain = picture(np.full((300, 400, 3), value))

    assert not compare_picture(plain, registered).is_copy
    assert not compare_picture(plain, fingerprint_picture(plain)).is_copy


def test_a_letter_is_not_copied_by_a_word_that_has_it() -> None:
    letter = np.full((300, 300, 3), 255, np.uint8)
    cv2.putText(letter, "V", (20, 270), 0, 10, (0, 0, 0), 40, cv2.LINE_AA)
    word = np.full((300, 900, 3), 255, np.uint8)
    cv2.putText(word, "VISA", (20, 270), 0, 10, (0, 0, 0), 40, cv2.LINE_AA)
    fingerprint = fingerprint_picture(picture(letter))

    assert fingerprint.detail_poor
    assert compare_picture(picture(_scaled(letter, 0.5)), fingerprint).is_copy
    assert not compare_picture(picture(word), fingerprint).is_copy
