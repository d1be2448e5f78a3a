"""Times before which nothing happens, brought into 不早于: 最早于2027年5月1日交货."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assay.authoring.chinese.lexing.tokens import Token

_TIMES = frozenset({"moment", "duration", "verb"})


def not_before(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a sentence, with "at the earliest" as "not earlier than"."""
    made: list[Token] = []
    for token in tokens:
        before = made[-1] if made else None
        if before is not None and before.text == "最" and token.text == "早于":
            made[-1] = before.named("not")
        elif before is not None and before.text == "最早" and token.kind in {"at", *_TIMES}:
            middle = before.start + 1
            made[-1:] = [
                replace(before, kind="not", text="最", end=middle),
                replace(before, kind="at_latest", text="早", start=middle),
            ]
            if token.kind == "at":
                continue
        made.append(token)
    return made
