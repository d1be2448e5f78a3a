"""Predicates with their conditions to obligations: who acts where nobody is named, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assay.authoring.chinese.actors import actor_of
from assay.authoring.chinese.acts.doubts import refuse_unused
from assay.authoring.chinese.acts.drafts import (
    Draft,
    amount_of,
    lasts_for,
    settle_amount,
    settle_asset,
    spread_over_parts,
)
from assay.authoring.chinese.acts.giving import borrows, settle_parties
from assay.authoring.chinese.acts.reading import Act, act_of
from assay.authoring.chinese.acts.rewards import pay_whoever_earns
from assay.authoring.chinese.acts.turned_acts import (
    arrived,
    carried,
    ceased,
    demanded,
    ended,
    fell_due,
)
from assay.authoring.chinese.conditions.reading import timing_of
from assay.authoring.chinese.conditions.timing import Timing
from assay.authoring.chinese.context import Context
from assay.authoring.chinese.lexicon.verb_places import BELONGS, NOMINAL
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.noun_phrases import is_money
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.chinese.rewriting.obtained_consents import needs_consent
from assay.authoring.chinese.terms.lengths import divides, is_spread, period_over
from assay.authoring.chinese.terms.rates import owe_rate
from assay.authoring.chinese.walking.walk import read_predicates
from assay.authoring.language.durations import parts_of
from assay.authoring.model import Condition, Modality, Obligation

_BY_MONTH = frozenset({
    "pay", "return", "refund", "vest", "release", "withdraw", "claim", "distribute", "transfer",
})  # fmt: skip
_EACH_PERIOD = {
    f"{period}{fee}": iso
    for period, iso in (("年", "P1Y"), ("月", "P1M"), ("季", "P3M"), ("周", "P1W"), ("日", "P1D"))
    for fee in ("费", "租", "租金", "薪", "供", "会费", "服务费")
}
_ONE_PERIOD = ("全", "首", "第", "当", "上", "本", "整", "前", "后", "半", "下", "次", "头")
_ORDERED = frozenset({"全额", "全部", "自动", "原路", "如数", "立即", "马上", "直接", "一次性"})
_LENDS = frozenset({"借", "借给", "出借", "借款", "贷给", "贷款", "借出", "发放贷款"})
_PAYS_IN = frozenset({"pay", "deposit", "contribute"})
_ENJOYS = frozenset({"享有", "享受"})
_SECRECY = ("保密", "保密义务", "保密责任", "保密工作", "保密措施")


def obligation_of(
    predicate: Predicate,
    conditions: list[Condition],
    context: Context,
    *,
    start: int,
    clause: str | None,
) -> Obligation | None:
    """Make the obligation that a predicate states, or reject its words."""
    act = _meant(predicate, conditions, context)
    if act.action is None or _is_no_clause(predicate, act, conditions):
        context.reject(predicate.tokens, "no verb is known in these words")
        return None
    secret = _is_secrecy(predicate, act)
    if not secret:
        refuse_unused(predicate, act, context)
    actor = _acting(predicate, act, conditions, context)
    _recall_named(predicate, context)
    draft = Draft(
        predicate, act, actor, context.name(predicate.recipient, acting=actor),
        _modality(predicate, actor), act.action, list(conditions), asset=act.asset,
    )  # fmt: skip
    _ask_what_is_open(draft, context)
    if predicate.modality == "no_need":
        return None
    if secret:
        draft.modality, draft.action = "must_not", "disclose"
    if act.receives and actor is None:
        context.reject(predicate.tokens, "it does not say who receives")
        return None
    pay_whoever_earns(draft, conditions, context)
    settle_parties(draft, context)
    doer = context.subject if draft.actor in {None, "contract"} else draft.actor
    timing = timing_of(predicate, context, modality=draft.modality, acting=doer)
    draft.conditions += timing.conditions
    if context.cliff is not None and draft.action in {"vest", "release"}:
        _begin_after(draft, context.cliff)
        context.cliff = None
    draft.quantity, draft.asset = amount_of(act, predicate, context)
    spread_over_parts(draft, timing.recurrence, context)
    if draft.action == "refund" and draft.actor == "contract" and draft.recipient is None:
        draft.recipient = context.subject if context.last_action in _PAYS_IN else None
    if secret:
        draft.quantity, draft.asset = None, _secret_of(predicate)
    settle_amount(draft, context)
    settle_asset(draft, context)
    owe_rate(draft, timing, context)
    _give_notice(draft, context)
    if lasts_for(draft) and (length := _length(predicate)) is not None:
        timing.deadline = length.value.iso
        counted = draft.quantity is not None and draft.asset is not None
        draft.asset = draft.asset if counted else _thing_besides(predicate)
        context.last_asset = draft.asset
    _remember(draft, context)
    return _finished(draft, timing, context, start=start, clause=clause)


def _recall_named(predicate: Predicate, context: Context) -> None:
    """粉丝付款后, 给他铸造一枚: whom an adverbial names may be meant by a pronoun behind it."""
    if predicate.recipient is None or not predicate.recipient.pronoun:
        return
    for adverbial in predicate.adverbials:
        if any(token.kind in {"verb", "signing"} for token in adverbial.content):
            context.mention(context.name(read_predicates(adverbial.content)[0].subject))


def _acting(
    predicate: Predicate, act: Act, conditions: Sequence[Condition], context: Context
) -> str | None:
    """Who acts; nobody is named where an act only needs consent, or where it may be put off."""
    needed = needs_consent(predicate)
    if needed:
        _forbid_without(predicate)
    actor = actor_of(predicate, act, conditions, context)
    named = predicate.subject or predicate.agent or predicate.automatic
    if needed and not named:
        return None
    broke = {one.actor for one in conditions if one.kind == "breach"}
    broke |= {context.last_actor} if context.last_action == "cancel" else set()
    if act.action == "keep" and not named and actor in broke:
        return None
    if act.action == "bid" and not named and actor == context.doers.get("sell"):
        return None
    put_off = predicate.modality == "may" and act.action in {"extend", "renew"}
    return None if actor == "contract" and not named and put_off else actor


def _forbid_without(predicate: Predicate) -> None:
    """What needs consent is forbidden without it."""
    predicate.modality = "must_not"
    for one in predicate.approvals:
        one.negated = True
    predicate.quorums = [(token, True) for token, _ in predicate.quorums]


def _give_notice(draft: Draft, context: Context) -> None:
    """应提前三个月通知承租人: how long before is a condition of what is told."""
    ahead, words = draft.predicate.ahead, draft.predicate.tokens
    if draft.action != "notify" or ahead is None:
        return
    span = context.folded.span(words[0].start, words[-1].end)
    notice = Condition(
        kind="event", text=context.words(words), span=span, actor=draft.actor, action="notify",
        recipient=draft.recipient, value=ahead.value.iso,
    )  # fmt: skip
    draft.conditions.append(notice)


def _begin_after(draft: Draft, cliff: Condition) -> None:
    """悬崖期一年, 之后分三年归属: 之后 and 期满 say no more than the cliff."""
    draft.conditions = [one for one in draft.conditions if not _points_at_end(one)]
    draft.conditions.append(cliff)


def _points_at_end(condition: Condition) -> bool:
    if condition.kind not in {"time", "state"} or condition.value not in {
        None,
        "届满",
        "期满",
        "结束",
    }:
        return False
    return condition.subject in {None, "期满", "悬崖期", "锁定期", "锁仓期", "封闭期"}


def _finished(
    draft: Draft, timing: Timing, context: Context, *, start: int, clause: str | None
) -> Obligation:
    quantity, predicate = draft.quantity, draft.predicate
    label = draft.act.thing.label if draft.act.thing is not None else None
    if draft.action == "pay" and timing.recurrence is None and label is not None:
        timing.recurrence = next(
            (
                iso
                for name, iso in _EACH_PERIOD.items()
                if label.endswith(name) and not label.startswith(_ONE_PERIOD)
            ),
            None,
        )
    each_time = quantity is not None and timing.deadline is None and not predicate.instalments
    vests = draft.action == "vest" and timing.recurrence is not None and not each_time
    spread = draft.spread or is_spread(predicate) or vests or divides(predicate, quantity)
    occurrences = predicate.instalments
    if spread and timing.recurrence is None and draft.action in _BY_MONTH:
        timing.recurrence = period_over(predicate)
    parts = parts_of(timing.deadline, timing.recurrence) if spread else None
    if parts is not None:
        occurrences, timing.deadline = parts, None
    last = predicate.tokens[-1].end if predicate.tokens else start
    return Obligation(
        actor=draft.actor,
        modality=draft.modality,
        action=draft.action,
        amount=quantity.amount or None if quantity else None,
        asset=draft.asset,
        share_of=quantity.share_of if quantity else None,
        limit=quantity.limit if quantity else "exact",
        spread=spread,
        recipient=draft.recipient,
        conditions=_once(draft.conditions),
        deadline=timing.deadline,
        deadline_from=timing.deadline_from,
        recurrence=timing.recurrence,
        occurrences=occurrences,
        span=context.folded.span(start, last),
        clause=clause or None,
    )


def _once(conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """众筹成功的, ... 自成功之日起: what names nobody and nothing is the one before it."""
    kept: list[Condition] = []
    for one in conditions:
        if one in kept or _told_better(one, conditions):
            continue
        if one.kind == "state":
            again = not one.subject and any(
                (other.kind, other.value) == ("state", one.value)
                or (other.kind == "event" and (one.value or "") in other.text)
                for other in kept
            )
        else:
            bare = one.kind == "event" and not (one.actor or one.asset or one.recipient)
            again = bare and any(
                (other.kind, other.action) == ("event", one.action) and not one.value
                for other in kept
            )
        if not again:
            kept.append(one)
    return tuple(kept)


def _told_better(one: Condition, others: Sequence[Condition]) -> bool:
    """满一年的,25%归属,其余在之后三年内归属: 之后 says the time again of which a start is told."""
    begins = one.kind == "time" and one.value is not None and one.subject is None
    return begins and any(
        other.kind == "time" and other.value == one.value and other.subject is not None
        for other in others
    )


def _meant(predicate: Predicate, conditions: Sequence[Condition], context: Context) -> Act:
    """The act of a predicate, where its words mean another than its verb; 可以不 waives one."""
    act = fell_due(predicate, ended(predicate, act_of(predicate, context)), conditions)
    act = carried(predicate, act, conditions)
    if predicate.modality == "may" and predicate.negated:
        predicate.modality = "no_need"
    borne = predicate.lexeme is not None and predicate.lexeme.word == "承担" and act.thing is None
    if borne and any(one.text.rstrip("的").endswith("损失") for one in conditions):
        return replace(act, action="pay", asset="损失")
    return demanded(predicate, ceased(predicate, arrived(predicate, act)))


def _is_no_clause(predicate: Predicate, act: Act, conditions: Sequence[Condition]) -> bool:
    """提案 or 投票 alone is a thing, not an order."""
    named = (
        predicate.subject
        or predicate.agent
        or predicate.recipient
        or predicate.modality
        or predicate.goes_on
        or act.thing
        or any(token.text in _ORDERED for token in predicate.tokens)
        or any(one.duration or one.moment or one.recurrence for one in predicate.adverbials)
        or None
    )
    if named is not None or predicate.verb is None:
        return False
    depends = bool(conditions) or any(one.content for one in predicate.adverbials)
    bare = act.action == "perform" and act.asset is None
    return bare or (predicate.verb.text in NOMINAL and not depends)


def _is_secrecy(predicate: Predicate, act: Act) -> bool:
    """To keep secret is not to disclose."""
    if predicate.verb is not None and predicate.verb.text == "保密":
        return True
    return act.action == "perform" and (act.asset or "").endswith(_SECRECY)


def _secret_of(predicate: Predicate) -> str | None:
    nouns = [predicate.taken, *predicate.objects, predicate.subject]
    named = [noun.text for noun in nouns if noun is not None and noun.text]
    return next((text for text in named if "保密义务" not in text), None)


_PAUSES = frozenset({"停止", "暂停", "中止", "停"})
_RENDERED = ("服务", "供货", "供应", "发货", "交货", "施工", "工作")
"""What is rendered: to pause it is the opposite of doing it, and no act of the list."""


def _ask_what_is_open(draft: Draft, context: Context) -> None:
    predicate, words = draft.predicate, draft.predicate.tokens
    noun = predicate.recipient
    if noun is not None and noun.pronoun and draft.recipient is None:
        context.ask("reference", noun.tokens[0].start, noun.tokens[-1].end)
    if predicate.modality == "no_need":
        context.ask("waived_duty", words[0].start, words[-1].end)
    if predicate.ahead is not None:
        context.ask("notice_period", predicate.ahead.start, predicate.ahead.end)
    pauses = predicate.verb is not None and predicate.verb.text in _PAUSES
    named = draft.act.thing.text if draft.act.thing is not None else ""
    pauses = pauses and draft.modality == "may" and (named or "").endswith(_RENDERED)
    if predicate.verb is not None and (predicate.guessed or pauses):
        context.ask("unlisted_verb", predicate.verb.start, predicate.verb.end)
    if predicate.measure is not None and is_money(draft.act.thing) and not draft.act.quantity:
        context.ask("amount_vague", predicate.measure.start, predicate.measure.end)
    if predicate.limit == "least" and predicate.modality is None and draft.act.quantity:
        context.ask("amount_least", words[0].start, words[-1].end)


def _remember(draft: Draft, context: Context) -> None:
    verb = draft.predicate.verb
    theirs = verb is not None and verb.text in BELONGS
    if draft.actor is not None and draft.actor != "contract" and not theirs:
        context.subject = draft.recipient if borrows(draft.predicate) else draft.actor
    for name in (draft.actor, draft.recipient):
        context.mention(name)
    if draft.action == "issue" and draft.recipient is not None:
        context.granted = draft.recipient
    if draft.actor is not None and draft.actor != "contract":
        context.doers[draft.action] = draft.actor
    context.last_recipient = draft.recipient
    lexeme = draft.predicate.lexeme
    lent = lexeme is not None and lexeme.word in _LENDS and draft.action == "pay"
    if lent and draft.actor and draft.recipient:
        context.loan = draft.actor, draft.recipient
    wired = draft.action == "transfer" and lexeme is not None and lexeme.thing == "款项"
    context.last_action = "pay" if wired else draft.action
    context.last_actor = draft.actor
    if (engager := context.name(draft.predicate.engager)) is not None:
        context.subject = context.last_actor = engager
    thing = draft.act.thing
    if draft.predicate.subject is not None and thing is draft.predicate.subject:
        context.topic = thing if thing.quantity is None else None
    named = (thing.label if thing is not None else None) or (lexeme.thing if lexeme else None)
    if named and draft.action in {"pay", "deposit", "claim", "keep"}:
        context.label = named


def _length(predicate: Predicate) -> Token | None:
    for noun in predicate.objects:
        for token in noun.tokens:
            if token.kind == "duration":
                return token
    return None


def _thing_besides(predicate: Predicate) -> str | None:
    nouns = [*predicate.objects, predicate.taken, predicate.subject]
    for noun in nouns:
        if (
            noun is not None
            and noun.text
            and not any(one.kind == "duration" for one in noun.tokens)
        ):
            return noun.text
    return None


def _modality(predicate: Predicate, actor: str | None) -> Modality:
    if predicate.modality == "must_not" or (predicate.negated and predicate.modality != "no_need"):
        return "must_not"
    lexeme, bare = predicate.lexeme, predicate.modality is None
    freely = bare and any(token.text == "无理由" for token in predicate.tokens)
    if freely and lexeme is not None and lexeme.action in {"return", "refund", "cancel"}:
        return "may"
    enjoys = bare and predicate.verb is not None and predicate.verb.text in _ENJOYS
    allowed = (enjoys or predicate.modality in {"may", "no_need"}) and actor != "contract"
    return "may" if allowed or _is_cap(predicate) else "must"


def _is_cap(predicate: Predicate) -> bool:
    """购买代币不得超过500个: a bound that is all that a clause says allows what is below it."""
    caps = {token.text for token in predicate.tokens if token.kind == "most"}
    return predicate.modality is None and any(cap.startswith(("不得", "不应")) for cap in caps)
