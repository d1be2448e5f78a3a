"""From when an agreement runs: 租期自2027年3月1日起, 合同自某日起生效,为期两年, 从某日开始."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assay.authoring.chinese.context import Context, NamedSpan
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.terms.term_setting import Sentence
from assay.authoring.chinese.terms.windows import with_span
from assay.authoring.language.agreement_terms import (
    AgreementTerm,
    counted_from_terms,
    end_of,
    ending,
    takes_up,
)
from assay.authoring.model import Obligation

_NAMES = (
    "租", "服务", "订阅", "许可", "授权", "合同", "协议", "合作", "聘", "雇", "劳动", "保险",
    "保障", "会员", "供货", "维护", "顾问", "托管期", "承保",
)  # fmt: skip
_OF_PARTS = ("付款", "支付", "免租", "宽限", "交付", "交货", "续租", "试用", "装修")
"""Spans within an agreement, from which nothing else counts."""

_ON = r"(?:自|从|由|于|为|是|:)*"
_SINCE = r"(?:起|开始|生效|计算|起算|起计|计|之日|履行|执行|施行)*"
_NAMED = re.compile(rf"(?P<name>[^<>]+?){_ON}<moment>{_SINCE}")
_BARE = re.compile(rf"(?:自|从|由)<moment>{_SINCE}")
_LASTING = re.compile(
    r"(?:为期|(?:有效期|期限|租期|租赁期|租赁期限|合同期|合同期限|服务期|共|共计|持续)(?:为|是|共)?)<duration>"
)


def is_agreement(name: str) -> bool:
    """Whether a span of this name is that of the whole agreement."""
    return any(one in name for one in _NAMES) and not any(one in name for one in _OF_PARTS)


def names_begin(
    sentence: Sentence, tokens: Sequence[Token], context: Context, obligations: list[Obligation]
) -> bool:
    """Whether a unit says only from when an agreement runs, or how long from then."""
    said = "".join(f"<{one.kind}>" if one.kind in _VALUES else one.text for one in tokens)
    length = next((one.value.iso for one in tokens if one.kind == "duration"), None)
    if length and sentence.begins and _LASTING.fullmatch(said):
        words, term = context.terms_told[-1]
        lasting = replace(term, end=ending(term.begin, length))
        context.terms_told[-1] = ((*words, *tokens), _placed(context, (*words, *tokens), lasting))
        return True
    day = next((one.value for one in tokens if one.kind == "moment"), None)
    if day is None or day.iso is None or day.missing or "T" in day.iso:
        return False
    if _BARE.fullmatch(said) and sentence.lengths and sentence.lengths[-1].since is None:
        sentence.lengths[-1] = replace(sentence.lengths[-1], since=day.iso)
        return True
    last = obligations[-1] if sentence.made else None
    lasts = last is not None and last.deadline_from is None and last.recurrence is None
    if _BARE.fullmatch(said) and last and lasts and re.fullmatch(_LENGTH, last.deadline or ""):
        obligations[-1] = last.model_copy(update={"deadline_from": day.iso})
        return True
    named = _NAMED.fullmatch(said)
    if named is None or not is_agreement(named["name"]):
        return False
    term = AgreementTerm(day.iso, None, (0, 0), named["name"].removeprefix("本"))
    context.terms_told.append((tuple(tokens), _placed(context, tokens, term)))
    sentence.begins = True
    return True


_LENGTH = r"P[1-9]\d*[YMWD]"
_VALUES = frozenset({"moment", "duration", "amount", "party", "into"})


def _placed(context: Context, tokens: Sequence[Token], term: AgreementTerm) -> AgreementTerm:
    return replace(term, span=context.folded.span(tokens[0].start, tokens[-1].end))


def with_terms(
    text: str, obligations: Sequence[Obligation], contexts: Sequence[Context]
) -> list[Obligation]:
    """The duties, each within the span that is named for it, and payments from the first day."""
    spans = [(span, context) for context in contexts for span in context.spans]
    told = [one for context in contexts for _, one in context.terms_told]
    told += [_term(span, context) for span, context in spans if _is_dated(span)]
    counted = counted_from_terms(text, obligations, told)
    for span, context in spans:
        taken = _is_dated(span) and takes_up(counted, _term(span, context))
        once = [one for one in counted if one.action != "pay" or not taken]
        bounded = with_span(once, span, context, needed=not taken)
        changed = {id(one): new for one, new in zip(once, bounded, strict=False) if new != one}
        added = bounded[len(once) :]
        if taken and not changed:
            added = [end_of(_term(span, context))]
        counted = [changed.get(id(one), one) for one in counted] + added
    for context in contexts:
        for words, term in context.terms_told:
            if not takes_up(counted, term):
                context.reject(words, "nothing is said to be done")
            elif term.end is not None:
                counted.append(end_of(term))
    return counted


def _is_dated(span: NamedSpan) -> bool:
    dated = span.start is not None and "T" not in span.start
    return dated and len(span.end) == len("2027-01-01") and is_agreement(span.name)


def _term(span: NamedSpan, context: Context) -> AgreementTerm:
    assert span.start is not None, "it is dated"
    return _placed(context, span.words, AgreementTerm(span.start, span.end, (0, 0), span.name))
