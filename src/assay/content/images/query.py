"""A picture that is asked about, worked out once however many fingerprints it is held against."""

from __future__ import annotations

from functools import cached_property
from weakref import WeakKeyDictionary

import cv2
import numpy as np
from numpy.typing import NDArray

from assay.content.images.features import Features, extract, join
from assay.content.images.frames import content, find_frames, patch, turned
from assay.content.images.geometry import Map, inverse
from assay.content.images.levels import Levels
from assay.content.images.reading import Picture

Gray = NDArray[np.uint8]

REGISTERED_AREA_PIXELS = 400 * 400
"""A picture is brought to this many pixels before the features of its fingerprint are taken."""

QUERY_AREA_PIXELS = 840 * 840
QUERY_FEATURES = 600
FRAME_FEATURES = 400
CLOSE_FEATURES = 1000
FRAMES_LOOKED_INTO = 3


def to_gray(pixels: NDArray[np.uint8]) -> Gray:
    """Luma of sRGB pixels; large pictures are halved first, which takes less time."""
    height, width = pixels.shape[:2]
    seen: cv2.typing.MatLike = pixels
    while height * width > 8 * QUERY_AREA_PIXELS:
        height, width = (height + 1) // 2, (width + 1) // 2
    if (height, width) != pixels.shape[:2]:
        seen = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(seen, cv2.COLOR_RGB2GRAY), np.uint8)


def to_area(gray: Gray, area_pixels: int, *, enlarge: bool = True) -> Gray:
    """The picture, resized to about this many pixels; never below a side of eight."""
    height, width = gray.shape
    factor = (area_pixels / (height * width)) ** 0.5
    if factor > 1 and not enlarge:
        return gray
    size = (max(8, round(width * factor)), max(8, round(height * factor)))
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(gray, size, interpolation=way), np.uint8)


class Query:
    """A picture to be held against fingerprints; points are in pixels of `gray`."""

    def __init__(self, picture: Picture) -> None:
        # No reference to the picture is kept, which would keep it in the cache for ever.
        self.width, self.height = picture.width, picture.height
        self.gray = to_area(to_gray(picture.pixels), QUERY_AREA_PIXELS, enlarge=False)
        self.levels = Levels(self.gray)
        height, width = self.gray.shape
        self._colours = cv2.resize(picture.pixels, (width, height), interpolation=cv2.INTER_AREA)

    @cached_property
    def frames(self) -> list[Map]:
        """Where pictures may stand in this one; the whole first."""
        return find_frames(self._colours)

    @cached_property
    def content(self) -> Gray:
        """255 where there is something, small."""
        return content(self._colours)

    @cached_property
    def chroma(self) -> float:
        """Mean difference of the channels of each pixel, in 0..255."""
        sampled = self._colours[::8, ::8].astype(int)
        return float((sampled.max(axis=2) - sampled.min(axis=2)).mean())

    @cached_property
    def views(self) -> list[Features]:
        """Features of the whole picture, of each frame in it, and of the whole at full size."""
        views = [self._extract(self.gray, np.eye(2, 3), REGISTERED_AREA_PIXELS, QUERY_FEATURES)]
        for frame in self.frames[1 : 1 + FRAMES_LOOKED_INTO]:
            cut, back = _cut(self.gray, frame)
            views.append(self._extract(cut, back, REGISTERED_AREA_PIXELS, FRAME_FEATURES))
        if self.gray.size > 2 * REGISTERED_AREA_PIXELS:
            views.append(self._extract(self.gray, np.eye(2, 3), self.gray.size, CLOSE_FEATURES))
        return views

    @cached_property
    def features(self) -> Features:
        """All of them."""
        return join(self.views)

    @cached_property
    def mirrored_features(self) -> Features:
        """All of them, of the mirrored picture."""
        return self.features.mirrored(self.gray.shape[1])

    @cached_property
    def orientations(self) -> list[tuple[Map, bool]]:
        """Each frame read from each corner both ways round, and whether it is mirrored."""
        return [
            (turned(frame, turns, mirrored=mirrored), mirrored)
            for frame in self.frames
            for mirrored in (False, True)
            for turns in range(4)
        ]

    @cached_property
    def patches(self) -> list[NDArray[np.float32]]:
        """What stands in each of `orientations`, very small."""
        return [patch(self.levels, frame) for frame, _ in self.orientations]

    @staticmethod
    def _extract(gray: Gray, back: Map, area_pixels: int, count: int) -> Features:
        resized = to_area(gray, area_pixels)
        return extract(resized, count).scaled(gray.shape[1] / resized.shape[1]).moved(back)


def _cut(gray: Gray, frame: Map) -> tuple[Gray, Map]:
    """What stands in a frame, upright, and the map from there back to the picture."""
    width, height = np.hypot(*frame[:, :2])
    size = (max(8, round(float(width))), max(8, round(float(height))))
    back = np.c_[frame[:, :2] / size, frame[:, 2]]
    cut = cv2.warpAffine(gray, inverse(back), size, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, np.uint8), back


_QUERIES: WeakKeyDictionary[Picture, Query] = WeakKeyDictionary()


def query_of(picture: Picture) -> Query:
    """The query of a picture; the same one as long as the picture lives."""
    query = _QUERIES.get(picture)
    if query is None:
        query = _QUERIES[picture] = Query(picture)
    return query
