"""Paraphrases against unrelated texts: ours, MinHash, and one vector of the whole text.

All texts are split in two by their works: on the first half thresholds are set and our confidence
is fitted (`--calibrate`), on the second everything is reported. Every measure is allowed the same:
1 false in 100 000 pairs of unrelated texts on the half that sets thresholds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import combinations
from pathlib import Path
from random import Random

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray
from rich.progress import track

from assay.content.texts.calibration import Calibration
from assay.content.texts.fingerprint import compare, fingerprint_text
from assay.content.texts.meaning import Meaning
from assay.content.texts.normalisation import normalise
from assay.content.texts.paraphrase import compare_meanings, meaning_of
from assay.content.texts.passages import passages
from assay.content.texts.ports import TextEmbedder
from assay.content.texts.shingles import shingles
from text import corpus, rewordings
from text.corpus import Text
from text.measures import Quotations

FALSE_RATE = 1e-5
SCRIPTS = {"en": "latin", "zh": "han"}
PASSAGE_QUANTILE = 0.99
FULL_UNITS = 120.0
LARGEST_ANSWERS = 60
Scores = dict[str, NDArray[np.float64]]


class RememberingEmbedder:
    """An embedder that keeps what it was asked in a file, for the next run."""

    def __init__(self, inner: TextEmbedder, path: Path) -> None:
        self._inner = inner
        self._path = path
        self.name = inner.name
        self.dimensions = inner.dimensions
        self._known: dict[str, NDArray[np.float32]] = {}
        if path.exists():
            with np.load(path) as stored:
                self._known = dict(zip(stored["names"], stored["vectors"], strict=True))

    def embed(self, asked: Sequence[str]) -> list[NDArray[np.float32]]:
        names = [blake2b(one.encode(), digest_size=16).hexdigest() for one in asked]
        new = {name: one for name, one in zip(names, asked, strict=True) if name not in self._known}
        if new:
            vectors = np.asarray(self._inner.embed(list(new.values())), np.float32)
            self._known |= dict(zip(new, vectors, strict=True))
        return [self._known[name] for name in names]

    def save(self) -> None:
        names, vectors = list(self._known), np.stack(list(self._known.values()))
        np.savez(self._path, names=np.array(names), vectors=vectors)


@dataclass(frozen=True)
class Half:
    """Texts of one language, and pairs of them by their places.

    Attributes:
        same: that say the same.
        free: that do not, those of `topic` among them.
        topic: answers to one prompt: on one topic, and no copies.
    """

    texts: list[Text]
    same: list[tuple[int, int]]
    free: list[tuple[int, int]]
    topic: frozenset[tuple[int, int]]


def halves(language: str, cache: Path, modules: Path, counts: tuple[int, int]) -> list[Half]:
    """The half that sets thresholds, and the half that is reported."""
    random = Random(2026)
    load = rewordings.english if language == "en" else rewordings.chinese
    worded = load(cache)
    random.shuffle(worded)
    single = corpus.english(modules) if language == "en" else corpus.chinese(cache)
    random.shuffle(single)
    answers = corpus.answers() if language == "en" else []
    found = []
    for side in (0, 1):
        pairs = [one for one in worded if _side(one.source) == side][: counts[0]]
        texts = [Text(one.source, body) for one in pairs for body in (one.first, one.second)]
        same = [(place, place + 1) for place in range(0, len(texts), 2)]
        texts += [one for one in single if _side(one.source) == side][: counts[1]]
        first_answer = len(texts)
        texts += [one for one in answers if _side(one.source) == side][:LARGEST_ANSWERS]
        quotations = Quotations(texts)
        topic = frozenset(
            (a, b)
            for a, b in combinations(range(first_answer, len(texts)), 2)
            if texts[a].source == texts[b].source
        )
        free = [
            pair
            for pair in combinations(range(len(texts)), 2)
            if pair in topic or not _related(quotations, pair, len(same))
        ]
        found.append(Half(texts, same, free, topic))
    return found


def _related(quotations: Quotations, pair: tuple[int, int], worded: int) -> bool:
    """One quotes the other, in any of the two wordings that each may have."""
    sides = [(one, one ^ 1) if one < 2 * worded else (one,) for one in pair]
    return any(quotations.related(a, b) for a in sides[0] for b in sides[1])


def _side(source: str) -> int:
    return blake2b(source.encode(), digest_size=1).digest()[0] % 2


def fit(embedder: TextEmbedder, by_language: dict[str, Half]) -> Calibration:
    """Means, thresholds and confidence from the halves that set them."""
    means, thresholds = {}, {}
    for language, half in by_language.items():
        script, worded = SCRIPTS[language], 2 * len(half.same)
        cut = [passages(one.body).passages for one in half.texts]
        single = [one.text for each in cut[worded:] for one in each if one.script == script]
        units = _units(np.asarray(embedder.embed(single), np.float32))
        means[script] = units.mean(axis=0)
        owner, texts = zip(
            *((number, one.text) for number, each in enumerate(cut) for one in each), strict=True
        )
        centred = _units(_units(np.asarray(embedder.embed(texts), np.float32)) - means[script])
        alike = centred @ centred.T
        free = np.zeros((len(cut), len(cut)), bool)
        for a, b in half.free:
            free[a, b] = True
        owners = np.array(owner)
        between = alike[free[owners[:, None], owners[None, :]]]
        thresholds[script] = float(np.quantile(between, PASSAGE_QUANTILE))
    calibration = Calibration(embedder.name, means, thresholds, 0.0, 1.0, 0.0, FULL_UNITS, sure=0.5)
    rows, said = [], []
    unrelated: list[tuple[float, float]] = []
    for half in by_language.values():
        meanings = [meaning_of(one.body, embedder, calibration) for one in half.texts]
        positive = [_features(meanings, pair, calibration) for pair in half.same]
        negative = [(pair, _features(meanings, pair, calibration)) for pair in half.free]
        nearest: dict[int, tuple[float, float]] = {}
        for pair, features in negative:
            for one in pair:
                if one not in nearest or nearest[one] < features:
                    nearest[one] = features
        rows += positive + list(nearest.values())
        said += [1.0] * len(positive) + [0.0] * len(nearest)
        unrelated += [features for _, features in negative]
    weights = np.where(np.array(said) > 0, 1 / np.sum(said), 1 / (len(said) - np.sum(said)))
    intercept, slope, length = _logistic(np.array(rows), np.array(said), weights * len(said) / 2)
    odds = np.sort([intercept + slope * a + length * b for a, b in unrelated])[::-1]
    limit = odds[int(FALSE_RATE * len(odds))] + 1e-6
    sure = max(0.9, 1 / (1 + np.exp(-limit)))
    return replace(
        calibration,
        intercept=intercept,
        slope=slope,
        length_slope=length,
        sure=float(np.ceil(sure * 1e4) / 1e4),
    )


def _features(
    meanings: Sequence[Meaning], pair: tuple[int, int], calibration: Calibration
) -> tuple[float, float]:
    """Excess over the threshold and length."""
    likeness = compare_meanings(meanings[pair[0]], meanings[pair[1]], calibration)
    return likeness.excess, min(likeness.compared_units / FULL_UNITS, 1.0)


def _logistic(
    rows: NDArray[np.float64], said: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[float, float, float]:
    """Logistic regression by Newton's method, with a slight ridge."""
    design = np.column_stack([np.ones(len(rows)), rows])
    fitted = np.zeros(3)
    ridge = np.diag([1e-3, 1e-3, 1e-3])
    for _ in range(100):
        chance = 1 / (1 + np.exp(-np.clip(design @ fitted, -50, 50)))
        slope = design.T @ (weights * (said - chance)) - ridge @ fitted
        bend = (design * (weights * chance * (1 - chance))[:, None]).T @ design + ridge
        step = np.linalg.solve(bend, slope)
        fitted += step
        if np.abs(step).max() < 1e-9:
            break
    return float(fitted[0]), float(fitted[1]), float(fitted[2])


