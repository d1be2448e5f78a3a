"""Days that are counted from an act in other words than 后三日内: 收货三天内, 收到货款的次日.

They are spelled as 后 and a length, which the grammar of adverbials reads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assay.authoring.chinese.lexicon.verb_places import NOMINAL
from assay.authoring.chinese.lexing.calendar import duration_at
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.language.durations import Duration

_NEXT = frozenset({"次日", "翌日", "第二天", "第二日"})
_DAYS = ("天", "日")
_OPENS = frozenset({"at", "from"})
_NO_CLAUSE = frozenset({
    "after", "before", "must", "may", "must_not", "not", "recurrence", "late", "duration", "with",
})  # fmt: skip
_LASTS = frozenset({"extend", "renew", "maintain", "provide", "occupy", "use", "lock", "supply"})
"""What goes on for the length that stands behind it: 延长三天."""
_STILL_NOT = frozenset({"仍不", "仍未", "仍没有", "仍未能", "还不", "还没", "还没有", "拒不"})
_ASKS = frozenset({"notify", "claim"})
_NTH = re.compile("第一(?:年|个月|个季度|季度|周)|首(?:年|月)|头一年")
_NTH_END = re.compile(
    "第(?P<length>[一二三四五六七八九十]+(?:个?月|年|个季度))(?:末|底|期?满时|结束时)"
)
_ACTS_IN_IT = frozenset({"must_not", "must", "may", "not", "recurrence", "verb"})
_SPANS = ("期", "期限", "期间", "年限")
_COMES_DUE = frozenset({"到期", "期满", "届期", "届满", "到时间"})


def with_days_counted(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with 后 and a length where days are counted from an act."""
    tokens = _end_of_nth(_by_next_day(_begins_with(_first_length(_for_so_long(tokens)))))
    return _within_length(_nth_day(_for_full(_still_not(_due_undone(_on_the_way(tokens))))))


def _first_length(tokens: Sequence[Token]) -> list[Token]:
    """团队第一年不能转让, 代币前六个月锁定: within that length."""
    for at in range(len(tokens) - 1):
        first, length = tokens[at : at + 2]
        end = at + 1
        if _NTH.fullmatch(first.text):
            length = replace(first, value=_first(first.text))
        elif at and _is_opening(tokens, at) and length.kind == "duration":
            end = at + 2
        else:
            continue
        rest = tokens[end:]
        closed = bool(rest) and rest[0].text in {"内", "里", "之内", "以内"}
        behind = rest[closed].kind if closed < len(rest) else ""
        if length.value is None or behind not in _ACTS_IN_IT:
            continue
        begun = at - (at > 0 and tokens[at - 1].text == "在")
        within = Token("during", "内", length.end, length.end)
        kept = replace(length, kind="duration", start=first.start)
        return [*tokens[:begun], kept, within, *rest[closed:]]
    return list(tokens)


def _for_so_long(tokens: Sequence[Token]) -> list[Token]:
    """催告后满六十日仍未缴纳: within that length."""
    for at in range(len(tokens) - 3):
        after, full, length, undone = tokens[at : at + 4]
        counted = after.kind == "after" and full.text in {"满", "超过", "届满"}
        if counted and length.kind == "duration" and undone.kind == "not":
            within = Token("during", "内", length.end, length.end)
            return [*tokens[: at + 1], length, within, *tokens[at + 3 :]]
    return list(tokens)


def _by_next_day(tokens: Sequence[Token]) -> list[Token]:
    """应于次日前支付, 次日内退还: within a day of what was told before."""
    for at in range(len(tokens) - 1):
        day, closer = tokens[at], tokens[at + 1]
        begun = at - (at > 0 and tokens[at - 1].kind == "at")
        follows = tokens[begun - 1].kind if begun else "must"
        if day.text not in _NEXT or follows not in {"must", "may", "party", "then"}:
            continue
        closed = closer.kind in {"before", "during"}
        if closed or closer.kind in {"to", "take", "verb", "silent"}:
            length = replace(day, kind="duration", value=Duration("P1D", business=False))
            within = Token("during", "内", day.end, closer.end if closed else day.end)
            return [*tokens[:begun], length, within, *tokens[at + 1 + closed :]]
    return list(tokens)


def _end_of_nth(tokens: Sequence[Token]) -> list[Token]:
    """第一年末归属25%: when that length is over."""
    for at in range(len(tokens) - 1):
        nth, end = tokens[at : at + 2]
        match = _NTH_END.fullmatch(nth.text + end.text)
        length = duration_at(match["length"], 0) if match is not None else None
        if length is not None:
            begun = at - (at > 0 and tokens[at - 1].kind == "at")
            whole = replace(nth, kind="duration", value=length[0])
            return [
                *tokens[:begun],
                whole,
                Token("after", "后", end.start, end.end),
                *tokens[at + 2 :],
            ]
    return list(tokens)


def _is_opening(tokens: Sequence[Token], at: int) -> bool:
    """租客前三个月, 在前一年内; but not 截止日前三天, which is before it."""
    opens = tokens[at - 1].kind == "party" or tokens[at - 1].text == "在"
    return opens and tokens[at].text in {"前", "头"}


def _first(words: str) -> Duration | None:
    """A year for 第一年 and 首年."""
    found = duration_at(f"一{words[-2:] if words.endswith(('月', '季度')) else words[-1]}", 0)
    found = found or duration_at(f"一个{words[-1]}", 0)
    return found[0] if found is not None else None


