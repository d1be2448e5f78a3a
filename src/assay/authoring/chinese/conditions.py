"""Adverbials and condition clauses to conditions, deadlines and recurrences."""

from __future__ import annotations

from dataclasses import dataclass, field

from assay.authoring.chinese.acts import act_of
from assay.authoring.chinese.adverbials import Adverbial
from assay.authoring.chinese.context import Context
from assay.authoring.chinese.doubts import refuse_unused
from assay.authoring.chinese.lexer import Token
from assay.authoring.chinese.lexicon.roles import SOURCES
from assay.authoring.chinese.lexicon.verbs import NOMINAL, Verb
from assay.authoring.chinese.phrases import Noun, thing_of
from assay.authoring.chinese.predicates import Comparison, Predicate
from assay.authoring.chinese.walk import read_predicates
from assay.authoring.model import Comparator, Condition

_MEASURED = (
    "降雨量", "降水量", "气温", "温度", "风速", "震级", "汇率", "指数", "收盘价", "市价", "市场价", "价格", "股价",
    "航班", "航班延误", "水位", "湿度", "现货价", "币价", "利率", "油价", "金价", "降雪量", "积雪", "PM2.5",
)  # fmt: skip
_BY_ONESELF = frozenset({"confirm", "inspect", "report", "vote", "accept"})
_EVENTS_AS_STATES = frozenset({"核实", "完成", "上线", "安装", "安装完毕", "部署", "竣工"})


@dataclass(slots=True)
class Timing:
    """When: what the adverbials of a clause come to."""

    conditions: list[Condition] = field(default_factory=list)
    deadline: str | None = None
    deadline_from: str | None = None
    recurrence: str | None = None


def timing_of(
    predicate: Predicate, context: Context, *, modality: str | None, acting: str | None
) -> Timing:
    """Resolve a clause's adverbials; a prohibition has its time as a condition."""
    timing = Timing()
    for adverbial in predicate.adverbials:
        _apply(timing, adverbial, context, modality=modality, acting=acting)
    for approval in predicate.approvals:
        timing.conditions += condition_of(approval, context, acting=acting)
    timing.conditions += [
        quorum_of(token, context, negated=negated) for token, negated in predicate.quorums
    ]
    timing.conditions += [_relative(noun, clause, context) for noun, clause in predicate.relatives]
    if predicate.prompt and timing.deadline is None and modality != "condition":
        timing.deadline = "P0D"
    for token in predicate.vague:
        context.ask("vague_time", token.start, token.end)
    return timing


def _relative(noun: Noun, clause: tuple[Token, ...], context: Context) -> Condition:
    """未通过身份核验的人士: what must not be so of whom a clause is about."""
    value = "".join(token.text for token in clause).removeprefix("没有").lstrip("未没不曾")
    return Condition(
        kind="state",
        text=context.words(clause),
        span=context.folded.span(clause[0].start, clause[-1].end),
        subject=noun.party or noun.text,
        value=value,
        negated=clause[0].text[0] in "未没不",
    )


def quorum_of(token: Token, context: Context, *, negated: bool) -> Condition:
    """So many of so many agree."""
    quorum = token.value
    return Condition(
        kind="approval",
        text=token.text,
        span=context.folded.span(token.start, token.end),
        subject=quorum.subject,
        value=quorum.value,
        total=quorum.total,
        comparator=quorum.comparator,
        negated=negated or quorum.negated,
    )


def _apply(
    timing: Timing,
    adverbial: Adverbial,
    context: Context,
    *,
    modality: str | None,
    acting: str | None,
) -> None:
    words = adverbial.tokens
    if adverbial.duration is not None and adverbial.duration.business:
        context.ask("business_days", words[0].start, words[-1].end)
    if adverbial.moment is not None:
        _moment(timing, adverbial, context, modality)
    elif adverbial.recurrence is not None:
        _recurrence(timing, adverbial, context)
    elif adverbial.duration is not None:
        _duration(timing, adverbial, context, modality=modality, acting=acting)
    else:
        _circumstance(timing, adverbial, context, acting=acting)


def _moment(timing: Timing, adverbial: Adverbial, context: Context, modality: str | None) -> None:
    moment, words = adverbial.moment, adverbial.tokens
    assert moment is not None
    if moment.missing is not None:
        context.ask(
            "time_zone" if moment.missing == "zone" else "date", words[0].start, words[-1].end
        )
    if moment.iso is None:
        return
    relation = adverbial.relation
    if relation in {"by", "on"} and modality != "must_not":
        timing.deadline = moment.iso
        return
    if relation == "from_to" and adverbial.until is not None:
        timing.conditions.append(time(context, words, ">=", moment.iso))
        timing.conditions.append(time(context, words, "<=", adverbial.until.iso))
        return
    comparators: dict[str, Comparator] = {"by": "<", "on": "=", "after": ">"}
    comparator = comparators.get(relation, "=")
    if relation == "after" and words[-1].text not in {"后", "之后", "以后"}:
        comparator = ">="
    timing.conditions.append(time(context, words, comparator, moment.iso))


