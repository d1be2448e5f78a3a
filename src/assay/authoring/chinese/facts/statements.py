"""Conditions other than acts: times, states, consent, and what relative clauses say."""

from __future__ import annotations

from assay.authoring.chinese.context import Context
from assay.authoring.chinese.facts.bodies import all_of, body_of
from assay.authoring.chinese.lexicon.verb_places import BECAUSE, NOT_BECAUSE
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.noun_phrases import Noun, thing_of
from assay.authoring.chinese.phrases.predicates import Comparison, Predicate
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Comparator, Condition

OF_SOMETHING = frozenset({
    "不可归责于", "可归责于", "归责于",
    "违反", "通过", "符合", "不符合", "满足", "达成", "进入", "赢得", "夺得", "战胜", "击败",
    "打败", "登陆", "入职", "加入", "不足以",
    "确诊", "罹患", "患有", "丧失", "失去", "陷入", "当选", "晋级", "存在", "表示", "认为",
    "导致", "致使", "造成", "引起", "引发", "丢", "丢失", "遗失", "弄丢", "弄坏", "摔坏", "损坏",
    "严重违反", "重大违反", "实质性违反", "根本违反",
})  # fmt: skip


def is_of_something(word: str) -> bool:
    """Whether a word for what became of something says of what behind it."""
    return word.startswith(tuple(OF_SOMETHING)) or word.endswith(tuple(OF_SOMETHING))


_TIMES = ("日", "期", "期间", "日期", "阶段", "时间", "时点", "期限", "年", "月", "季")
BRINGS = frozenset({"表示", "认为", "导致", "致使", "造成", "引起", "引发"})
"""Verbs of what something leads to: all words behind them say it."""
_COMES_OF = frozenset({"导致", "造成", "引起", "引发", "所致", "致使"})
_HAPPENS = frozenset({"遇", "遇到", "出现", "发生"})
_HAS = ("无", "有", "存在")
"""How words begin that say of the noun before them what it has or lacks."""
GOALS = ("目标", "目标金额", "目标额", "硬顶", "软顶")
"""How words end for the sum that has to come together."""
_CAMPAIGNS = frozenset(
    f"{which}{noun}"
    for which in ("", "本次", "该", "此次")
    for noun in ("众筹", "筹款", "募集", "募资", "筹资", "筹集", "募捐")
)
MEASURED = (
    "降雨量", "降雨", "降水", "降雪", "风力", "雨量",
    "降水量", "气温", "温度", "风速", "震级", "汇率", "指数", "收盘价", "市价", "市场价",
    "价格", "股价", "航班", "航班延误", "水位", "湿度", "现货价", "币价", "利率", "油价", "金价",
    "读数", "浓度", "销量", "票房", "点击量", "播放量", "资金费率", "空气质量指数", "降雪量",
    "积雪", "PM2.5", "比特币", "以太坊", "以太币", "黄金", "白银", "原油", "大盘", "股指", "纳指",
)  # fmt: skip
"""What only somebody outside can tell."""


def time(
    context: Context,
    words: tuple[Token, ...],
    comparator: Comparator,
    value: str | None,
    subject: str | None = None,
) -> Condition:
    """A condition on time."""
    return Condition(
        kind="time",
        text=context.words(words),
        span=context.folded.span(words[0].start, words[-1].end),
        comparator=comparator,
        value=value,
        subject=subject,
    )


def replaced(condition: Condition, **changes: object) -> Condition:
    """A condition with some fields changed."""
    return condition.model_copy(update=changes)


def reached_goal(state: Condition, goal: Quantity | None) -> Condition | None:
    """目标未达成, after a text said how much the goal is."""
    failed = state.value == "失败"
    reached = state.value in {"达成", "实现", "达到", "完成", "达标"} or _has_succeeded(state)
    about = (state.subject or "").endswith(GOALS) or _has_succeeded(state)
    about = about or (state.value == "达标" and state.subject in {None, "项目", "众筹", "筹款"})
    if goal is None or not reached or not about:
        return None
    return replaced(
        state,
        subject=state.subject or "目标",
        kind="comparison",
        comparator="<" if state.negated != failed else ">=",
        negated=False,
        value=goal.amount,
        asset=goal.asset,
    )


def _has_succeeded(state: Condition) -> bool:
    """筹款成功, 众筹失败, 募满: whether the campaign has got what it was for."""
    whole = state.subject in _CAMPAIGNS and state.value in {"成功", "失败"}
    return whole or (state.value == "募满" and state.subject in {None, *_CAMPAIGNS})


def with_words(condition: Condition, words: tuple[Token, ...], context: Context) -> Condition:
    """A condition with the words that say it."""
    span = context.folded.span(words[0].start, words[-1].end)
    return replaced(condition, text=context.words(words), span=span)


