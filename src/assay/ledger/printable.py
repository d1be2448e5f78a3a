"""Names and texts from strangers, made safe to print.

Titles come from whoever registered an asset. Control characters could drive the reader's terminal
or break an XML document, and direction marks could make a text read as another one: each is shown
as U+FFFD instead.

>>> printable("ok\\x1b[2J")
'ok\ufffd[2J'
>>> shortened("a long title", 8)
'a long …'
"""

from __future__ import annotations

import re
import unicodedata

_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_LONGEST = 2_000
_LONG_NAME = re.compile(r"\b(0x[0-9a-fA-F]{8}|baf[a-z2-7]{9})[0-9a-zA-Z]{22,}([0-9a-zA-Z]{6})\b")


def printable(text: str) -> str:
    """`text` on one line without control characters, cut after 2 000 characters."""
    line = " ".join(text[: 2 * _LONGEST].split())
    safe = "".join("\ufffd" if unicodedata.category(c) in _UNSAFE else c for c in line)
    return shortened(safe, _LONGEST)


def abbreviated(text: str) -> str:
    """`text` made printable, with digests, addresses and CIDs cut to their two ends.

    >>> abbreviated("paid to 0x70997970C51812dc3A010C7d01b50e0d17dc79C8")
    'paid to 0x70997970…dc79C8'
    """
    return _LONG_NAME.sub(r"\1…\2", printable(text))


def width(text: str) -> int:
    """Columns that `text` takes in a fixed-width font; a Chinese character takes two."""
    return sum(_columns(character) for character in text)


def shortened(text: str, columns: int) -> str:
    """`text`, or its beginning and an ellipsis, in at most `columns` columns."""
    if width(text) <= columns:
        return text
    kept, used = [], 1
    for character in text:
        used += _columns(character)
        if used > columns:
            break
        kept.append(character)
    return "".join(kept) + "…"


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