def _recurrence(timing: Timing, adverbial: Adverbial, context: Context) -> None:
    every = adverbial.recurrence
    assert every is not None
    timing.recurrence = every.iso
    if every.month:
        words = adverbial.tokens
        context.ask("recurring_date", words[0].start, words[-1].end)
    unit = {"P1M": "月", "P3M": "季度", "P1Y": "年", "P1W": "周"}.get(every.iso, "")
    if adverbial.duration is not None:
        timing.deadline = adverbial.duration.iso
        timing.deadline_from = f"{unit}末"
    elif every.day is not None:
        timing.deadline, timing.deadline_from = f"P{every.day}D", unit
    elif every.at_end:
        timing.deadline, timing.deadline_from = every.iso, unit


def _duration(
    timing: Timing,
    adverbial: Adverbial,
    context: Context,
    *,
    modality: str | None,
    acting: str | None,
) -> None:
    assert adverbial.duration is not None
    value = adverbial.duration.iso
    words = adverbial.tokens
    base = base_text(adverbial.content)
    if modality == "condition" and adverbial.relation == "by" and not adverbial.content:
        timing.deadline = value
        return
    if modality == "must_not":
        comparator: Comparator = ">=" if adverbial.relation == "after" else "<"
        timing.conditions.append(time(context, words, comparator, value, base))
        return
    if adverbial.relation == "before":
        timing.conditions.append(time(context, words, "<=", value, base))
        return
    full = any(token.text in {"满", "届满"} for token in words)
    if adverbial.relation == "after" and (modality == "may" or full):
        timing.conditions.append(time(context, words, ">=", value, base))
        return
    timing.deadline = value
    if adverbial.content:
        conditions, named = base_of(adverbial.content, context, acting=acting)
        timing.conditions += [with_words(one, words, context) for one in conditions]
        timing.deadline_from = named


def _circumstance(
    timing: Timing, adverbial: Adverbial, context: Context, *, acting: str | None
) -> None:
    content, words = adverbial.content, adverbial.tokens
    relation = adverbial.relation
    text = base_text(content)
    if relation == "before":
        if _is_plain(content):
            timing.conditions.append(time(context, words, "<", None, text))
        else:
            found, _ = base_of(content, context, acting=acting)
            timing.conditions += [
                with_words(replaced(one, negated=True), words, context) for one in found
            ]
        return
    if relation == "when" and any(token.kind == "signing" for token in content):
        timing.deadline = "P0D"
        return
    if words[-1].text in {"当日", "当天", "的当日", "的当天"}:
        timing.deadline = "P0D"
    if relation == "case" and _is_plain(content):
        timing.conditions.append(_so(context, words, text))
        return
    if relation == "during" or _is_plain(content):
        comparator: Comparator = ">" if relation == "after" else "="
        if relation == "after" and words[-1].text.endswith("起"):
            comparator = ">="
        timing.conditions.append(time(context, words, comparator, None, text))
        return
    found, _ = base_of(content, context, acting=acting)
    timing.conditions += [with_words(one, words, context) for one in found]


def base_of(
    content: tuple[Token, ...], context: Context, *, acting: str | None
) -> tuple[list[Condition], str | None]:
    """What a duration counts from: conditions, or the name of a time."""
    if any(token.kind == "signing" for token in content):
        return [], None
    if content and content[-1].text in {"生效"}:
        return [], base_text(content)
    if _is_plain(content):
        return [], base_text(content)
    conditions = []
    for predicate in read_predicates(content):
        conditions += condition_of(predicate, context, acting=acting)
    return conditions, None


def _is_plain(content: tuple[Token, ...]) -> bool:
    return not any(token.kind in {"verb", "signing", "not", "late", "above", "reach", "below", "by", "quorum", "violate",
                                  "most", "least"} for token in content)  # fmt: skip


def base_text(content: tuple[Token, ...]) -> str | None:
    """The words that a time counts from, without determiners."""
    kept = [token for token in content if token.kind not in {"silent", "quote"}]
    return thing_of([token for token in kept if token.kind != "de"], whole=True)


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


def _so(context: Context, words: tuple[Token, ...], subject: str | None) -> Condition:
    """不可抗力, 紧急情况下: a thing that is the case."""
    span = context.folded.span(words[0].start, words[-1].end)
    return Condition(
        kind="state", text=context.words(words), span=span, subject=subject, value="发生"
    )


def replaced(condition: Condition, **changes: object) -> Condition:
    """A condition with some fields changed."""
    return condition.model_copy(update=changes)


