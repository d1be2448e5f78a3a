"""Conditions joined by 或者: whether one of them is enough is asked, and a lost one is named.

The other way round where they are an exception: 除非A或者B is neither, and needs no question, while
除非A且B ends nothing as long as one of the two is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assay.authoring.chinese.context import Exceptions
from assay.authoring.model import NotUnderstood, Obligation, Question, Span

_OR = re.compile("或者|(?<=[,，、])或")
_ENDS = re.compile("[。;；!！?？\\n]")
_VERB = (
    "(?:同意|批准|确认|通过|交付|签收|验收|支付|到账|满|逾期|超过|达到|低于|到期|届满|解除|终止"
    "|取消)"
)
_TWO = re.compile(f"{_VERB}[^,，。;；]{{0,12}}?或者[^,，。;；]{{0,12}}?{_VERB}")


def without_each(
    obligations: Sequence[Obligation], exceptions: Sequence[Exceptions]
) -> list[Obligation]:
    """Bans that end only when two things have come to be, once for each of the two."""
    made = list(obligations)
    for exception in exceptions:
        if not exception.either:
            made = [one for duty in made for one in _for_each(duty, exception)]
    return made


def _for_each(duty: Obligation, exception: Exceptions) -> list[Obligation]:
    if duty.modality != "must_not" or not _holds(duty, exception):
        return [duty]
    all_of = [one for part in exception.parts for one in part]
    others = [one for one in duty.conditions if one not in all_of]
    return [duty.model_copy(update={"conditions": (*part, *others)}) for part in exception.parts]


def _holds(duty: Obligation, exception: Exceptions) -> bool:
    return all(one in duty.conditions for part in exception.parts for one in part)


def either_of(
    text: str, obligations: Sequence[Obligation], exceptions: Sequence[Exceptions]
) -> Iterator[Question]:
    """A question for each duty whose conditions have 或者 between them."""
    for index, duty in enumerate(obligations):
        held = [one for one in exceptions if _holds(duty, one)]
        neither = [one for each in held if each.either for part in each.parts for one in part]
        spans = sorted({
            one.span for one in duty.conditions if one.span is not None and one not in neither
        })  # fmt: skip
        for first, second in pairwise(spans):
            between = text[first[0] : second[1]]
            gap = text[first[1] : second[0]]
            both = any(not one.either for one in held)
            if (_OR.search(between) or "或" in gap or both) and not _ENDS.search(gap):
                yield Question(
                    id=f"either_condition.{first[0]}",
                    kind="either_condition",
                    text="这些条件满足其一即可,还是须全部满足?",
                    suggestions=("满足其一即可", "须全部满足"),
                    obligation=index,
                    field="conditions",
                    span=(first[0], second[1]),
                )
                break


def lost_alternatives(text: str, obligations: Sequence[Obligation]) -> Iterator[NotUnderstood]:
    """Two acts joined by 或者 of which one condition was made."""
    for duty in obligations:
        for one in duty.conditions:
            if (
                one.span is None
                or sum(_covers(one.span, other.span) for other in duty.conditions) > 1
            ):
                continue
            words = text[slice(*one.span)]
            if _TWO.search(words):
                reason = "条件用“或者”连接,只读出了其中一项,请分成两句"
                yield NotUnderstood(span=one.span, text=words, reason=reason)


def _covers(outer: Span, inner: Span | None) -> bool:
    return inner is not None and outer[0] <= inner[0] and inner[1] <= outer[1]
