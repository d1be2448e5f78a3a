"""The overlay shows where the registered picture lies, on pictures of any colour and size."""

from __future__ import annotations

import io
import time

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from assay.content.images.comparing import ImageComparison
from assay.content.images.overlay import draw_overlay, verdict_line
from assay.content.images.reading import Picture

OUTLINE = ((30.0, 20.0), (90.0, 20.0), (90.0, 60.0), (30.0, 60.0))
COPY_COLOUR = (255, 196, 64)
LEFT_PANEL, RIGHT_PANEL = slice(20, 660), slice(680, 1320)


def plain(colour: tuple[int, int, int], width: int = 120, height: int = 80) -> Picture:
    return Picture(np.full((height, width, 3), colour, np.uint8), "image/png")


def comparison(
    outline: tuple[tuple[float, float], ...] | None = OUTLINE,
    *,
    is_copy: bool = True,
    confidence: float = 0.9999,
    matches: tuple[tuple[float, float, float, float], ...] = (),
    evidence: tuple[str, ...] = ("40 of 50 local features fit one map",),
) -> ImageComparison:
    return ImageComparison(
        is_copy=is_copy,
        confidence=confidence,
        distance=0.08,
        transforms=("crop", "rotate 7 degrees") if is_copy else (),
        outline=outline,
        matches=matches,
        evidence=evidence,
    )


def drawn(
    picture: Picture, registered: Picture | None, found: ImageComparison
) -> NDArray[np.uint8]:
    data = draw_overlay(picture, registered, found)
    assert data.startswith(b"\x89PNG")
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


def count(pixels: NDArray[np.uint8], colour: tuple[int, int, int]) -> int:
    return int((np.abs(pixels.astype(int) - colour).max(axis=2) <= 12).sum())


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (128, 128, 128), (255, 196, 64)])
def test_the_outline_shows_on_dark_and_on_light(colour: tuple[int, int, int]) -> None:
    without = drawn(plain(colour), None, comparison(None))
    shown = drawn(plain(colour), None, comparison())

    # A bright line within a dark one: whatever the picture, one of the two stands out.
    assert count(shown, COPY_COLOUR) != count(without, COPY_COLOUR)
    assert count(shown[30:550], (0, 0, 0)) != count(without[30:550], (0, 0, 0))


def test_what_lies_outside_the_outline_is_dimmed() -> None:
    shown = drawn(plain((200, 200, 200)), None, comparison())

    # The panel is 640 x 520 below a label of 30; the picture fills its width, 427 high.
    top = 30 + (520 - 427) // 2
    inside, outside = shown[top + 213, 20 + 320], shown[top + 30, 20 + 60]
    assert inside.tolist() == [200, 200, 200]
    assert outside.max() < 140


def test_both_pictures_stand_side_by_side_with_lines_between_them() -> None:
    matches = tuple((35.0 + i, 25.0 + i, 10.0 + 2 * i, 10.0 + i) for i in range(30))

    shown = drawn(plain((10, 60, 10)), plain((60, 10, 10)), comparison(matches=matches))
    bare = drawn(plain((10, 60, 10)), plain((60, 10, 10)), comparison())

    assert shown.shape[1] == 1340
    assert count(shown[:, RIGHT_PANEL], (60, 10, 10)) > 100_000
    assert count(shown[:, LEFT_PANEL], (10, 60, 10)) > 40_000
    between = slice(662, 678)
    assert (shown[30:550, between] != bare[30:550, between]).any()


def test_without_the_original_only_the_picture_in_question_is_drawn() -> None:
    shown = drawn(plain((10, 60, 10)), None, comparison(matches=((1.0, 1.0, 2.0, 2.0),)))

    assert shown.shape[1] == 680
    assert count(shown, COPY_COLOUR) > 500


def test_the_outline_of_a_crop_runs_beyond_the_picture_but_not_into_the_next() -> None:
    far = ((-5000.0, -40.0), (160.0, -40.0), (160.0, 5000.0), (-5000.0, 5000.0))

    shown = drawn(plain((10, 60, 10)), plain((60, 10, 10)), comparison(far))
    other = drawn(plain((10, 60, 10)), plain((60, 10, 10)), comparison())

    assert count(shown[:, LEFT_PANEL], COPY_COLOUR) > 300
    assert (shown[30:550, RIGHT_PANEL] == other[30:550, RIGHT_PANEL]).all()


@pytest.mark.parametrize(
    "outline",
    [((float("nan"), 0.0), (1.0, 1.0), (2.0, 0.0)), ((0.0, 0.0), (1.0, 1.0)), (), None],
)
def test_what_is_no_outline_is_not_drawn(
    outline: tuple[tuple[float, float], ...] | None,
) -> None:
    matches = ((float("inf"), 0.0, 0.0, 0.0),)

    shown = drawn(plain((10, 60, 10)), plain((60, 10, 10)), comparison(outline, matches=matches))

    assert count(shown[30:550], COPY_COLOUR) == 0


@pytest.mark.parametrize(("width", "height"), [(1, 1), (1, 4000), (6000, 3), (7000, 5000)])
def test_pictures_of_any_size_are_drawn_quickly(width: int, height: int) -> None:
    picture = plain((90, 90, 90), width, height)
    outline = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))
    started = time.process_time()

    data = draw_overlay(picture, picture, comparison(outline))

    assert time.process_time() - started < 5
    assert len(data) < 2_000_000


def test_the_verdict_says_what_was_done_and_never_rounds_to_certainty() -> None:
    assert verdict_line(comparison(confidence=0.99999)) == (
        "Altered copy (crop, rotate 7 degrees): confidence 99.9 %, distance 0.08"
    )
    assert verdict_line(comparison(is_copy=False, confidence=0.01)) == (
        "No copy: confidence 1.0 %, distance 0.08"
    )


def test_long_evidence_stays_within_the_picture() -> None:
    long = "x" * 2000

    shown = drawn(plain((10, 60, 10)), None, comparison(evidence=(long,) * 30))

    assert shown.shape[1] == 680
    assert (shown[:, -20:] == shown[0, 0]).all()
    assert shown.shape[0] < 760


def test_the_same_comparison_gives_the_same_bytes() -> None:
    first, second = (draw_overlay(plain((1, 2, 3)), None, comparison()) for _ in range(2))

    assert first == second
