"""Facts from outside: a named source reports a value once, and clauses compare it."""

from __future__ import annotations

from decimal import Decimal

from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.duties import duties
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.naming import capitalised, identifier
from assay.authoring.model import Condition, Specification
from assay.authoring.program.expressions import Binary, Expression, Name, Not, Now, Number, Type
from assay.authoring.program.model import Emit, Function, Require, Set


def reported(draft: Draft, condition: Condition, what: str) -> tuple[Expression, Expression]:
    """Whether the source has reported, and whether the value is as the clause says.

    Raises:
        NotBuildable: the source, the value or the comparison is not said.
    """
    places = places_of(draft.specification, condition)
    if condition.comparator is None or condition.value is None:
        raise NotBuildable(condition.text, "with what the reported value is compared is not said")
    limit = Decimal(_plain(condition)).scaleb(places)
    there, value = _report(draft, condition, places)
    constant = draft.count(f"{what} limit", int(limit), f"{condition.text}; {_unit(places)}")
    holds: Expression = (
        Binary("==", value, constant)
        if condition.comparator == "="
        else Binary(condition.comparator, value, constant)
    )
    return there, Not(holds) if condition.negated else holds


def report_of(
    specification: Specification, actor: str | None, subject: str | None
) -> Condition | None:
    """The comparison of a reported value that an act `report` speaks of."""
    for _, duty in duties(specification):
        for one in duty.conditions:
            fits = subject is None or one.subject == subject
            if one.kind == "oracle" and fits and actor in (None, one.actor):
                return one
    return None


def reported_at(draft: Draft, condition: Condition) -> Name:
    """When the source reported; 0 while it has not."""
    _report(draft, condition, places_of(draft.specification, condition))
    return Name(f"{report_name(condition)}At")


def _report(draft: Draft, condition: Condition, places: int) -> tuple[Expression, Name]:
    if condition.actor is None or condition.subject is None:
        raise NotBuildable(condition.text, "no source is named that reports it")
    name = report_name(condition)
    at = draft.variable(f"{name}At", text=f"when {condition.subject} was reported")
    value = draft.variable(f"{name}Value", text=f"{condition.subject} {_unit(places)}")
    if not draft.has_function(name):
        body = (
            Require(Binary("==", at, Number(0)), "DoneAlready", (at,)),
            Set(at.name, Now()),
            Set(value.name, Name("reported")),
            Emit(capitalised(f"{name}Recorded"), (("value", Name("reported")),)),
        )
        draft.add(
            Function(
                name,
                body,
                (("reported", Type.NUMBER),),
                (draft.party(condition.actor),),
                text=condition.text,
            )
        )
    return Binary("!=", at, Number(0)), value


def report_name(condition: Condition) -> str:
    who, what = identifier(condition.actor or ""), identifier(condition.subject or "", "value")
    return identifier(f"{who} report {what}", "report")


def places_of(specification: Specification, condition: Condition) -> int:
    """Decimals that every clause about the same value needs."""
    values = [
        Decimal(_plain(one))
        for _, duty in duties(specification)
        for one in duty.conditions
        if (one.kind, one.actor, one.subject) == ("oracle", condition.actor, condition.subject)
        and one.value is not None
    ]
    return max((max(0, -int(one.normalize().as_tuple().exponent)) for one in values), default=0)


def _plain(condition: Condition) -> str:
    value = (condition.value or "").removesuffix("%")
    if not value.replace(".", "", 1).isdecimal():
        raise NotBuildable(condition.text, "what is reported is not compared with a number >= 0")
    return value


def _unit(places: int) -> str:
    return f"in units of {Decimal(1).scaleb(-places):f}" if places else "in whole units"
