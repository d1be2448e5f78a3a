"""How much two requests say the same, by their runs of three characters.

>>> similarity("Hosting for the web shop", "hosting, for the webshop") > 0.8
True
"""

from __future__ import annotations

import re
import unicodedata

_MONTHS = (
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
    r"|[一二三四五六七八九十]{1,3}月|[第]?[一二三四]季度|上半年|下半年"
)
_MARKS = re.compile(rf"{_MONTHS}|\bq[1-4]\b|\w*\d[\w/.-]*")
LENGTH = 3


def similarity(left: str, right: str) -> float:
    """The share of common runs in all runs of both (Jaccard), numbers and months apart."""
    first, second = _runs(left), _runs(right)
    return len(first & second) / len(first | second) if first | second else 0.0


def marks(words: str) -> frozenset[str]:
    """What tells one of a series from the next: numbers, dates, months, quarters."""
    return frozenset(match.group().strip(".-/") for match in _MARKS.finditer(_folded(words)))


def _folded(words: str) -> str:
    return unicodedata.normalize("NFKC", words).casefold()


def _runs(words: str) -> frozenset[str]:
    plain = "".join(one for one in _MARKS.sub("", _folded(words)) if one.isalnum())
    length = LENGTH if plain.isascii() else 2
    return frozenset(plain[at : at + length] for at in range(max(1, len(plain) - length + 1)))