def report(
    embedder: TextEmbedder, calibration: Calibration, setting: Half, held_out: Half
) -> dict[str, float]:
    """Recall, precision and false pairs of each measure on the half that set nothing."""
    figures: dict[str, float] = {}
    meanings = [meaning_of(one.body, embedder, calibration) for one in held_out.texts]
    ours = {
        pair: compare_meanings(meanings[pair[0]], meanings[pair[1]], calibration)
        for pair in track(held_out.same + held_out.free, "held-out pairs", transient=True)
    }
    figures |= _verdicts("ours", held_out, lambda pair: ours[pair].is_paraphrase)
    prints = [fingerprint_text(one.body) for one in held_out.texts]
    figures |= _verdicts(
        "near_copy", held_out, lambda pair: compare(prints[pair[0]], prints[pair[1]]).is_copy
    )
    figures |= _verdicts(
        "together",
        held_out,
        lambda pair: ours[pair].is_paraphrase or compare(prints[pair[0]], prints[pair[1]]).is_copy,
    )
    for name, describe, score in (
        ("minhash", _minhash, lambda a, b: a.jaccard(b)),
        ("embedding", lambda one: _whole(one, embedder), lambda a, b: float(a @ b)),
    ):
        known = [describe(one.body) for one in setting.texts]
        unrelated = sorted((score(known[a], known[b]) for a, b in setting.free), reverse=True)
        threshold = unrelated[int(FALSE_RATE * len(unrelated))] + 1e-9
        asked = [describe(one.body) for one in held_out.texts]
        figures |= _verdicts(
            name,
            held_out,
            lambda pair, a=asked, s=score, t=threshold: s(a[pair[0]], a[pair[1]]) >= t,
        )
        figures[f"threshold_{name}"] = threshold
    return figures | _calibration_error(held_out, {pair: ours[pair].confidence for pair in ours})


