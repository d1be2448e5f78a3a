"""What somebody cannot do, told by what the verb does not come to: 修不好, 交不出货, 还不上钱."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assay.authoring.chinese.lexicon.nouns import NOUNS
from assay.authoring.chinese.lexing.tokens import Token

_COMES_TO = ("出来", "出", "完", "好", "上", "起", "清", "了", "齐", "掉", "动")


def not_done(tokens: Sequence[Token]) -> list[Token]:
    """修不好: 未修; what the verb would have come to says no more."""
    for at in range(len(tokens) - 2):
        verb, no, rest = tokens[at : at + 3]
        if verb.kind != "verb" or no.text != "不" or verb.end != no.start:
            continue
        comes = next((one for one in _COMES_TO if rest.text.startswith(one)), None)
        if comes is None or rest.start != no.end:
            continue
        left = rest.text.removeprefix(comes)
        middle = rest.start + len(comes)
        kind = "noun" if left in NOUNS or len(left) == 1 else "unknown"
        thing = [Token(kind, left, middle, rest.end)] if left else []
        never = Token("not", "未", verb.start, verb.start)
        ended = replace(verb, end=middle)
        return [*tokens[:at], never, ended, *thing, *tokens[at + 3 :]]
    return list(tokens)
