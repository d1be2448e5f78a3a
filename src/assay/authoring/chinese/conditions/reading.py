"""Clauses that state what must hold: acts done or not done, what is so, what is compared."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from assay.authoring.chinese.acts.doubts import refuse_unread_condition, refuse_unused
from assay.authoring.chinese.acts.losses import refuse_lost_words
from assay.authoring.chinese.acts.reading import Act, act_of
from assay.authoring.chinese.acts.turned_acts import turns_round
from assay.authoring.chinese.conditions.timing import Timing, read_timing
from assay.authoring.chinese.context import Context
from assay.authoring.chinese.facts.comparisons import bound_of, comparison_of
from assay.authoring.chinese.facts.outside import seen_outside
from assay.authoring.chinese.facts.statements import (
    approval,
    base_text,
    became,
    is_of_something,
    lasting,
    reached_goal,
    replaced,
    so,
    state,
    time,
    with_causes,
)
from assay.authoring.chinese.lexicon.matters import PERILS
from assay.authoring.chinese.lexicon.verb_places import NOMINAL
from assay.authoring.chinese.lexicon.verbs import Verb
from assay.authoring.chinese.phrases.adverbials import Adverbial
from assay.authoring.chinese.phrases.noun_phrases import Noun, is_money, normal_party
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.model import Comparator, Condition

_TIMES = frozenset({"次月", "次年", "次日", "当月", "当年", "本月", "上月", "翌日", "季度", "月份"})
_WITH_LENGTHS = frozenset({"duration", "silent", "or_more", "de", "and", "reach"})
_AGREED = ("约定", "规定", "合同约定", "本合同约定", "上述", "前述", "该期限")
_WHOLE_ACTS = frozenset({"deliver", "perform", "confirm", "inspect", "accept", "notify", "use"})
"""Acts that are not done to a share."""
_BY_ONESELF = frozenset({
    "confirm", "inspect", "report", "vote", "accept",
})  # fmt: skip
_EVENTS_AS_STATES = frozenset({"核实", "完成", "上线", "安装", "安装完毕", "部署", "竣工"})


def timing_of(
    predicate: Predicate, context: Context, *, modality: str | None, acting: str | None
) -> Timing:
    """Resolve a clause's adverbials; a prohibition has its time as a condition."""
    return read_timing(predicate, context, _read, modality=modality, acting=acting)


def _read(predicate: Predicate, context: Context, acting: str | None) -> list[Condition]:
    return condition_of(predicate, context, acting=acting)


def condition_of(  # noqa: C901 - one branch for each thing that a clause can state
    predicate: Predicate, context: Context, *, acting: str | None = None
) -> list[Condition]:
    """The conditions that a clause states: what happened, what is so, what is compared."""
    words = predicate.tokens
    made: list[Condition] = []
    for comparison in predicate.comparisons:
        compared = comparison_of(predicate, comparison, context)
        if compared is not None:
            made.append(compared)
    for consent in predicate.approvals:
        made += condition_of(consent, context, acting=acting)
    if _is_elected(predicate):
        pass
    elif predicate.verb is not None or predicate.late:
        only_compared = predicate.comparisons and predicate.verb is None and not predicate.late
        if not only_compared:
            made = _acted(predicate, context, acting=acting, compared=made)
    elif predicate.quorums:
        pass
    elif not made and predicate.subject is not None and _befalls(predicate.subject):
        made = [so(context, words, predicate.subject.text)]
    elif not made and (bound := bound_of(predicate, context)) is not None:
        made = [bound]
    elif not made and predicate.subject is not None and predicate.unread == []:
        made = _unlisted(predicate, context)
    refuse_unread_condition(predicate, context)
    timing = timing_of(predicate, context, modality="condition", acting=acting)
    in_time = bool(made) and made[0].kind == "breach"
    made += [
        one
        for one in timing.conditions
        if (predicate.approvals == [] or _has_time(one)) and not (in_time and _as_agreed(one))
    ]
    made = _ahead(_before(made, predicate), predicate)
    verb = predicate.verb.text if predicate.verb is not None else None
    made = [seen_outside(one, verb, context.source) for one in made]
    made = with_causes(made, predicate, context)
    if timing.deadline is not None and made:
        made = _within(made, predicate, timing, context)
    refuse_lost_words(predicate, made, context)
    return made


