"""Words that are one name only together: 未中标者 is somebody, 提现手续费0.5% a fee."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assay.authoring.chinese.lexer import Token
from assay.authoring.chinese.lexicon.verb_places import NOMINAL
from assay.authoring.chinese.lexicon.verbs import VERBS

_NOT = frozenset({"未", "没", "没有", "未能", "未曾"})
_PEOPLE = ("者", "人", "方", "用户", "会员", "成员", "商家", "地址")
_TERMS = (
    "费", "费用", "金", "款", "价", "价格", "期", "期限", "时间", "率", "额", "量", "租", "比例",
)  # fmt: skip
_SET = frozenset({"amount", "duration", "equal", "least", "most", "moment", "counted", "colon"})
_STAGES = ("阶段", "轮", "期间", "期")
_WITH = frozenset({"silent", "recurrence"})


_ENDS_CASE = frozenset({"after", "when", "before", "case", "de"})


def compounded(tokens: Sequence[Token]) -> list[Token]:
    """Put the words together that are one name."""
    tokens = [
        replace(token, kind="most", text="最高", value=None)
        if token.text == "封顶" and at + 1 < len(tokens) and tokens[at + 1].kind == "amount"
        else token
        for at, token in enumerate(tokens)
    ]
    return _as_term(_in_stage(_at_price(_coming_to(_negated_people(tokens)))))


def _coming_to(tokens: Sequence[Token]) -> list[Token]:
    """出资满200 USDC: 满 behind an act is how much it comes to."""
    made = list(tokens)
    for at in range(1, len(tokens) - 1):
        acts = tokens[at - 1].kind == "verb" and tokens[at - 1].text != "满"
        if tokens[at].text == "满" and acts and tokens[at + 1].kind in {"amount", "counted"}:
            made[at] = tokens[at].named("reach")
    return made


def _at_price(tokens: Sequence[Token]) -> list[Token]:
    """可以0.08 USDC的价格认购 is 可 and 以."""
    for at, token in enumerate(tokens[:-1]):
        if token.text == "可以" and tokens[at + 1].kind == "amount":
            may = Token("may", "可", token.start, token.start + 1)
            by = Token("with", "以", token.start + 1, token.end)
            return [*tokens[:at], may, by, *tokens[at + 1 :]]
    return list(tokens)


def _in_stage(tokens: Sequence[Token]) -> list[Token]:
    """公售阶段每个钱包: when, and who."""
    for at, token in enumerate(tokens[:-1]):
        if token.kind not in {"noun", "unknown"}:
            break
        each = tokens[at + 1].text.startswith(("每", "各", "单"))
        if each and token.text.endswith(_STAGES) and tokens[at + 1].kind in {"silent", "noun"}:
            during = Token("during", "期间", token.end, token.end)
            return [*tokens[: at + 1], during, *tokens[at + 1 :]]
    return list(tokens)


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
    if tokens[-1].kind in _ENDS_CASE or (tokens[0].value and tokens[0].value.frame == "receive"):
        return list(tokens)
    behind = next((one.kind for one in tokens[2:] if one.kind not in _WITH), "")
    first, last = tokens[0], tokens[1]
    named = last.text.endswith(_TERMS) and last.start == first.end and len(first.text) > 1
    timed = first.text in NOMINAL and last.text in {"时间", "期限", "日期"}
    acts = any(one.kind == "verb" for one in tokens[2:])
    if not named or not ((timed and acts) or (behind in _SET and not acts)):
        return list(tokens)
    name = replace(last, kind="noun", text=first.text + last.text, start=first.start)
    return [name, *tokens[2:]]
