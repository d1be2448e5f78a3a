"""Different pictures made from one template are no copies of each other."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import cv2
import numpy as np
import pytest

from assay.content.images.comparing import compare_picture
from assay.content.images.describing import fingerprint_picture
from tests.unit.content.images.drawn import WORDS, Pixels, picture, scene

WHITE, BLACK, GREEN = (255, 255, 255), (20, 20, 20), (94, 84, 7)


def _write(drawn: Pixels, text: str, x: int, y: int, size: float = 0.6) -> None:
    cv2.putText(drawn, text, (x, y), 0, size, BLACK, 1, cv2.LINE_AA)


def _page(width: int, height: int) -> Pixels:
    return np.full((height, width, 3), 255, np.uint8)


def slide(seed: int) -> Pixels:
    numbers = np.random.default_rng(seed)
    drawn = _page(960, 540)
    drawn[:90] = (27, 27, 179)
    cv2.circle(drawn, (900, 490), 40, (27, 27, 179), -1, cv2.LINE_AA)
    for row in range(6):
        _write(drawn, " ".join(numbers.choice(WORDS, 6)), 70, 60 + 75 * row, 0.9)
    return drawn


def paper(seed: int) -> Pixels:
    numbers = np.random.default_rng(seed)
    drawn = _page(800, 1100)
    for row in range(45):
        _write(drawn, " ".join(numbers.choice(WORDS, 9)), 70, 80 + 22 * row)
    return drawn


def qr_code(seed: int) -> Pixels:
    modules = np.random.default_rng(seed).integers(0, 2, (29, 29)).astype(np.uint8)
    for top, left in ((0, 0), (0, 22), (22, 0)):
        modules[top : top + 7, left : left + 7] = 1
        modules[top + 1 : top + 6, left + 1 : left + 6] = 0
        modules[top + 2 : top + 5, left + 2 : left + 5] = 1
    gray = np.kron(255 * (1 - np.pad(modules, 4)), np.ones((10, 10))).astype(np.uint8)
    return np.repeat(gray[:, :, None], 3, axis=2)


def curve(seed: int) -> Pixels:
    steps = np.random.default_rng(seed).standard_normal(100)
    drawn = _page(640, 480)
    cv2.polylines(drawn, [np.array([(60, 20), (60, 430), (620, 430)])], False, BLACK, 2)
    for row in range(6):
        _write(drawn, str(20 * row), 20, 430 - 75 * row)
    points = np.c_[60 + 5.6 * np.arange(100), 220 + 18 * np.cumsum(steps)].astype(np.int32)
    cv2.polylines(drawn, [points], False, (0, 0, 220), 2, cv2.LINE_AA)
    return drawn


def stamped(seed: int) -> Pixels:
    drawn = scene(seed)
    lettered = drawn.copy()
    for row in range(60, 480, 90):
        for column in range(0, 640, 200):
            cv2.putText(lettered, "STOCK", (column, row), 0, 1.4, WHITE, 3, cv2.LINE_AA)
    return np.asarray(cv2.addWeighted(lettered, 0.45, drawn, 0.55, 0), np.uint8)


def plain(seed: int) -> Pixels:
    drawn = _page(400, 300)
    drawn[:] = np.random.default_rng(seed).integers(0, 256, 3)
    return drawn


def gradient(seed: int) -> Pixels:
    ends = np.random.default_rng(seed).integers(0, 256, (1, 2, 3), dtype=np.uint8)
    drawn = cv2.resize(ends, (400, 300), interpolation=cv2.INTER_LINEAR)
    return np.asarray(drawn, np.uint8)


def noise(seed: int) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, (300, 400, 3), dtype=np.uint8)


def sheet(seed: int) -> Pixels:
    numbers = np.random.default_rng(seed)
    drawn = _page(900, 700)
    drawn[::24] = drawn[:, ::90] = 187
    for row in range(28):
        for column in range(10):
            _write(drawn, str(numbers.integers(0, 99_999)), 90 * column + 6, 24 * row + 18, 0.5)
    return drawn


def card(seed: int) -> Pixels:
    numbers = np.random.default_rng(seed)
    drawn = _page(640, 400)
    drawn[:] = (224, 239, 244)
    cv2.rectangle(drawn, (8, 8), (632, 392), (68, 51, 34), 6)
    _write(drawn, "REPUBLIC OF EXAMPLE", 40, 60, 1.1)
    drawn[110:300, 40:190] = scene(seed, 150, 190)
    for row, name in enumerate(("Name", "Born", "Number", "Until")):
        _write(drawn, name, 220, 125 + 55 * row)
        _write(drawn, " ".join(numbers.choice(WORDS, 2)), 220, 148 + 55 * row, 0.8)
    return drawn


def talk(seed: int) -> Pixels:
    numbers = np.random.default_rng(seed)
    drawn = _page(540, 960)
    drawn[:80] = GREEN
    for row in range(9):
        left = numbers.random() < 0.5
        width = int(numbers.integers(200, 380))
        x, y = (20 if left else 520 - width), 100 + 90 * row
        cv2.rectangle(drawn, (x, y), (x + width, y + 70), (198, 248, 220), -1)
        _write(drawn, " ".join(numbers.choice(WORDS, width // 80)), x + 10, y + 25)
    return drawn


def bars(seed: int) -> Pixels:
    heights = np.random.default_rng(seed).integers(20, 380, 8)
    drawn = _page(640, 480)
    cv2.polylines(drawn, [np.array([(60, 20), (60, 430), (620, 430)])], False, BLACK, 2)
    for row in range(6):
        _write(drawn, str(20 * row), 20, 430 - 75 * row)
        drawn[425 - 75 * row, 60:620] = 204
    for column, height in enumerate(heights):
        x = 80 + 66 * column
        drawn[430 - height : 430, x : x + 40] = (170, 102, 51)
        _write(drawn, f"Q{column + 1}", x + 5, 455)
    _write(drawn, "Sales by quarter", 200, 20, 0.8)
    return drawn


def logo(seed: int) -> Pixels:
    drawn = _page(400, 400)
    cv2.circle(drawn, (200, 200), 140, (160, 60, 40), -1, cv2.LINE_AA)
    cv2.putText(drawn, "ABKMRS"[seed], (140, 260), 0, 6, WHITE, 16, cv2.LINE_AA)
    return drawn


def _known(draw: Callable[[int], Pixels], confidence: str) -> object:
    """What differs is too small a part of the thumbnail: called copies so far."""
    return pytest.param(
        draw, marks=pytest.mark.xfail(strict=True, reason=f"confidence {confidence}")
    )


@pytest.mark.parametrize(
    "draw",
    [
        slide,
        paper,
        qr_code,
        curve,
        stamped,
        plain,
        gradient,
        noise,
        card,
        talk,
        _known(sheet, "0.9999"),
        bars,
        logo,
    ],
)
def test_pictures_of_one_template_are_no_copies(draw: Callable[[int], Pixels]) -> None:
    pictures = [picture(draw(seed)) for seed in (1, 2, 3)]
    fingerprints = [fingerprint_picture(one) for one in pictures]

    found = [
        compare_picture(pictures[asked], fingerprints[registered]).confidence
        for asked, registered in permutations(range(3), 2)
    ]

    assert max(found) < 0.5
