"""Turns of speech in the words that the grammar knows: 出3个ETH买画, 拿20%分给你, 竞价从1 ETH起."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assay.authoring.chinese.calendar import Recurrence
from assay.authoring.chinese.lexer import Token
from assay.authoring.chinese.lexicon.verbs import VERBS

_SPENDS = frozenset({"出", "花", "拿", "拿出", "付"})
_BUYS = frozenset({"买", "购买", "买下", "收购", "买入", "换", "回购", "订购", "买断"})
_SETS_ASIDE = frozenset({"拿", "拿出", "抽", "抽出", "提", "提取", "划出", "取出", "分出", "切出"})
_BIDS = frozenset({"竞价", "竞拍", "拍卖", "出价", "起拍", "叫价", "竞买"})
_COMES = frozenset({"卖", "卖出", "售出", "筹", "募", "卖掉", "销售"})
_YEARLY = ("费", "租", "租金", "房租", "价", "工资", "薪")
_PLACES = ("账上", "账户", "账户里", "手里", "钱包", "钱包里", "账号")
_THINGS = frozenset({"noun", "unknown", "latin"})


def in_plain_words(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a unit with turns of speech as the grammar reads them."""
    made = list(tokens)
    for turn in _TURNS:
        made = turn(made)
    return made


def _buys_for(tokens: list[Token]) -> list[Token]:
    """出3个ETH买这幅画 is to buy it for that price."""
    for at in range(len(tokens) - 2):
        first, paid, act = tokens[at : at + 3]
        if first.text in _SPENDS and paid.kind == "amount" and act.text in _BUYS:
            by = Token("with", "以", first.start, first.end)
            of = Token("de", "的", paid.end, paid.end)
            price = Token("noun", "价格", paid.end, paid.end)
            return [*tokens[:at], by, paid, of, price, *tokens[at + 2 :]]
    return tokens


def _hands_part(tokens: list[Token]) -> list[Token]:
    """从手续费里拿20%分给用户: the part that is taken is handed on."""
    for at in range(len(tokens) - 2):
        first, part = tokens[at : at + 2]
        if first.text not in _SETS_ASIDE or part.kind not in {"amount", "counted"}:
            continue
        end = at + 2
        while end < len(tokens) and tokens[end].kind in _THINGS:
            end += 1
        act = tokens[end] if end < len(tokens) else first
        if act is not first and act.kind == "verb" and act.value and act.value.frame == "give":
            take = Token("take", "把", first.start, first.end)
            return [*tokens[:at], take, *tokens[at + 1 :]]
    return tokens


def _starts_at(tokens: list[Token]) -> list[Token]:
    """竞价从1 ETH起: the price at which bids begin."""
    kinds = [one.kind for one in tokens]
    if kinds[1:] == ["from", "amount", "after"] and tokens[0].text in _BIDS:
        name = Token("noun", "起拍价", tokens[0].start, tokens[1].end)
        return [name, tokens[2]]
    return tokens


def _comes_short(tokens: list[Token]) -> list[Token]:
    """门票卖不到200张: how many come to be sold."""
    for at in range(1, len(tokens) - 2):
        things = {one.kind for one in tokens[:at]} <= {*_THINGS, "silent", "de"}
        bound = tokens[at + 1].kind in {"below", "reach", "above"}
        if things and bound and tokens[at].text in _COMES:
            return [*tokens[:at], *tokens[at + 1 :]]
    return tokens


def _each_completed(tokens: list[Token]) -> list[Token]:
    """每服务满一个月: each month."""
    for at in range(len(tokens) - 3):
        each, act, full, length = tokens[at : at + 4]
        lasts = (
            full.text == "满"
            and length.kind == "duration"
            and act.kind in {"verb", "noun", "unknown"}
        )
        if each.text == "每" and lasts:
            every = Recurrence(length.value.iso)
            words = "".join(one.text for one in tokens[at : at + 4])
            return [
                *tokens[:at],
                Token("recurrence", words, each.start, length.end, every),
                *tokens[at + 4 :],
            ]
    return tokens


def _fee_each(tokens: list[Token]) -> list[Token]:
    """会员费一年365元: so much each year."""
    for at in range(len(tokens) - 2):
        name, length, paid = tokens[at : at + 3]
        fee = name.kind in {"noun", "unknown"} and name.text.endswith(_YEARLY)
        if fee and length.kind == "duration" and length.text[0] == "一" and paid.kind == "amount":
            every = Token(
                "recurrence", length.text, length.start, length.end, Recurrence(length.value.iso)
            )
            return [*tokens[: at + 1], every, *tokens[at + 2 :]]
    return tokens


def _late_by_one(tokens: list[Token]) -> list[Token]:
    """延迟发货一天: for each day that it is late."""
    for at in range(len(tokens) - 2):
        late, act, length = tokens[at : at + 3]
        ends = at + 3 == len(tokens) and length.kind == "duration" and length.text[0] in "一1"
        if late.kind == "late" and act.kind == "verb" and ends and "T" not in length.value.iso:
            every = Recurrence(length.value.iso, late=True)
            words = late.text + length.text
            each = Token("recurrence", words, late.start, late.end, every)
            return [*tokens[:at], each, act]
    return tokens


def _some_time_after(tokens: list[Token]) -> list[Token]:
    """提案通过48小时后: so long after what became of it."""
    for at in range(1, len(tokens) - 2):
        act, length, after = tokens[at - 1 : at + 2]
        own = act.kind == "verb" and act.value is not None and act.value.frame == "own"
        later = any(one.kind == "verb" for one in tokens[at + 2 :])
        own = own and act.text not in {"满", "期满"}
        if own and length.kind == "duration" and after.text in {"后", "之后", "以后"} and later:
            within = Token("during", "内", after.end, after.end)
            return [*tokens[:at], after, length, within, *tokens[at + 2 :]]
    return tokens


def _arrives(tokens: list[Token]) -> list[Token]:
    """稿费自动到作者钱包: money that comes to somebody is paid to them."""
    if any(one.kind in {"verb", "signing"} for one in tokens) or len(tokens) < 3:
        return tokens
    at = next((at for at, one in enumerate(tokens) if one.kind == "into" and one.text == "到"), 0)
    behind = tokens[at + 1 :]
    if not at or not behind or behind[0].kind != "party":
        return tokens
    if len(behind) > 1 and "".join(one.text for one in behind[1:]) not in _PLACES:
        return tokens
    verb = Token("verb", "打到", tokens[at].start, tokens[at].end, VERBS["打到"])
    by_itself = Token("silent", "自动", tokens[at].start, tokens[at].start)
    return [*tokens[:at], by_itself, verb, behind[0]]


_TURNS: tuple[Callable[[list[Token]], list[Token]], ...] = (
    _buys_for, _hands_part, _starts_at, _comes_short, _each_completed, _fee_each, _arrives,
    _late_by_one, _some_time_after,
)  # fmt: skip
