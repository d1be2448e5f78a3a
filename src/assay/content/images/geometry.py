"""How a copy lies on its original: the affine map that the most local features agree on.

Every pair of alike features states a whole similarity by itself: the difference of their sizes is
the scale, that of their angles the rotation, that of their places the shift (Lowe 2004, section
7). The best few hundred such statements are all tried against all pairs, so that nothing is left
to chance and one right pair in fifty is enough; the winners are refined by least squares.
Repeated detail, which makes the usual ratio of the best to the second match fail, only adds pairs.

A map is a (2, 3) matrix that takes points of the query to points of the registered picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assay.content.images.features import Features

Floats = NDArray[np.float32]
Map = NDArray[np.float64]

PAIRS_A_FEATURE = 4
"""Each registered feature is paired with its so many most similar ones of the query, ..."""

PAIR_SIMILARITY = 0.80
"""... if they are at least so similar."""

SEEDS = 120
SEED_LOG_SCALE = 0.45
SEED_ANGLE = 0.4
SEED_TOLERANCE = 0.05
"""How far pairs may be off a seed's map, in natural log, radians and registered diagonals."""

TOLERANCES = (0.03, 0.018, 0.012, 0.010)
"""The same while refining, in registered diagonals."""

MAPS_TRIED = 2
SHEAR_LIMIT = 1.8
"""No honest copy is stretched more in one direction than in the other."""


