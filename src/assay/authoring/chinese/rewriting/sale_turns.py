"""Turns of speech about how much is sold: 每个地址认购数量不得超过5000枚, 发售总量不超过100万枚."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.chinese.lexicon.verbs import VERBS
from assay.authoring.chinese.lexing.tokens import Token

_BUYS = ("认购", "购买", "申购", "铸造")
_HOW_MUCH = ("", "数量", "量", "总量", "份额", "额度", "上限", "数量上限", "限额")
_BOUGHT = {f"{act}{noun}": act for act in _BUYS for noun in _HOW_MUCH}
_EACH = ("每", "单")
_EACH_OF_THEM = 2
_BOUNDS = frozenset({"most", "equal"})
_PLAIN = frozenset(f"{act}{most}" for act in _BUYS for most in ("最多", "至多", "不超过"))
"""每个地址认购不超过5000枚 is read as it stands."""
_STOCKS = frozenset({
    "发售总量", "发行总量", "销售总量", "总发行量", "总销售量", "发售数量", "出售总量", "认购总量",
    "公售总量",
})  # fmt: skip


def bought_by_each(tokens: list[Token]) -> list[Token]:
    """每个地址认购数量不得超过5000枚, 单个地址的认购上限为5000枚: how many each may buy at most."""
    if len(tokens) < 4 or tokens[-1].kind != "counted" or tokens[-2].kind not in _BOUNDS:
        return tokens
    at = next((at for at, one in enumerate(tokens) if one.text.startswith(_BUYS)), 0)
    who = [one for one in tokens[:at] if one.kind != "de"]
    name, bound = "".join(one.text for one in tokens[at:-2]), tokens[-2]
    act = _BOUGHT.get(name)
    ends = bound.kind == "most" or name.endswith(("上限", "限额"))
    each = bool(who) and who[0].text.startswith(_EACH) and len(who) <= _EACH_OF_THEM
    if act is None or not ends or not each or act + bound.text in _PLAIN:
        return tokens
    each_one = [replace(who[0], kind="silent"), *who[1:]] if len(who) > 1 else who
    most = Token("most", "最多", tokens[at].start, tokens[at].start)
    buys = Token("verb", act, tokens[at].start, bound.end, VERBS[act])
    return [*each_one, most, buys, tokens[-1]]


def sold_in_all(tokens: list[Token]) -> list[Token]:
    """发售总量不超过1000000枚: so many are for sale."""
    if len(tokens) < 3 or tokens[-1].kind != "counted" or tokens[-2].kind not in _BOUNDS:
        return tokens
    if "".join(one.text for one in tokens[:-2]) not in _STOCKS:
        return tokens
    bound, count = tokens[-2:]
    whole = Token("noun", "总量", tokens[0].start, bound.start)
    return [whole, Token("equal", "为", bound.start, bound.end), count]
