"""The automatic paragraph numbers of Word (ECMA-376 part 1, 17.9): `w:numPr` to the text shown."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"))
_ROMAN_SMALL = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "ideographTraditional",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
}


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    style: str
    pattern: str
    all_digits: bool


class Numbering:
    """Counts as Word does, paragraph by paragraph in the order of the document."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._styles = {style.get(f"{_W}styleId"): style for style in styles.iter(f"{_W}style")}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if numbering is None:
            return
        abstract = {
            node.get(f"{_W}abstractNumId"): node for node in numbering.iter(f"{_W}abstractNum")
        }
        for number in numbering.iter(f"{_W}num"):
            base = number.find(f"{_W}abstractNumId")
            node = abstract.get(base.get(f"{_W}val")) if base is not None else None
            if node is not None:
                self._levels[number.get(f"{_W}numId")] = _levels(node)

    def label(self, paragraph: Any) -> str:
        """Give the number of a paragraph with a blank after it, or nothing; count it."""
        found = self._number_of(paragraph)
        if found is None:
            return ""
        number, level = found
        levels = self._levels.get(number, {})
        if level not in levels:
            return ""
        counts = self._counts[number]
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if levels[level].style in {"bullet", "none"}:
            return ""

        def shown(match: re.Match[str]) -> str:
            index = int(match.group(1)) - 1
            known = levels.get(index)
            if known is None:
                return ""
            style = "decimal" if levels[level].all_digits else known.style
            return spelled(counts.get(index, known.start), style)

        return re.sub(r"%(\d)", shown, levels[level].pattern) + " "

    def _number_of(self, paragraph: Any) -> tuple[str, int] | None:
        properties = paragraph.find(f"{_W}pPr")
        seen: set[str] = set()
        while properties is not None:
            numbered = properties.find(f"{_W}numPr")
            if numbered is not None:
                number = numbered.find(f"{_W}numId")
                level = numbered.find(f"{_W}ilvl")
                depth = int(level.get(f"{_W}val")) if level is not None else 0
                return None if number is None else (number.get(f"{_W}val"), depth)
            style = properties.find(f"{_W}pStyle")
            if style is None:
                style = properties.getparent().find(f"{_W}basedOn")
            name = style.get(f"{_W}val") if style is not None else None
            if name is None or name in seen or name not in self._styles:
                return None
            seen.add(name)
            properties = self._styles[name].find(f"{_W}pPr")
        return None


def _levels(abstract: Any) -> dict[int, _Level]:
    levels = {}
    for node in abstract.iter(f"{_W}lvl"):
        values = {
            name: child.get(f"{_W}val")
            for name in ("start", "numFmt", "lvlText")
            if (child := node.find(f"{_W}{name}")) is not None
        }
        levels[int(node.get(f"{_W}ilvl"))] = _Level(
            int(values.get("start") or 1),
            values.get("numFmt") or "decimal",
            values.get("lvlText") or "",
            all_digits=node.find(f"{_W}isLgl") is not None,
        )
    return levels


def spelled(number: int, style: str) -> str:
    """Write a count in one of Word's number formats; those not known as digits."""
    if style in {"lowerLetter", "upperLetter"} and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if style == "upperLetter" else letter
    if style in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        roman = ""
        for value, letters in (*_ROMAN, *_ROMAN_SMALL):
            times, number = divmod(number, value)
            roman += letters * times
        return roman.upper() if style == "upperRoman" else roman
    if style in _CHINESE and 0 < number < 100:
        tens, ones = divmod(number, 10)
        head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
        return head + (_DIGITS[ones] if ones else "")
    if style == "decimalEnclosedCircle" and 0 < number <= 20:
        return chr(ord("①") + number - 1)
    return str(number)
