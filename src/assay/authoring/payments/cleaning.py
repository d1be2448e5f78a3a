"""Text as a person sees it: what is invisible is taken out, and reported.

>>> clean("pay\\u200b Bob").text, clean("pay\\u200b Bob").hidden
('pay Bob', ((3, 4),))
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_KEPT = frozenset("\n\t")
_INVISIBLE = frozenset("\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u3164\uffa0\u180e")
_COMMENT = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<tag>\w+)[^>]*(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*[0-3](?!\d)"
    r"|opacity\s*:\s*0|(?<![\w-])color\s*:\s*(?:white|transparent|#fff)|text-indent\s*:\s*-"
    r"|(?:left|top|right)\s*:\s*-|(?:max-)?(?:height|width)\s*:\s*[01](?:px)?\s*[;\"']"
    r"|\s(?:hidden|aria-hidden)\b)[^>]*>.*?(?:</(?P=tag)>|\Z)"
    r"|<(?P<struck>del|s|strike|script|style|template|noscript|title|textarea)\b[^>]*>"
    r".*?(?:</(?P=struck)>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_QUOTES = str.maketrans("’‘“”", "''\"\"")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What can be seen.

    Attributes:
        text: folded to its usual characters (NFKC), line ends to one spelling.
        places: for each character of `text`, its place in the original, and one for the end.
        hidden: what was taken out, in the original.
    """

    text: str
    places: tuple[int, ...]
    hidden: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The same words in the original."""
        last = self.places[end - 1] + 1 if end > start else self.places[start]
        return self.places[start], last


def is_invisible(character: str) -> bool:
    """Whether nobody sees it: zero width, direction marks, tags, controls, fillers."""
    if character in _KEPT:
        return False
    if character in _INVISIBLE or "\ufe00" <= character <= "\ufe0f":
        return True
    return unicodedata.category(character) in {"Cf", "Cc", "Co", "Cn"}


def clean(original: str) -> Cleaned:
    """Take out what is invisible and fold the rest."""
    out: list[str] = []
    places: list[int] = []
    hidden: list[tuple[int, int]] = [match.span() for match in _COMMENT.finditer(original)]
    unseen = {place for start, end in hidden for place in range(start, end)}
    for place, character in enumerate(original):
        if place in unseen:
            continue
        if character == "\r" or (character == "\ufeff" and place == 0):
            continue
        if is_invisible(character):
            if not "\ufe00" <= character <= "\ufe0f":  # an emoji's variant is no secret
                hidden.append((place, place + 1))
            continue
        for one in unicodedata.normalize("NFKC", character).translate(_QUOTES):
            out.append(one)
            places.append(place)
    return Cleaned("".join(out), (*places, len(original)), _joined(hidden))


def _joined(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and joined[-1][1] >= start:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
