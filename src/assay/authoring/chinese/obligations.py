"""Predicates with their conditions to obligations: who acts where nobody is named, and by when."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.chinese.acts import AUTOMATIC, Act, act_of, is_money
from assay.authoring.chinese.conditions import timing_of
from assay.authoring.chinese.context import Context
from assay.authoring.chinese.doubts import refuse_unused
from assay.authoring.chinese.lexer import Token
from assay.authoring.chinese.lexicon.verbs import NOMINAL
from assay.authoring.chinese.phrases import Noun, normal_party
from assay.authoring.chinese.predicates import Predicate
from assay.authoring.chinese.walk import read_predicates
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Condition, Modality, Obligation

_BY_ITSELF = AUTOMATIC - {"pay"}
_ON_GOODS = frozenset({"inspect", "accept", "reject", "repair"})
_LASTING = frozenset({"renew", "extend", "lock", "use", "occupy", "maintain"})
_SPREAD = ("等额", "线性", "匀速", "平均")
_REST = ("剩余", "其余", "余下", "剩下的")


def candidate_of(
    predicate: Predicate, conditions: list[Condition], context: Context
) -> tuple[str | None, bool]:
    """Who may be the dropped subject, and whether a condition of this sentence names them."""
    for adverbial in reversed(predicate.adverbials):
        if not any(token.kind == "verb" for token in adverbial.content):
            continue
        inner = read_predicates(adverbial.content)[0]
        name = context.name(inner.subject)
        if name is not None:
            lexeme = inner.lexeme
            return name, lexeme is None or lexeme.frame != "receive"
    for condition in reversed(conditions):
        if condition.kind == "state" and condition.subject in context.mentioned:
            return condition.subject, True
        if condition.kind in {"event", "breach"}:
            name = condition.actor or (condition.recipient if condition.kind == "event" else None)
            if name is not None and name != "contract":
                return name, True
    return context.subject, False


def actor_of(
    predicate: Predicate, act: Act, conditions: list[Condition], context: Context
) -> str | None:
    """Who acts: named, carried over, the contract itself, or nobody."""
    named = context.name(predicate.agent) or context.name(predicate.subject)
    if named is not None:
        return named
    by_contract = act.action in _BY_ITSELF or (act.action == "return" and is_money(act.thing))
    if predicate.subject is not None:
        if act.action == "pay" and context.last_action == "pay" and not predicate.automatic:
            return context.subject
        goes = predicate.verb is not None and predicate.verb.text in {"归", "归于"}
        return "contract" if by_contract or predicate.automatic or goes else None
    candidate, from_condition = candidate_of(predicate, conditions, context)
    recipient = predicate.recipient
    if recipient is not None and (recipient.pronoun == "其" or recipient.party == candidate):
        candidate = None
    order = predicate.modality is None
    if candidate is not None and not (order and by_contract and from_condition):
        return candidate
    if by_contract or act.action == "pay" or predicate.automatic:
        return "contract"
    return None


def obligation_of(
    predicate: Predicate,
    conditions: list[Condition],
    context: Context,
    *,
    start: int,
    clause: str | None,
) -> Obligation | None:
    """Make the obligation that a predicate states, or reject its words."""
    act = act_of(predicate, context)
    ends = predicate.lexeme is not None and predicate.lexeme.word in {"结束", "截止", "届满"}
    if ends and predicate.subject is not None and predicate.subject.text:
        act = replace(act, action="terminate", asset=predicate.subject.text)
        predicate.automatic = True
    bare = predicate.subject is None and predicate.agent is None and predicate.modality is None
    if bare and predicate.verb is not None and predicate.verb.text in NOMINAL and act.thing is None:
        context.reject(predicate.tokens, "no verb is known in these words")
        return None
    if act.action is None:
        context.reject(predicate.tokens, "its verb is in no list of actions")
        return None
    secret = "保密" in (act.asset or "") and act.action == "perform"
    secret = secret or (predicate.verb is not None and predicate.verb.text == "保密")
    if not secret:
        refuse_unused(predicate, act, context)
    actor = actor_of(predicate, act, conditions, context)
    recipient = context.name(predicate.recipient, acting=actor)
    if predicate.recipient is not None and recipient is None and predicate.recipient.pronoun:
        context.ask(
            "reference", predicate.recipient.tokens[0].start, predicate.recipient.tokens[-1].end
        )
    modality: Modality = _modality(predicate)
    action = act.action
    if actor == "contract" and modality == "may":
        modality = "must"
    if secret:
        return _secrecy(predicate, conditions, context, actor, start=start, clause=clause)
    if predicate.modality == "no_need":
        context.ask("waived_duty", predicate.tokens[0].start, predicate.tokens[-1].end)
        return None
    if act.receives and actor is None:
        context.reject(predicate.tokens, "it does not say who receives")
        return None
    if act.receives:
        if modality == "may":
            action = "claim"
        else:
            actor, recipient = "contract", actor
    if action == "vest":
        actor, recipient = "contract", recipient or (actor if actor != "contract" else None)
    if action == "deposit" and recipient is None and _into_trust(predicate):
        recipient = "contract"
    doer = context.subject if actor == "contract" else actor
    timing = timing_of(predicate, context, modality=modality, acting=doer)
    quantity, asset = _amount(act, predicate, context)
    if predicate.limit is not None and quantity is not None:
        quantity = replace(quantity, limit=predicate.limit)
        modality = "may" if predicate.limit == "most" and predicate.modality is None else modality
        if predicate.limit == "least" and predicate.modality is None:
            context.ask("amount_least", predicate.tokens[0].start, predicate.tokens[-1].end)
    if asset is None and quantity is None and action in _ON_GOODS:
        asset = next((one.asset for one in reversed([*conditions, *timing.conditions])
                      if one.kind in {"event", "breach"} and one.asset), None)  # fmt: skip
    if asset is None and action == "disclose":
        asset = context.secret
    if action == "disclose":
        context.secret = asset
    if predicate.granted is not None and recipient is None:
        recipient = context.name(predicate.granted)
    if action == "vest" and recipient is None and predicate.subject is not None:
        owners = [one.text for one in predicate.subject.tokens if one.kind == "party"]
        recipient = normal_party(owners[0]) if owners else context.subject
    if predicate.verb is not None and predicate.verb.text == "加价" and quantity is not None:
        conditions = [*conditions, _raise(predicate, quantity, context)]
        quantity, asset = None, None
    if predicate.ahead is not None:
        context.ask("notice_period", predicate.ahead.start, predicate.ahead.end)
    deadline = timing.deadline
    if action in _LASTING and (length := _length(predicate)) is not None:
        deadline, asset = length.value.iso, _thing_besides(predicate)
    last = predicate.tokens[-1].end if predicate.tokens else start
    if actor is not None and actor != "contract":
        context.subject = actor
    for name in (actor, recipient):
        context.mention(name)
    context.last_action = action
    if quantity is not None and quantity.problem:
        _ask_amount(act, quantity, context)
    amount = quantity.amount if quantity else None
    return Obligation(
        actor=actor,
        modality=modality,
        action=action,
        amount=amount,
        asset=asset,
        share_of=quantity.share_of if quantity else None,
        limit=quantity.limit if quantity else "exact",
        spread=_spread(predicate),
        recipient=recipient,
        conditions=(*conditions, *timing.conditions),
        deadline=deadline,
        deadline_from=timing.deadline_from,
        recurrence=timing.recurrence,
        occurrences=predicate.instalments,
        span=context.folded.span(start, last),
        clause=clause or None,
    )


def _secrecy(
    predicate: Predicate,
    conditions: list[Condition],
    context: Context,
    actor: str | None,
    *,
    start: int,
    clause: str | None,
) -> Obligation:
    """To keep secret is not to disclose."""
    nouns = [predicate.taken, *predicate.objects, predicate.subject]
    asset = next(
        (one.text for one in nouns if one is not None and one.text and "保密义务" not in one.text),
        None,
    )
    timing = timing_of(predicate, context, modality="must_not", acting=actor)
    if actor is not None:
        context.subject = actor
    context.secret = asset
    return Obligation(
        actor=actor,
        modality="must_not",
        action="disclose",
        asset=asset,
        conditions=(*conditions, *timing.conditions),
        span=context.folded.span(start, predicate.tokens[-1].end),
        clause=clause or None,
    )


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


def _modality(predicate: Predicate) -> Modality:
    if predicate.modality == "must_not" or (predicate.negated and predicate.modality != "no_need"):
        return "must_not"
    return "may" if predicate.modality in {"may", "no_need"} else "must"


def _spread(predicate: Predicate) -> bool:
    return any(
        token.kind == "silent" and token.text.endswith(_SPREAD) for token in predicate.tokens
    )


def _into_trust(predicate: Predicate) -> bool:
    words = "".join(token.text for token in predicate.tokens)
    return predicate.verb is not None and (predicate.verb.text == "托管" or "托管账户" in words)


def _amount(act: Act, predicate: Predicate, context: Context) -> tuple[Quantity | None, str | None]:
    quantity, asset = act.quantity, act.asset
    if quantity is None:
        return None, asset
    share = quantity.share_of
    if quantity.asset == "%":
        for word in _REST:
            if share and share.startswith(word):
                share = share.removeprefix(word).removeprefix("的") or None
        share = share or (context.whole if _bare_share(act.thing) else None)
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