def _begins_with(tokens: Sequence[Token]) -> list[Token]:
    """从第二年开始每月解锁: 起."""
    for at in range(1, len(tokens) - 1):
        since = tokens[at - 1].kind == "ordinal" and tokens[at - 1].text[-1] in "年月周日"
        if since and tokens[at].text == "开始":
            made = [*tokens[:at], replace(tokens[at], kind="after", text="起", value=None)]
            return [*made, *tokens[at + 1 :]]
    return list(tokens)


def _for_full(tokens: Sequence[Token]) -> list[Token]:
    """员工入职满一年: an act, and how long ago it was."""
    made = [token for token in tokens if token.kind != "quote"]
    while made and made[-1].kind in {"de", "when"}:
        made.pop()
    if len(made) < 3 or made[-1].kind != "duration" or made[-2].text not in {"满", "已满", "达"}:
        return list(tokens)
    act = made[-3]
    lexeme = act.value if act.kind == "verb" else None
    if act.kind != "signing" and (lexeme is None or lexeme.action in _LASTS):
        return list(tokens)
    if any(one.kind in _NO_CLAUSE or one.text == "连续" for one in made[:-1]):
        return list(tokens)
    return [*made, Token("after", "后", made[-1].end, made[-1].end)]


def _nth_day(tokens: Sequence[Token]) -> list[Token]:
    """确认之日起第七天, 收到货款的次日: the length that has gone by then."""
    made: list[Token] = []
    for token in tokens:
        before = made[-1] if made else None
        length = _day_named(token) if before is not None else None
        if length is None or before is None:
            made.append(token)
            continue
        of_act = before.kind == "de" and len(made) > 2 and _acts(made[:-1])
        if of_act:
            made[-1] = Token("after", "后", before.start, before.end)
        elif before.kind != "after":
            made.append(token)
            continue
        made.append(replace(token, kind="duration", value=length))
    return made


def _day_named(token: Token) -> Duration | None:
    if token.text in _NEXT:
        return Duration("P1D", business=False)
    if token.kind != "ordinal" or not token.text.endswith(_DAYS):
        return None
    found = duration_at(token.text, 1)
    return found[0] if found is not None else None


def _acts(tokens: Sequence[Token]) -> bool:
    return any(token.kind in {"verb", "signing"} for token in tokens)


def _within_length(tokens: Sequence[Token]) -> list[Token]:
    """收货三天内: an act, and how long after it."""
    for at in range(1, len(tokens) - 1):
        act, length, closer = tokens[at - 1], tokens[at], tokens[at + 1]
        if length.kind != "duration" or closer.kind != "during":
            continue
        first = max((i + 1 for i in range(at) if tokens[i].kind in _OPENS), default=0)
        follows = tokens[at + 2].kind if at + 2 < len(tokens) else ""
        if not _is_over(tokens[first:at], follows):
            continue
        after = Token("after", "后", act.end, act.end)
        return [*tokens[:at], after, *tokens[at:]]
    return list(tokens)


def _is_over(tokens: Sequence[Token], follows: str) -> bool:
    """Whether a clause that names no time and no duty ends right here, with its verb."""
    if not tokens:
        return False
    act = tokens[-1]
    kinds = {token.kind for token in tokens}
    if kinds & _NO_CLAUSE:
        return False
    if act.kind == "signing":
        return True
    lexeme = act.value if act.kind == "verb" else None
    if lexeme is None:
        return False
    ends = lexeme.frame == "own" or lexeme.thing is not None or lexeme.frame == "receive"
    ends = ends or (lexeme.action in {"accept", "confirm", "reject"} and len(act.text) > 1)
    return ends or (follows == "party" and lexeme.action not in _LASTS)


def _on_the_way(tokens: Sequence[Token]) -> list[Token]:
    """货物途中丢失: what befell it on the way, and not a time."""
    for at in range(1, len(tokens) - 1):
        named, way, act = tokens[at - 1 : at + 2]
        befell = act.kind == "verb" and act.value is not None and act.value.frame == "own"
        if way.text == "途中" and befell and named.kind == "noun" and named.text not in NOMINAL:
            value = replace(act.value, word=way.text + act.text)
            whole = replace(act, text=way.text + act.text, start=way.start, value=value)
            return [*tokens[:at], whole, *tokens[at + 2 :]]
    return list(tokens)


def _still_not(tokens: Sequence[Token]) -> list[Token]:
    """经催告仍不履行: after the first act the second was not done."""
    for at in range(1, len(tokens) - 1):
        act, undone = tokens[at - 1], tokens[at]
        if undone.text in _STILL_NOT and act.kind == "verb" and act.value.action in _ASKS:
            return [*tokens[:at], Token("after", "后", act.end, act.end), *tokens[at:]]
    return list(tokens)


def _due_undone(tokens: Sequence[Token]) -> list[Token]:
    """借款到期不还: it was due, and it was not done; 宽限期届满仍未交货: after the end of it."""
    made = list(tokens)
    for at in range(len(tokens) - 2):
        due = tokens[at].text in _COMES_DUE and tokens[at].kind == "verb"
        undone = tokens[at + 1].kind == "not" and tokens[at + 2].kind in {"verb", "silent"}
        ended = due and undone and at > 0 and tokens[at - 1].text.endswith(_SPANS)
        if ended:
            return [
                *tokens[: at + 1],
                Token("after", "后", tokens[at].end, tokens[at].end),
                *tokens[at + 1 :],
            ]
        if due and undone:
            made[at] = replace(tokens[at], kind="silent", value=None)
    return made
