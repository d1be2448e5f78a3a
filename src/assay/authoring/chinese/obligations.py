"""Predicates with their conditions to obligations: who acts where nobody is named, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assay.authoring.chinese.actors import actor_of
from assay.authoring.chinese.acts import Act, act_of
from assay.authoring.chinese.conditions import timing_of
from assay.authoring.chinese.context import Context
from assay.authoring.chinese.doubts import refuse_unused
from assay.authoring.chinese.lexer import Token
from assay.authoring.chinese.lexicon.verb_places import NOMINAL
from assay.authoring.chinese.phrases import Noun, is_money, normal_party
from assay.authoring.chinese.predicates import Predicate
from assay.authoring.chinese.timing import Timing, parts_of
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Condition, Modality, Obligation

_ON_GOODS = frozenset({"inspect", "accept", "reject", "repair"})
_BY_MONTH = frozenset({"pay", "return", "refund", "vest", "release"})
_ASKS = frozenset({"向", "跟", "同", "找"})
_EACH_PERIOD = {
    f"{period}{fee}": iso
    for period, iso in (("年", "P1Y"), ("月", "P1M"), ("季", "P3M"), ("周", "P1W"), ("日", "P1D"))
    for fee in ("费", "租", "租金", "薪", "供", "会费", "服务费")
}
_PAYS_IN = frozenset({"pay", "deposit", "contribute"})
_ENDINGS = frozenset({"结束", "截止", "届满"})
_LASTING = frozenset({"renew", "extend", "lock", "use", "occupy", "maintain"})
_SPREAD = ("等额", "线性", "匀速", "平均")
_REST = ("剩余", "其余", "余下", "剩下", "剩")


@dataclass(slots=True)
class _Draft:
    """An obligation while its fields are filled."""

    predicate: Predicate
    act: Act
    actor: str | None
    recipient: str | None
    modality: Modality
    action: str
    conditions: list[Condition]
    quantity: Quantity | None = None
    asset: str | None = None


def obligation_of(
    predicate: Predicate,
    conditions: list[Condition],
    context: Context,
    *,
    start: int,
    clause: str | None,
) -> Obligation | None:
    """Make the obligation that a predicate states, or reject its words."""
    act = _ending(predicate, act_of(predicate, context))
    if act.action is None or _is_no_clause(predicate, act):
        context.reject(predicate.tokens, "no verb is known in these words")
        return None
    secret = _is_secrecy(predicate, act)
    if not secret:
        refuse_unused(predicate, act, context)
    actor = actor_of(predicate, act, conditions, context)
    draft = _Draft(
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
    _settle_parties(draft, context)
    doer = context.subject if draft.actor == "contract" else draft.actor
    timing = timing_of(predicate, context, modality=draft.modality, acting=doer)
    draft.conditions += timing.conditions
    if context.cliff is not None and draft.action in {"vest", "release"}:
        _begin_after(draft, context.cliff)
        context.cliff = None
    draft.quantity, draft.asset = _amount(act, predicate, context)
    if draft.action == "refund" and draft.actor == "contract" and draft.recipient is None:
        draft.recipient = context.subject if context.last_action in _PAYS_IN else None
    if secret:
        draft.quantity, draft.asset = None, _secret_of(predicate)
    _settle_amount(draft, context)
    _settle_asset(draft, context)
    if draft.action in _LASTING and (length := _length(predicate)) is not None:
        timing.deadline = length.value.iso
        draft.asset = "%" if draft.asset == "%" else _thing_besides(predicate)
        context.last_asset = draft.asset
    _remember(draft, context)
    return _finished(draft, timing, context, start=start, clause=clause)


def _begin_after(draft: _Draft, cliff: Condition) -> None:
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
    draft: _Draft, timing: Timing, context: Context, *, start: int, clause: str | None
) -> Obligation:
    quantity, predicate = draft.quantity, draft.predicate
    label = draft.act.thing.label if draft.act.thing is not None else None
    if draft.action == "pay" and timing.recurrence is None and label in _EACH_PERIOD:
        timing.recurrence = _EACH_PERIOD[label]
    spread = _spread(predicate) or (draft.action == "vest" and timing.recurrence is not None)
    occurrences = predicate.instalments
    if spread and timing.recurrence is None and draft.action in _BY_MONTH:
        timing.recurrence = _over(predicate)
    parts = parts_of(timing.deadline, timing.recurrence) if spread else None
    if parts is not None:
        occurrences, timing.deadline = parts, None
    last = predicate.tokens[-1].end if predicate.tokens else start
    return Obligation(
        actor=draft.actor,
        modality=draft.modality,
        action=draft.action,
        amount=quantity.amount if quantity else None,
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


def _over(predicate: Predicate) -> str | None:
    """分六个月 has a part each month, 分三年 is left to the words."""
    said = [token for one in predicate.adverbials for token in one.tokens if token.kind == "over"]
    words = "".join(token.text for token in said)
    return "P1M" if "月" in words else "P3M" if "季" in words else None


def _once(conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """众筹成功的, ... 自成功之日起: a state that names nobody is the one before it."""
    told = {one.value for one in conditions if one.kind == "state" and one.subject}
    return tuple(
        one for one in conditions if one.kind != "state" or one.subject or one.value not in told
    )


def _ending(predicate: Predicate, act: Act) -> Act:
    """拍卖于某日结束: the contract ends it."""
    lexeme, subject = predicate.lexeme, predicate.subject
    if lexeme is None or lexeme.word not in _ENDINGS or subject is None or not subject.text:
        return act
    predicate.automatic = True
    return replace(act, action="terminate", asset=subject.text)


def _is_no_clause(predicate: Predicate, act: Act) -> bool:
    """提案 or 投票 alone is a thing, not an order."""
    named = (
        predicate.subject
        or predicate.agent
        or predicate.recipient
        or predicate.modality
        or act.thing
        or any(one.duration or one.moment or one.recurrence for one in predicate.adverbials)
        or None
    )
    return named is None and predicate.verb is not None and predicate.verb.text in NOMINAL


def _is_secrecy(predicate: Predicate, act: Act) -> bool:
    """To keep secret is not to disclose."""
    if predicate.verb is not None and predicate.verb.text == "保密":
        return True
    return act.action == "perform" and "保密" in (act.asset or "")


def _secret_of(predicate: Predicate) -> str | None:
    nouns = [predicate.taken, *predicate.objects, predicate.subject]
    named = [noun.text for noun in nouns if noun is not None and noun.text]
    return next((text for text in named if "保密义务" not in text), None)


def _ask_what_is_open(draft: _Draft, context: Context) -> None:
    predicate, words = draft.predicate, draft.predicate.tokens
    noun = predicate.recipient
    if noun is not None and noun.pronoun and draft.recipient is None:
        context.ask("reference", noun.tokens[0].start, noun.tokens[-1].end)
    if predicate.modality == "no_need":
        context.ask("waived_duty", words[0].start, words[-1].end)
    if predicate.ahead is not None:
        context.ask("notice_period", predicate.ahead.start, predicate.ahead.end)
    if predicate.guessed and predicate.verb is not None:
        context.ask("unlisted_verb", predicate.verb.start, predicate.verb.end)
    if predicate.measure is not None and is_money(draft.act.thing) and not draft.act.quantity:
        context.ask("amount_vague", predicate.measure.start, predicate.measure.end)
    if predicate.limit == "least" and predicate.modality is None and draft.act.quantity:
        context.ask("amount_least", words[0].start, words[-1].end)


def _settle_parties(draft: _Draft, context: Context) -> None:
    """Turn receiving round; find for whom tokens vest and who holds what is in trust."""
    predicate = draft.predicate
    if draft.act.receives and draft.modality == "may":
        draft.action = "claim"
    elif draft.act.receives:
        draft.actor, draft.recipient = "contract", draft.actor
    if predicate.verb is not None and predicate.verb.text in {"归", "归于"}:
        _belong(draft, context)
    if draft.action == "vest":
        named = draft.actor if draft.actor != "contract" else None
        draft.actor, draft.recipient = "contract", draft.recipient or named
    if _borrows(predicate):
        draft.actor, draft.recipient = draft.recipient, draft.actor
    if draft.action == "buy":
        draft.recipient = None
    if draft.action == "deposit" and draft.recipient is None and _into_trust(predicate):
        draft.recipient = "contract"
    if draft.recipient is None and predicate.granted is not None:
        draft.recipient = context.name(predicate.granted)
    if draft.recipient is None and draft.action == "vest" and predicate.subject is not None:
        owners = [one.text for one in predicate.subject.tokens if one.kind == "party"]
        draft.recipient = normal_party(owners[0]) if owners else context.subject


def _borrows(predicate: Predicate) -> bool:
    """乙方向甲方借3 ETH: who lends is who pays."""
    asks = any(token.kind == "to" and token.text in _ASKS for token in predicate.tokens)
    verb = predicate.verb.text if predicate.verb is not None else ""
    return (
        asks and verb in {"借", "借入", "借款", "借用", "贷款"} and predicate.recipient is not None
    )


def _belong(draft: _Draft, context: Context) -> None:
    """保证金归拍卖人所有: who has it keeps it; a share is paid."""
    rest = (draft.asset or "").startswith(_REST)
    if rest and context.last_action in {"pay", "distribute", "keep", "claim"}:
        draft.actor, draft.action = "contract", "pay"
    elif draft.action != "pay" or draft.act.quantity is None:
        draft.actor, draft.recipient, draft.action = draft.recipient, None, "keep"


def _settle_amount(draft: _Draft, context: Context) -> None:
    """Bounds, what a raise is compared with, and amounts that are no single number."""
    predicate, quantity = draft.predicate, draft.quantity
    if quantity is None:
        return
    if quantity.problem:
        _ask_amount(draft.act, quantity, context)
    limited = predicate.verb is not None and predicate.verb.text in {"限购", "限领", "限投"}
    if limited or predicate.limit is not None:
        predicate.limit = predicate.limit or "most"
        quantity = draft.quantity = replace(quantity, limit=predicate.limit)
        if predicate.limit == "most" and predicate.modality is None:
            draft.modality = "may"
    if predicate.verb is not None and predicate.verb.text == "加价":
        draft.conditions.append(_raise(predicate, quantity, context))
        draft.quantity, draft.asset = None, None


def _settle_asset(draft: _Draft, context: Context) -> None:
    """What a clause leaves out because the words before it said it."""
    if draft.asset is None and draft.action in _ON_GOODS:
        done = [one for one in reversed(draft.conditions) if one.kind in {"event", "breach"}]
        done = [one for one in done if one.action not in {"confirm", "notify", "perform"}]
        draft.asset = next((one.asset for one in done if one.asset), None)
    if draft.action == "assign":
        before = context.last_asset if context.last_asset != "%" else None
        draft.asset = draft.asset or before
    if draft.asset is None and draft.action == "refund" and draft.quantity is None:
        draft.asset = context.label
    if draft.action == "release" and context.last_action == "lock":
        draft.asset = draft.asset or context.last_asset
    context.last_asset = draft.asset
    if draft.action == "disclose":
        draft.asset = draft.asset or context.secret
        context.secret = draft.asset


def _remember(draft: _Draft, context: Context) -> None:
    if draft.actor is not None and draft.actor != "contract":
        context.subject = draft.recipient if _borrows(draft.predicate) else draft.actor
    for name in (draft.actor, draft.recipient):
        context.mention(name)
    context.last_action, context.last_actor = draft.action, draft.actor
    thing = draft.act.thing
    lexeme = draft.predicate.lexeme
    named = (thing.label if thing is not None else None) or (lexeme.thing if lexeme else None)
    if named and draft.action in {"pay", "deposit"}:
        context.label = named


def _raise(predicate: Predicate, quantity: Quantity, context: Context) -> Condition:
    """每次加价不得低于: how far a bid has to be above the one before."""
    words = predicate.tokens
    return Condition(
        kind="comparison",
        text=context.words(words),
        span=context.folded.span(words[0].start, words[-1].end),
        subject="加价",
        comparator="<=" if quantity.limit == "most" else ">=",
        value=quantity.amount,
        asset=quantity.asset,
    )


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
    allowed = predicate.modality in {"may", "no_need"} and actor != "contract"
    return "may" if allowed else "must"


def _spread(predicate: Predicate) -> bool:
    return any(
        token.kind == "over" or (token.kind == "silent" and token.text.endswith(_SPREAD))
        for token in predicate.tokens
    )


def _into_trust(predicate: Predicate) -> bool:
    words = "".join(token.text for token in predicate.tokens)
    return predicate.verb is not None and (predicate.verb.text == "托管" or "托管账户" in words)


def _source_of(predicate: Predicate) -> str | None:
    """从募集资金中扣除3%: what a share is taken from."""
    source = predicate.source
    return source.text if source is not None and not source.party else None


def _amount(act: Act, predicate: Predicate, context: Context) -> tuple[Quantity | None, str | None]:
    quantity, asset = act.quantity, act.asset
    if quantity is None:
        return None, asset
    share = quantity.share_of
    if quantity.asset == "%":
        for word in _REST:
            if share and share.startswith(word):
                share = share.removeprefix(word).removeprefix("的") or None
        basis = predicate.basis.text if predicate.basis is not None else None
        share = basis or share or _source_of(predicate)
        share = share or (context.whole if _bare_share(act.thing) else None)
        if share is None and act.action in {"release", "vest"} and context.last_action == "lock":
            share = context.last_asset
        if share is None and predicate.factor is not None:
            share = context.label or context.whole
        if share:
            context.whole = share
        return replace(quantity, share_of=share), "%"
    return quantity, asset


def _bare_share(thing: Noun | None) -> bool:
    return thing is None or thing.label is None


def _ask_amount(act: Act, quantity: Quantity, context: Context) -> None:
    thing = act.thing
    if thing is not None and thing.tokens:
        context.ask(f"amount_{quantity.problem}", thing.tokens[0].start, thing.tokens[-1].end)
