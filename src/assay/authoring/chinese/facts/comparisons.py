"""Quantities held against a value: 募集金额达到10万USDC, 气象站公布的降雨量低于50毫米."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.chinese.context import Context
from assay.authoring.chinese.facts.statements import GOALS, MEASURED
from assay.authoring.chinese.lexicon.roles import SOURCES
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.noun_phrases import Noun, read_noun
from assay.authoring.chinese.phrases.predicates import Comparison, Predicate
from assay.authoring.model import Comparator, Condition

_BEGINS_BOUND = frozenset({"least", "most", "amount", "counted"})
_POSITIVE = {"没达": "达", "没达到": "达到", "没有达到": "达到", "达不到": "达到", "没到": "到"}
_OPPOSITE: dict[Comparator, Comparator] = {">=": "<", ">": "<=", "<": ">=", "<=": ">", "=": "="}


def comparison_of(
    predicate: Predicate, comparison: Comparison, context: Context
) -> Condition | None:
    """The condition that a quantity is above or below a value, or a fact from outside."""
    noun = comparison.subject or predicate.subject
    whose = noun is not None and noun.party is not None and predicate.verb is None
    if whose and predicate.taken is not None and not predicate.taken.is_amount:
        noun = predicate.taken
    words = predicate.tokens
    if predicate.late or (predicate.verb is not None and comparison.duration is not None):
        return None
    lexeme = predicate.lexeme
    subject = noun.text or noun.party if noun is not None else None
    source = None
    if noun is not None:
        subject, source = _measured(noun, subject)
    quantity = comparison.quantity
    if subject is None and quantity is not None and quantity.asset != "%":
        subject = comparison.label
        names_bound = subject is not None and comparison.text.startswith(subject)
        excess = (subject or "").endswith("部分")
        names_bound = names_bound and not context.told_of
        if (names_bound or excess) and comparison.comparator in {"<", "<=", ">"}:
            context.reject(words, "it is not said what is compared")
    if quantity is None and comparison.duration is None and len(comparison.text) == 1:
        context.reject(words, "it is not said what it is compared with")
    if quantity is None and context.goal is not None and comparison.text.endswith(GOALS):
        subject, quantity = subject or comparison.text, context.goal
    if quantity is None and comparison.duration is None and comparison.word:
        return _met(predicate, comparison, subject, context)
    symbol = subject is not None and subject.isascii() and subject.isupper()
    outside = (
        source is not None
        or symbol
        or (subject or "").endswith(MEASURED)
        or (lexeme is not None and lexeme.word == "延误")
    )
    unmet = predicate.negated and predicate.verb is None and comparison.comparator != "="
    return Condition(
        kind="oracle" if outside else "comparison",
        text=context.words(words),
        span=context.folded.span(words[0].start, words[-1].end) if words else None,
        subject=subject,
        comparator=_OPPOSITE[comparison.comparator] if unmet else comparison.comparator,
        value=comparison.duration or (quantity.amount if quantity else comparison.text),
        asset=quantity.asset if quantity else None,
        actor=source,
    )


def _met(
    predicate: Predicate, comparison: Comparison, subject: str | None, context: Context
) -> Condition | None:
    """达到约定标准: so it is, where no number says it; 超过约定期限 goes with the breach."""
    if predicate.verb is not None and comparison.text.endswith(("期限", "时间", "期")):
        return None
    if any(token.kind == "de" for token in _behind(predicate, comparison)):
        context.reject(predicate.tokens, "a thing and what is so of it stand together")
    word = _POSITIVE.get(comparison.word) or comparison.word.removeprefix("未")
    words = predicate.tokens
    return Condition(
        kind="state",
        text=context.words(words),
        span=context.folded.span(words[0].start, words[-1].end) if words else None,
        subject=subject,
        value=word + comparison.text,
        negated=predicate.negated != (word != comparison.word),
    )


def _behind(predicate: Predicate, comparison: Comparison) -> tuple[Token, ...]:
    """The words of what something is compared with."""
    at = next((one.end for one in predicate.tokens if one.text == comparison.word), 0)
    behind = tuple(one for one in predicate.tokens if one.start >= at)
    ends = next((i for i, one in enumerate(behind) if one.kind == "de"), len(behind))
    return behind if ends + 1 < len(behind) and behind[ends + 1].kind == "unknown" else ()


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


def bound_of(predicate: Predicate, context: Context) -> Condition | None:
    """月销售额不低于10万USDC: a noun and its bound."""
    noun = predicate.subject
    quantity = noun.quantity if noun is not None else None
    if noun is None or quantity is None or quantity.limit == "exact" or predicate.taken:
        return None
    at = next((at for at, one in enumerate(noun.tokens) if one.kind in _BEGINS_BOUND), 0)
    if at == 0 or quantity.problem:
        return None
    comparator: Comparator = ">=" if quantity.limit == "least" else "<="
    bare = Comparison(comparator, replace(quantity, limit="exact"), "", read_noun(noun.tokens[:at]))
    return comparison_of(predicate, bare, context)
