"""Where in a picture another picture may stand: without its margins, in a page, on a turned card.

What differs from the colour along the edge is closed over, thin things such as lines of text are
taken away, and each large rest gives a frame: its upright rectangle, or the turned one where that
fits better. A frame is a (2, 3) map from the unit square to pixels.

    for frame in find_frames(pixels):        # the whole picture is always the first
        corners = transform(frame, UNIT_SQUARE)
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from assay.content.images.geometry import Map, transform
from assay.content.images.levels import Levels

SIDE_PIXELS = 400
EDGE_TOLERANCE = 20
"""How far, of 255, a colour may be from that of the edge and still be margin."""

THIN_PIXELS = 13
"""Of `SIDE_PIXELS`; what is thinner is text, lines and dust."""

SMALLEST_AREA = 0.02
FRAMES = 5
FULL = 0.8
"""A region fills its upright rectangle at least so far, or its turned one is taken."""

PATCH_PIXELS = 24

UNIT_SQUARE = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)


def find_frames(pixels: cv2.typing.MatLike) -> list[Map]:
    """Frames in which a picture may stand, the whole picture first, then large before small.

    Args:
        pixels: (height, width) or (height, width, 3).
    """
    height, width = pixels.shape[:2]
    frames = [upright(0, 0, width, height)]
    factor = min(1.0, SIDE_PIXELS / max(height, width))
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    if min(size) < 16:
        return frames
    unlike = _unlike_edge(small.reshape(size[1], size[0], -1))
    back = np.array([[width / size[0], 0, 0], [0, height / size[1], 0]])
    for frame in _regions(unlike):
        scaled = np.c_[back[:, :2] @ frame[:, :2], back[:, :2] @ frame[:, 2]]
        if not any(_alike(scaled, other) for other in frames):
            frames.append(scaled)
    return frames[: FRAMES + 1]


def content(pixels: cv2.typing.MatLike) -> NDArray[np.uint8]:
    """255 where the picture is no margin, at a longer side of `SIDE_PIXELS`, thinned of dust."""
    factor = SIDE_PIXELS / max(pixels.shape[:2])
    size = (max(1, round(pixels.shape[1] * factor)), max(1, round(pixels.shape[0] * factor)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    unlike = _unlike_edge(small.reshape(size[1], size[0], -1))
    return np.asarray(cv2.morphologyEx(unlike, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)), np.uint8)


def upright(x: float, y: float, width: float, height: float) -> Map:
    """The frame of an upright rectangle."""
    return np.array([[width, 0, x], [0, height, y]], np.float64)


def turned(frame: Map, quarter_turns: int, *, mirrored: bool = False) -> Map:
    """The same rectangle, read from another corner."""
    if mirrored:
        frame = np.c_[-frame[:, 0], frame[:, 1], frame[:, 2] + frame[:, 0]]
    for _ in range(quarter_turns % 4):
        frame = np.c_[frame[:, 1], -frame[:, 0], frame[:, 2] + frame[:, 0]]
    return frame


def patch(levels: Levels, frame: Map) -> NDArray[np.float32]:
    """What stands in a frame as `PATCH_PIXELS` squared numbers of mean 0 and length 1.

    All zero where nothing stands but one colour.
    """
    scale = PATCH_PIXELS / float(np.sqrt(abs(np.linalg.det(frame[:, :2]))))
    level, across, down = levels.near(scale)
    to_level = frame * [[across], [down]]
    place = np.c_[to_level[:, :2] / PATCH_PIXELS, to_level[:, 2]]
    # From the middle of pixels to the middle of pixels.
    place[:, 2] += place[:, :2].sum(axis=1) / 2 - 0.5
    size = (PATCH_PIXELS, PATCH_PIXELS)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cut = cv2.warpAffine(level, place, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    values = cut.astype(np.float32).ravel()
    values -= values.mean()
    length = float(np.linalg.norm(values))
    return values / length if length > PATCH_PIXELS else np.zeros_like(values)


def _unlike_edge(pixels: cv2.typing.MatLike) -> NDArray[np.uint8]:
    """255 where the colour is not the most usual one of the edge."""
    ring = np.concatenate(
        [
            pixels[:2].reshape(-1, pixels.shape[2]),
            pixels[-2:].reshape(-1, pixels.shape[2]),
            pixels[:, :2].reshape(-1, pixels.shape[2]),
            pixels[:, -2:].reshape(-1, pixels.shape[2]),
        ]
    )
    coarse, counts = np.unique(ring >> 4, axis=0, return_counts=True)
    usual = (ring >> 4 == coarse[counts.argmax()]).all(axis=1)
    colour = np.median(ring[usual], axis=0)
    far = np.abs(pixels.astype(np.int16) - colour.astype(np.int16)).max(axis=2)
    return np.asarray(np.where(far > EDGE_TOLERANCE, 255, 0), np.uint8)


def _regions(unlike: cv2.typing.MatLike) -> list[Map]:
    """Frames around what is unlike the edge: all of it, then each thick part of it."""
    whole = unlike.size
    closed = cv2.morphologyEx(unlike, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    dusted = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    thick = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((THIN_PIXELS, THIN_PIXELS), np.uint8))
    frames = []
    points = cv2.findNonZero(dusted)
    if points is not None and cv2.countNonZero(dusted) > SMALLEST_AREA * whole:
        frames.append(_frame_around(points))
    contours, _ = cv2.findContours(thick, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    large = [one for one in contours if cv2.contourArea(one) > SMALLEST_AREA * whole]
    frames += [_frame_around(one) for one in sorted(large, key=cv2.contourArea, reverse=True)]
    return frames


def _frame_around(points: cv2.typing.MatLike) -> Map:
    hull = cv2.convexHull(points)
    x, y, width, height = cv2.boundingRect(hull)
    hull_area = cv2.contourArea(hull)
    centre, (long, short), degrees = cv2.minAreaRect(hull)
    if hull_area > FULL * width * height or hull_area < FULL * long * short:
        return upright(x, y, width, height)
    degrees = (degrees + 45) % 90 - 45
    if abs(degrees) > 45 or min(long, short) < 2:
        return upright(x, y, width, height)
    corners = cv2.boxPoints((centre, (long, short), degrees))
    start = corners[np.argmin(corners.sum(axis=1))]
    order = sorted(
        (c for c in corners if not np.allclose(c, start)), key=lambda c: np.hypot(*(c - start))
    )
    first, second = order[0] - start, order[1] - start
    across, down = (first, second) if abs(first[0]) > abs(first[1]) else (second, first)
    # The corners lie in the middles of the outermost pixels.
    across[0] += np.sign(across[0])
    down[1] += np.sign(down[1])
    return np.array([across, down, start], np.float64).T


def _alike(first: Map, second: Map) -> bool:
    corners, others = transform(first, UNIT_SQUARE), transform(second, UNIT_SQUARE)
    size = np.hypot(*(others[2] - others[0]))
    return bool(np.abs(corners - others).max() < 0.015 * size)
