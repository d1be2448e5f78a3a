"""Ways in which a copy gets altered, each a function of a text, a random source and spare words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

Change = Callable[[str, Random, Sequence[str]], str]
_PIECE = re.compile("[\u3400-\u9fff]{1,2}|[^\\s\u3400-\u9fff]+|\\s+")
_SENTENCE = re.compile("[^.!?。！？]+[.!?。！？]*\\s*")
_LOOKALIKE = str.maketrans("aceopxy", "асеорху")


def pieces(text: str) -> list[str]:
    """Words, pairs of Chinese characters, and the white space between; joined they are the text."""
    return _PIECE.findall(text)


def cosmetic(text: str, random: Random, _spare: Sequence[str]) -> str:
    """Other capitals, punctuation, spacing, look-alike letters and invisible characters."""
    upper = "".join(char.upper() if random.random() < 0.3 else char for char in text)
    dressed = upper.translate(_LOOKALIKE).replace(". ", " — ").replace("，", ",  ")
    return "".join(char + ("\u200b" if random.random() < 0.1 else "") for char in dressed)


def replace_two(text: str, random: Random, spare: Sequence[str]) -> str:
    """Two words become others."""
    return _replace(text, 2, random, spare)


def replace(share: float) -> Change:
    """A share of the words becomes others."""
    return lambda text, random, spare: _replace(
        text, max(1, round(share * len(_words(pieces(text))))), random, spare
    )


def delete(share: float) -> Change:
    """A share of the words goes."""

    def change(text: str, random: Random, _spare: Sequence[str]) -> str:
        parts = pieces(text)
        words = _words(parts)
        for index in random.sample(words, round(share * len(words))):
            parts[index] = ""
        return "".join(parts)

    return change


def insert(share: float) -> Change:
    """New words come between the others, as many as the share says."""

    def change(text: str, random: Random, spare: Sequence[str]) -> str:
        parts = pieces(text)
        words = _words(parts)
        for index in random.sample(words, round(share * len(words))):
            parts[index] = f"{random.choice(spare)} {parts[index]}"
        return "".join(parts)

    return change


def reorder(text: str, random: Random, _spare: Sequence[str]) -> str:
    """The sentences in another order."""
    sentences = [part.strip() for part in _SENTENCE.findall(text)]
    random.shuffle(sentences)
    return " ".join(sentences)


def truncate(share: float) -> Change:
    """Only the first part of the text."""
    return lambda text, _random, _spare: text[: round(share * len(text))]


def embed(times: int) -> Change:
    """The text stands in a foreign one that is `times` as long."""

    def change(text: str, random: Random, spare: Sequence[str]) -> str:
        foreign = [random.choice(spare) for _ in range(times * len(_words(pieces(text))))]
        cut = random.randrange(len(foreign) + 1)
        return " ".join([*foreign[:cut], text, *foreign[cut:]])

    return change


def _replace(text: str, count: int, random: Random, spare: Sequence[str]) -> str:
    parts = pieces(text)
    words = _words(parts)
    for index in random.sample(words, min(count, len(words))):
        others = (random.choice(spare) for _ in range(100))
        parts[index] = next(word for word in others if word != parts[index])
    return "".join(parts)


def _words(parts: Sequence[str]) -> list[int]:
    return [index for index, part in enumerate(parts) if part.strip()]


CHANGES: dict[str, Change] = {
    "cosmetic": cosmetic,
    "2 words replaced": replace_two,
    "10 % replaced": replace(0.1),
    "20 % replaced": replace(0.2),
    "30 % replaced": replace(0.3),
    "40 % replaced": replace(0.4),
    "50 % replaced": replace(0.5),
    "20 % deleted": delete(0.2),
    "40 % deleted": delete(0.4),
    "30 % inserted": insert(0.3),
    "60 % inserted": insert(0.6),
    "sentences reordered": reorder,
    "first half": truncate(0.5),
    "first quarter": truncate(0.25),
    "inside 2 x as much": embed(2),
    "inside 5 x as much": embed(5),
}
