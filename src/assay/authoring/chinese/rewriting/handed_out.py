"""What each of many gets, told without 给: 每位买家送10个代币, 老用户每人补发20个代币."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assay.authoring.chinese.lexing.tokens import Token

_GIVING = frozenset({"送", "赠送", "赠", "发", "发放", "派发", "补发", "奖励", "奖", "返", "补贴"})
_EACH = frozenset({"每人", "每位", "每名", "每个", "每户", "每家"})
_CLASS = re.compile(
    "^(?:前|老|新|全体|所有)|(?:用户|买家|会员|成员|股东|员工|学员|学生|粉丝|玩家|持有人|投资人|参与者"
    "|获奖者|中奖者|名)$"
)
_TOLD = frozenset({"to", "party"})


def given_to_each(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a sentence, with 给 before those who get something each."""
    made = list(tokens)
    for at, token in enumerate(tokens):
        if token.text not in _EACH:
            continue
        verb = at + 1
        while verb < len(tokens) and tokens[verb].kind == "party":
            verb += 1
        behind = {one.kind for one in _clause(tokens[verb + 1 :])}
        if verb >= len(tokens) or tokens[verb].text not in _GIVING or behind & _TOLD:
            continue
        start = at
        while start and _is_class(tokens[start - 1]):
            start -= 1
        if not start or tokens[start - 1].kind not in {"to", "by"}:
            place = tokens[start].start
            made.insert(start + len(made) - len(tokens), Token("to", "给", place, place))
    return made


def _is_class(token: Token) -> bool:
    """老用户, 前100名: of whom there are many, and who does not give."""
    return token.kind == "party" and _CLASS.search(token.text) is not None


def _clause(tokens: Sequence[Token]) -> list[Token]:
    """The words up to a comma."""
    end = next((at for at, one in enumerate(tokens) if one.kind == "comma"), len(tokens))
    return list(tokens[:end])
