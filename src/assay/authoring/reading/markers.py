"""How clauses are numbered in English and Chinese: one table of markers.

>>> marker = marker_at("第三条 付款方式")
>>> marker.style, marker.label, marker.length
('article', '3', 3)
>>> marker_at("(b) deliver the goods").label
'(b)'
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "两": 2}
_CHINESE = r"[零〇一二两三四五六七八九十百]{1,5}"
_STYLES: tuple[tuple[str, str], ...] = (
    ("part", rf"第\s*(?:{_CHINESE}|\d{{1,3}})\s*[章编篇部](?:分)?(?=\s|$|[::])"),
    ("article", rf"第\s*({_CHINESE}|\d{{1,3}})\s*条(?![第约款规之的,。、])"),
    ("paragraph", rf"第\s*({_CHINESE}|\d{{1,3}})\s*[款项](?=[\s::、])"),
    ("part", r"(?:PART|Part|CHAPTER|Chapter|SCHEDULE|ANNEX)\s+(?:\d{1,3}|[IVX]{1,6}|[A-H])\b"),
    ("keyword", r"(?:ARTICLE|Article|SECTION|Section|CLAUSE|Clause|§)\s*(\d{1,3}(?:\.\d{1,3})*)"),
    ("keyword", r"(?:ARTICLE|Article)\s+([IVXLC]{1,7})\b"),
    ("dotted", r"(\d{1,3}(?:\.\d{1,3})+)\.?(?![\d%])(?=[\s\u4e00-\u9fff])"),
    ("decimal", r"(\d{1,3})[..](?!\d)(?=\s|[^\x00-\x7f]|[A-Z])"),
    ("comma", r"(\d{1,3})、"),
    ("counted", rf"({_CHINESE})、"),
    ("bracketed_chinese", rf"[((]({_CHINESE})[))]、?"),
    ("bracketed_letter", r"[((]([a-zA-Z]{1,2})[))]"),
    ("bracketed_roman", r"[((]([ivxIVX]{1,5})[))]"),
    ("bracketed_decimal", r"[((](\d{1,3})[))]、?"),
    ("closed_decimal", r"(\d{1,3})[))]、?"),
    ("closed_letter", r"([a-z])\)(?=\s)"),
    ("circled", r"([①-⑳])"),
)
_PATTERNS = tuple((style, re.compile(pattern)) for style, pattern in _STYLES)
_AFTER_KEYWORD = re.compile(r"\s*(?:[.:::—–-]|\n|$|\s(?=[A-Z(]))")
_RELATIVE = {
    "paragraph",
    "comma",
    "bracketed_chinese",
    "bracketed_letter",
    "bracketed_roman",
    "bracketed_decimal",
    "closed_decimal",
    "closed_letter",
    "circled",
}


@dataclass(frozen=True, slots=True)
class Marker:
    """A number at the start of a clause.

    Attributes:
        style: how it is written; clauses of one level share it.
        label: the number itself with Arabic digits; with its brackets where it has them.
        ordinal: its place among its siblings; None where it is a dotted path.
        length: how many characters the mark takes.
    """

    style: str
    label: str
    ordinal: int | None
    length: int

    @property
    def relative(self) -> bool:
        """Whether it counts within the clause above it."""
        return self.style in _RELATIVE


_AMOUNT = re.compile(
    r"(?:0\.\d+|\d+\.\d+(?=\s+[a-z])|\d+\.00)\s|\d+\.\d+\s+(?:"
    r"(?:ETH|BTC|USDC|USDT|DAI|EURC|USD|EUR|GBP|CNY|SOL|WETH|WBTC|BNB)\b|"
    r"[A-Z]{3,6}(?=/|,|\s(?:per|each|to|for|a|on|every|when|if|now|upfront|deposit|fee|in)\b))"
)
"""An amount that a line begins with: "0.5 ETH per design", "1.5 million tokens", "9.99 USDC"."""


def marker_at(text: str, after: Marker | None = None) -> Marker | None:
    """Give the marker that the text starts with; `after` decides whether (i) follows (h)."""
    if after is None and _AMOUNT.match(text):
        return None
    found = []
    for style, pattern in _PATTERNS:
        match = pattern.match(text)
        if match is None:
            continue
        if style == "keyword" and not _AFTER_KEYWORD.match(text, match.end()):
            continue
        written = match.group(1) if match.groups() and match.group(1) else match.group()
        ordinal = _ordinal(style, written)
        if ordinal is None and style.startswith("bracketed"):
            continue
        label = str(ordinal) if ordinal is not None and not written.isascii() else written
        if style.startswith("bracketed"):
            label = f"({label})"
        elif written.isalpha() and style == "keyword":
            label = str(ordinal)
        found.append(Marker(style, label, ordinal, match.end()))
    if len(found) > 1 and {one.style for one in found} >= {"bracketed_letter", "bracketed_roman"}:
        letter, roman = found[0], found[1]
        follows = after is not None and after.style == "bracketed_letter"
        is_letter = follows and after is not None and letter.ordinal == (after.ordinal or 0) + 1
        return letter if is_letter else roman
    return found[0] if found else None


def starts_with_marker(line: str) -> bool:
    """Whether a line begins a numbered clause."""
    return marker_at(line.lstrip()) is not None


def _ordinal(style: str, written: str) -> int | None:
    if style in {"part", "dotted"}:
        ordinal = None
    elif written.isdecimal():
        ordinal = int(written)
    elif style == "circled":
        ordinal = ord(written) - ord("①") + 1
    elif style == "bracketed_roman" or (style == "keyword" and written.isalpha()):
        ordinal = _roman(written.lower())
    elif style in {"bracketed_letter", "closed_letter"}:
        same = len(set(written)) == 1
        ordinal = ord(written[0].lower()) - ord("a") + 1 + 26 * (len(written) - 1) if same else None
    else:
        ordinal = None if style == "keyword" else _chinese(written)
    return ordinal


def _roman(written: str) -> int | None:
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    total = 0
    for index, letter in enumerate(written):
        value = values[letter]
        following = values.get(written[index + 1 : index + 2], 0)
        total += -value if following > value else value
    return total or None


def _chinese(written: str) -> int:
    total = current = 0
    for character in written:
        if character in "十百":
            total += (current or 1) * (10 if character == "十" else 100)
            current = 0
        else:
            current = _DIGITS[character]
    return total + current
