"""Spans of time by name that no verb tells: 募集时间2027年4月1日至4月30日, 租期自某日起至某日止.

Each bounds the act that its name is about, wherever in the text that act is told.
"""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.chinese.context import Context, NamedSpan
from assay.authoring.chinese.facts.statements import time
from assay.authoring.chinese.lexicon.spans import DELIVERIES
from assay.authoring.chinese.lexing.calendar import in_year_of
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.terms.term_lines import TermLine, actions_of, bounded, is_end
from assay.authoring.model import Obligation

_ENDS = ("期", "期限", "期间", "时间", "日期", "时段", "窗口", "有效期", "起止时间", "起止日期")
_LAST = ("截止时间", "截止日期", "截止日", "截止", "结束时间", "结束日期", "到期日")
_BARE = frozenset({*_LAST, "期限", "截止期限", "截止期", "有效期", "期间", "时间"})
_GOES_ON = frozenset({"bid", "vote", "contribute", "buy", "subscribe"})
_COVERS = ("保险", "保障", "承保", "投保", "观测", "观察", "监测", "有效期", "统计", "保单")
_CLOSES = frozenset({"截止", "结束", "终止", "停止", "关闭"})
_WHATEVER = frozenset({"活动", "本次活动", "本活动"})
_STARTS = frozenset({"from", "equal", "colon", "at", "silent", "quote"})
_STOPS = frozenset({"止", "为止", "止期"})


def window_of(tokens: Sequence[Token], before: TermLine | None) -> NamedSpan | None:
    """The span of time that a clause without a verb names; `before` is the length just set."""
    kept = [token for token in tokens if token.text not in _STOPS]
    if (last_day := _closes(kept) or _last_day(kept)) is not None:
        return last_day
    dates = [at for at, token in enumerate(kept) if token.kind == "moment"]
    if len(dates) != 2 or dates[1] != len(kept) - 1:
        return None
    between = [token.kind for token in kept[dates[0] + 1 : dates[1]]]
    if [kind for kind in between if kind not in {"after", "de"}] != ["into"]:
        return None
    first, last = kept[dates[0]], kept[dates[1]]
    start, end = first.value, in_year_of(last.text, first.value, last.value)
    named = [token for token in kept[: dates[0]] if token.kind not in _STARTS]
    name = "".join(token.text for token in named) or (before.name if before is not None else None)
    plain = all(token.kind in {"noun", "unknown", "verb", "de"} for token in named)
    if name is None or not plain or not name.endswith(_ENDS) or start.missing or end.missing:
        return None
    if start.iso is None or end.iso is None:
        return None
    length = before.length if before is not None and not named else None
    return NamedSpan(name, tuple(tokens), start.iso, end.iso, length)


def _closes(tokens: Sequence[Token]) -> NamedSpan | None:
    """2027年6月1日截止, 活动于6月1日结束: when what the text is about is over."""
    kept = [one for one in tokens if one.kind not in _STARTS and one.text not in _WHATEVER]
    if len(kept) != 2 or kept[0].kind != "moment" or kept[1].text not in _CLOSES:
        return None
    end = kept[0].value
    told = end.iso is not None and not end.missing
    return NamedSpan("截止", tuple(tokens), None, end.iso) if told else None


def _last_day(tokens: Sequence[Token]) -> NamedSpan | None:
    """投票截止时间为6月15日: the day on which it ends."""
    until = [token.kind for token in tokens[-2:-1]] == ["into"]
    kept = [one for one in tokens if one.kind not in _STARTS and not (until and one.kind == "into")]
    if len(kept) < 2 or kept[-1].kind != "moment" or kept[-1].value.missing:
        return None
    name, end = "".join(token.text for token in kept[:-1]), kept[-1].value.iso
    plain = all(token.kind in {"noun", "unknown", "verb", "at_latest"} for token in kept[:-1])
    return (
        NamedSpan(name, tuple(tokens), None, end)
        if end
        and plain
        and (name.endswith(_LAST) or name in DELIVERIES or (until and name.endswith(_ENDS)))
        else None
    )


def with_span(
    obligations: Sequence[Obligation], span: NamedSpan, context: Context, *, needed: bool = True
) -> list[Obligation]:
    """The duties, the one that a named span is about within it; else its words are refused.

    Args:
        needed: whether nothing else takes the span up.

    交期2027年5月20日 is a duty of its own where no other hands anything over.
    """
    actions = actions_of(span.name) or _meant(obligations, span)
    bids = span.name == "截止" and actions == frozenset({"bid"})
    if bids:
        return [*obligations, _ends(span, "拍卖", context)]
    for at, one in enumerate(obligations):
        if actions is not None and one.action in actions:
            within = _within(one, span, context)
            if within is not None:
                return [*obligations[:at], within, *obligations[at + 1 :]]
    if span.name in DELIVERIES and span.start is None:
        place = context.folded.span(span.words[0].start, span.words[-1].end)
        due = Obligation(modality="must", action="deliver", deadline=span.end, span=place)
        return [*obligations, due]
    if (covered := _covered(obligations, span, context)) is not None:
        return covered
    if span.start is None and (actions is None or "contribute" in actions) and context.goal:
        return [*obligations, _ends(span, "众筹", context)]
    if needed:
        context.reject(span.words, "it sets a term that no other clause takes up")
    return list(obligations)


def _covered(
    obligations: Sequence[Obligation], span: NamedSpan, context: Context
) -> list[Obligation] | None:
    """保险期间为5月1日至5月31日: within which what is reported has to happen."""
    told = [one for one in obligations if any(each.kind == "oracle" for each in one.conditions)]
    timed = [one for one in told if any(each.kind == "time" for each in one.conditions)]
    if not told or timed or not any(word in span.name for word in _COVERS):
        return None
    times = [time(context, span.words, ">=", span.start)] if span.start else []
    times.append(time(context, span.words, "<=", span.end))
    return [
        one.model_copy(update={"conditions": (*one.conditions, *times)}) if one in told else one
        for one in obligations
    ]


def _meant(obligations: Sequence[Obligation], span: NamedSpan) -> frozenset[str] | None:
    """截止日期 alone is that of the one thing that goes on: bids, votes, contributions, a sale."""
    open_ = {one.action for one in obligations if one.action in _GOES_ON}
    alone = span.start is None and span.name.removeprefix("本次") in _BARE
    return frozenset(open_) if alone and len(open_) == 1 else None


def _ends(span: NamedSpan, noun: str, context: Context) -> Obligation:
    """截止日期为8月31日 beside a goal: the campaign ends then."""
    place = context.folded.span(span.words[0].start, span.words[-1].end)
    return Obligation(
        actor="contract", modality="must", action="terminate", asset=noun, deadline=span.end,
        span=place,
    )  # fmt: skip


def _within(one: Obligation, span: NamedSpan, context: Context) -> Obligation | None:
    if span.start is None or any(map(is_end, one.conditions)):
        return bounded(TermLine(span.name, span.words, length=span.end), one)
    begin = time(context, span.words, ">=", span.start)
    last = time(context, span.words, "<=", span.end)
    return one.model_copy(update={"conditions": (*one.conditions, begin, last)})
