"""Paraphrases: texts that say the same in other words, told by the directions of their passages.

    meaning = meaning_of(text, embedder, calibration)
    likeness = compare_meanings(meaning, other, calibration)

Vectors of sentences crowd in one corner of their space: two unrelated Chinese sentences can have a
cosine of 0.85. Without the mean of their script, which is taken off first (Mu and Viswanath,
"All-but-the-Top", 2018), unrelated ones are near 0.

One passage of two texts on the same topic is often alike. A paraphrase is alike passage by passage:
each passage of the shorter text is given its likest one of the other, no passage of which serves
more than twice, and what counts is the share of the shorter text, by words, whose passages find
one, and how alike the whole is. The thresholds are calibrated, see `calibration`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray

from assay.content.texts.calibration import Calibration
from assay.content.texts.embedding import embed_passages
from assay.content.texts.meaning import DIMENSIONS_LIMIT, Direction, Meaning
from assay.content.texts.passages import Passage, passages
from assay.content.texts.ports import TextEmbedder

ALIGNED_SHARE = 0.7
"""Of the shorter text, by words, so much has to be found in the other."""

USES = 2
"""A passage may stand for two of the other text: what one cut apart, the other may have joined."""

LARGEST_CONFIDENCE = 0.98
"""No more is ever stated: of 43 held-out pairs called paraphrases, one was none."""

LARGEST_RATIO = 3.0
"""A text more than so much longer may hold a paraphrase, and is not called one."""

_LARGEST = 127
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two texts are in meaning.

    Attributes:
        is_paraphrase: enough passages are alike, and enough of the shorter text.
        confidence: that they say the same, 0..1, calibrated on held-out pairs.
        aligned: share of the shorter text, by words, that has its like in the other, 0..1.
        similarity: mean likeness of the shorter text's passages and their likest ones, -1..1.
        excess: how much more that is than what passages are alike from.
        compared_units: words, or pairs of Chinese characters, of the shorter text.
        evidence: what was compared and what was not, one sentence each.
    """

    is_paraphrase: bool
    confidence: float
    aligned: float
    similarity: float
    excess: float
    compared_units: int
    evidence: tuple[str, ...]


def meaning_of(text: str, embedder: TextEmbedder, calibration: Calibration) -> Meaning:
    """Embed the passages of a text; those in scripts without calibration are left out, by name.

    Raises:
        UnavailableError: the embedder fails.
    """
    cut = passages(text)
    covered = covered_passages(text, calibration)
    scripts = (one.script for one in cut.passages)
    uncovered = dict.fromkeys(script for script in scripts if script not in calibration.means)
    if not covered:
        return Meaning(embedder.name, cut.whole, (), tuple(uncovered))
    vectors = embed_passages(embedder, [one.text for one in covered], calibration.dimensions)
    directions = tuple(
        Direction(one.script, one.units, _pack(_fold(vector - calibration.means[one.script])))
        for one, vector in zip(covered, vectors, strict=True)
    )
    return Meaning(embedder.name, cut.whole, directions, tuple(uncovered))


