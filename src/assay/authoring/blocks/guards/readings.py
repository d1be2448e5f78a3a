"""What a clause says of a reported value: which report it means, when it may be made, and its unit.

    readings_of(specification, condition)  # every comparison with the same report
    times_of(specification, condition)     # "for June 2027", "during the period of cover"

Times that stand in the words of a comparison are those of the report, and not of what follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from assay.authoring.blocks.clauses.duties import duties
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.moments import seconds
from assay.authoring.blocks.naming import identifier
from assay.authoring.model import Comparator, Condition, Obligation, Specification

_BELOW_ZERO = ("temperature", "change", "growth", "return", "气温", "温度", "涨幅", "变化", "增长")
"""Quantities that can be less than nothing, whatever they are compared with."""


_LENGTH = re.compile(r"P(?:\d+[YMWD])*(?:T(?:\d+[HMS])+)?")


def report_of(
    specification: Specification, actor: str | None, subject: str | None
) -> Condition | None:
    """The comparison of a reported value that an act `report` speaks of."""
    for one in _comparisons(specification):
        fits = subject is None or one.subject == subject
        if fits and actor in (None, one.actor):
            return one
    return None


def readings_of(specification: Specification, condition: Condition) -> tuple[Condition, ...]:
    """All different comparisons with the same report, in the order of the clauses."""
    name = report_name(specification, condition)
    found = (one for one in _comparisons(specification) if report_name(specification, one) == name)
    return tuple(dict.fromkeys(one.model_copy(update={"negated": False}) for one in found))


def report_name(specification: Specification, condition: Condition) -> str:
    """Of the function by which it is reported: rain in June and rain in July are two reports."""
    who, what = identifier(condition.actor or ""), identifier(condition.subject or "", "value")
    fact = f" {condition.value}" if is_word(condition) else ""
    name = identifier(f"{who} report {what}{fact}", "report")
    months = {period_of(specification, one) for one in _comparisons(specification, condition)}
    if len(months - {""}) < 2:
        return name
    return f"{name}{period_of(specification, condition).replace('-', '')}"


def times_of(specification: Specification, condition: Condition) -> tuple[Condition, ...]:
    """The times within the words of a comparison: when what is compared was measured.

    What is summed up over a span is known when the span is over, and is of its last day.
    """
    for _, duty in duties(specification):
        for one in duty.conditions:
            if one.kind == "oracle" and _same_words(one, condition):
                times = times_in(duty, one)
                ends = [time for time in times if time.comparator == "<="]
                if _SUMMED.search(f"{one.subject} {one.text}") and ends:
                    return tuple(time.model_copy(update={"comparator": "="}) for time in ends)
                return times
    return ()


_SUMMED = re.compile(
    r"\b(?:cumulative|accumulated|aggregate|total|overall|average|mean|sum)\b|累计|累积|合计|总共|总量|平均",
    re.IGNORECASE,
)
"""What is one number for a whole span, and not a reading of one moment in it."""


def period_of(specification: Specification, condition: Condition) -> str:
    """For when one value is reported, like the rain of a month; empty where no words say."""
    values = [str(one.value) for one in times_of(specification, condition) if one.comparator == "="]
    return values[0][:10] if values else ""


def times_in(duty: Obligation, oracle: Condition) -> tuple[Condition, ...]:
    """Those of one duty; a span beside the fact is when it is measured, and not when it is paid."""
    times = tuple(
        one
        for one in duty.conditions
        if one.kind == "time" and one.subject is None and one.value is not None
    )
    inside = tuple(one for one in times if one.text in oracle.text or _is_apart(duty, one))
    beside = duty.actor == "contract" and all(one.kind != "breach" for one in duty.conditions)
    spans = any(_ends(one) for one in times) and not any(one.negated for one in times)
    return times if not inside and beside and spans else inside


def since(reading: Condition, time: Condition) -> Comparator:
    """How a report's moment compares with a time: the rain of a day is known after the day.

    What is no number, like "cancelled on 3 May", may be known while the day lasts.
    """
    if time.comparator not in (None, "="):
        return time.comparator
    whole = re.fullmatch(r"\d{4}-\d\d-\d\d", time.value or "") is not None
    return ">" if whole and not is_word(reading) else ">="


def _is_apart(duty: Obligation, time: Condition) -> bool:
    """Whether a sentence of its own says it, of the cover: "the period of cover is May 2027"."""
    return time.span is not None and (time.span[1] <= duty.span[0] or time.span[0] >= duty.span[1])


def _ends(time: Condition) -> bool:
    return time.comparator in ("<", "<=")


def own_conditions(duty: Obligation) -> tuple[Condition, ...]:
    """The conditions of a duty without the times at which something is measured."""
    measured = {
        time for one in duty.conditions if one.kind == "oracle" for time in times_in(duty, one)
    }
    return tuple(one for one in duty.conditions if one not in measured)


def is_repeated(specification: Specification, condition: Condition) -> bool:
    """Whether one of many readings is enough: "a temperature below -4 during the cover".

    So it is too where no words say when it is measured, and nothing follows from its being
    otherwise: a first reading that changes nothing is no reason to hear no other.
    """
    readings = [one for one in readings_of(specification, condition) if not is_word(one)]
    times = [time for one in readings for time in times_of(specification, one)]
    return any(map(_ends, times)) or (not times and _is_alone(specification, condition))


def _is_alone(specification: Specification, condition: Condition) -> bool:
    """Whether all clauses about a reported value compare it in one way."""
    name = report_name(specification, condition)
    found = {
        (one.comparator, one.value, one.negated)
        for one in _comparisons(specification)
        if report_name(specification, one) == name
    }
    ((comparator, _, negated), *others) = found
    return not others and not negated and comparator in ("<", "<=", ">", ">=")


def places_of(specification: Specification, condition: Condition) -> int:
    """Decimals that every clause about the same value needs."""
    values = [
        number_of(one)
        for one in readings_of(specification, condition)
        if one.value is not None and not is_word(one)
    ]
    return max((max(0, -int(one.normalize().as_tuple().exponent)) for one in values), default=0)


def is_signed(specification: Specification, condition: Condition) -> bool:
    """Whether what is reported can be below 0."""
    subject = (condition.subject or "").casefold()
    limits = (one for one in readings_of(specification, condition) if one.value is not None)
    return any(one in subject for one in _BELOW_ZERO) or any(number_of(one) < 0 for one in limits)


def is_word(condition: Condition) -> bool:
    """Whether it is a fact and no number: "the flight is cancelled"."""
    text = (condition.value or "").removesuffix("%")
    number = text.removeprefix("-").replace(".", "", 1).isdecimal() or _LENGTH.fullmatch(text)
    return bool(text) and not number


def unit_of(specification: Specification, condition: Condition) -> str:
    """In what a value is reported, in words."""
    english = specification.language == "en"
    if condition.value and _LENGTH.fullmatch(condition.value):
        return "in seconds" if english else "以秒计"
    step = f"{Decimal(1).scaleb(-places_of(specification, condition)):f}"
    if not english:
        return f"以{step}为单位的整数"
    measure = f" {condition.asset}" if condition.asset else ""
    measure = "%" if (condition.value or "").endswith("%") else measure
    return f"in whole units of {step}{measure}"


def number_of(condition: Condition) -> Decimal:
    """With what a reported value is compared; of a length of time its seconds.

    Raises:
        NotBuildable: it is no number.
    """
    if condition.value and _LENGTH.fullmatch(condition.value):
        return Decimal(seconds(condition.value))
    try:
        return Decimal((condition.value or "").removesuffix("%"))
    except InvalidOperation:
        raise NotBuildable(
            condition.text,
            "what is reported is not compared with a number",
            hint="Say which number it is to be above, below or equal to.",
        ) from None


def _comparisons(
    specification: Specification, like: Condition | None = None
) -> Iterator[Condition]:
    for _, duty in duties(specification):
        for one in duty.conditions:
            alike = like is None or (one.actor, one.subject) == (like.actor, like.subject)
            if one.kind == "oracle" and alike:
                yield one


def _same_words(one: Condition, other: Condition) -> bool:
    return (one.text, one.subject, one.value) == (other.text, other.subject, other.value)
