"""Dates that take their year from one before them: 2027年6月1日交付两台, 同年9月30日前交付八台."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assay.authoring.chinese.lexing.calendar import moment_at
from assay.authoring.chinese.lexing.tokens import Token

_LATER = {"同年": 0, "当年": 0, "该年": 0, "次年": 1, "翌年": 1}
_LENGTH = 2


def with_years(text: str, tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a sentence, with such dates as whole ones."""
    made: list[Token] = []
    year: int | None = None
    for token in tokens:
        later = _LATER.get(text[max(token.start - _LENGTH, 0) : token.start])
        moment = token.value if token.kind == "moment" else None
        open_ = moment is not None and moment.iso is None and moment.missing == "year"
        if open_ and later is not None and year is not None:
            while made and made[-1].start >= token.start - _LENGTH:
                made.pop()
            whole = moment_at(f"{year + later}年{token.text}", 0)
            made.append(replace(token, value=whole[0]) if whole else token)
            continue
        if moment is not None and moment.iso is not None:
            year = int(moment.iso[:4])
        made.append(token)
    return made
