"""How a query may lie on a registered picture, as far as features or whole frames suggest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from assay.content.images.geometry import Alignment, Map, align, compose, inverse
from assay.content.images.query import Query
from assay.content.images.registered import Registered

FEWEST_FEATURES = 4
FRAMES_TRIED = 2
FRAME_CORRELATION = 0.6
"""From this correlation of what stands in two frames on, one may be a copy of the other."""


@dataclass(frozen=True, eq=False)
class Hypothesis:
    """One way in which the query may lie on the registered picture.

    Attributes:
        map: query to thumbnail pixels; it may mirror.
        mirrored: whether it does.
        alignment: the local features that agree, in the mirrored query if it is mirrored; None
            where whole frames were laid on each other.
    """

    map: Map
    mirrored: bool
    alignment: Alignment | None


def hypotheses(query: Query, registered: Registered) -> Iterator[Hypothesis]:
    """Whole frames first, which cost next to nothing, then what local features agree on."""
    yield from _frames(query, registered)
    yield from _features(query, registered)


def mirror_map(query: Query) -> Map:
    """The map that mirrors the query left to right."""
    return np.array([[-1.0, 0, query.gray.shape[1] - 1], [0, 1, 0]])


def _frames(query: Query, registered: Registered) -> Iterator[Hypothesis]:
    alike = np.array(registered.patches) @ np.array(query.patches).T
    for at in np.argsort(-alike, axis=None, kind="stable")[:FRAMES_TRIED]:
        own, asked = np.unravel_index(at, alike.shape)
        if alike[own, asked] < FRAME_CORRELATION:
            return
        frame, mirrored = query.orientations[asked]
        yield Hypothesis(_onto(frame, registered.frames[own]), mirrored, None)


def _onto(frame: Map, target: Map) -> Map:
    """The map of pixels that lays one frame onto the other; frames begin at corners of pixels."""
    half = np.array([[1.0, 0, 0.5], [0, 1, 0.5]])
    return compose(inverse(half), compose(target, compose(inverse(frame), half)))


def _features(query: Query, registered: Registered) -> Iterator[Hypothesis]:
    for mirrored in (False, True):
        features = query.mirrored_features if mirrored else query.features
        for alignment in align(features, registered.features, registered.diagonal):
            if alignment.count < FEWEST_FEATURES:
                continue
            matrix = compose(registered.to_thumbnail, alignment.map)
            if mirrored:
                matrix = compose(matrix, mirror_map(query))
            yield Hypothesis(matrix, mirrored, alignment)
