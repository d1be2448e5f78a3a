"""Conditions joined by "or": one that is enough gives an obligation for each of them.

"If the Buyer rejects the goods, or the Seller is late, the money goes back": two ways for it to go
back. What "unless A or B" says holds only while neither is so, and stays one obligation.
"""

from __future__ import annotations

from assay.authoring.model import Condition, Obligation, Question, Specification

KIND = "either_condition"
ENOUGH, ALL = "one is enough", "all have to hold"


def put_alternative(specification: Specification, question: Question, text: str) -> Specification:
    """The obligation as it is, or once for each of its alternatives; new ones come last.

    Raises:
        ValueError: it is neither of the two answers.
    """
    if text not in (ENOUGH, ALL):
        raise ValueError(f"say “{ENOUGH}” or “{ALL}”")
    assert question.obligation is not None, "it is about a condition"
    duty = specification.obligations[question.obligation]
    joined = [one for one in duty.conditions if _is_joined(one, question)]
    if len(joined) < 2:
        joined = list(duty.conditions)
    excluding = all(one.negated for one in joined)
    if len(joined) < 2 or (text == ALL) != excluding:
        return specification
    each = [_with_only(duty, one, joined) for one in joined]
    obligations = list(specification.obligations)
    obligations[question.obligation] = each[0]
    return specification.model_copy(update={"obligations": (*obligations, *each[1:])})


def _is_joined(one: Condition, question: Question) -> bool:
    if one.span is None or question.span is None:
        return False
    start, end = question.span
    return one.span[0] < end and start < one.span[1]


def _with_only(duty: Obligation, one: Condition, joined: list[Condition]) -> Obligation:
    kept = tuple(each for each in duty.conditions if each is one or each not in joined)
    return duty.model_copy(update={"conditions": kept})
