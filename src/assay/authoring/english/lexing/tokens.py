"""Text to tokens that keep their characters.

>>> [token.text for token in tokens("The Buyer's fee is $1.5m.")]
['The', 'Buyer', "'s", 'fee', 'is', '$', '1.5', 'm', '.']
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
    (?P<address>0x[0-9a-fA-F]{6,})
  | (?P<date>\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\d-])
            |\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})(?!\d))
  | (?P<clock>\d{1,2}:\d{2}(?::\d{2})?)
  | (?P<ordinal>\d+(?:st|nd|rd|th)\b)
  | (?P<fraction>\d+/\d+)
  | (?P<grouped>\d{1,3}(?:\.\d{3})+,\d{1,2}(?![\d,])|\d{1,3}(?:\.\d{3}){2,}(?![\d.,]\d)
            |\d{1,3}(?:(?:['’]\d{3})+|(?:_\d{3})+|(?:[\u00a0\u2009\u202f]\d{3})+)
             (?:\.\d+)?(?!\d)
            |\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?(?![\d,])
            |\d+,\d{1,2}(?=\s?(?:%|[€$£]|per\s?cent\b|[A-Z]{3,5}\b|ether\b|euros?\b|dollars?\b)))
  | (?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)
  | (?P<possessive>['’]s\b|(?<=s)['’](?=\s))
  | (?P<pair>[A-Z]{2,6}/[A-Z]{2,6}\b)
  | (?P<unit>(?:km|mm|m|kg|mg|g|l)/(?:h|s|d|m2|m|l|kg)\b|°\s?[CF]\b)
  | (?P<word>(?:[ap]\.m\.|p\.a\.|i\.e\.|e\.g\.|Ltd\.|Inc\.|Co\.|No\.|Corp\.|St\.)
            |[^\W\d_]+(?:-\d+)?(?:(?:['’](?!s\b)|[-&])[^\W\d_]+)*\d*)
  | (?P<punct>\S)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign; `lower` is its text in lower case with plain apostrophes."""

    kind: str
    text: str
    lower: str
    start: int
    end: int


_DECIMAL_COMMA = re.compile(r",(\d{1,2})$")


def _plain_number(words: str) -> str:
    """A number whose digits are grouped by points, apostrophes or blanks, with a point before its
    decimals: "1.000,50" is "1000.50"."""
    comma = _DECIMAL_COMMA.search(words)
    if comma is not None:
        return f"{re.sub(r'[^0-9]', '', words[: comma.start()])}.{comma.group(1)}"
    points = words.count(".")
    grouped = re.sub(r"[^0-9.]", "", words)
    return grouped.replace(".", "") if points > 1 else grouped


_CONTRACTED = {"re": "are", "ll": "will", "ve": "have", "m": "am", "d": "would"}
_WITH_IS = frozenset("it he she that there nothing everything what who here nobody".split())


_APOSTROPHES = {
    bare: f"{bare[:-1]}'t"
    for bare in (
        "isnt arent wasnt werent doesnt dont didnt hasnt havent hadnt wont cant couldnt shouldnt "
        "mustnt"
    ).split()
}
"""Contractions as chats spell them."""


_DAYS = {"Fri": "friday", "fri": "friday", "Thu": "thursday", "Thurs": "thursday",
         "Tue": "tuesday", "Tues": "tuesday", "Mon": "monday", "Sat": "saturday"}  # fmt: skip
"""Days of the week as chats shorten them."""


def _apart(match: re.Match[str], before: list[Token]) -> list[Token] | None:
    """ "they're" as two words, and the "is" of "it's"."""
    words, start = match.group(), match.start()
    if match.lastgroup == "possessive":
        if before and before[-1].lower in _WITH_IS and len(words) == 2:
            return [Token("word", words, "is", start, match.end())]
        return None
    stem, mark, ending = words.replace("’", "'").partition("'")
    if not mark or ending.lower() not in _CONTRACTED or not stem:
        return None
    if ending == "d" and stem.isupper() and len(stem) > 1:
        return None
    middle = start + len(stem)
    return [
        Token("word", words[: len(stem)], stem.lower(), start, middle),
        Token("word", words[len(stem) :], _CONTRACTED[ending.lower()], middle, match.end()),
    ]


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens between two characters of a text, with offsets into the whole text."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        words = match.group()
        apart = _apart(match, found)
        if apart is not None:
            found.extend(apart)
            continue
        if match.lastgroup == "grouped":
            plain = _plain_number(words)
            found.append(Token("number", plain, plain, match.start(), match.end()))
            continue
        found.append(
            Token(
                "word" if match.lastgroup in ("unit", "pair") else match.lastgroup or "punct",
                words,
                _DAYS.get(words)
                or _APOSTROPHES.get(words.lower(), words.lower().replace("’", "'")),
                match.start(),
                match.end(),
            )
        )
    return found