def with_words(condition: Condition, words: tuple[Token, ...], context: Context) -> Condition:
    """A condition with the words that say it."""
    span = context.folded.span(words[0].start, words[-1].end)
    return replaced(condition, text=context.words(words), span=span)


def condition_of(
    predicate: Predicate, context: Context, *, acting: str | None = None
) -> list[Condition]:
    """The conditions that a clause states: what happened, what is so, what is compared."""
    words = predicate.tokens
    made: list[Condition] = []
    for comparison in predicate.comparisons:
        compared = _comparison(predicate, comparison, context)
        if compared is not None:
            made.append(compared)
    for approval in predicate.approvals:
        made += condition_of(approval, context, acting=acting)
    elected = predicate.quorums and predicate.lexeme and predicate.lexeme.word in NOMINAL
    if elected and not predicate.objects:
        pass
    elif predicate.verb is not None or predicate.late:
        only_compared = predicate.comparisons and predicate.verb is None and not predicate.late
        if not only_compared:
            made = _acted(predicate, context, acting=acting, compared=made)
    elif predicate.quorums:
        pass
    elif not made and predicate.subject is not None and predicate.subject.text == "不可抗力":
        made = [_so(context, words, "不可抗力")]
    elif not made and predicate.subject is not None and predicate.unread == []:
        context.reject(words, "no verb says what is to be so")
    for token in predicate.unread:
        context.reject([token], "no rule reads these words")
    timing = timing_of(predicate, context, modality="condition", acting=acting)
    made += [one for one in timing.conditions if predicate.approvals == []]
    made = _before(made, predicate)
    if predicate.ahead is not None and made:
        made[0] = replaced(made[0], value=predicate.ahead.value.iso)
    if timing.deadline is not None and made:
        made = _within(made, predicate, timing, context)
    return made


def _before(made: list[Condition], predicate: Predicate) -> list[Condition]:
    """未在服务期届满三十日前通知: the time belongs to the act that was not done."""
    for adverbial in predicate.adverbials:
        if adverbial.relation != "before" or adverbial.duration is None or len(made) < 2:
            continue
        subject, value = base_text(adverbial.content), adverbial.duration.iso
        made = [one for one in made if not (one.kind == "time" and one.subject == subject)]
        made[0] = replaced(made[0], subject=subject, value=value)
    return made


def _within(
    made: list[Condition], predicate: Predicate, timing: Timing, context: Context
) -> list[Condition]:
    assert timing.deadline is not None
    if not timing.deadline.startswith("P"):
        return [*made, time(context, predicate.tokens or (), "<=", timing.deadline)]
    content = next((one.content for one in predicate.adverbials if one.duration is not None), ())
    subject = base_text(content)
    base = {id(one) for one in timing.conditions}
    head = [one for one in made if id(one) not in base]
    if not head:
        return made
    return [
        replaced(
            head[0], comparator="<=", value=timing.deadline, subject=head[0].subject or subject
        ),
        *head[1:],
    ]


def _comparison(predicate: Predicate, comparison: Comparison, context: Context) -> Condition | None:
    noun = comparison.subject or predicate.subject
    words = predicate.tokens
    if predicate.late or (predicate.verb is not None and comparison.duration is not None):
        return None
    lexeme = predicate.lexeme
    subject = noun.text or noun.party if noun is not None else None
    source = None
    if noun is not None:
        subject, source = _measured(noun, subject)
    quantity = comparison.quantity
    if quantity is None and comparison.duration is None and len(comparison.text) == 1:
        context.reject(words, "it is not said what it is compared with")
    symbol = subject is not None and subject.isascii() and subject.isupper()
    outside = (
        source is not None
        or symbol
        or (subject or "").endswith(_MEASURED)
        or (lexeme is not None and lexeme.word == "延误")
    )
    return Condition(
        kind="oracle" if outside else "comparison",
        text=context.words(words),
        span=context.folded.span(words[0].start, words[-1].end) if words else None,
        subject=subject,
        comparator=comparison.comparator,
        value=comparison.duration or (quantity.amount if quantity else comparison.text),
        asset=quantity.asset if quantity else None,
        actor=source,
    )


def _measured(noun: Noun, subject: str | None) -> tuple[str | None, str | None]:
    """气象站公布的当月降雨量: what is measured, and by whom."""
    parties = [token for token in noun.tokens if token.kind == "party" or token.text in SOURCES]
    verbs = [token for token in noun.tokens if token.kind == "verb"]
    if parties and verbs:
        return subject, parties[0].text
    for at, token in enumerate(noun.tokens):
        if token.text in {"上", "显示", "上的"} and 0 < at < len(noun.tokens) - 1:
            rest = "".join(one.text for one in noun.tokens[at + 1 :] if one.kind != "de")
            return rest, "".join(one.text for one in noun.tokens[:at])
    return subject, None


