"""Facts from outside: a named source reports a value, and clauses compare it.

A value is reported once. Where words give a span of time in which it is measured again and again,
each reading in that time counts, and one that is as the clause says is enough.
"""

from __future__ import annotations

from functools import reduce

from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.guards.readings import (
    is_repeated,
    is_signed,
    is_word,
    number_of,
    places_of,
    readings_of,
    report_name,
    since,
    times_of,
    unit_of,
)
from assay.authoring.blocks.moments import is_duration
from assay.authoring.blocks.naming import capitalised
from assay.authoring.blocks.terms import both
from assay.authoring.model import Condition
from assay.authoring.program.expressions import (
    Binary,
    Expression,
    Name,
    Not,
    Now,
    Number,
    Truth,
    Type,
)
from assay.authoring.program.model import Emit, Function, If, Require, Set, Statement

_REPORTED = Name("reported")
_NO_SOURCE = "no source is named that reports it"
_NAME_SOURCE = "Name who reports it: “... reported by X”."


def reported(draft: Draft, condition: Condition, what: str) -> tuple[Expression, Expression]:
    """Whether the source has reported, and whether the value is as the clause says.

    Raises:
        NotBuildable: the source, the value or the comparison is not said.
    """
    if is_word(condition):
        return _happened(draft, condition)
    if condition.comparator is None or condition.value is None:
        raise NotBuildable(condition.text, "with what the reported value is compared is not said")
    specification = draft.specification
    at, value = _report(draft, condition)
    there = Binary("!=", at, Number(0))
    if not is_repeated(specification, condition):
        holds = _compared(draft, condition, value, f"{what} limit")
        return there, Not(holds) if condition.negated else holds
    met = _met(draft, condition)
    if condition.negated:
        times = times_of(specification, condition)
        ends = (one for one in times if one.comparator in ("<", "<="))
        over = [_in_time(draft, condition, one) for one in ends]
        none = Binary("==", met, Number(0))
        return (Not(reduce(both, over)) if over else there), none
    return there, Binary("!=", met, Number(0))


def reported_at(draft: Draft, condition: Condition) -> Name:
    """When the source reported, or first reported what the clause speaks of; 0 while it has not."""
    if is_word(condition):
        return _fact(draft, condition)
    at, _ = _report(draft, condition)
    return _met(draft, condition) if is_repeated(draft.specification, condition) else at


def _happened(draft: Draft, condition: Condition) -> tuple[Expression, Expression]:
    """Of what is no number: the source says that it has happened, or says nothing."""
    happened = Binary("!=", _fact(draft, condition), Number(0))
    if condition.negated:
        return Truth(value=True), Not(happened)
    return happened, happened


def _fact(draft: Draft, condition: Condition) -> Name:
    if condition.actor is None or condition.subject is None:
        raise NotBuildable(condition.text, _NO_SOURCE, hint=_NAME_SOURCE)
    name = report_name(draft.specification, condition)
    at = draft.variable(f"{name}At", text=condition.text)
    if not draft.has_function(name):
        body = (
            Require(Binary("==", at, Number(0)), "DoneAlready", (at,)),
            *_timely(draft, condition),
            Set(at.name, Now()),
            Emit(capitalised(f"{name}Recorded"), (("time", Now()),)),
        )
        callers = (draft.party(condition.actor),)
        draft.add(Function(name, body, callers=callers, text=condition.text))
    return at


def _report(draft: Draft, condition: Condition) -> tuple[Name, Name]:
    if condition.actor is None or condition.subject is None:
        raise NotBuildable(condition.text, _NO_SOURCE, hint=_NAME_SOURCE)
    specification = draft.specification
    name = report_name(specification, condition)
    kind = Type.SIGNED if is_signed(specification, condition) else Type.NUMBER
    at = draft.variable(f"{name}At", text=f"when {condition.subject} was reported")
    unit = unit_of(specification, condition)
    value = draft.variable(f"{name}Value", kind, text=f"{condition.subject} {unit}")
    if not draft.has_function(name):
        record = Emit(capitalised(f"{name}Recorded"), (("value", _REPORTED),))
        again = is_repeated(specification, condition)
        once = Require(Binary("==", at, Number(0)), "DoneAlready", (at,))
        body: list[Statement] = [] if again else [once, *_timely(draft, condition)]
        body += [Set(at.name, Now()), Set(value.name, _REPORTED)]
        body += _noted(draft, condition) if again else []
        arguments, callers = (("reported", kind),), (draft.party(condition.actor),)
        draft.add(Function(name, (*body, record), arguments, callers, text=condition.text))
    return at, value


def _timely(draft: Draft, condition: Condition) -> list[Statement]:
    """What is measured for a month is not known before its last day, and ends with its term."""
    found: list[Statement] = []
    alike = (condition, *readings_of(draft.specification, condition))
    times = (times_of(draft.specification, one) for one in alike)
    for time in next(filter(None, times), ()):
        inside = _in_time(draft, condition, time)
        error = "TooEarly" if inside.operator in (">", ">=") else "TooLate"
        found.append(Require(inside, error, (inside.left, inside.right)))
    return found


def _noted(draft: Draft, condition: Condition) -> list[Statement]:
    """That a reading is as some clause says, at a time that counts for it."""
    found: list[Statement] = []
    for one in readings_of(draft.specification, condition):
        met = _met(draft, one)
        first = Not(Binary("!=", met, Number(0)))
        spans: list[Expression] = [
            _in_time(draft, one, time) for time in times_of(draft.specification, one)
        ]
        name = report_name(draft.specification, one)
        holds = _compared(draft, one, _REPORTED, f"{name} limit")
        found.append(If(reduce(both, spans, both(first, holds)), (Set(met.name, Now()),)))
    return found


def _in_time(draft: Draft, reading: Condition, time: Condition) -> Binary:
    """Whether a reading is made when the words say."""
    assert time.value is not None, "asked before"
    operator = since(reading, time)
    assert operator != "=", "it is from then on"
    if is_duration(time.value):
        limit = draft.later(draft.started(), f"period {time.value}", time.value, time.text)
        return Binary(operator, Now(), limit)
    return Binary(operator, Now(), draft.turn(time.value, operator, time.text))


def _met(draft: Draft, condition: Condition) -> Name:
    specification = draft.specification
    plain = condition.model_copy(update={"negated": False})
    number = readings_of(specification, plain).index(plain) + 1
    name = f"{report_name(specification, plain)}Met{number if number > 1 else ''}"
    return draft.variable(name, text=condition.text)


def _compared(draft: Draft, condition: Condition, value: Expression, name: str) -> Expression:
    specification = draft.specification
    places = places_of(specification, condition)
    limit = int(number_of(condition).scaleb(places))
    text = f"{condition.text}; {unit_of(specification, condition)}"
    signed = is_signed(specification, condition)
    make = draft.reading if signed else draft.count
    constant = make(name, limit, text, places)
    assert condition.comparator is not None, "asked before"
    operator = "==" if condition.comparator == "=" else condition.comparator
    return Binary(operator, value, constant)
