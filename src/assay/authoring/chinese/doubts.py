"""What was parsed but not used: a thing, an amount or a word that no field of the act holds.

A clause is understood only if each of its nouns went somewhere; this is where the rest is refused.
"""

from __future__ import annotations

from assay.authoring.chinese.acts import Act, is_money
from assay.authoring.chinese.context import Context
from assay.authoring.chinese.phrases import Noun
from assay.authoring.chinese.predicates import Predicate

_UNLIKELY = frozenset("若如则且或因故当未不无非已应须必得还又就才都很把被让吧吗呢了着么怎完谁啥咋")
_PLACES = ("账户", "合约", "地址", "账号", "池", "金库", "保险箱")
_LONGEST_THING = 16


def refuse_unused(  # noqa: C901 - one branch for each place of a noun
    predicate: Predicate, act: Act, context: Context
) -> None:
    """Refuse the nouns of a clause that went into no field, and words unlikely to be a noun."""
    counted = act.quantity is not None
    for noun in (
        *predicate.objects,
        *predicate.means,
        predicate.taken,
        _thing_as_subject(predicate),
    ):
        if noun is None or noun is act.thing or noun.party or noun.pronoun:
            continue
        if act.action in {"renew", "extend"} and not noun.is_amount:
            continue
        if act.action == "deposit" and (noun.text or "").endswith(_PLACES):
            continue
        if noun.unread:
            context.reject(noun.tokens, "it gives two amounts at once")
        elif noun.is_amount and noun.quantity != act.quantity:
            context.reject(noun.tokens, "it is a second amount")
        elif not (noun.is_amount or (counted and _is_label(noun, act)) or _is_length(noun, act)):
            context.reject(noun.tokens, "it is a second thing, and no rule says what for")
    if act.thing is not None and act.thing.unread:
        context.reject(act.thing.tokens, "it gives two amounts at once")
    nouns = (predicate.subject, predicate.recipient, predicate.taken, *predicate.objects)
    for noun in nouns:
        if noun is not None:
            _refuse_unlikely(noun, context)


def _thing_as_subject(predicate: Predicate) -> Noun | None:
    subject = predicate.subject
    return subject if subject is not None and not (subject.party or subject.pronoun) else None


def _is_label(noun: Noun, act: Act) -> bool:
    """租金3000元, 以USDC: what an amount is called, or its unit."""
    if is_money(noun) or (len(noun.tokens) == 1 and noun.tokens[0].kind == "latin"):
        return True
    plain = all(token.kind in {"noun", "unknown", "silent"} for token in noun.tokens)
    return act.action in {"pay", "refund", "return", "deposit"} and plain


def _is_length(noun: Noun, act: Act) -> bool:
    length = any(token.kind == "duration" for token in noun.tokens)
    return length and act.action in {"renew", "extend", "lock", "use", "occupy", "maintain"}


def _refuse_unlikely(noun: Noun, context: Context) -> None:
    if len(noun.text or "") == 1 and noun.tokens[-1].kind == "unknown":
        context.reject(noun.tokens, "one character is no name of a thing")
    kinds = [token.kind for token in noun.tokens]
    short = any(one.kind == "unknown" and len(one.text) == 1 for one in noun.tokens)
    if short and kinds[-1] == "verb":
        context.reject(noun.tokens, "a verb stands in it that no rule reads")
    if noun.quantity is None and {"amount", "counted"} & set(kinds):
        context.reject(noun.tokens, "an amount stands where a thing was expected")
    for token in noun.tokens:
        if token.kind == "unknown" and (_UNLIKELY & set(token.text) or len(token.text) > 12):
            context.reject([token], "these words are in no list")
        elif token.kind == "number":
            context.reject([token], "the number has no unit")
    if len(noun.text or "") > _LONGEST_THING:
        context.reject(noun.tokens, "it is too long to be the name of one thing")
