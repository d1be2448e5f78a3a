"""Turns of speech about money that has to come together: 凑够了钱就归导演, 没凑够的退给大家."""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.chinese.lexing.tokens import Token

_COMES_TOGETHER = frozenset({
    "凑够", "凑齐", "凑足", "筹到", "筹够", "筹满", "筹足", "筹齐", "募到", "募足", "攒够", "募满",
})  # fmt: skip
FALLS_SHORT = frozenset(
    {"凑不够", "凑不齐", "凑不满", "筹不到", "筹不满", "筹不够", "募不满", "筹不齐"}
)
"""What is said where not enough has come together."""
_RAISES = frozenset({"众筹", "募集", "筹集", "筹资", "募资", "筹款", "筹", "募"})
_PLANS = frozenset(
    {"想", "想要", "拟", "计划", "打算", "准备", "将", "要", "一起", "公开", "向社会"}
)
_MONEY = frozenset({"钱", "款", "资金", "款项"})
_NOT = frozenset({"没", "没有", "未", "未能", "没能"})
_IDLE = frozenset({"silent", "de"})


def goal_reached(tokens: list[Token]) -> list[Token]:
    """凑够了钱, 没凑够的: whether the goal was reached, where no sum is named again."""
    at = next((at for at, one in enumerate(tokens) if _tells(one)), None)
    if at is None or not _ends_there(tokens[at + 1 :]):
        return tokens
    word = tokens[at]
    short = word.text in FALLS_SHORT
    first = at
    if at and tokens[at - 1].text in _NOT:
        short, first = True, at - 1
    kind, said = ("below", "未达到") if short else ("reach", "达到")
    bound = Token(kind, said, tokens[first].start, word.end)
    goal = Token("noun", "目标", word.end, word.end)
    behind = [one for one in tokens[at + 1 :] if one.text not in _MONEY and one.text != "了"]
    return [*tokens[:first], bound, goal, *behind]


def _tells(token: Token) -> bool:
    return token.text in _COMES_TOGETHER or token.text in FALLS_SHORT


def _ends_there(behind: Sequence[Token]) -> bool:
    """Whether no number stands behind it, and nothing but how a condition ends."""
    ends = {*_IDLE, "when", "after"}
    return all(one.text in _MONEY or one.kind in ends for one in behind)


def raises_sum(tokens: list[Token]) -> list[Token]:
    """我们想众筹20000 USDC做一部短片: the sum that has to come together, and for what."""
    at = next((at for at, one in enumerate(tokens) if one.text in _RAISES), None)
    if at is None or at + 1 >= len(tokens) or tokens[at + 1].kind != "amount":
        return tokens
    who = all(one.kind == "party" or one.text in _PLANS for one in tokens[:at])
    paid, purpose = tokens[at + 1], tokens[at + 2 :]
    if not who or paid.value.asset == "%" or not all(_is_purpose(one) for one in purpose):
        return tokens
    if purpose and purpose[0].kind not in {"verb", "unknown", "as", "with"}:
        return tokens
    name = Token("noun", "筹款目标", tokens[at].start, tokens[at].end)
    return [name, Token("equal", "为", tokens[at].end, tokens[at].end), paid]


def _is_purpose(token: Token) -> bool:
    """Whether a word may tell what money is raised for: no sum, nobody and no duty."""
    once = token.kind == "counted" and token.value[0] == "1"
    return once or token.kind in {"verb", "unknown", "noun", "de", "silent", "as", "with", "latin"}
