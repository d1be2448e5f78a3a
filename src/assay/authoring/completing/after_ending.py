"""Rights to end, and money that goes back once one is used: "may cancel and the price is refunded".

with_endings_first(specification)
with_own_notices(specification)
"""

from __future__ import annotations

import re
from itertools import pairwise

from assay.authoring.blocks.clauses.several import ENDINGS, NOT_ONE
from assay.authoring.model import Condition, Obligation, Question, Specification

_BACK = frozenset({"refund", "return", "release", "pay"})
_PAID = frozenset({"pay", "deposit", "contribute", "lock", "transfer", "issue"})
_STOPS = re.compile(r"[.;。；\n]|\b(?:but|unless|otherwise)\b|但|否则")


def with_endings_first(specification: Specification) -> Specification:
    """The same, where what goes back in the words of a right to end waits until it is used."""
    all_ = specification.obligations
    found = list(all_)
    for index, (right, back) in enumerate(pairwise(all_), start=1):
        if _is_right(right) and _goes_back(right, back) and _is_joined(specification, right, back):
            ended = Condition(
                kind="event",
                text=specification.text[slice(*right.span)],
                span=right.span,
                actor=right.actor,
                action=right.action,
                asset=right.asset,
            )
            found[index] = back.model_copy(update={"conditions": (*back.conditions, ended)})
    return specification.model_copy(update={"obligations": tuple(found)})


def with_own_notices(specification: Specification) -> Specification:
    """The same, where "A or B may terminate by giving notice" lets each give notice of its own."""
    all_ = specification.obligations
    found = [
        _with_own_notice(one, before) if _is_right(one) and _is_beside(before, one) else one
        for before, one in pairwise((None, *all_))
        if one is not None
    ]
    return specification.model_copy(update={"obligations": tuple(found)})


def _is_beside(before: Obligation | None, one: Obligation) -> bool:
    alike = before is not None and _is_right(before) and before.actor != one.actor
    return alike and before is not None and before.conditions == one.conditions


def _with_own_notice(right: Obligation, before: Obligation | None) -> Obligation:
    first = None if before is None else before.actor
    own = {first: right.actor, right.actor: first}
    conditions = tuple(
        one.model_copy(update={"actor": right.actor, "recipient": own.get(one.recipient)})
        if one.action == "notify" and one.actor == first
        else one
        for one in right.conditions
    )
    return right.model_copy(update={"conditions": conditions})


def _is_right(one: Obligation) -> bool:
    named = one.actor is not None and one.actor not in NOT_ONE
    return one.modality == "may" and one.action in ENDINGS and named


def _goes_back(right: Obligation, back: Obligation) -> bool:
    """Whether it is due to who may end, on no other grounds than the right."""
    to_them = back.recipient in (None, right.actor) and back.actor in (None, "contract")
    alike = not back.conditions or back.conditions == right.conditions
    return back.modality == "must" and back.action in _BACK and to_them and alike


def _is_joined(specification: Specification, right: Obligation, back: Obligation) -> bool:
    start, end = right.span[0], back.span[0]
    return start < end and _STOPS.search(specification.text[start:end]) is None


def without_spent_waivers(specification: Specification) -> Specification:
    """The same without the question what 取消后无须再支付 spares: what is due again and again.

    That holds where nothing else is paid, and nothing is held that could be taken for it.
    """
    all_ = specification.obligations
    ends = any(one.action in ENDINGS and one.modality == "may" for one in all_)
    paid = [one for one in all_ if one.action in _PAID]
    again = all(one.action == "pay" and one.recurrence is not None for one in paid)
    if not (ends and paid and again):
        return specification
    left = tuple(one for one in specification.questions if not _says_no_more(specification, one))
    return specification.model_copy(update={"questions": left})


def _says_no_more(specification: Specification, question: Question) -> bool:
    words = specification.text[slice(*(question.span or (0, 0)))]
    return question.kind == "waived_duty" and "再" in words
