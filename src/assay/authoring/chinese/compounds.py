"""Words that are one name only together: 未中标者 is somebody, 提现手续费0.5% a fee."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assay.authoring.chinese.lexer import Token
from assay.authoring.chinese.lexicon.verbs import VERBS

_NOT = frozenset({"未", "没", "没有", "未能", "未曾"})
_PEOPLE = ("者", "人", "方", "用户", "会员", "成员", "商家", "地址")
_TERMS = (
    "费", "费用", "金", "款", "价", "价格", "期", "期限", "时间", "率", "额", "量", "租", "比例",
)  # fmt: skip
_SET = frozenset({"amount", "duration", "equal", "least", "most", "moment", "counted", "colon"})
_WITH = frozenset({"silent", "recurrence"})


def compounded(tokens: Sequence[Token]) -> list[Token]:
    """Put the words together that are one name."""
    return _as_term(_negated_people(tokens))


def _negated_people(tokens: Sequence[Token]) -> list[Token]:
    """未中标者, 没中签的用户: of whom something is not so."""
    made: list[Token] = []
    for token in tokens:
        before = made[-1] if made else None
        stem = next(
            (token.text.removesuffix(end) for end in _PEOPLE if token.text.endswith(end)), ""
        )
        negated = before is not None and before.text in _NOT and before.end == token.start
        if before is not None and negated and token.kind == "party" and stem in VERBS:
            made[-1] = Token("party", before.text + token.text, before.start, token.end)
        else:
            made.append(token)
    return made


def _as_term(tokens: Sequence[Token]) -> list[Token]:
    """提现手续费0.5%, 竞拍保证金100 USDC: a verb in the name of a term that is set to something."""
    if len(tokens) < 3 or tokens[0].kind != "verb" or tokens[1].kind not in {"noun", "unknown"}:
        return list(tokens)
    behind = next((one.kind for one in tokens[2:] if one.kind not in _WITH), "")
    first, last = tokens[0], tokens[1]
    named = last.text.endswith(_TERMS) and last.start == first.end and len(first.text) > 1
    if not named or behind not in _SET or any(one.kind == "verb" for one in tokens[2:]):
        return list(tokens)
    name = replace(last, kind="noun", text=first.text + last.text, start=first.start)
    return [name, *tokens[2:]]