def compare_meanings(first: Meaning, second: Meaning, calibration: Calibration) -> Likeness:
    """Hold two texts against each other; symmetric."""
    reason = _not_comparable(first, second, calibration)
    if reason:
        return Likeness(False, 0.0, 0.0, 0.0, 0.0, 0, (reason, *_left_out(first, second)))
    shorter, longer = sorted((first, second), key=_order)
    units = np.array([one.units for one in shorter.directions], np.float64)
    thresholds = np.array([calibration.thresholds[one.script] for one in shorter.directions])
    alike = align(_similarities(shorter, longer))
    aligned = float(units[alike >= thresholds].sum() / units.sum())
    similarity = float((alike * units).sum() / units.sum())
    excess = float(((alike - thresholds) * units).sum() / units.sum())
    # One agreeing passage may be a common phrase; ten are none.
    weight = float(min(units.sum() / calibration.full_units, 1.0))
    steps = calibration.intercept + calibration.slope * excess + calibration.length_slope * weight
    confidence = 1 / (1 + exp(-max(min(steps, 50.0), -50.0)))
    ratio = sum(one.units for one in longer.directions) / units.sum()
    verdict = aligned >= ALIGNED_SHARE and ratio <= LARGEST_RATIO and confidence >= calibration.sure
    found = (
        f"{aligned:.2f} of the shorter text's {int(units.sum())} words (or pairs of Chinese "
        f"characters) have their like in the other by {first.model}, mean likeness "
        f"{similarity:.3f}; "
    )
    if calibration.fitted:
        confidence = min(confidence, LARGEST_CONFIDENCE)
        found += (
            f"a paraphrase from {ALIGNED_SHARE} and a confidence of {calibration.sure} on, here "
            f"{confidence:.4f}"
        )
    else:
        verdict, confidence = False, 0.0
        found += "how sure that makes a paraphrase is not known of this model: nothing is claimed"
    evidence = (found, *_left_out(first, second))
    return Likeness(verdict, confidence, aligned, similarity, excess, int(units.sum()), evidence)


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage of one text that is like a passage of another; places count from 0."""

    place: int
    other_place: int
    likeness: float


def alike_passages(first: Meaning, second: Meaning, calibration: Calibration) -> list[Pair]:
    """Which passages make two comparable texts alike, in the order of the first text."""
    shorter, longer = sorted((first, second), key=_order)
    similarities = _similarities(shorter, longer)
    found = [
        Pair(row, column, float(similarities[row, column]))
        for row, column in _assign(similarities).items()
        if similarities[row, column] >= calibration.thresholds[shorter.directions[row].script]
    ]
    if shorter is not first:
        found = [Pair(one.other_place, one.place, one.likeness) for one in found]
    return sorted(found, key=lambda one: (one.place, one.other_place))


def covered_passages(text: str, calibration: Calibration) -> list[Passage]:
    """The passages of a text that have directions in its meaning, in the same order."""
    return [one for one in passages(text).passages if one.script in calibration.means]


def align(similarities: Floats) -> NDArray[np.float64]:
    """For each row the similarity of the column given to it: greedily, the likest pairs first."""
    given = np.full(len(similarities), -1.0)
    for row, column in _assign(similarities).items():
        given[row] = similarities[row, column]
    return given


def search_vectors(meaning: Meaning, space: str) -> dict[str, list[bytes]]:
    """The signs of each passage's direction, for a binary space; none for another model's."""
    vectors = [np.packbits(_direction(one) > 0).tobytes() for one in meaning.directions]
    return {space: vectors}


def _assign(similarities: Floats) -> dict[int, int]:
    """The column given to each row, as long as there are any."""
    rows, columns = similarities.shape
    given: dict[int, int] = {}
    uses = np.zeros(columns, np.int64)
    for place in np.argsort(-similarities, axis=None, kind="stable"):
        row, column = divmod(int(place), columns)
        if row not in given and uses[column] < USES:
            given[row] = column
            uses[column] += 1
            if len(given) == rows:
                break
    return given


def _not_comparable(first: Meaning, second: Meaning, calibration: Calibration) -> str:
    models = {first.model, second.model, calibration.model}
    if len(models) > 1:
        names = ", ".join(sorted(models))
        return f"not compared for paraphrase: the models differ ({names})"
    both = (*first.directions, *second.directions)
    scripts = {one.script for one in first.directions} & {one.script for one in second.directions}
    if not scripts:
        return "not compared for paraphrase: no passages in one script that a model covers"
    if unknown := {one.script for one in both} - calibration.thresholds.keys():
        names = ", ".join(sorted(unknown))
        return f"not compared for paraphrase: {calibration.model} is not calibrated for {names}"
    if len({len(one.values) for one in both}) != 1:
        return "not compared for paraphrase: the vectors have different sizes"
    return ""


def _left_out(first: Meaning, second: Meaning) -> tuple[str, ...]:
    scripts = sorted({*first.uncovered, *second.uncovered})
    left = [f"passages in {script} were not compared for paraphrase" for script in scripts]
    if not (first.whole and second.whole):
        left.append("of a long text its beginning was compared for paraphrase")
    return tuple(left)


def _order(meaning: Meaning) -> tuple[int, bytes]:
    return sum(one.units for one in meaning.directions), b"".join(
        one.values for one in meaning.directions
    )


def _similarities(first: Meaning, second: Meaning) -> Floats:
    rows, columns = (
        _units(np.stack([_direction(one) for one in each.directions])) for each in (first, second)
    )
    similarities: Floats = rows @ columns.T
    same = np.array([[a.script == b.script for b in second.directions] for a in first.directions])
    return np.where(same, similarities, np.float32(-1))


def _direction(direction: Direction) -> Floats:
    return np.frombuffer(direction.values, np.int8).astype(np.float32)


def _pack(vector: Floats) -> bytes:
    largest = float(np.abs(vector).max()) or 1.0
    values: NDArray[np.int8] = np.rint(vector / largest * _LARGEST).astype(np.int8)
    return values.tobytes()


def _fold(vector: Floats) -> Floats:
    """Longer vectors summed into shorter ones with fixed signs: a sparse random projection."""
    if len(vector) <= DIMENSIONS_LIMIT:
        return vector
    signs = np.random.default_rng(len(vector)).choice([-1, 1], len(vector)).astype(np.float32)
    padded = np.zeros(-(-len(vector) // DIMENSIONS_LIMIT) * DIMENSIONS_LIMIT, np.float32)
    padded[: len(vector)] = vector * signs
    folded: Floats = padded.reshape(-1, DIMENSIONS_LIMIT).sum(axis=0)
    return folded


def _units(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    units: Floats = vectors / np.maximum(lengths, 1e-9)
    return units
