"""Conditions joined by 或者: whether one of them is enough is asked, and a lost one is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assay.authoring.model import NotUnderstood, Obligation, Question, Span

_OR = re.compile("或者|(?<=[,，、])或")
_ENDS = re.compile("[。;；!！?？\\n]")
_VERB = (
    "(?:同意|批准|确认|通过|交付|签收|验收|支付|到账|满|逾期|超过|达到|低于|到期|届满|解除|终止"
    "|取消)"
)
_TWO = re.compile(f"{_VERB}[^,，。;；]{{0,12}}?或者[^,，。;；]{{0,12}}?{_VERB}")


def either_of(text: str, obligations: Sequence[Obligation]) -> Iterator[Question]:
    """A question for each duty whose conditions have 或者 between them."""
    for index, duty in enumerate(obligations):
        spans = sorted({one.span for one in duty.conditions if one.span is not None})
        for first, second in pairwise(spans):
            between = text[first[0] : second[1]]
            if _OR.search(between) and not _ENDS.search(text[first[1] : second[0]]):
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