@dataclass(frozen=True, eq=False)
class Pairs:
    """Features of the query paired with features of the registered picture.

    Attributes:
        query: (k, 2) points.
        registered: (k, 2) points.
        log_scales: (k,) registered size to query size, natural log.
        turns: (k,) registered angle minus query angle, radians.
        weights: (k,) how telling each pair is, in 0..1.
    """

    query: Floats
    registered: Floats
    log_scales: Floats
    turns: Floats
    weights: Floats

    @cached_property
    def places(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """A number for each pixel of the query and of the registered picture that a pair is at."""
        return _pixel_numbers(self.query), _pixel_numbers(self.registered)


@dataclass(frozen=True, eq=False)
class Alignment:
    """A map and the pairs that agree on it.

    Attributes:
        map: (2, 3), query to registered points.
        query: (k, 2) agreeing points of the query, each feature once.
        registered: (k, 2) where they lie in the registered picture.
    """

    map: Map
    query: Floats
    registered: Floats

    @property
    def count(self) -> int:
        """How many registered features agree."""
        return len(self.query)


def pair(query: Features, registered: Features) -> Pairs:
    """The most similar features of both, up to `PAIRS_A_FEATURE` for each registered one."""
    best, values = _most_similar(query, registered, min(PAIRS_A_FEATURE + 1, len(query)))
    usual = values[-1]
    kept = values[:PAIRS_A_FEATURE] > PAIR_SIMILARITY
    ranks, columns = np.nonzero(kept)
    rows = best[ranks, columns]
    likeness = values[ranks, columns]
    weights = (likeness - usual[columns]) / np.maximum(1 - usual[columns], 1e-3)
    return Pairs(
        query.points[rows],
        registered.points[columns],
        np.log(registered.sizes[columns] / query.sizes[rows]),
        registered.angles[columns] - query.angles[rows],
        (0.02 + weights * (ranks == 0) + 0.25 * np.maximum(likeness - 0.85, 0)).astype(np.float32),
    )


def _most_similar(
    query: Features, registered: Features, taken: int
) -> tuple[NDArray[np.intp], Floats]:
    """For each registered feature the most similar of the query, best first, and how similar."""
    similarity = registered.vectors @ query.vectors.T
    every = np.arange(len(registered))
    best, values = [], []
    # Taking maxima in turn is several times as fast as sorting or partitioning the rows.
    for _ in range(taken):
        columns = similarity.argmax(axis=1)
        best.append(columns)
        values.append(similarity[every, columns])
        similarity[every, columns] = -1
    return np.array(best), np.array(values)


def align(query: Features, registered: Features, diagonal: float) -> list[Alignment]:
    """The maps that the most pairs agree on, best first; none if there is nothing to pair.

    Args:
        diagonal: of the registered picture, in the unit of its points.
    """
    if not len(query) or not len(registered):
        return []
    pairs = pair(query, registered)
    if len(pairs.query) < 3:
        return []
    found: list[Alignment] = []
    for seed in _seeds(pairs, diagonal):
        alignment = refine(seed, pairs, diagonal)
        if alignment is not None and not any(_same(alignment, other) for other in found):
            found.append(alignment)
        if len(found) == MAPS_TRIED:
            break
    return sorted(found, key=lambda alignment: -alignment.count)


def _seeds(pairs: Pairs, diagonal: float) -> list[Map]:
    """Maps that single pairs state, those with the most weight of agreeing pairs first."""
    seeds = np.argsort(-pairs.weights, kind="stable")[:SEEDS]
    scale, turn = np.exp(pairs.log_scales[seeds]), pairs.turns[seeds]
    cosine, sine = scale * np.cos(turn), scale * np.sin(turn)
    x, y = pairs.query[seeds, 0], pairs.query[seeds, 1]
    shift_x = pairs.registered[seeds, 0] - (cosine * x - sine * y)
    shift_y = pairs.registered[seeds, 1] - (sine * x + cosine * y)
    off_x = np.outer(cosine, pairs.query[:, 0]) - np.outer(sine, pairs.query[:, 1])
    off_x += shift_x[:, None] - pairs.registered[:, 0]
    off_y = np.outer(sine, pairs.query[:, 0]) + np.outer(cosine, pairs.query[:, 1])
    off_y += shift_y[:, None] - pairs.registered[:, 1]
    agree = off_x * off_x + off_y * off_y < (SEED_TOLERANCE * diagonal) ** 2
    agree &= np.abs(pairs.log_scales[seeds, None] - pairs.log_scales) < SEED_LOG_SCALE
    agree &= np.cos(turn[:, None] - pairs.turns) > np.cos(SEED_ANGLE)
    votes = agree @ pairs.weights
    order = np.argsort(-votes, kind="stable")[: 3 * MAPS_TRIED]
    return [
        np.array([[cosine[i], -sine[i], shift_x[i]], [sine[i], cosine[i], shift_y[i]]], np.float64)
        for i in order
    ]


def refine(start: Map, pairs: Pairs, diagonal: float) -> Alignment | None:
    """Fit the map to the pairs that agree on it, more and more strictly; None if it dissolves."""
    matrix = start
    turn = float(np.arctan2(start[1, 0], start[0, 0]))
    log_scale = float(np.log(max(np.hypot(start[1, 0], start[0, 0]), 1e-6)))
    alike = np.abs(pairs.log_scales - log_scale) < 1.5 * SEED_LOG_SCALE
    alike &= np.cos(pairs.turns - turn) > np.cos(1.5 * SEED_ANGLE)
    rows: NDArray[np.intp] = np.zeros(0, np.intp)
    for tolerance in TOLERANCES:
        off = np.hypot(*(transform(matrix, pairs.query) - pairs.registered).T)
        rows = _unique(np.nonzero(alike & (off < tolerance * diagonal))[0], off, pairs)
        if len(rows) < 3:
            return None
        matrix = fit(pairs.query[rows], pairs.registered[rows])
        if not sane(matrix) or np.linalg.det(matrix[:, :2]) <= 0:
            return None
    return Alignment(matrix, pairs.query[rows], pairs.registered[rows])


def _unique(rows: NDArray[np.intp], off: Floats, pairs: Pairs) -> NDArray[np.intp]:
    """Of the rows with the same registered or the same query place, the nearest alone."""
    rows = rows[np.argsort(off[rows], kind="stable")]
    for places in pairs.places:
        _, first = np.unique(places[rows], return_index=True)
        rows = rows[np.sort(first)]
    return rows


def _pixel_numbers(points: Floats) -> NDArray[np.int64]:
    # Single numbers are sorted many times as fast as rows of two.
    x, y = np.round(points).astype(np.int64).T
    return np.asarray(x + (y << 32), np.int64)


def fit(query: Floats, registered: Floats) -> Map:
    """The least-squares affine map; a similarity where the points are few or in a line."""
    centre = query.mean(axis=0)
    spread = np.linalg.svd(query - centre, compute_uv=False)
    if len(query) >= 6 and spread[1] > 0.15 * spread[0]:
        design = np.c_[query, np.ones(len(query))].astype(np.float64)
        solution, *_ = np.linalg.lstsq(design, registered.astype(np.float64), rcond=None)
        matrix: Map = solution.T
        return matrix
    return _similarity(query.astype(np.float64), registered.astype(np.float64))


def _similarity(query: NDArray[np.float64], registered: NDArray[np.float64]) -> Map:
    """The least-squares scale, rotation and shift; points as complex numbers make it one line."""
    first, second = query @ [1, 1j], registered @ [1, 1j]
    from_centre = first - first.mean()
    factor = np.vdot(from_centre, second - second.mean()) / max(
        np.vdot(from_centre, from_centre).real, 1e-9
    )
    shift = second.mean() - factor * first.mean()
    return np.array(
        [[factor.real, -factor.imag, shift.real], [factor.imag, factor.real, shift.imag]]
    )


def sane(matrix: Map) -> bool:
    """Whether the map is one that a copy may have: no collapse, little shear."""
    linear = matrix[:, :2]
    if not np.isfinite(matrix).all():
        return False
    large, small = np.linalg.svd(linear, compute_uv=False)
    return bool(small > 0.02 and large < 50 and large / small < SHEAR_LIMIT)


def transform(matrix: Map, points: Floats) -> Floats:
    """The points, (n, 2), as the map takes them."""
    moved: Floats = (points @ matrix[:, :2].T + matrix[:, 2]).astype(np.float32)
    return moved


def inverse(matrix: Map) -> Map:
    """The map back."""
    linear = np.linalg.inv(matrix[:, :2])
    return np.column_stack((linear, -linear @ matrix[:, 2]))


def compose(second: Map, first: Map) -> Map:
    """First one map, then the other."""
    shift = second[:, :2] @ first[:, 2] + second[:, 2]
    return np.column_stack((second[:, :2] @ first[:, :2], shift))


def _same(first: Alignment, second: Alignment) -> bool:
    off = transform(first.map, second.query) - second.registered
    return bool(np.median(np.hypot(*off.T)) < 10)
