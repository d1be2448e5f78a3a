"""Clauses that say who does an act by naming the act as a thing: 维修由出租人负责, 须经双方验收."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.chinese.lexicon.verbs import VERBS, Verb
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.noun_phrases import read_noun
from assay.authoring.chinese.phrases.predicates import Predicate

_SEES_TO = frozenset({"负责", "承担", "进行", "完成", "实施", "执行"})
_LIABLE = frozenset({"承担", "负", "负有"})
_ASKED_OF = frozenset({"inspect", "confirm", "report"})


def turned(predicate: Predicate) -> Predicate:
    """The predicate with the act that is named as a thing as its verb."""
    return _by_whom(_seen_to(_answered_for(predicate)))


def _answered_for(predicate: Predicate) -> Predicate:
    """对造成的损失承担赔偿责任 is to pay for it."""
    verb, named = predicate.verb, [one.text for one in predicate.objects]
    liable = verb is not None and verb.text in _LIABLE and named == ["赔偿责任"]
    return replace(predicate, objects=[]) if liable and predicate.taken else predicate


def _seen_to(predicate: Predicate) -> Predicate:
    """房屋主体结构的维修由出租人负责."""
    subject, agent, verb = predicate.subject, predicate.agent, predicate.verb
    if agent is None or subject is None or verb is None or verb.text not in _SEES_TO:
        return predicate
    if subject.party or predicate.objects or predicate.taken or predicate.unread:
        return predicate
    last = subject.tokens[-1]
    named = last.value if isinstance(last.value, Verb) else VERBS.get(last.text)
    rest = list(subject.tokens[:-1])
    while rest and rest[-1].kind == "de":
        rest.pop()
    if named is None or named.action is None or not rest or named.thing:
        return predicate
    act = Token("verb", last.text, last.start, last.end, named)
    return replace(predicate, verb=act, subject=None, taken=read_noun(rest))


def _by_whom(predicate: Predicate) -> Predicate:
    """里程碑三须经双方验收: who is to do it stands behind 经."""
    only = predicate.approvals[0] if len(predicate.approvals) == 1 else None
    lexeme = only.lexeme if only is not None else None
    if only is None or lexeme is None or lexeme.action not in _ASKED_OF:
        return predicate
    if predicate.verb is not None or predicate.modality != "must" or predicate.taken:
        return predicate
    return replace(
        predicate, taken=predicate.subject, subject=None, verb=only.verb, agent=only.subject,
        approvals=[],
    )  # fmt: skip
