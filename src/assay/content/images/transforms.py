"""What was done to a copy, told from how it lies on the original and from its pixels."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from assay.content.images.calibration import PLAIN_DETAIL
from assay.content.images.frames import UNIT_SQUARE
from assay.content.images.geometry import Map, compose, inverse, transform
from assay.content.images.pixels import Agreement
from assay.content.images.query import Query
from assay.content.images.registered import Registered

CROPPED_SHARE = 0.03
MARGIN_SHARE = 0.02
TURN_DEGREES = 1.5
RESIZED_BY = 0.05
STRETCHED_BY = 0.06
BRIGHTER_BY = 14.0
CONTRAST_BY = 0.18
COLOURLESS = 2.0
COLOURFUL = 8
PAGE_COVERED = 0.75
"""A picture on less of the query than this, with something else around it, is on a page."""

BUSY_DEVIATION = 24.0
SOFTER_BY = 0.64
WHOLE_WINDOWS = 0.93


def name_transforms(
    query: Query, registered: Registered, matrix: Map, laid: Agreement
) -> tuple[str, ...]:
    """Names of what was done, geometry first.

    Args:
        matrix: query to registered frame.
        laid: how the query agrees with the thumbnail under it.
    """
    overlaid = laid.broken > 0 or laid.windows < WHOLE_WINDOWS
    return (
        *_turns(matrix),
        *_cuts_and_margins(query, registered, matrix),
        *_sizes(query, registered, matrix),
        *_tones(query, registered, matrix),
        *(("overlay",) if overlaid and laid.detail > PLAIN_DETAIL else ()),
    )


def _turns(matrix: Map) -> list[str]:
    linear = matrix[:, :2]
    names = []
    if np.linalg.det(linear) < 0:
        names.append("mirror")
        # First mirrored, then turned, so that the map back turns first.
        linear = np.diag([-1.0, 1.0]) @ linear
    # The map turns the picture back; positive is clockwise, as y goes down.
    degrees = -float(
        np.degrees(np.arctan2(linear[1, 0] - linear[0, 1], linear[0, 0] + linear[1, 1]))
    )
    size = round(abs(degrees))
    if abs(degrees) >= TURN_DEGREES:
        way = "" if size == 180 else " clockwise" if degrees > 0 else " anticlockwise"
        names.append(f"rotate {size} degrees{way}")
    return names


def _cuts_and_margins(query: Query, registered: Registered, matrix: Map) -> list[str]:
    names = []
    height, width = query.gray.shape
    seen = transform(matrix, UNIT_SQUARE * np.array([width, height], np.float32))
    frame = UNIT_SQUARE * np.array([registered.width, registered.height], np.float32)
    shared, _ = cv2.intersectConvexConvex(_hull(seen), _hull(frame))
    missing = 1 - shared / (registered.width * registered.height)
    if missing > CROPPED_SHARE:
        names.append(f"crop ({missing:.0%} cut off)")
    covered = shared / max(cv2.contourArea(_hull(seen)), 1.0)
    if 1 - covered > MARGIN_SHARE and not _corners_of_a_turn(matrix, covered, missing):
        names.append(_surroundings(query, registered, matrix, covered))
    return names


def _corners_of_a_turn(matrix: Map, covered: float, missing: float) -> bool:
    """Whether what is around the picture is no more than the corners that turning it leaves."""
    turn = np.arctan2(abs(matrix[1, 0]), abs(matrix[0, 0]))
    sine = abs(np.sin(2 * turn))
    return bool(sine > 0.05 and 1 - covered < 0.75 * sine + 0.03 and missing < 0.3)


def _surroundings(query: Query, registered: Registered, matrix: Map, covered: float) -> str:
    """What is around the picture: a plain margin, a border, or a page."""
    corners = UNIT_SQUARE * np.array([registered.width, registered.height], np.float32)
    outline = transform(inverse(matrix), corners)
    outside = np.full(query.gray.shape, 255, np.uint8)
    # A little more than the picture itself is left out.
    grown = (outline - outline.mean(axis=0)) * 1.03 + outline.mean(axis=0)
    cv2.fillConvexPoly(outside, np.round(grown).astype(np.int32), 0)
    values = query.gray[outside > 0]
    if not len(values):
        return "border"
    edges = cv2.Laplacian(query.gray, cv2.CV_32F)[outside > 0]
    busy = float((np.abs(edges) > BUSY_DEVIATION).mean())
    if busy > 0.03 and covered < PAGE_COVERED:
        return "screenshot"
    return "border" if covered > PAGE_COVERED else f"padding ({1 - covered:.0%} added)"


def _sizes(query: Query, registered: Registered, matrix: Map) -> list[str]:
    """Resizing, in pixels of the files."""
    own = registered.fingerprint
    to_file = np.array(
        [[own.width / registered.width, 0, 0], [0, own.height / registered.height, 0]]
    )
    height, width = query.gray.shape
    to_gray = np.array([[width / query.width, 0, 0], [0, height / query.height, 0]])
    linear = compose(to_file, compose(matrix, to_gray))[:, :2]
    scale = 1 / max(float(np.sqrt(abs(np.linalg.det(linear)))), 1e-6)
    large, small = np.linalg.svd(linear, compute_uv=False)
    names = []
    if abs(scale - 1) > RESIZED_BY:
        names.append(f"resize to {scale:.0%}")
    if large / small > 1 + STRETCHED_BY:
        names.append("stretch")
    return names


def _tones(query: Query, registered: Registered, matrix: Map) -> list[str]:
    names = []
    if registered.fingerprint.chroma >= COLOURFUL and query.chroma < COLOURLESS:
        names.append("grayscale")
    height, width = registered.thumbnail.shape
    on_thumbnail = compose(registered.to_thumbnail, matrix)
    scale = float(np.sqrt(abs(np.linalg.det(on_thumbnail[:, :2]))))
    level, across, down = query.levels.near(scale)
    from_level = np.array([[across, 0, (across - 1) / 2], [0, down, (down - 1) / 2]])
    place = compose(on_thumbnail, inverse(from_level))
    laid = cv2.warpAffine(level, place, (width, height)).astype(np.float32)
    inside = cv2.warpAffine(np.full(level.shape, 255, np.uint8), place, (width, height)) == 255
    if inside.sum() < 64:
        return names
    own = registered.thumbnail.astype(np.float32)
    names += _levels_changed(laid[inside], own[inside])
    sharp = [float((one - cv2.GaussianBlur(one, (0, 0), 1.0))[inside].std()) for one in (laid, own)]
    contrast = float(laid[inside].std()) / max(float(own[inside].std()), 1.0)
    if sharp[0] < SOFTER_BY * sharp[1] * contrast:
        names.append("blur")
    return names


def _levels_changed(laid: NDArray[np.float32], own: NDArray[np.float32]) -> list[str]:
    names = []
    slope = float(laid.std()) / max(float(own.std()), 1.0)
    shift = float(laid.mean() - own.mean())
    # A factor on all values changes both; only what the factor does not explain is contrast.
    explained = float(laid.mean()) / max(float(own.mean()), 1.0)
    if abs(shift) > BRIGHTER_BY:
        names.append("brightness")
    if abs(slope - (explained if abs(shift) > BRIGHTER_BY else 1.0)) > CONTRAST_BY:
        names.append("contrast")
    return names


def _hull(points: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(cv2.convexHull(points.astype(np.float32)), np.float32)
