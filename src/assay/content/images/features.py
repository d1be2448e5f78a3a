"""Local features: distinctive spots of a picture, described so that they are found again in copies.

SIFT (Lowe, "Distinctive Image Features from Scale-Invariant Keypoints", 2004) finds spots in all
sizes and describes each by 128 gradient sums, turned with the spot; their square roots make plain
products of vectors a better measure (Arandjelovic and Zisserman, "Three things everyone should
know", 2012). A mirrored picture's descriptors are the same numbers in another order, so that
mirrored copies need no second extraction.

    features = extract(gray, count=400)          # gray: (height, width) of uint8
    similarity = features.vectors @ other.vectors.T
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from assay.content.images.fingerprint import FEATURE_BYTES

CONTRAST_THRESHOLD = 0.01
"""Spots of lower contrast are left out; the strongest are taken first, so that it may be low."""

EDGE_THRESHOLD = 12.0
CELLS = 5
"""Features are taken evenly from a grid of so many cells each way, so that a crop keeps some."""

DESCRIPTOR_STEP = 36.0
"""Square roots of unit sum, times this, are kept as four bits."""

SIZE_STEPS_AN_OCTAVE = 24.0
Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Features:
    """Local features of one picture.

    Attributes:
        points: (n, 2) x and y in pixels.
        sizes: (n,) diameters in pixels.
        angles: (n,) in radians, clockwise as pictures are drawn.
        vectors: (n, 128) unit vectors.
    """

    points: Floats
    sizes: Floats
    angles: Floats
    vectors: Floats

    def __len__(self) -> int:
        """How many there are."""
        return len(self.points)

    def mirrored(self, width: float) -> Features:
        """The features that the picture, `width` pixels wide, has when mirrored left to right."""
        points = self.points.copy()
        points[:, 0] = (width - 1) - points[:, 0]
        angles = (np.pi - self.angles).astype(np.float32)
        return Features(points, self.sizes, angles, self.vectors[:, _MIRRORED])

    def scaled(self, factor: float) -> Features:
        """The features of the picture resized by a factor."""
        points = ((self.points + 0.5) * factor - 0.5).astype(np.float32)
        return Features(points, self.sizes * np.float32(factor), self.angles, self.vectors)

    def moved(self, matrix: NDArray[np.float64]) -> Features:
        """The features where a (2, 3) map takes them; its shear is neglected."""
        linear = matrix[:, :2]
        points = (self.points @ linear.T + matrix[:, 2]).astype(np.float32)
        factor = np.float32(abs(np.linalg.det(linear)) ** 0.5)
        turn = np.float32(np.arctan2(linear[1, 0], linear[0, 0]))
        return Features(points, self.sizes * factor, self.angles + turn, self.vectors)


def join(parts: Sequence[Features]) -> Features:
    """The features of all of these, which have the same places."""
    return Features(
        np.concatenate([part.points for part in parts]),
        np.concatenate([part.sizes for part in parts]),
        np.concatenate([part.angles for part in parts]),
        np.concatenate([part.vectors for part in parts]),
    )


def _mirrored_order() -> NDArray[np.intp]:
    """Where each value of a descriptor stands in the mirrored spot's descriptor.

    Along the spot's own axes mirroring turns the four rows around and the sense of all angles.
    """
    order = np.arange(128).reshape(4, 4, 8)[::-1]
    return order[:, :, (-np.arange(8)) % 8].reshape(128)


_MIRRORED = _mirrored_order()


def extract(gray: NDArray[np.uint8], count: int) -> Features:
    """The `count` strongest features of a gray picture, evenly spread, strongest first."""
    if min(gray.shape) < 8:
        return _none()
    detector = cv2.SIFT.create(count * 3 // 2, 3, CONTRAST_THRESHOLD, EDGE_THRESHOLD, 1.6)
    keypoints, raw = detector.detectAndCompute(gray, None)
    if raw is None or not len(keypoints):
        return _none()
    rows = _spread(keypoints, gray.shape, count)
    keypoints, raw = [keypoints[row] for row in rows], raw[rows]
    total = np.maximum(raw.sum(axis=1, keepdims=True), 1e-6)
    return Features(
        np.array([point.pt for point in keypoints], np.float32),
        np.array([point.size for point in keypoints], np.float32),
        np.radians(np.array([point.angle for point in keypoints], np.float32)),
        np.sqrt(raw / total).astype(np.float32),
    )


def _none() -> Features:
    empty = np.zeros(0, np.float32)
    return Features(np.zeros((0, 2), np.float32), empty, empty, np.zeros((0, 128), np.float32))


def _spread(
    keypoints: Sequence[cv2.KeyPoint], shape: tuple[int, ...], count: int
) -> NDArray[np.intp]:
    """Rows of the strongest keypoints, the first of every cell before the second of any."""
    height, width = shape[:2]
    points = np.array([point.pt for point in keypoints])
    strength = np.array([point.response for point in keypoints])
    columns = np.minimum(points[:, 0] * CELLS / width, CELLS - 1).astype(int)
    rows = np.minimum(points[:, 1] * CELLS / height, CELLS - 1).astype(int)
    cells = rows * CELLS + columns
    order = np.lexsort((-strength, cells))
    starts = np.searchsorted(cells[order], cells[order])
    place = np.empty(len(order), int)
    place[order] = np.arange(len(order)) - starts
    return np.lexsort((-strength, place))[:count]


def pack(features: Features, width: int, height: int) -> bytes:
    """The features of a picture of this size as `FEATURE_BYTES` each."""
    if not len(features):
        return b""
    places = np.clip((features.points + 0.5) / [width, height], 0, 1) * 65535
    sizes = np.clip(np.round(np.log2(features.sizes) * SIZE_STEPS_AN_OCTAVE), 0, 255)
    angles = np.round(features.angles / (2 * np.pi) * 256) % 256
    values = np.clip(np.round(features.vectors * DESCRIPTOR_STEP), 0, 15).astype(np.uint8)
    parts = (
        np.round(places).astype(">u2").view(np.uint8).reshape(-1, 4),
        sizes.astype(np.uint8)[:, None],
        angles.astype(np.uint8)[:, None],
        (values[:, ::2] << 4) | values[:, 1::2],
    )
    return np.hstack(parts).tobytes()


def unpack(data: bytes, width: int, height: int) -> Features:
    """What `pack` wrote, for a picture drawn in this size."""
    rows = np.frombuffer(data, np.uint8).reshape(-1, FEATURE_BYTES)
    places = np.ascontiguousarray(rows[:, :4]).view(">u2").astype(np.float32) / 65535
    values = np.empty((len(rows), 128), np.float32)
    values[:, ::2] = rows[:, 6:] >> 4
    values[:, 1::2] = rows[:, 6:] & 15
    values /= np.maximum(np.linalg.norm(values, axis=1, keepdims=True), 1e-6)
    return Features(
        (places * [width, height] - 0.5).astype(np.float32),
        np.exp2(rows[:, 4] / SIZE_STEPS_AN_OCTAVE).astype(np.float32),
        (rows[:, 5] * np.float32(2 * np.pi / 256)).astype(np.float32),
        values,
    )