def so(context: Context, words: tuple[Token, ...], subject: str | None) -> Condition:
    """不可抗力, 紧急情况下: a thing that is the case."""
    span = context.folded.span(words[0].start, words[-1].end)
    return Condition(
        kind="state", text=context.words(words), span=span, subject=subject, value="发生"
    )


def caused_by(tokens: list[Token], context: Context) -> Condition | None:
    """因供应商供货不足导致的: only what it comes of, and not what came of it."""
    while tokens and tokens[0].kind in {"silent", "and"}:
        tokens = tokens[1:]
    if len(tokens) < 3 or tokens[0].text not in BECAUSE | NOT_BECAUSE:
        return None
    if tokens[-1].text not in _COMES_OF:
        return None
    cause = "".join(token.text for token in tokens[1:-1] if token.kind != "silent")
    found = so(context, tuple(tokens), cause)
    return replaced(found, negated=tokens[0].text in NOT_BECAUSE)


def became(
    context: Context, words: tuple[Token, ...], content: tuple[Token, ...]
) -> Condition | None:
    """主体结构封顶, 货物装船: what became of a thing, where no list has the verb."""
    heads = [at for at, token in enumerate(content) if token.kind == "de"]
    content = content[heads[-1] + 1 :] if heads else content
    text = "".join(token.text for token in content if token.kind != "silent")
    kinds = {token.kind for token in content}
    plain = kinds <= {"noun", "unknown", "party", "silent", "latin"} and "unknown" in kinds
    has = [at for at, one in enumerate(content) if at and one.text.startswith(_HAS)]
    if plain and has and content[has[0]].kind == "unknown":
        span = context.folded.span(words[0].start, words[-1].end)
        about, said = ("".join(one.text for one in part) for part in _parted(content, has[0]))
        return Condition(
            kind="state", text=context.words(words), span=span, subject=about, value=said
        )
    if not plain or len(text) < 3 or text.endswith(_TIMES) or content[-1].kind != "unknown":
        return None
    cut = -min(2, len(content[-1].text))
    span = context.folded.span(words[0].start, words[-1].end)
    return Condition(
        kind="state",
        text=context.words(words),
        span=span,
        subject=text[:cut] or None,
        value=text[cut:],
    )


def _parted(content: tuple[Token, ...], at: int) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    return content[:at], content[at:]


def quorum_of(token: Token, context: Context, *, negated: bool) -> Condition:
    """So many of so many agree."""
    quorum = token.value
    return Condition(
        kind="approval",
        text=token.text,
        span=context.folded.span(token.start, token.end),
        subject=body_of(quorum.subject, context),
        value=quorum.value,
        total=quorum.total or all_of(quorum.subject, quorum.value, context),
        comparator=quorum.comparator,
        negated=negated or quorum.negated,
    )


def relative(noun: Noun, clause: tuple[Token, ...], context: Context) -> Condition:
    """未通过身份核验的人士: what must not be so of whom a clause is about."""
    counts = [token for token in clause if token.kind in {"amount", "counted"}]
    if counts:
        held = _held(counts[0], clause, context)
        if any(token.kind == "verb" for token in clause):
            return held
        bound = next(at for at, token in enumerate(clause) if token.kind in _COMPARATORS)
        measured = "".join(token.text for token in clause[:bound])
        return replaced(held, subject=f"{noun.text or ''}{measured}")
    if any(token.text in {"或", "或者"} for token in clause):
        context.reject(clause, "it gives two conditions of which either would do")
    value = "".join(token.text for token in clause).removeprefix("没有").lstrip("未没不曾")
    return Condition(
        kind="state",
        text=context.words(clause),
        span=context.folded.span(clause[0].start, clause[-1].end),
        subject=noun.party or noun.text,
        value=value,
        negated=clause[0].text[0] in "未没不",
    )


_COMPARATORS: dict[str, Comparator] = {
    "above": ">", "least": ">=", "reach": ">=", "or_more": ">=", "below": "<", "most": "<=",
    "or_less": "<=",
}  # fmt: skip


_OR_MORE = frozenset({"以上", "及以上", "以下", "或以上"})


def _held(count: Token, clause: tuple[Token, ...], context: Context) -> Condition:
    """持有超过1000枚治理代币的: how much somebody has to hold."""
    compared = [_COMPARATORS[token.kind] for token in clause if token.kind in _COMPARATORS]
    counted = count.kind == "counted"
    thing = thing_of([
        token for token in clause if token.start >= count.end and token.text not in _OR_MORE
    ])  # fmt: skip
    unit = None if counted else count.value.asset
    return Condition(
        kind="comparison",
        text=context.words(clause),
        span=context.folded.span(clause[0].start, clause[-1].end),
        subject=thing or unit,
        comparator=compared[0] if compared else ">=",
        value=count.value[0] if counted else count.value.amount,
        asset=unit,
    )