def _acted(
    predicate: Predicate, context: Context, *, acting: str | None, compared: list[Condition]
) -> list[Condition]:
    words = predicate.tokens
    lexeme = predicate.lexeme
    span = context.folded.span(words[0].start, words[-1].end) if words else None
    text = context.words(words)
    subject = context.name(predicate.subject, acting=acting)
    agent = context.name(predicate.agent, acting=acting)
    durations = [one for one in predicate.comparisons if one.duration is not None]
    if lexeme is not None and lexeme.frame == "own" and predicate.late and not durations:
        return [
            Condition(kind="breach", text=text, span=span, actor=subject, action="perform"),
            *compared,
        ]
    lasted = [
        token for noun in predicate.objects for token in noun.tokens if token.kind == "duration"
    ]
    if lexeme is not None and lexeme.word == "满" and lasted:
        subject_text = predicate.subject.text if predicate.subject is not None else None
        return [time(context, words, ">=", lasted[0].value.iso, subject_text)]
    if lexeme is not None and lexeme.frame == "own" and (not durations or not predicate.late):
        if durations and predicate.subject is not None:
            return [_lasting(predicate, durations[0], context, text, span)]
        return [*compared, _state(predicate, context, text, span)]
    if lexeme is not None and lexeme.action == "approve":
        return [_approval(predicate, context, text, span)]
    act = act_of(predicate, context)
    action = act.action
    if action is not None:
        refuse_unused(predicate, act, context)
    if predicate.verb is not None and predicate.verb.kind == "signing":
        return [_state(predicate, context, text, span)]
    passive = predicate.subject is not None and subject is None
    actor = agent or subject
    if (
        actor is None
        and not passive
        and acting is not None
        and (
            act.asset
            or act.receives
            or _names_its_object(lexeme)
            or act.action in _BY_ONESELF
        )
    ):
        actor = acting
    recipient = context.name(predicate.recipient, acting=actor)
    if act.receives:
        givers = [one.text for one in act.thing.tokens if one.kind == "party"] if act.thing else []
        actor, recipient = (givers[0] if givers else None), actor
    breach = predicate.negated or predicate.late
    if not breach and lexeme is not None and lexeme.word in _EVENTS_AS_STATES and subject is None:
        return [_state(predicate, context, text, span)]
    context.mention(actor)
    context.mention(recipient)
    quantity = act.quantity
    condition = Condition(
        kind="breach" if breach else "event",
        text=text,
        span=span,
        actor=actor,
        action=action,
        amount=quantity.amount if quantity else None,
        asset=None if action == "notify" else act.asset,
        recipient=recipient,
    )
    if durations and breach:
        condition = replaced(
            condition, comparator=durations[0].comparator, value=durations[0].duration
        )
    return [condition, *compared]


def _names_its_object(lexeme: Verb | None) -> bool:
    """确认收货 says what is confirmed."""
    return lexeme is not None and lexeme.thing is None and len(lexeme.word) >= 4


def _lasting(
    predicate: Predicate,
    comparison: Comparison,
    context: Context,
    text: str,
    span: tuple[int, int] | None,
) -> Condition:
    """航班延误超过四小时: how long something went on."""
    noun, verb = predicate.subject, predicate.verb
    assert noun is not None
    assert verb is not None
    subject = f"{noun.party or noun.text}{verb.text}"
    outside = subject.endswith("延误") or subject.startswith(_MEASURED)
    return Condition(
        kind="oracle" if outside else "comparison",
        text=text,
        span=span,
        subject=subject,
        comparator=comparison.comparator,
        value=comparison.duration,
    )


def _state(
    predicate: Predicate, context: Context, text: str, span: tuple[int, int] | None
) -> Condition:
    lexeme = predicate.lexeme
    verb = predicate.verb
    noun = predicate.subject or predicate.taken
    if noun is None and predicate.objects and lexeme is not None and lexeme.frame == "own":
        noun = predicate.objects[0]
    subject = (noun.party or noun.text) if noun is not None else None
    value = verb.text if verb is not None else None
    if lexeme is None or lexeme.frame != "own" or value == "违反":
        value = (value or "") + "".join(one.text or "" for one in predicate.objects)
    negated = predicate.negated
    if value in {"遇", "遇到", "出现"}:
        value = "发生"
    if (
        value is not None
        and value.startswith("未")
        and lexeme is not None
        and lexeme.frame == "own"
    ):
        value, negated = value[1:], not negated
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


def _approval(
    predicate: Predicate, context: Context, text: str, span: tuple[int, int] | None
) -> Condition:
    noun = predicate.subject
    name = context.name(noun) or (noun.text if noun is not None else None)
    return Condition(kind="approval", text=text, span=span, subject=name, negated=predicate.negated)
