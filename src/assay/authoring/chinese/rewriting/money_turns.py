"""Turns of speech about money that is handed over: 以USDC支付到合约, 存入赔付准备金8000 USDC."""

from __future__ import annotations

import re

from assay.authoring.chinese.lexing.tokens import Token

_SYMBOL = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_HANDS_OVER = frozenset({"pay", "deposit", "refund", "return", "distribute", "release", "transfer"})
_TAKES = frozenset({*_HANDS_OVER, "keep", "claim", "contribute"})
_SUMS = ("金", "款", "费", "费用", "租")
_MANNERS = frozenset({"形式", "方式", "的形式", "的方式", "币种"})
_BETWEEN = frozenset({"silent", "to", "party", "must", "prompt"})


def in_coin(tokens: list[Token]) -> list[Token]:
    """收入以USDC支付到合约: in which token it is paid, where no amount of another stands by it."""
    if any(one.kind == "amount" and one.value.asset != "%" for one in tokens):
        return tokens
    for at in range(len(tokens) - 2):
        by, coin = tokens[at], tokens[at + 1]
        if by.text not in {"以", "用"} or not _SYMBOL.fullmatch(coin.text):
            continue
        behind = tokens[at + 2 :]
        while behind and (behind[0].text in _MANNERS or behind[0].kind == "de"):
            behind = behind[1:]
        act = next((one for one in behind if one.kind not in _BETWEEN), None)
        if act is not None and act.kind == "verb" and act.value.action in _HANDS_OVER:
            return [*tokens[:at], *behind]
    return tokens


def named_by_acts(tokens: list[Token]) -> list[Token]:
    """存入赔付准备金8000 USDC: behind a verb of paying, a verb in the name of what is paid."""
    for at in range(len(tokens) - 3):
        gives, act, thing, paid = tokens[at : at + 4]
        acts = all(one.kind == "verb" and one.value is not None for one in (gives, act))
        if not acts or gives.value.action not in _TAKES or len(act.text) < 2:
            continue
        named = thing.kind in {"noun", "unknown"} and thing.text.endswith(_SUMS)
        if named and thing.start == act.end and paid.kind == "amount":
            name = Token("noun", act.text + thing.text, act.start, thing.end)
            return [*tokens[: at + 1], name, *tokens[at + 3 :]]
    return tokens
