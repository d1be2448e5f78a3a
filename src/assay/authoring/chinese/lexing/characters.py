"""Characters folded to one form, with their places in the text.

>>> folded = fold("買方 應支付100 USDC。", 0, 15)
>>> folded.text, folded.span(0, 2)
('买方应支付100 USDC。', (0, 2))
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assay.authoring.chinese.lexicon.traditional import SIMPLIFIED
from assay.authoring.model import Span

_FORMS = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FORMS |= SIMPLIFIED
_FORMS |= dict(zip("「」『』〔〕﹙﹚¥﹪﹐﹔﹕", "“”“”()()¥%,;:", strict=True))
_FORMS |= {"○": "〇", "Ο": "〇", "︰": ":", "~": "~", "–": "-", "—": "-"}
_TABLE = str.maketrans(_FORMS)
_STOP = re.compile(r"(?<=[\u4e00-\u9fff%)”])\.(?![\w.])|(?<=[A-Za-z])\.(?=\s*(?:\n|$))")
_MARKS = re.compile(r"\*\*|__|`|^#+\s*|^\s*[-•·●■◆]\s+", re.M)


@dataclass(frozen=True, slots=True)
class Folded:
    """A stretch of text without blanks, every character in the form that the grammar reads.

    Attributes:
        positions: where each character stands in the text.
    """

    text: str
    positions: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The characters of the text that [start, end) were folded from."""
        if start >= end:
            at = self.positions[start] if start < len(self.positions) else 0
            return at, at
        return self.positions[start], self.positions[end - 1] + 1

    def words(self, span: Span) -> str:
        """The folded characters of a stretch of the text."""
        pairs = zip(self.text, self.positions, strict=True)
        return "".join(character for character, at in pairs if span[0] <= at < span[1])


def fold(text: str, start: int, end: int) -> Folded:
    """Fold a stretch: full width, traditional characters and quotes to one form, blanks dropped.

    A blank stays between Latin letters or digits; a line's end stays where a sentence may end.
    """
    forms = _STOP.sub("。", text.translate(_TABLE))
    dropped = {
        place for match in _MARKS.finditer(text, start, end) for place in range(*match.span())
    }
    kept: list[int] = []
    characters: list[str] = []
    for place in range(start, end):
        character = forms[place]
        if place in dropped:
            continue
        if character.isspace():
            if character == "\n" and characters and characters[-1] not in ",、":
                characters.append("\n")
                kept.append(place)
            elif (
                characters and _is_latin(characters[-1]) and _is_latin(forms[place + 1 : place + 2])
            ):
                characters.append(" ")
                kept.append(place)
            continue
        characters.append(character)
        kept.append(place)
    return Folded("".join(characters), tuple(kept))


def _is_latin(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in ".,")