def _is_elected(predicate: Predicate) -> bool:
    """表决 beside how many agree is no act of its own, and what they confirm is no second fact."""
    lexeme = predicate.lexeme
    if not predicate.quorums or lexeme is None:
        return False
    found = predicate.quorums[-1][0].text.endswith("确认") and lexeme.frame == "own"
    return found or (lexeme.word in NOMINAL and not predicate.objects)


def _unlisted(predicate: Predicate, context: Context) -> list[Condition]:
    """快递丢件: what is so, where no list has the verb."""
    done, subject = predicate.agent, predicate.subject
    if (
        done is not None
        and subject is not None
        and {one.kind for one in done.tokens} <= {"unknown", "noun"}
        and done.tokens[0].kind == "unknown"
    ):
        span = context.folded.span(predicate.tokens[0].start, predicate.tokens[-1].end)
        about, text = subject.text or subject.party, context.words(predicate.tokens)
        return [Condition(kind="state", text=text, span=span, subject=about, value=done.text)]
    if subject is not None and subject.party and _agree(predicate):
        text = context.words(predicate.tokens)
        span = context.folded.span(predicate.tokens[0].start, predicate.tokens[-1].end)
        return [approval(predicate, context, text, span)]
    told = became(context, predicate.tokens, predicate.tokens) if predicate.tokens else None
    if told is None:
        context.reject(predicate.tokens, "no verb says what is to be so")
    return [told] if told is not None else []


def _agree(predicate: Predicate) -> bool:
    """双方协商一致."""
    said = [token.text for token in predicate.tokens if token.kind == "silent"]
    return any(word.endswith("协商一致") for word in said)


def _has_time(condition: Condition) -> bool:
    """在交割日前未取得批准: when, beside whose consent it is."""
    return condition.kind == "time" and bool(condition.subject or condition.value)


def _as_agreed(condition: Condition) -> bool:
    """在约定时间内: a breach is one of the time that was agreed."""
    subject = condition.subject or ""
    return condition.kind == "time" and not condition.value and subject.startswith(_AGREED)


def _ahead(made: list[Condition], predicate: Predicate) -> list[Condition]:
    """提前30日通知: how long before."""
    if predicate.ahead is None or not made:
        return made
    return [replaced(made[0], value=predicate.ahead.value.iso), *made[1:]]


def _before(made: list[Condition], predicate: Predicate) -> list[Condition]:
    """未在服务期届满三十日前通知: the time belongs to the act that was not done."""
    for adverbial in predicate.adverbials:
        pairs = pairwise(adverbial.tokens)
        lasts = any(one.text == "满" and behind.kind == "duration" for one, behind in pairs)
        lasts = lasts or (bool(made) and made[0].kind == "state")
        if adverbial.relation != "before" or adverbial.duration is None or len(made) < 2 or lasts:
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
        on_day = any(one.moment and one.relation == "on" for one in predicate.adverbials)
        comparator: Comparator = "=" if on_day else "<="
        words = predicate.tokens or predicate.adverbials[0].tokens
        return [*made, time(context, words, comparator, timing.deadline)]
    counted = _counted_from(predicate)
    subject = base_text(counted.content) if counted is not None else None
    base = {id(one) for one in timing.conditions}
    head = [one for one in made if id(one) not in base]
    if not head:
        return made
    head[0] = _told(head[0], timing)
    if head[0].kind in {"state", "comparison", "oracle"}:
        words = predicate.tokens or predicate.adverbials[0].tokens
        return [*made, time(context, words, "<=", timing.deadline, subject)]
    spent = context.words(counted.tokens) if counted is not None else None
    others = [one for one in made if id(one) in base and one.text != spent]
    first = replaced(
        head[0], comparator="<=", value=timing.deadline, subject=head[0].subject or subject
    )
    return [first, *head[1:], *others]


def _counted_from(predicate: Predicate) -> Adverbial | None:
    """提交后客户5天内: the adverbial that the length counts from, where they stand apart too."""
    lengths = [one for one in predicate.adverbials if one.duration is not None]
    own = [one for one in lengths if one.content]
    after = [one for one in predicate.adverbials if one.relation == "after" and one.content]
    return next(iter([*own, *(after if lengths else ())]), None)


