"""Passages: the pieces of a text that are compared by their meaning.

A text is cut at the ends of its sentences; short sentences are joined with the next, long ones cut.
Each passage is cleaned of what only hides it from a comparison: invisible characters, look-alike
letters, styled forms. The first `PASSAGE_LIMIT` passages stand for a longer text: both copies of
one begin alike, and the work stays bounded whatever a text's length.

>>> cut = passages("The f\\u200birst point is quite clear. It was made by m\\u0430ny before us.")
>>> [passage.text for passage in cut.passages], cut.passages[0].script
(['the first point is quite clear. it was made by many before us.'], 'latin')
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from assay.content.texts.normalisation import fold_character

PASSAGE_LIMIT = 64
"""So many passages of a text are compared, from its beginning."""

TARGET_UNITS = 20
"""A passage has at least so many words or pairs of Chinese characters, if its text has, ..."""

LARGEST_UNITS = 60
"""... and at most about so many."""

MINIMUM_UNITS = 8
"""A text with fewer has too little meaning to be compared by it."""

_PASSAGE_CHARACTERS = 1000
_LETTERS_READ = 2000 * PASSAGE_LIMIT
_ENDS = re.compile(r"(?<=[.!?])\s+|(?<=[。！？；])|\n\s*\n|(?<=;)\s+")
_PAUSES = re.compile(r"(?<=[,:])\s+|(?<=[，：、])|\s+")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KEPT = frozenset(".,;:!?。，；：！？、\n")
_PLAIN = str.maketrans("。，；：！？、｡､", ".,;:!?,.,")


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of a text.

    Attributes:
        text: as it is embedded.
        script: "latin", "han", or the lower-case name of another script as Unicode has it.
        units: words, or pairs of Chinese characters.
    """

    text: str
    script: str
    units: int


@dataclass(frozen=True, slots=True)
class Cut:
    """The passages of a text; `whole` is False where it has more than were taken."""

    passages: tuple[Passage, ...]
    whole: bool


def passages(text: str) -> Cut:
    """Cut a text of any length; linear in the part that is read."""
    read = text[:_LETTERS_READ]
    sentences = (_plain(sentence) for sentence in _ENDS.split(_visible(read)))
    pieces = [piece for sentence in sentences for piece in _bounded(sentence)]
    joined: list[str] = []
    for piece in pieces:
        if not units_of(piece):
            continue
        if joined and _joins(joined[-1], piece):
            joined[-1] = f"{joined[-1]} {piece}"
        else:
            joined.append(piece)
    if len(joined) > 1 and units_of(joined[-1]) < MINIMUM_UNITS:
        rest = joined.pop()
        joined[-1] = f"{joined[-1]} {rest}"
    shortened = [one[:_PASSAGE_CHARACTERS] for one in joined[:PASSAGE_LIMIT]]
    taken = [Passage(one, script_of(one), units_of(one)) for one in shortened]
    whole = len(read) == len(text) and len(joined) <= PASSAGE_LIMIT
    return Cut(tuple(one for one in taken if one.units >= MINIMUM_UNITS), whole)


def units_of(text: str) -> int:
    """Words, each two Chinese characters counting as one."""
    han = len(_HAN.findall(text))
    others = sum(any(map(str.isalnum, word)) for word in _HAN.sub(" ", text).split())
    return others + han // 2


def script_of(text: str) -> str:
    """The script that most of a text is in; Japanese by its kana, a quarter of Han by its Han."""
    counts: dict[str, int] = {}
    for char in text:
        if char.isalpha():
            name = _script(char)
            counts[name] = counts.get(name, 0) + 1
    letters = sum(counts.values())
    if not letters:
        return "none"
    kana = counts.get("hiragana", 0) + counts.get("katakana", 0)
    if kana * 10 > letters:
        return "japanese"
    if counts.get("cjk", 0) * 4 > letters:  # a Chinese word of two letters is one of six in English
        return "han"
    largest = max(counts, key=lambda name: counts[name])
    return "latin" if largest == "cjk" else largest


def _script(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)[0]
    return unicodedata.name(plain, "unknown").split(" ", 1)[0].split("-", 1)[0].lower()


def _visible(text: str) -> str:
    """Without what cannot be seen; the marks that end sentences and clauses stay."""
    table = {
        ord(char): fold_character(char)
        for char in set(text)
        if char not in _KEPT and not char.isalpha()
    }
    return text.translate(table)


def _plain(sentence: str) -> str:
    """In plain small letters; look-alikes become Latin ones where most letters are Latin or Han.

    A sentence that is all in another script is left in it, to be told by it.
    """
    if script_of(sentence) not in {"latin", "han"}:
        return sentence.lower()
    return sentence.translate({ord(char): fold_character(char) for char in set(sentence) - _KEPT})


def _bounded(sentence: str) -> list[str]:
    """A sentence in pieces that are not too long, cut at its pauses or, without any, anywhere."""
    plain = " ".join(sentence.translate(_PLAIN).split())
    if units_of(plain) <= LARGEST_UNITS:
        return [plain]
    pieces, current = [], ""
    for part in _PAUSES.split(" ".join(sentence.split())):
        for start in range(0, max(len(part), 1), 2 * LARGEST_UNITS):
            piece = part[start : start + 2 * LARGEST_UNITS].translate(_PLAIN)
            grown = f"{current} {piece}".strip()
            if current and units_of(grown) > LARGEST_UNITS // 2:
                pieces.append(current)
                current = piece
            else:
                current = grown
    return [*pieces, current]


def _joins(first: str, second: str) -> bool:
    before, after = units_of(first), units_of(second)
    if before >= TARGET_UNITS or before + after > LARGEST_UNITS:
        return False
    return script_of(first) == script_of(second)
