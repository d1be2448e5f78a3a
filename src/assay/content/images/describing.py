"""From a picture to its fingerprint, and to what searching and comparing ask of it.

fingerprint = fingerprint_picture(read_picture(data))     # about 60 ms
index_vectors(fingerprint)                                # into the search index
query_vectors(read_picture(other))                        # asked of it
"""

from __future__ import annotations

import cv2

from assay.content.images.features import extract, pack, unpack
from assay.content.images.fingerprint import (
    FEATURE_LIMIT,
    THUMBNAIL_SIDE_PIXELS,
    ImageFingerprint,
    Thumbnail,
)
from assay.content.images.hashes import SPACES, look_vector, summary_vector
from assay.content.images.query import (
    REGISTERED_AREA_PIXELS,
    query_of,
    to_area,
    to_gray,
)
from assay.content.images.reading import Picture
from assay.content.images.registered import Registered, frame_size

__all__ = ["SPACES", "fingerprint_picture", "index_vectors", "query_vectors"]


def fingerprint_picture(picture: Picture) -> ImageFingerprint:
    """Fingerprint a picture of any size."""
    gray = to_area(to_gray(picture.pixels), REGISTERED_AREA_PIXELS)
    height, width = gray.shape
    features = extract(gray, FEATURE_LIMIT)
    scale = min(1.0, THUMBNAIL_SIDE_PIXELS / max(width, height))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    return ImageFingerprint(
        picture.width,
        picture.height,
        _chroma(picture),
        pack(features, width, height),
        Thumbnail(size[0], size[1], small.tobytes()),
    )


def index_vectors(fingerprint: ImageFingerprint) -> dict[str, list[bytes]]:
    """What is put into the search spaces for a picture, by the name of the space."""
    width, height = frame_size(fingerprint)
    features = unpack(fingerprint.features, width, height)
    summary = summary_vector(features.vectors)
    small = [look_vector(patch) for patch in Registered(fingerprint).patches]
    return {
        SPACES[0].name: [] if summary is None else [summary],
        SPACES[1].name: [one for one in small if one is not None],
    }


def query_vectors(picture: Picture) -> dict[str, list[bytes]]:
    """What is asked of the search spaces: of the picture, mirrored too, and of what is in it."""
    query = query_of(picture)
    sets = [features.vectors for view in query.views for features in (view, view.mirrored(1.0))]
    summaries = [summary_vector(vectors) for vectors in sets]
    small = [look_vector(patch) for patch in query.patches]
    return {
        SPACES[0].name: [one for one in summaries if one is not None],
        SPACES[1].name: [one for one in small if one is not None],
    }


def _chroma(picture: Picture) -> int:
    """How colourful a picture is: the mean difference of its channels, in 0..255."""
    step = max(1, min(picture.pixels.shape[:2]) // 64)
    sampled = picture.pixels[::step, ::step].astype(int)
    return round(float((sampled.max(axis=2) - sampled.min(axis=2)).mean()))