def _told(condition: Condition, timing: Timing) -> Condition:
    """乙方收到通知后五日内仍不改正: whoever was told is who does not act."""
    receivers = [one.recipient for one in timing.conditions if one.kind == "event"]
    if condition.kind != "breach" or condition.actor or len(receivers) != 1:
        return condition
    return replaced(condition, actor=receivers[0])


def _acted(  # noqa: C901 - one branch for each way to say what was done
    predicate: Predicate, context: Context, *, acting: str | None, compared: list[Condition]
) -> list[Condition]:
    words = predicate.tokens
    lexeme = predicate.lexeme
    span = context.folded.span(words[0].start, words[-1].end) if words else None
    text = context.words(words)
    subject = context.name(predicate.subject, acting=acting)
    agent = context.name(predicate.agent, acting=acting)
    durations = [one for one in predicate.comparisons if one.duration is not None]
    if lexeme is not None and lexeme.frame == "own" and not (durations and predicate.late):
        return _became(predicate, context, compared, text, span)
    if lexeme is not None and lexeme.action == "approve":
        return [approval(predicate, context, text, span)]
    act = act_of(predicate, context)
    act = _got(predicate, act)
    action = act.action
    if action is not None:
        refuse_unused(predicate, act, context)
    if predicate.verb is not None and predicate.verb.kind == "signing":
        predicate.negated = predicate.negated or predicate.late
        return [state(predicate, text, span)]
    passes = lexeme is not None and lexeme.action == "accept" and lexeme.word.startswith("通过")
    passive = predicate.subject is not None and (subject is None or passes)
    actor = agent or (None if passes else subject)
    if actor is None and not passive:
        actor = _dropped(predicate, act, context, acting)
    if actor is not None and action is not None and not act.receives:
        context.doers[action] = actor
    recipient = context.name(predicate.recipient, acting=actor)
    if act.receives:
        givers = [one.text for one in act.thing.tokens if one.kind == "party"] if act.thing else []
        actor, recipient = (givers[0] if givers else None), actor
    breach = (predicate.negated or predicate.late) != turns_round(predicate)
    breach = breach and not predicate.nobody
    bare = action == "perform" and act.asset is None and agent is None and passive is False
    counted = act.quantity is not None and action == "perform"
    unlisted = lexeme is not None and (bare or _is_state(predicate, action)) and not counted
    taken = action == "claim" and any(one.text == "被" for one in words)
    if taken and agent is None and not is_money(act.thing):
        return [state(predicate, text, span)]
    if not breach and unlisted and subject in {None, "contract"}:
        return [state(predicate, text, span)]
    context.mention(actor)
    context.mention(recipient)
    quantity = act.quantity
    length = act.thing is not None and all(one.kind == "duration" for one in act.thing.tokens)
    if length or act.asset in _TIMES:
        context.reject(words, "a length stands where a thing was expected")
    if quantity is not None and quantity.asset == "%" and action in _WHOLE_ACTS:
        context.reject(words, "a share of what is handed over is not said")
    condition = Condition(
        kind="breach" if breach else "event",
        negated=predicate.nobody and not predicate.negated,
        text=text,
        span=span,
        actor=actor,
        action=action,
        amount=quantity.amount if quantity else None,
        asset=None if action == "notify" else act.asset,
        recipient=recipient,
    )
    if durations and (breach or (predicate.nobody and not predicate.negated)):
        comparator = durations[0].comparator if breach else "<="
        condition = replaced(condition, comparator=comparator, value=durations[0].duration)
    return [condition, *compared]


def _got(predicate: Predicate, act: Act) -> Act:
    """卖方收取全款后: what somebody got was paid."""
    taken = predicate.verb is not None and predicate.verb.text in {"收取", "收"}
    paid = taken and act.action == "claim" and is_money(act.thing)
    return replace(act, action="pay", receives=True) if paid else act


_HANDING = frozenset({"deliver", "supply", "provide", "perform", "repair"})
_JUDGED = {"reject": ("accept", "inspect"), "accept": ("reject", "inspect")}
"""检测合格的,...;检测不合格的: who found the one would find the other."""
_BY_THE_OTHER = frozenset({"inspect", "accept", "confirm"})
"""设计师交付标志,验收后获得500 DAI: who hands a thing over does not inspect it."""