def approval(
    predicate: Predicate, context: Context, text: str, span: tuple[int, int] | None
) -> Condition:
    """Consent of somebody."""
    noun = predicate.subject
    name = context.name(noun) or (noun.text if noun is not None else None)
    return Condition(kind="approval", text=text, span=span, subject=name, negated=predicate.negated)


def lasting(
    predicate: Predicate,
    comparison: Comparison,
    text: str,
    span: tuple[int, int] | None,
) -> Condition:
    """航班延误超过四小时: how long something went on."""
    noun, verb = predicate.subject, predicate.verb
    assert noun is not None
    assert verb is not None
    subject = f"{noun.party or noun.text}{verb.text}"
    outside = subject.endswith("延误") or subject.startswith(MEASURED)
    return Condition(
        kind="oracle" if outside else "comparison",
        text=text,
        span=span,
        subject=subject,
        comparator=comparison.comparator,
        value=comparison.duration,
    )


def state(predicate: Predicate, text: str, span: tuple[int, int] | None) -> Condition:
    """What is so of a subject: 租赁期届满, 公司上市."""
    lexeme = predicate.lexeme
    verb = predicate.verb
    noun = predicate.subject or predicate.taken
    brings = verb is not None and verb.text in BRINGS
    if brings and predicate.causes:
        noun = predicate.causes.pop(0)
        predicate.negated = predicate.negated != (noun.tokens[0].text in NOT_BECAUSE)
    if (
        noun is None
        and not brings
        and predicate.objects
        and lexeme is not None
        and lexeme.frame == "own"
    ):
        noun = predicate.objects[0]
    subject = (noun.party or noun.text) if noun is not None else None
    value = _said(predicate, noun, brings=brings)
    negated = predicate.negated
    if value in _HAPPENS:
        about = [one.text for one in predicate.objects if one.text and one is not noun]
        value = "发生" if not about else value + "".join(about)
    if (
        value is not None
        and value.startswith("未")
        and lexeme is not None
        and lexeme.frame == "own"
    ):
        value, negated = value[1:], not negated
    negated = negated != predicate.nobody
    durations = [one for one in predicate.comparisons if one.duration is not None]
    if noun is not None and noun.quantity is not None:
        subject = noun.text
    return Condition(
        kind="state",
        text=text,
        span=span,
        subject=subject,
        value=value,
        negated=negated,
        comparator=durations[0].comparator if durations else None,
    )


def _said(predicate: Predicate, noun: Noun | None, *, brings: bool) -> str | None:
    """What is so: the verb, and the words that it needs to say it."""
    verb, lexeme = predicate.verb, predicate.lexeme
    early = any(
        one.text == "提前" and verb is not None and one.end == verb.start
        for one in predicate.tokens
    )  # fmt: skip
    value = ("提前" if early else "") + (verb.text if verb is not None else "")
    if lexeme is None or lexeme.frame != "own" or is_of_something(value):
        value += "".join(one.text or one.party or "" for one in predicate.objects)
    elif noun is not None and noun.party and value not in _HAPPENS:
        value += "".join(one.text or "" for one in predicate.objects)
    about = predicate.taken if predicate.taken is not noun else None
    if value.endswith(("异议", "意见")) and about is not None:
        value = f"对{about.text or ''}{value}"
    if predicate.recipient is None:
        return value or None
    whom = "".join(one.text for one in predicate.recipient.tokens)
    if value.endswith("于"):
        value += whom
    return f"给{whom}{value}" if brings else value or None


def base_text(content: tuple[Token, ...]) -> str | None:
    """The words that a time counts from, without determiners."""
    kept = [token for token in content if token.kind not in {"silent", "quote"}]
    return thing_of([token for token in kept if token.kind != "de"], whole=True)


def with_causes(made: list[Condition], predicate: Predicate, context: Context) -> list[Condition]:
    """因不可抗力未交货; 因发包人原因导致停工 is one fact."""
    causes = predicate.causes
    brings = len(causes) == len(made) == 1 and made[0].kind == "state" and not made[0].subject
    brings = brings and causes[0].tokens[0].text not in NOT_BECAUSE
    if brings and (made[0].value or "").startswith(tuple(BRINGS)):
        return [replaced(made[0], subject=causes[0].text)]
    return made + [
        replaced(so(context, one.tokens, one.text), negated=one.tokens[0].text in NOT_BECAUSE)
        for one in causes
    ]
