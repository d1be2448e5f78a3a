"""Whose fault it is, told of whoever acts: 承运人因自身过错造成货损, 乙方因过失导致数据丢失."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assay.authoring.chinese.lexing.tokens import Token

_BECAUSE = frozenset({"因", "因为", "由于"})
_OWN = re.compile(
    "(?:其|其自身|自身|自己|本身)?的?(?P<fault>(?:重大)?(?:过错|过失|原因|疏忽|失误|故意))"
)
_BRINGS = frozenset({"造成", "导致", "致使", "引起", "引发"})
_MOST_WORDS = 3


def with_own_faults(tokens: Sequence[Token]) -> list[Token]:
    """承运人因自身过错造成: 因承运人过错造成; whose it is stands with the fault."""
    for at in range(len(tokens) - 3):
        who, because = tokens[at : at + 2]
        if who.kind != "party" or because.text not in _BECAUSE:
            continue
        end = next(
            (i for i in range(at + 3, min(at + 3 + _MOST_WORDS, len(tokens)))
             if tokens[i].text in _BRINGS), None,
        )  # fmt: skip
        if end is None:
            continue
        fault = _OWN.fullmatch("".join(one.text for one in tokens[at + 2 : end]))
        if fault is not None:
            named = Token("noun", fault["fault"], tokens[at + 2].start, tokens[end - 1].end)
            first = replace(because, start=who.start, end=who.start)
            return [*tokens[:at], first, who, named, *tokens[end:]]
    return list(tokens)