def _verdicts(name: str, half: Half, says: Callable[[tuple[int, int]], bool]) -> dict[str, float]:
    found = sum(says(pair) for pair in half.same)
    wrong = [pair for pair in half.free if says(pair)]
    on_topic = sum(pair in half.topic for pair in wrong)
    return {
        f"recall_{name}": found / len(half.same),
        f"precision_{name}": found / (found + len(wrong)) if found or wrong else 1.0,
        f"false_{name}": len(wrong) - on_topic,
        f"false_same_prompt_{name}": on_topic,
        "pairs_same": len(half.same),
        "pairs_unrelated": len(half.free) - len(half.topic),
        "pairs_same_prompt": len(half.topic),
    }


def _calibration_error(half: Half, confidence: dict[tuple[int, int], float]) -> dict[str, float]:
    """Of paraphrases and each text's likest unrelated one, weighing both alike: expected error."""
    nearest: dict[int, float] = {}
    for pair in half.free:
        for one in pair:
            nearest[one] = max(nearest.get(one, 0.0), confidence[pair])
    stated = np.array([confidence[pair] for pair in half.same] + list(nearest.values()))
    true = np.array([1.0] * len(half.same) + [0.0] * len(nearest))
    weights = np.where(true > 0, 0.5 / len(half.same), 0.5 / len(nearest))
    error = 0.0
    for low in np.arange(0, 1, 0.1):
        inside = (stated >= low) & ((stated < low + 0.1) | (low + 0.1 >= 1))
        if inside.any():
            share = np.average(true[inside], weights=weights[inside])
            mean = np.average(stated[inside], weights=weights[inside])
            error += weights[inside].sum() * abs(share - mean)
    return {"calibration_error": float(error)}


def _minhash(text: str) -> MinHash:
    sketch = MinHash(num_perm=128)
    sketch.update_batch([one.encode() for one in shingles(normalise(text))])
    return sketch


def _whole(text: str, embedder: TextEmbedder) -> NDArray[np.float32]:
    """One vector for the whole text, as one makes it at first: the mean of its passages'."""
    cut = passages(text).passages
    vectors = embedder.embed([one.text for one in cut] or [text[:600]])
    unit: NDArray[np.float32] = _units(np.asarray(vectors, np.float32).mean(axis=0)[None])[0]
    return unit


def _units(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    units: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return units


def measure(
    embedder: TextEmbedder, cache: Path, modules: Path, counts: tuple[int, int], target: Path | None
) -> dict[str, float]:
    """All figures; with `target` the calibration is fitted anew and written there first."""
    from assay.content.texts.calibration import load_calibration  # noqa: PLC0415

    remembering = RememberingEmbedder(embedder, cache / "embeddings.npz")
    split = {one: halves(one, cache, modules, counts) for one in SCRIPTS}
    for half in (half for each in split.values() for half in each):
        for number, one in enumerate(track(half.texts, "embedding", transient=True)):
            _whole(one.body, remembering)
            if number % 50 == 0:
                remembering.save()
    remembering.save()
    if target is not None:
        fitted = fit(remembering, {one: each[0] for one, each in split.items()})
        known = json.loads(target.read_text("utf-8")) if target.exists() else {}
        known[embedder.name] = fitted.as_json()
        target.write_text(json.dumps(known, indent=1) + "\n", "utf-8")
        load_calibration.cache_clear()
    calibration = load_calibration(embedder.name)
    assert calibration is not None, "fit one first: --calibrate"
    figures: dict[str, float] = {"sure": calibration.sure}
    for one, (setting, held_out) in split.items():
        found = report(remembering, calibration, setting, held_out)
        figures |= {f"paraphrase_{one}_{name}": value for name, value in found.items()}
    return figures
