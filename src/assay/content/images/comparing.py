"""Holding a picture against a fingerprint: is it an altered copy, how sure is that, what was done.

    comparison = compare_picture(read_picture(data), fingerprint)
    comparison.is_copy, comparison.confidence, comparison.transforms

Nothing is a copy by features or by a hash alone: the picture is laid onto the registered thumbnail
in every way that features or frames suggest, and its pixels must agree there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from assay.content.images.calibration import COPY_CONFIDENCE, Measures, confidence
from assay.content.images.features import Features
from assay.content.images.fingerprint import ImageFingerprint
from assay.content.images.frames import UNIT_SQUARE
from assay.content.images.geometry import Map, compose, inverse, transform
from assay.content.images.hypotheses import Hypothesis, hypotheses, mirror_map
from assay.content.images.pixels import Agreement, agreement
from assay.content.images.query import Query, query_of
from assay.content.images.reading import Picture
from assay.content.images.registered import Registered
from assay.content.images.transforms import name_transforms

GUIDED_SIMILARITY = 0.85
GUIDED_TOLERANCE = 0.012
"""A registered feature is found again if one so alike is so near, in registered diagonals."""

WORTH_A_LOOK = 0.3
"""With less correlation the features are not looked for one by one."""

SURE = 0.985
"""From this confidence on no further way of laying them on each other is tried."""

FRAME_INSIDE = 0.85
"""A frame is looked at alone if so much of it lies on the registered picture."""

ELSEWHERE = 0.25
PART_OF_ANOTHER = 0.3
"""With more than this elsewhere a picture that is poor in detail is no surer a copy than that."""

MATCHES_SHOWN = 60


@dataclass(frozen=True)
class ImageComparison:
    """What came of holding a picture against a fingerprint.

    Attributes:
        is_copy: the picture is an altered copy of the registered one.
        confidence: the probability of that, in 0..1, calibrated.
        distance: 0 for the same, 1 for unlike.
        transforms: what was done to it, as far as recognised; empty unless `is_copy`.
        outline: the registered picture's corners in the query's pixels.
        matches: some places that both have: x and y in the query, x and y in the registered one.
        evidence: what was tested and measured, a sentence each.
    """

    is_copy: bool
    confidence: float
    distance: float
    transforms: tuple[str, ...]
    outline: tuple[tuple[float, float], ...] | None
    matches: tuple[tuple[float, float, float, float], ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Finding:
    """A hypothesis with what was measured under it.

    Attributes:
        map: query to registered frame, polished.
        found: (k, 4) x, y of features in the query and in the registered frame.
    """

    hypothesis: Hypothesis
    agreement: Agreement
    map: Map
    found: NDArray[np.float32]
    measures: Measures
    confidence: float


def compare_picture(picture: Picture, other: ImageFingerprint) -> ImageComparison:
    """Hold a picture against a registered one; the same answer every time."""
    query, registered = query_of(picture), Registered(other)
    best = best_finding(query, registered)
    if best is None:
        return ImageComparison(
            False, 0.0, 1.0, (), None, (), ("no way was found to lay it on the registered picture",)
        )
    is_copy = best.confidence >= COPY_CONFIDENCE
    measures = best.measures
    likeness = max(0.0, (measures.correlation + measures.fine + measures.windows) / 3)
    return ImageComparison(
        is_copy,
        best.confidence,
        1 - min(1.0, likeness),
        name_transforms(query, registered, best.map, best.agreement) if is_copy else (),
        _outline(query, registered, best.map) if is_copy else None,
        _matches(query, registered, best.found) if is_copy else (),
        _evidence(measures, is_copy),
    )


def best_finding(query: Query, registered: Registered) -> Finding | None:
    """The way of laying the query on the registered picture that speaks most for a copy."""
    best = None
    for hypothesis in hypotheses(query, registered):
        for frame in _frames_to_look_at(query, registered, hypothesis):
            finding = examine(query, registered, hypothesis, frame)
            if best is None or finding.confidence > best.confidence:
                best = finding
            if best.confidence > SURE:
                return best
    return best


def _frames_to_look_at(
    query: Query, registered: Registered, hypothesis: Hypothesis
) -> Iterator[Map]:
    """The whole query; then frames in which a part of the registered picture may stand.

    A page around a cropped picture must not count as the part that was cut off.
    """
    yield query.frames[0]
    if hypothesis.alignment is None:
        return
    outline = np.array(registered.thumbnail.shape[::-1]) * UNIT_SQUARE - np.float32(0.5)
    placed = cv2.convexHull(transform(inverse(hypothesis.map), outline))
    size = cv2.contourArea(placed)
    for frame in query.frames[1:]:
        corners = cv2.convexHull(transform(frame, UNIT_SQUARE))
        shared, _ = cv2.intersectConvexConvex(placed, corners)
        if shared > FRAME_INSIDE * cv2.contourArea(corners) and 0.2 < shared / size < 0.97:
            yield frame


def examine(query: Query, registered: Registered, hypothesis: Hypothesis, frame: Map) -> Finding:
    """Measure how much is the same under a hypothesis, looking at no more than a frame."""
    corners = transform(frame, UNIT_SQUARE)
    within = None if frame is query.frames[0] else corners
    laid = agreement(query.levels, hypothesis.map, registered.thumbnail, within=within)
    matrix = compose(inverse(registered.to_thumbnail), laid.map)
    found, visible = np.zeros((0, 4), np.float32), 0
    if laid.correlation > WORTH_A_LOOK:
        found, visible = _guided(query, registered, matrix, frame, mirrored=hypothesis.mirrored)
    aligned = hypothesis.alignment.count if hypothesis.alignment else 0
    measures = Measures(
        max(aligned, len(found)),
        len(found) / visible if visible else 0.0,
        laid.coverage,
        laid.correlation,
        laid.shape,
        laid.fine,
        laid.texture,
        laid.windows,
        laid.kept,
        laid.broken,
        laid.detail,
    )
    sure = confidence(measures)
    if registered.fingerprint.few_features and _elsewhere(query, registered, matrix) > ELSEWHERE:
        # A letter is in many words, a disc in many pictures: no part of a picture copies them.
        sure = min(sure, PART_OF_ANOTHER)
    return Finding(hypothesis, laid, matrix, found, measures, sure)


def _elsewhere(query: Query, registered: Registered, matrix: Map) -> float:
    """The share of what is in the query that lies outside of the registered picture."""
    there = query.content
    size = np.array([registered.width, registered.height], np.float32)
    outline = transform(inverse(matrix), UNIT_SQUARE * size)
    height, width = query.gray.shape
    scale = np.array([there.shape[1] / width, there.shape[0] / height], np.float32)
    outside = there.copy()
    cv2.fillConvexPoly(outside, np.round(outline * scale).astype(np.int32), 0)
    return cv2.countNonZero(outside) / max(cv2.countNonZero(there), 1)


def _guided(
    query: Query, registered: Registered, matrix: Map, frame: Map, *, mirrored: bool
) -> tuple[NDArray[np.float32], int]:
    """Features found again at their place, and how many the query could show."""
    own = registered.features
    asked: Features = query.mirrored_features if mirrored else query.features
    if not len(own) or not len(asked):
        return np.zeros((0, 4), np.float32), 0
    back = transform(compose(inverse(frame), inverse(matrix)), own.points)
    visible = np.nonzero(((back > 0) & (back < 1)).all(axis=1))[0]
    places = transform(compose(matrix, mirror_map(query)) if mirrored else matrix, asked.points)
    limit = GUIDED_TOLERANCE * registered.diagonal
    off = np.abs(places[:, None, 0] - own.points[None, visible, 0])
    rows, columns = np.nonzero(off < limit)
    off_y = np.abs(places[rows, 1] - own.points[visible[columns], 1])
    rows, columns = rows[off_y < limit], columns[off_y < limit]
    alike = np.einsum("ij,ij->i", asked.vectors[rows], own.vectors[visible[columns]])
    rows, columns = rows[alike > GUIDED_SIMILARITY], columns[alike > GUIDED_SIMILARITY]
    columns, first = np.unique(columns, return_index=True)
    shown = asked.points[rows[first]].copy()
    if mirrored:
        shown = transform(mirror_map(query), shown)
    return np.c_[shown, own.points[visible[columns]]].astype(np.float32), len(visible)


def _outline(query: Query, registered: Registered, matrix: Map) -> tuple[tuple[float, float], ...]:
    corners = UNIT_SQUARE * np.array(
        [registered.width, registered.height], np.float32
    ) - np.float32(0.5)
    placed = _to_picture(query, transform(inverse(matrix), corners))
    return tuple((float(x), float(y)) for x, y in placed)


def _matches(
    query: Query, registered: Registered, found: NDArray[np.float32]
) -> tuple[tuple[float, float, float, float], ...]:
    own = registered.fingerprint
    scale = np.array([own.width / registered.width, own.height / registered.height], np.float32)
    chosen = found[:: max(1, -(-len(found) // MATCHES_SHOWN))]
    both = np.c_[_to_picture(query, chosen[:, :2]), (chosen[:, 2:] + 0.5) * scale - 0.5]
    return tuple((float(a), float(b), float(c), float(d)) for a, b, c, d in both)


def _to_picture(query: Query, points: NDArray[np.float32]) -> NDArray[np.float32]:
    height, width = query.gray.shape
    scale = np.array([query.width / width, query.height / height], np.float32)
    placed: NDArray[np.float32] = (points + 0.5) * scale - 0.5
    return placed


def _evidence(measures: Measures, is_copy: bool) -> tuple[str, ...]:
    return (
        (
            f"local features: {measures.features} agree on where the picture lies; "
            f"{measures.guided:.0%} of the registered ones in sight are found at their place"
        ),
        (
            f"pixels: laid on each other they correlate by {measures.correlation:.2f}, their fine "
            f"detail by {measures.fine:.2f}; {measures.windows:.0%} of the detailed parts agree"
        ),
        f"{min(1.0, measures.coverage):.0%} of the registered picture is "
        + ("in sight" if is_copy else "covered by the best try, which is not enough alike"),
    )