def _dropped(predicate: Predicate, act: Act, context: Context, acting: str | None) -> str | None:
    """Who acts where nobody is named: who did the same before, else who acted last."""
    again = act.action == context.last_action and acting == context.last_actor
    named = act.asset or act.receives or _names_its_object(predicate.lexeme)
    whole = predicate.adverbials[0].content if predicate.adverbials else ()
    topic = len(whole) > 1 and whole[0].kind == "party" and whole[1].kind == "verb"
    same = (act.action, *_JUDGED.get(act.action or "", ()))
    done = [context.doers[one] for one in same if one in context.doers]
    before = None if act.receives or not done else done[0]
    if topic and (predicate.negated or predicate.late or (acting is None and not act.receives)):
        return normal_party(whole[0].text)
    handed = context.last_actor == acting and context.last_action in _HANDING
    if handed and act.action in _BY_THE_OTHER and before is None:
        return None
    carried = named or again or before or act.action in _BY_ONESELF
    carried = carried or (predicate.late and predicate.negated)
    return (before or acting) if carried and acting is not None else None


def _became(
    predicate: Predicate,
    context: Context,
    compared: list[Condition],
    text: str,
    span: tuple[int, int] | None,
) -> list[Condition]:
    """What became of a subject: it ended, lasted, was late, or came to an amount."""
    noun, things = predicate.subject, predicate.objects
    subject = noun.text if noun is not None else None
    durations = [one for one in predicate.comparisons if one.duration is not None]
    if predicate.late and not predicate.negated:
        actor = context.name(noun)
        late = Condition(kind="breach", text=text, span=span, actor=actor, action="perform")
        return [late, *compared]
    lasted = [token for one in things for token in one.tokens if token.kind == "duration"]
    counted = [one.quantity for one in things if one.quantity is not None]
    full = predicate.verb is not None and predicate.verb.text == "满"
    if full and counted:
        reached = Condition(
            kind="comparison", text=text, span=span, comparator=">=", subject=subject,
            value=counted[0].amount, asset=counted[0].asset,
        )  # fmt: skip
        return [reached]
    if full and lasted:
        rest = [one for noun in things for one in noun.tokens if one.kind not in _WITH_LENGTHS]
        beside = [so(context, tuple(rest), "".join(one.text for one in rest))] if rest else []
        since = subject or _begun(predicate) or _since_what(predicate)
        return [time(context, predicate.tokens, ">=", lasted[0].value.iso, since), *beside]
    verbs = [token for one in things for token in one.tokens if token.kind == "verb"]
    happens = predicate.verb is not None and predicate.verb.text in {"发生", "出现"}
    if (
        verbs
        and predicate.verb is not None
        and not is_of_something(predicate.verb.text)
        and not happens
    ):
        context.reject(verbs, "a second verb stands beside what became of it")
    if durations and noun is not None:
        return [lasting(predicate, durations[0], text, span)]
    became = state(predicate, text, span)
    return [*compared, reached_goal(became, context.goal) or became]


def _begun(predicate: Predicate) -> str | None:
    """自授予日起服务满一年, 自入职之日起工作满两年: from when it lasts, which is no second fact."""
    begins = [
        one for one in predicate.adverbials
        if one.relation == "after" and one.content and not one.duration
        and one.tokens[0].kind == "from"
    ]  # fmt: skip
    if len(begins) != 1:
        return None
    predicate.adverbials.remove(begins[0])
    return base_text(begins[0].content)


def _since_what(predicate: Predicate) -> str | None:
    """用户质押 in 用户连续质押满90天: what has lasted that long."""
    verb = predicate.verb
    before = [one for one in predicate.tokens if verb is not None and one.end <= verb.start]
    return "".join(one.text for one in before if one.kind not in {"silent", "if", "de"}) or None


def _befalls(noun: Noun) -> bool:
    """台风、洪水等不可抗力: a peril that is named and nothing else."""
    last = noun.tokens[-1].text
    return last == "不可抗力" or last in PERILS


def _is_state(predicate: Predicate, action: str | None) -> bool:
    """货物装船, 系统上线: what became of a thing, where no action of the list says it."""
    if predicate.verb is not None and predicate.verb.text in _EVENTS_AS_STATES:
        return True
    thing = predicate.subject is not None and not predicate.objects and predicate.agent is None
    return action == "perform" and thing


def _names_its_object(lexeme: Verb | None) -> bool:
    """确认收货 says what is confirmed."""
    return lexeme is not None and lexeme.thing is None and len(lexeme.word) >= 4
