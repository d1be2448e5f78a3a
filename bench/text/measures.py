"""Three measures of likeness side by side: ours, Jaccard on plain words, and difflib's ratio."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import heappush, heappushpop
from itertools import combinations
from random import Random
from typing import Any

from assay.content.texts.fingerprint import TextFingerprint, compare, fingerprint_text
from assay.content.texts.normalisation import normalise
from assay.content.texts.shingles import words
from text.corpus import Text

_TAIL = 2000
_LOWEST = 0.05
_WORD = re.compile("[\u3400-\u9fff]|[^\\s\u3400-\u9fff]+")
_HAN = re.compile("[\u3400-\u9fff]")
_QUOTED_WORDS = 8


def plain_words(text: str) -> frozenset[str]:
    """The words as they stand, and single Chinese characters: what one writes at first."""
    return frozenset(_WORD.findall(text))


def word_jaccard(first: frozenset[str], second: frozenset[str]) -> float:
    """Jaccard similarity of the plain words."""
    return len(first & second) / len(first | second)


def difflib_ratio(first: str, second: str) -> float:
    """difflib's ratio over words; exact and slow."""
    return SequenceMatcher(
        None, _WORD.findall(first), _WORD.findall(second), autojunk=False
    ).ratio()


class Quotations:
    """Pairs in which one text quotes the other are no negatives, whatever a measure says.

    A quotation is a run of 8 words (English) or 16 character pairs (Chinese) that both have.
    """

    def __init__(self, texts: Sequence[Text]) -> None:
        self._texts = texts
        self._runs: dict[int, set[tuple[str, ...]]] = {}

    def related(self, first: int, second: int) -> bool:
        """One quotes the other, or they are parts of one work."""
        if self._texts[first].source == self._texts[second].source:
            return True
        return not self._of(first).isdisjoint(self._of(second))

    def _of(self, index: int) -> set[tuple[str, ...]]:
        if index not in self._runs:
            body = self._texts[index].body
            size = _QUOTED_WORDS * (2 if len(_HAN.findall(body)) > len(body) / 2 else 1)
            parts = list(words(normalise(body)))
            self._runs[index] = {
                tuple(parts[start : start + size]) for start in range(len(parts) - size + 1)
            }
        return self._runs[index]


@dataclass(frozen=True)
class Negatives:
    """The upper tail of a measure over unrelated pairs: scores, highest first, and pairs seen."""

    scores: tuple[float, ...]
    pairs: int

    def at_or_above(self, threshold: float) -> int:
        """How many unrelated pairs score so high."""
        return sum(score >= threshold for score in self.scores)

    def threshold(self, false_rate: float) -> float:
        """The lowest threshold above all but `false_rate` of the pairs."""
        allowed = int(false_rate * self.pairs)
        return self.scores[allowed] + 1e-9 if allowed < len(self.scores) else 0.0


def all_pairs(
    items: Sequence[Any], score: Callable[[Any, Any], float], quotations: Quotations
) -> Negatives:
    """Score every pair of unrelated texts."""
    highest: list[float] = []
    related = 0
    for first, second in combinations(range(len(items)), 2):
        value = score(items[first], items[second])
        if len(highest) == _TAIL and value <= highest[0]:
            continue
        if quotations.related(first, second):
            related += 1
        elif len(highest) < _TAIL:
            heappush(highest, value)
        else:
            heappushpop(highest, value)
    return Negatives(tuple(sorted(highest, reverse=True)), _pairs(items) - related)


def sketched_pairs(
    fingerprints: Sequence[TextFingerprint], quotations: Quotations
) -> tuple[Negatives, int]:
    """The same for our similarity, and how many unrelated pairs our verdict takes for copies."""
    holders: dict[int, list[int]] = {}
    for index, fingerprint in enumerate(fingerprints):
        for value in fingerprint.sketch.hashes:
            holders.setdefault(value, []).append(index)
    shared = Counter(pair for held in holders.values() for pair in combinations(held, 2))
    highest: list[float] = []
    related = copies = 0
    for (first, second), count in shared.items():
        if count == 1:
            continue
        comparison = compare(fingerprints[first], fingerprints[second])
        if comparison.similarity < _LOWEST and not comparison.is_copy:
            continue
        if quotations.related(first, second):
            related += 1
            continue
        highest.append(comparison.similarity)
        copies += comparison.is_copy
    scores = tuple(sorted(highest, reverse=True))
    return Negatives(scores, _pairs(fingerprints) - related), copies


def sampled_pairs(
    texts: Sequence[Text], count: int, quotations: Quotations, random: Random
) -> Negatives:
    """difflib on some pairs only: all would take hours."""
    scores = []
    while len(scores) < count:
        first, second = random.sample(range(len(texts)), 2)
        if not quotations.related(first, second):
            scores.append(difflib_ratio(texts[first].body, texts[second].body))
    return Negatives(tuple(sorted(scores, reverse=True)), count)


def _pairs(items: Sequence[Any]) -> int:
    return len(items) * (len(items) - 1) // 2


__all__ = [
    "Negatives",
    "Quotations",
    "all_pairs",
    "difflib_ratio",
    "fingerprint_text",
    "plain_words",
    "sampled_pairs",
    "sketched_pairs",
    "word_jaccard",
]
