"""Numbers in figures and in words.

>>> number_at(tokens("one and a half million"), 0)
(Decimal('1500000.0'), 5)
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assay.authoring.english.lexing.tokens import Token, tokens

__all__ = ["ORDINALS", "number_at", "ordinal_at", "tokens"]

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
_TEENS = "fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: value for value, word in enumerate(f"{_ONES} {_TEENS}".split())}
TENS = {word: 10 * value for value, word in enumerate(_TENS.split(), start=2)}
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_BEHIND_FIGURES = {"hundred": 100, "grand": 1000, "lakh": 10**5, "crore": 10**7}
SUFFIXES = {"k": 10**3, "m": 10**6, "mm": 10**6, "mn": 10**6, "mio": 10**6, "bn": 10**9, "b": 10**9}
_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINALS = {word: value for value, word in enumerate(_ORDINAL_WORDS.split(), start=1)}
ORDINALS |= {"thirtieth": 30, "last": -1, "final": -1}
ORDINALS |= {
    f"{tens}-{word}": TENS[tens] + value
    for tens in TENS
    for word, value in list(ORDINALS.items())
    if 0 < value < 10
}


def _figures(found: Sequence[Token], index: int) -> tuple[Decimal, int] | None:
    """Digits with what multiplies them: "1.5m", "10 million", "5k"."""
    token = found[index]
    if token.kind != "number":
        return None
    value = Decimal(token.text.replace(",", ""))
    index += 1
    if index < len(found):
        follower = found[index]
        if follower.lower in SCALES or follower.lower in _BEHIND_FIGURES:
            scale = SCALES.get(follower.lower) or _BEHIND_FIGURES[follower.lower]
            return value * scale, index + 1
        beside = follower.start == token.end
        unit = SUFFIXES.get(follower.lower) if beside else None
        if unit is not None:
            return value * unit, index + 1
    return value, index


def _parts(token: Token) -> list[str]:
    return token.lower.split("-")


def _is_number_word(word: str) -> bool:
    return word in SMALL or word in TENS or word in SCALES or word == "hundred"


def _words(found: Sequence[Token], index: int) -> tuple[Decimal, int] | None:
    total, group, seen, position = 0, 0, False, index
    while position < len(found):
        parts = _parts(found[position])
        if all(_is_number_word(part) for part in parts):
            for part in parts:
                if part in SCALES:
                    total, group = total + max(group, 1) * SCALES[part], 0
                elif part == "hundred":
                    group = max(group, 1) * 100
                else:
                    group += SMALL.get(part, TENS.get(part, 0))
            seen, position = True, position + 1
        elif (
            seen
            and parts == ["and"]
            and position + 1 < len(found)
            and (group % 100 == 0)
            and (total + group) >= 100
            and all(part in SMALL or part in TENS for part in _parts(found[position + 1]))
        ):
            position += 1
        else:
            break
    return (Decimal(total + group), position) if seen else None


def _lower(found: Sequence[Token], index: int, count: int) -> list[str]:
    return [token.lower for token in found[index : index + count]]


def number_at(found: Sequence[Token], index: int) -> tuple[Decimal, int] | None:
    """The number that begins at a token, and the index after it; None where there is none."""
    if index >= len(found):
        return None
    if _lower(found, index, 2) in (["a", "hundred"], ["a", "thousand"], ["a", "million"]):
        return number_at(found, index + 1)
    if _lower(found, index, 2) == ["a", "dozen"]:
        return Decimal(12), index + 2
    if _lower(found, index, 1) == ["dozen"]:
        return Decimal(12), index + 1
    if _lower(found, index, 3)[:2] == ["half", "a"] and _lower(found, index + 2, 1)[:1] != []:
        scale = SCALES.get(found[index + 2].lower)
        if scale is not None:
            return Decimal(scale) / 2, index + 3
    base = _figures(found, index) or _words(found, index)
    if base is None:
        return None
    value, after = base
    if _lower(found, after, 3) == ["and", "a", "half"]:
        value, after = value + Decimal("0.5"), after + 3
        scale = SCALES.get(_lower(found, after, 1)[0]) if after < len(found) else None
        if scale is not None:
            value, after = value * scale, after + 1
    return value, after


def ordinal_at(found: Sequence[Token], index: int) -> tuple[int, int] | None:
    """The ordinal at a token, -1 for "last", and the index after it."""
    if index >= len(found):
        return None
    token = found[index]
    if token.kind == "ordinal":
        return int(token.text[:-2]), index + 1
    if token.lower in ORDINALS:
        return ORDINALS[token.lower], index + 1
    return None
