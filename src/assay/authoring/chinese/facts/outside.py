"""Facts that only somebody outside can tell: 航班取消, 经法院判决, 检测报告显示."""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.chinese.facts.statements import replaced
from assay.authoring.chinese.lexicon.sources import (
    ALONE,
    CONTESTS,
    OFFICIAL,
    OUTSIDE_SUBJECTS,
    SOURCE_ENDS,
    TELLS,
)
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.model import Condition

_PREPOSITIONS = frozenset({"经", "由", "据", "根据", "依据", "按", "按照", "依"})
SHOWS = frozenset({"显示", "表明", "载明", "记载"})
_PRIZES = ("决赛", "冠军", "季后赛", "四强", "八强", "金牌")
_WEATHER = frozenset({"下雨", "下雪", "下大雨", "下暴雨", "下大雪", "下暴雪", "下冰雹", "刮台风"})
_RUNS = frozenset({"结束", "开始", "截止", "届满", "完结"})
"""What anybody sees, as of an auction: 赛事结束."""
_SAYS_AGAIN = frozenset({"认定", "确认", "认为", "证明", "显示", "宣布", "判定"})


def told_by(tokens: Sequence[Token]) -> tuple[str | None, list[Token]]:
    """Who tells what a clause states, and the words of what is told.

    经法院判决合同无效 is told by 法院; 甲方确认货物合格 is an act of a party and stays whole.
    """
    for at, token in enumerate(tokens):
        told = at + 2 < len(tokens) or (at + 2 == len(tokens) and tokens[-1].kind == "verb")
        if at and token.text in SHOWS and told:
            return _name(tokens[:at]), list(tokens[at + 1 :])
    prepared = bool(tokens) and tokens[0].text in _PREPOSITIONS
    verb = _telling_verb(tokens, 1 if prepared else 0)
    if verb is None:
        return None, list(tokens)
    if not prepared and tokens[verb].text not in ALONE:
        return None, list(tokens)
    source = "".join(token.text for token in tokens[prepared:verb])
    at = verb + 1
    of_noun = at < len(tokens) and tokens[at].kind == "de"
    if not source.endswith(SOURCE_ENDS) or (of_noun and not prepared):
        return None, list(tokens)
    at += of_noun
    at += at < len(tokens) and tokens[at].text in _SAYS_AGAIN
    at += at < len(tokens) and tokens[at].kind in {"equal", "as"}
    rest = list(tokens[at:])
    return (source, rest) if _states(rest) else (None, list(tokens))


def source_named(tokens: Sequence[Token]) -> str | None:
    """根据气象台的数据, 据交易所公告: a unit that only names who tells what follows."""
    told = _tells_alone(tokens)
    if told is not None:
        return told
    ends = ("数据", "信息", "报告", "统计", "记录", "公告", "读数", "通报", "报价", "行情")
    if len(tokens) < 3 or tokens[0].text not in _PREPOSITIONS - {"由", "经"}:
        return None
    words = "".join(token.text for token in tokens[1:])
    head = next((words.removesuffix(end) for end in ends if words.endswith(end)), None)
    if head is None or any(token.kind in {"must", "may", "amount"} for token in tokens):
        return None
    for verb in ("发布", "公布", "提供", "披露"):
        head = head.removesuffix("的").removesuffix(verb)
    return head if head.endswith(SOURCE_ENDS) else None


def _tells_alone(tokens: Sequence[Token]) -> str | None:
    """经第三方检测机构检测, 以交易所公布的收盘价计算: who tells what follows."""
    last = tokens[-1].text if tokens else ""
    if len(tokens) > 2 and tokens[0].text in {"经", "据"} and last in TELLS - {"确认", "公告"}:
        name = "".join(token.text for token in tokens[1:-1])
        return name if name.endswith(SOURCE_ENDS) else None
    at = next((at for at, one in enumerate(tokens) if one.text in {"公布", "发布", "报出"}), 0)
    reckons = last in {"计算", "为准", "计", "为基准"} and tokens[0].text in {"以", "按", "按照"}
    if at < 2 or not reckons:
        return None
    name = "".join(token.text for token in tokens[1:at])
    return name if name.endswith(SOURCE_ENDS) else None


def _telling_verb(tokens: Sequence[Token], first: int) -> int | None:
    """Where the verb of telling stands, right behind who tells."""
    for at in range(first, min(first + 5, len(tokens))):
        if tokens[at].text in TELLS and at > first:
            return at
        if tokens[at].kind not in {"party", "noun", "unknown", "verb", "silent"}:
            return None
    return None


def _states(tokens: Sequence[Token]) -> bool:
    """Whether words say that something is so, and do not only name a thing."""
    said = {"verb", "above", "below", "reach", "not", "equal", "least", "most", "at_or_below"}
    kinds = [token.kind for token in tokens]
    bare = len(tokens) > 1 and kinds[-1] == "unknown"
    return (
        bool(tokens)
        and kinds[0] not in {"after", "before", "when", "duration"}
        and (bool(said & set(kinds)) or bare)
    )


def _name(tokens: Sequence[Token]) -> str:
    while (
        len(tokens) > 1
        and tokens[-1].text in {"喂价", "报价", "数据"}
        and tokens[-2].kind
        in {
            "latin",
            "party",
        }
    ):
        tokens = tokens[:-1]
    parties = [token.text for token in tokens if token.kind == "party"]
    kept = [token for token in tokens if token.text not in _PREPOSITIONS]
    return parties[0] if parties else "".join(token.text for token in kept)


def seen_outside(condition: Condition, verb: str | None, source: str | None) -> Condition:
    """The condition as a fact from outside, where a source tells it or its subject is outside."""
    about = condition.subject or condition.asset or ""
    if condition.action == "report" and (condition.actor or "").endswith(OFFICIAL):
        source = condition.actor
    if source is None and not _is_outside(condition, about):
        return condition
    if condition.kind in {"time", "approval", "breach"}:
        return condition
    value = condition.value or (verb if condition.kind == "event" else None)
    amounts = condition.kind in {"comparison", "oracle"}
    return replaced(
        condition, kind="oracle", subject=about or None, value=value, action=None, amount=None,
        actor=source, recipient=None, asset=condition.asset if amounts else None,
    )  # fmt: skip


def told_from(
    source: str, predicate: Predicate, conditions: Sequence[Condition]
) -> list[Condition]:
    """What a clause states, told by a source."""
    verb = predicate.verb.text if predicate.verb is not None else None
    return [seen_outside(one, verb, source) for one in conditions]


def _is_outside(condition: Condition, about: str) -> bool:
    if condition.kind == "state":
        value = condition.value or ""
        won = any(value.startswith(one) for one in CONTESTS) or value.endswith(_PRIZES)
        return won or value in _WEATHER or (about.endswith(OUTSIDE_SUBJECTS) and value not in _RUNS)
    return (
        condition.kind == "event"
        and condition.action in {"cancel", "extend"}
        and (about.endswith(OUTSIDE_SUBJECTS))
    )
