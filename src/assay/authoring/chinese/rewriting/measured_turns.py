"""Turns of speech about how much and how often: 采购额满10万元, 房租一年一付, 直至付清之日止."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.chinese.lexing.calendar import Recurrence
from assay.authoring.chinese.lexing.tokens import Token

_MEASURES = ("额", "量", "数", "收入", "流水", "业绩", "人次", "金额", "总额", "里程", "时长")
_PAYS = frozenset({"付", "交", "结", "缴", "支付", "缴纳", "结算"})
_FEES = ("费", "费用", "租", "租金", "房租", "月供", "工资", "报酬", "会费")
_ENDS = frozenset({"止", "为止"})


def reaches(tokens: list[Token]) -> list[Token]:
    """每月采购额满10万元: what a measure comes to, and no time that has gone by."""
    for at in range(1, len(tokens) - 1):
        measure, full, count = tokens[at - 1 : at + 2]
        measured = measure.kind in {"noun", "unknown"} and measure.text.endswith(_MEASURES)
        if full.text in {"满", "已满"} and measured and count.kind in {"amount", "counted"}:
            return [*tokens[:at], replace(full, kind="reach", value=None), *tokens[at + 1 :]]
    return tokens


def paid_every(tokens: list[Token]) -> list[Token]:
    """房租一年一付: paid once in each such length."""
    for at in range(len(tokens) - 2):
        length, once, pays = tokens[at : at + 3]
        if length.kind == "duration" and once.text == "一" and pays.text in _PAYS:
            every = Recurrence(length.value.iso)
            often = replace(length, kind="recurrence", value=every, end=once.end)
            return [*tokens[:at], often, *tokens[at + 2 :]]
    return tokens


def set_each(tokens: list[Token]) -> list[Token]:
    """订阅费为每月50 USDC: how much a fee is each time; 为 says no more."""
    kinds = [one.kind for one in tokens]
    fee = kinds[1:] == ["equal", "recurrence", "amount"] and kinds[0] in {"noun", "unknown"}
    return [tokens[0], *tokens[2:]] if fee and tokens[0].text.endswith(_FEES) else tokens


def until_then(tokens: list[Token]) -> list[Token]:
    """直至付清之日止: 止 says no more than 直至."""
    opened = bool(tokens) and tokens[0].kind == "until"
    return tokens[:-1] if opened and tokens[-1].text in _ENDS else tokens
