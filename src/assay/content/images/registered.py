"""A fingerprint unpacked, ready to be held against pictures."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assay.content.images.features import Features, unpack
from assay.content.images.fingerprint import ImageFingerprint
from assay.content.images.frames import find_frames, patch
from assay.content.images.geometry import Map
from assay.content.images.levels import Levels
from assay.content.images.query import REGISTERED_AREA_PIXELS


def frame_size(fingerprint: ImageFingerprint) -> tuple[int, int]:
    """Width and height of the registered picture at the size at which features are taken."""
    factor = (REGISTERED_AREA_PIXELS / (fingerprint.width * fingerprint.height)) ** 0.5
    return (
        max(8, round(fingerprint.width * factor)),
        max(8, round(fingerprint.height * factor)),
    )


class Registered:
    """A registered picture; points are in pixels of a frame of `REGISTERED_AREA_PIXELS`."""

    def __init__(self, fingerprint: ImageFingerprint) -> None:
        self.fingerprint = fingerprint
        self.width, self.height = frame_size(fingerprint)
        self.diagonal = float(np.hypot(self.width, self.height))
        small = fingerprint.thumbnail
        self.thumbnail: NDArray[np.uint8] = np.frombuffer(small.pixels, np.uint8).reshape(
            small.height, small.width
        )
        across, down = small.width / self.width, small.height / self.height
        self.to_thumbnail: Map = np.array(
            [[across, 0, (across - 1) / 2], [0, down, (down - 1) / 2]]
        )

    @cached_property
    def features(self) -> Features:
        """Its local features."""
        return unpack(self.fingerprint.features, self.width, self.height)

    @cached_property
    def frames(self) -> list[Map]:
        """In thumbnail pixels: the whole, and the picture without its margins if it has any."""
        return find_frames(self.thumbnail)[:2]

    @cached_property
    def patches(self) -> list[NDArray[np.float32]]:
        """What stands in each of `frames`, very small."""
        levels = Levels(self.thumbnail)
        return [patch(levels, frame) for frame in self.frames]
