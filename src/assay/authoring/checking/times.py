"""Answers about a time, put where its words stand: in a condition, in a consequence or as deadline.

"If the goods are not there within 5 business days, the seller pays 5 USDC within 3 days": what is
answered about the business days says when the goods are late, and not when the 5 USDC are due.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.moments import is_duration, moment, seconds
from assay.authoring.checking.errors import AnswerUnfit
from assay.authoring.model import Condition, Obligation, Question, Specification, TextSpan

ZONE = "time_zone"
TIMES = frozenset(
    {"date", "date_year", "date_order", "business_days", "duration_range", "vague_time", ZONE}
)
"""Questions about words that are a time, wherever in a clause they stand."""

_TIMED = frozenset({"time", "event", "breach"})
_OFFSET = re.compile(r"(?P<local>.*?)(?P<offset>Z|[+-]\d\d:\d\d)\Z", re.DOTALL)
_LOCAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?")
_NAMED = {"utc": "Z", "gmt": "Z", "北京时间": "+08:00", "东八区": "+08:00"}
_LEAD = 12
"""Characters before the time in "within a reasonable time after delivery"."""


def expect_time(question: Question, text: str) -> None:
    """Raises AnswerUnfit where it is neither a date nor a duration."""
    try:
        seconds(text) if is_duration(text) else moment(text)
    except NotBuildable:
        reason = "give a date like 2027-12-31 or a duration like P90D"
        raise AnswerUnfit(question.id, text, reason, question.suggestions) from None


def put_time(specification: Specification, question: Question, text: str) -> Specification:
    """The specification with a time, or with the zone of one, in its place.

    Raises:
        AnswerUnfit: it is no time, or no zone.
    """
    if question.kind == ZONE:
        return _with_zone(specification, question, text)
    expect_time(question, text)
    obligations = tuple(_in_conditions(one, question, text) for one in specification.obligations)
    if obligations == specification.obligations:
        obligations = _as_deadline(specification.obligations, question, text)
    return specification.model_copy(update={"obligations": obligations})


def _in_conditions(duty: Obligation, question: Question, text: str) -> Obligation:
    conditions = tuple(
        one.model_copy(update={"value": text, "comparator": one.comparator or "<="})
        if _is_open(one, question)
        else one
        for one in duty.conditions
    )
    then = duty.otherwise and _in_conditions(duty.otherwise, question, text)
    return duty.model_copy(update={"conditions": conditions, "otherwise": then})


def _is_open(one: Condition, question: Question) -> bool:
    """Whether the time in question is that of a condition, and not one counted from its act."""
    if one.kind not in _TIMED or not _covers(one.span, question.span):
        return False
    if question.kind == "business_days" and one.value is not None:
        return is_duration(one.value)
    if one.kind == "event" and one.comparator is None:
        behind = (question.span or (0, 0))[0] - (one.span or (0, 0))[0]
        return one.value is None and behind > _LEAD
    return one.value is None


def _as_deadline(
    obligations: tuple[Obligation, ...], question: Question, text: str
) -> tuple[Obligation, ...]:
    """In the duty or the consequence in whose words it stands, and in those that share it."""
    assert question.obligation is not None
    known = obligations[question.obligation].deadline
    value = None if text == "none" else text

    def changed(duty: Obligation) -> Obligation:
        step = duty.otherwise
        if step is not None and _covers(step.span, question.span):
            return duty.model_copy(update={"otherwise": changed(step)})
        return duty.model_copy(update={"deadline": value})

    return tuple(
        changed(one)
        if place == question.obligation
        or (known is not None and one.deadline == known and _covers(one.span, question.span))
        else one
        for place, one in enumerate(obligations)
    )


def _with_zone(specification: Specification, question: Question, text: str) -> Specification:
    """All times without a zone have it that these words are about, or that nobody asks about."""
    found = _OFFSET.fullmatch(_NAMED.get(text.lower(), text))
    here = [time for one in specification.obligations for time in _times_of(one)]
    if found is None or not _is_offset(found["offset"]) or found["local"] not in ("", *here):
        reason = "give the time zone, like +00:00 or +08:00"
        raise AnswerUnfit(question.id, text, reason, question.suggestions)
    others = [
        one.span for one in specification.questions if one.kind == ZONE and one.id != question.id
    ]

    def zoned(value: str | None, span: TextSpan | None, *, apart: bool = False) -> str | None:
        if value is None or not _is_without_zone(value):
            return value
        mine = _covers(span, question.span) and not apart
        told_apart = any(_covers(span, one) for one in others)
        return value if told_apart and not mine else value + found["offset"]

    def changed(duty: Obligation) -> Obligation:
        apart = any(_covers(one.span, question.span) for one in duty.conditions)
        conditions = tuple(
            one.model_copy(update={"value": zoned(one.value, one.span)}) for one in duty.conditions
        )
        fields = {
            "deadline": zoned(duty.deadline, duty.span, apart=apart),
            "deadline_from": zoned(duty.deadline_from, duty.span, apart=apart),
            "conditions": conditions,
            "otherwise": duty.otherwise and changed(duty.otherwise),
        }
        return duty.model_copy(update=fields)

    obligations = tuple(changed(one) for one in specification.obligations)
    return specification.model_copy(update={"obligations": obligations})


def _times_of(duty: Obligation) -> Iterator[str]:
    yield from (one.value for one in duty.conditions if one.value is not None)
    yield from (one for one in (duty.deadline, duty.deadline_from) if one is not None)
    if duty.otherwise is not None:
        yield from _times_of(duty.otherwise)


def _is_without_zone(value: str) -> bool:
    return _LOCAL.fullmatch(value) is not None


def _is_offset(offset: str) -> bool:
    try:
        moment("2027-01-01T00:00:00" + offset)
    except NotBuildable:
        return False
    return True


def _covers(outer: TextSpan | None, inner: TextSpan | None) -> bool:
    return outer is not None and inner is not None and outer[0] <= inner[0] < inner[1] <= outer[1]
