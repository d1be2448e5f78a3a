"""Image fingerprints: what stands in public metadata in place of a picture, to find its copies.

A fingerprint holds a small gray thumbnail and up to `FEATURE_LIMIT` local features: where a
distinctive spot is, how large, how it is turned, and what it looks like (see `features`). Between
30 and 60 KB in JSON whatever the picture's size. It imports nothing heavy, so that metadata can
carry it; `describing` makes it from a picture, `comparing` holds another picture against it.

>>> empty = ImageFingerprint(640, 480, 0, b"", Thumbnail(2, 1, bytes([0, 255])))
>>> ImageFingerprint.from_json(empty.as_json()) == empty, empty.detail_poor
(True, True)

It is no secret keeper: the thumbnail shows the picture, 128 pixels large.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from operator import sub
from typing import Any

from assay.content.errors import FingerprintMalformed

METHOD = "assay-image/1"

FEATURE_LIMIT = 400
"""At most so many local features stand in a fingerprint."""

FEATURE_BYTES = 70
"""x, y as two bytes each, size and angle as one byte each, 128 values of four bits."""

THUMBNAIL_SIDE_PIXELS = 128
"""The thumbnail's longer side is at most so long."""

DETAIL_POOR_FEATURES = 60
"""With fewer local features a picture is only recognised by its thumbnail, ..."""

DETAIL_POOR_STEP = 2.0
"""... and with a smoother thumbnail a watermark is stronger than all there is in it."""

SIDE_LIMIT_PIXELS = 1_000_000


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A gray picture in reading order, one byte a pixel."""

    width: int
    height: int
    pixels: bytes

    @property
    def mean_step(self) -> float:
        """How far neighbours in a row differ on average, in gray values."""
        steps: int = sum(map(abs, map(sub, self.pixels[1:], self.pixels)))
        across = sum(
            abs(self.pixels[end] - self.pixels[end - 1])
            for end in range(self.width, len(self.pixels), self.width)
        )
        return (steps - across) / max(1, (self.width - 1) * self.height)


@dataclass(frozen=True, slots=True)
class ImageFingerprint:
    """The fingerprint of one picture.

    Attributes:
        width: of the picture in pixels.
        height: of the picture in pixels.
        chroma: how colourful it is: the mean difference of its channels, in 0..255.
        features: local features, `FEATURE_BYTES` each, strongest first.
        thumbnail: the picture, small and gray.
    """

    width: int
    height: int
    chroma: int
    features: bytes
    thumbnail: Thumbnail

    @property
    def detail_poor(self) -> bool:
        """True if the picture has too little detail to be found again in every altered copy."""
        return self.few_features or self.thumbnail.mean_step < DETAIL_POOR_STEP

    @property
    def few_features(self) -> bool:
        """True if it has so little in it that much of it may be found in many other pictures."""
        return len(self.features) < DETAIL_POOR_FEATURES * FEATURE_BYTES

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "method": METHOD,
            "width": self.width,
            "height": self.height,
            "chroma": self.chroma,
            "features": base64.b64encode(self.features).decode(),
            "thumbnail": {
                "width": self.thumbnail.width,
                "height": self.thumbnail.height,
                "pixels": base64.b64encode(self.thumbnail.pixels).decode(),
            },
        }

    @classmethod
    def from_json(cls, value: Any) -> ImageFingerprint:
        """Read what `as_json` wrote.

        Raises:
            FingerprintMalformed: a field is missing or malformed, or the method is unknown.
        """
        try:
            if value["method"] != METHOD:
                raise FingerprintMalformed(f"method {value['method']!r} is unknown")
            return cls(
                _side(value["width"], SIDE_LIMIT_PIXELS),
                _side(value["height"], SIDE_LIMIT_PIXELS),
                _chroma(value["chroma"]),
                _features(value["features"]),
                _thumbnail(value["thumbnail"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise FingerprintMalformed(f"{type(error).__name__}: {error}") from None


def _side(value: Any, limit: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= limit:
        raise FingerprintMalformed(f"a side of {value!r} pixels is not in 1..{limit}")
    return value


def _chroma(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 255:
        raise FingerprintMalformed(f"a chroma of {value!r} is not in 0..255")
    return value


def _bytes(value: Any) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise FingerprintMalformed(f"base64: {error}") from None


def _features(value: Any) -> bytes:
    data = _bytes(value)
    if len(data) % FEATURE_BYTES or len(data) > FEATURE_LIMIT * FEATURE_BYTES:
        raise FingerprintMalformed(f"{len(data)} bytes hold no list of features")
    return data


def _thumbnail(value: Any) -> Thumbnail:
    width = _side(value["width"], THUMBNAIL_SIDE_PIXELS)
    height = _side(value["height"], THUMBNAIL_SIDE_PIXELS)
    pixels = _bytes(value["pixels"])
    if len(pixels) != width * height:
        raise FingerprintMalformed(f"{len(pixels)} bytes hold no {width} x {height} thumbnail")
    return Thumbnail(width, height, pixels)
