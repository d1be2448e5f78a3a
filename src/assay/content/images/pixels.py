"""Whether a picture, laid onto a registered thumbnail, shows the same: the test of last resort.

Local features may agree by chance, by repeated detail or because two pictures share a frame; the
pixels under the map may not. The query is warped onto the thumbnail, the map is polished by
maximising their correlation (Evangelidis and Psarakis, "Parametric image alignment using enhanced
correlation coefficient maximization", 2008), and what then agrees is measured (`Agreement`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from assay.content.images.geometry import Map, compose, inverse, sane
from assay.content.images.levels import Levels

Gray = NDArray[np.uint8]
Floats = NDArray[np.float32]

WINDOW_PIXELS = 11
BAND_PIXELS = 25
FINE_SIGMA = 2.5
CELLS = 5
CELL_DETAIL = 0.25
CELL_AGREES = 0.3
DETAIL_DEVIATION = 4.0
"""A window of the thumbnail has detail if its gray values deviate so much."""

WINDOW_CORRELATION = 0.6
FAINT_DEVIATION = 0.8
POLISH_STEPS = 25
POLISH_GAIN = 0.01
"""A polished map is taken if fine and shape together gain so much."""

POLISH_FROM = 0.35
"""From this correlation on polishing is worth its time."""


@dataclass(frozen=True, eq=False)
class Agreement:
    """How well a laid-on picture agrees with a thumbnail where it covers it; shares in 0..1.

    Attributes:
        map: query to thumbnail pixels, polished.
        coverage: share of the thumbnail that is covered.
        correlation: of the gray values, in -1..1.
        shape: correlation of what is left without a mere gradient or vignette, in -1..1; 0 where
            next to nothing is left.
        fine: correlation of what a blur takes away, in -1..1.
        texture: deviation of what a blur takes away from the thumbnail, in gray values.
        windows: share of the windows with detail in which the gray values correlate.
        kept: mean correlation of the windows, each as weighty as its detail in the thumbnail, in
            0..1; what was drawn over plain parts does not lower it.
        broken: share of the cells with detail in which hardly anything correlates: another picture
            in the same frame, another text on the same page.
        detail: share of the covered windows that have detail.
    """

    map: Map
    coverage: float
    correlation: float
    shape: float
    fine: float
    texture: float
    windows: float
    kept: float
    broken: float
    detail: float


def agreement(
    levels: Levels, start: Map, thumbnail: Gray, *, within: Floats | None = None
) -> Agreement:
    """Lay the picture onto the thumbnail, polish how it lies, and measure.

    Args:
        start: query pixels to thumbnail pixels.
        thumbnail: (height, width).
        within: (4, 2) corners outside of which the query is not looked at.
    """
    scale = float(np.sqrt(abs(np.linalg.det(start[:, :2]))))
    level, scale_x, scale_y = levels.near(scale)
    to_level: Map = np.array([[scale_x, 0, 0.5 * (scale_x - 1)], [0, scale_y, 0.5 * (scale_y - 1)]])
    matrix = compose(start, inverse(to_level))
    shown = np.full(level.shape, 255, np.uint8)
    if within is not None:
        shown[:] = 0
        corners = np.round(within * np.array([scale_x, scale_y], np.float32) - 0.5)
        cv2.fillConvexPoly(shown, corners.astype(np.int32), 255)
    first = _measure(level, shown, matrix, thumbnail)
    if first.correlation > POLISH_FROM:
        polished = _polished(level, shown, matrix, thumbnail)
        if polished is not None:
            second = _measure(level, shown, polished, thumbnail)
            if second.fine + second.shape > first.fine + first.shape + POLISH_GAIN:
                first = second
    return replace(first, map=compose(first.map, to_level))


def _polished(level: Gray, shown: Gray, matrix: Map, thumbnail: Gray) -> Map | None:
    back = inverse(matrix).astype(np.float32)
    criteria = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, POLISH_STEPS, 1e-4)
    try:
        _, found_back = cv2.findTransformECC(
            thumbnail, level, back, cv2.MOTION_AFFINE, criteria, shown, 5
        )
    except cv2.error:  # it says so when it does not converge
        return None
    polished = np.asarray(found_back, np.float64)
    if not np.isfinite(polished).all() or abs(np.linalg.det(polished[:, :2])) < 1e-6:
        return None
    found = inverse(polished)
    same_side = np.linalg.det(found[:, :2]) * np.linalg.det(matrix[:, :2]) > 0
    return found if sane(found) and same_side else None


def _measure(level: Gray, shown: Gray, matrix: Map, thumbnail: Gray) -> Agreement:
    height, width = thumbnail.shape
    laid = cv2.warpAffine(level, matrix, (width, height), flags=cv2.INTER_LINEAR)
    inside = cv2.warpAffine(shown, matrix, (width, height))
    mask = cv2.erode(inside, np.ones((3, 3), np.uint8), borderValue=255) == 255
    coverage = float(mask.mean())
    if mask.sum() < 64:
        return Agreement(matrix, coverage, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0)
    first, second = laid.astype(np.float32), thumbnail.astype(np.float32)
    weight = mask.astype(np.float32)
    woven = [_unwoven(values, weight) for values in (first, second)]
    share = np.maximum(_blur(weight, FINE_SIGMA), 1e-3)
    details = [(values - _blur(values, FINE_SIGMA) / share)[mask] for values in woven]
    seen = _windows(woven[0], woven[1], weight)
    return Agreement(
        matrix,
        coverage,
        _correlation(first[mask], second[mask]),
        _shape(first, second, weight),
        _correlation(details[0], details[1]),
        float(details[1].std()),
        seen.agreeing,
        seen.kept,
        seen.broken,
        seen.detail,
    )


def _shape(first: Floats, second: Floats, weight: Floats) -> float:
    """Correlation without what rows and columns have in common: gradients, vignettes, bands."""
    rest = [_unbanded(values, weight)[weight > 0] for values in (first, second)]
    if min(float(left.std()) for left in rest) < FAINT_DEVIATION:
        return 0.0
    return _correlation(rest[0], rest[1])


def _unbanded(values: Floats, weight: Floats) -> Floats:
    left = values - float((values * weight).sum() / weight.sum())
    # Twice, because under a mask rows and columns are not independent.
    for axis in (1, 0, 1, 0):
        share = np.maximum(weight.sum(axis=axis, keepdims=True), 1e-3)
        left = left - (left * weight).sum(axis=axis, keepdims=True) / share
    return np.asarray(left * weight, np.float32)


def _unwoven(values: Floats, weight: Floats) -> Floats:
    """The picture without short bands along rows and columns, such as lines of text make."""
    kept = values * weight
    for size in ((BAND_PIXELS, 1), (1, BAND_PIXELS)):
        sums = cv2.boxFilter(kept, -1, size, normalize=False, borderType=cv2.BORDER_CONSTANT)
        share = cv2.boxFilter(weight, -1, size, normalize=False, borderType=cv2.BORDER_CONSTANT)
        kept = (kept - sums / np.maximum(share, 1e-3)) * weight
    return np.asarray(kept, np.float32)


def _blur(values: Floats, sigma: float) -> Floats:
    blurred = cv2.GaussianBlur(values, (0, 0), sigma, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(blurred, np.float32)


def _correlation(first: Floats, second: Floats) -> float:
    first, second = first - first.mean(), second - second.mean()
    return float(first @ second / max(float(np.sqrt((first @ first) * (second @ second))), 1.0))


class _Windows(NamedTuple):
    """`Agreement.windows`, `kept`, `broken` and `detail`."""

    agreeing: float = 0.0
    kept: float = 0.0
    broken: float = 1.0
    detail: float = 0.0


def _windows(first: Floats, second: Floats, weight: Floats) -> _Windows:
    """How far small windows agree.

    A window counts where either picture has detail, relative to the contrast of the whole: a
    picture pasted over the original, or another one in the same frame, is to be seen.
    """
    size = (WINDOW_PIXELS, WINDOW_PIXELS)

    def mean(values: Floats) -> Floats:
        averaged = cv2.boxFilter(values, -1, size, borderType=cv2.BORDER_CONSTANT)
        return np.asarray(averaged, np.float32)

    covered = mean(weight)
    full = (covered > 0.7) & (weight > 0)
    if not full.any():
        return _Windows()
    share = np.maximum(covered, 1e-3)
    middles = [mean(values * weight) / share for values in (first, second)]
    squares = [
        np.maximum(mean(values * values * weight) / share - middle * middle, 0)
        for values, middle in zip((first, second), middles, strict=True)
    ]
    product = mean(first * second * weight) / share - middles[0] * middles[1]
    contrast = [float(np.sqrt(square[full].mean())) + 1e-3 for square in squares]
    detailed = full & (
        (np.sqrt(squares[1]) > DETAIL_DEVIATION)
        | (np.sqrt(squares[0]) * (contrast[1] / contrast[0]) > DETAIL_DEVIATION)
    )
    local = product / np.maximum(np.sqrt(squares[0] * squares[1]), 1.0)
    own = np.sqrt(squares[1][full])
    kept = float((np.maximum(local[full], 0) * own).sum() / max(float(own.sum()), 1.0))
    if not detailed.any():
        return _Windows(kept=kept)
    agreeing = (local > WINDOW_CORRELATION) & detailed
    return _Windows(
        float(agreeing.sum() / detailed.sum()),
        kept,
        _broken(agreeing, detailed),
        float(detailed.sum() / full.sum()),
    )


def _broken(agreeing: NDArray[np.bool_], detailed: NDArray[np.bool_]) -> float:
    """Share of the cells with enough detail in which too little agrees."""

    def cells(values: NDArray[np.bool_]) -> Floats:
        size = (CELLS, CELLS)
        shares = cv2.resize(values.astype(np.float32), size, interpolation=cv2.INTER_AREA)
        return np.asarray(shares, np.float32)

    filled = cells(detailed)
    enough = filled > CELL_DETAIL
    if not enough.any():
        return 1.0
    return float((cells(agreeing)[enough] < CELL_AGREES * filled[enough]).mean())
