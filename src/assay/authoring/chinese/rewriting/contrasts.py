"""Clauses that 而 or 但 sets against each other, brought into 且: 甲方已付款而乙方未交货."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assay.authoring.chinese.lexing.tokens import Token

_AGAINST = frozenset({"而", "但", "但是", "然而"})
_NAMES = frozenset({"party", "and", "comma", "to", "from"})


def both_hold(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a sentence, with what joins an act and somebody else's act as 且."""
    made: list[Token] = []
    for at, token in enumerate(tokens):
        acted = bool(made) and made[-1].kind not in _NAMES
        following = tokens[at + 1].kind if at + 1 < len(tokens) else ""
        if acted and token.kind == "party" and token.text[0] == "而" and len(token.text) > 2:
            middle = token.start + 1
            made.append(Token("and", "且", token.start, middle))
            made.append(replace(token, text=token.text[1:], start=middle))
        elif acted and token.text in _AGAINST and following == "party":
            made.append(Token("and", "且", token.start, token.end))
        else:
            made.append(token)
    return made
