"""Periods for which something is paid: when the first begins, and when each payment is late."""

from __future__ import annotations

from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.guards.delaying import falls_due_at_once
from assay.authoring.blocks.guards.payments_made import (
    done_at,
    lent,
    loan_of,
)
from assay.authoring.blocks.guards.timing import act_time
from assay.authoring.blocks.moments import is_duration, later, months, seconds
from assay.authoring.model import Obligation
from assay.authoring.program.expressions import (
    Binary,
    Expression,
    Number,
)
from assay.authoring.program.model import Require

PERIODS = frozenset({"", "month", "week", "quarter", "year", "period", "月", "周", "季度", "年"})
"""What a deadline within a period counts from."""


def first_period(draft: Draft, duty: Obligation) -> Expression:
    """When the first period begins: on a date, with an act that is waited for, or at once.

    Raises:
        NotBuildable: a contract cannot tell.
    """
    named = duty.deadline_from or ""
    if named[:4].isdecimal():
        return draft.moment(f"date {named[:10]}", named)
    if named not in PERIODS:
        words = draft.specification.text[slice(*duty.span)]
        raise NotBuildable(words, f"when {named} is cannot be told by a contract")
    for condition in duty.conditions:
        if condition.kind == "event" and not condition.negated:
            return act_time(draft, condition, condition.text)
    begins = begins_on(duty)
    if begins is not None:
        return draft.turn(begins, ">=")
    loan = loan_of(draft.specification, duty)
    return draft.started() if loan is None else done_at(draft, *loan)


def begun(draft: Draft, duty: Obligation) -> list[Require]:
    """That what a series follows from has come: an act that it waits for, and what it pays back."""
    acts_ = [one for one in duty.conditions if one.kind == "event" and not one.negated]
    times = [act_time(draft, one, one.text) for one in acts_[:1]]
    done = [Require(Binary("!=", one, Number(0)), "NotDone") for one in times]
    return [*done, *lent(draft, duty)]


def begins_on(duty: Obligation) -> str | None:
    """The date from which on something is due again and again: "starting on 1 March"."""
    dates = [
        one.value
        for one in duty.conditions
        if one.kind == "time"
        and one.comparator in (">", ">=")
        and not one.negated
        and one.subject is None
        and not is_duration(one.value or "P")
    ]
    return dates[0] if len(dates) == 1 else None


def period_begins(draft: Draft, name: str, duty: Obligation, count: Expression) -> Expression:
    """When the period begins for which the next payment is, after so many of them."""
    first, each = first_period(draft, duty), str(duty.recurrence)
    return draft.later(first, f"{name} period", each, times=count)


def payment_due(draft: Draft, name: str, duty: Obligation, count: Expression) -> Expression:
    """After which the next payment is late, after so many of them."""
    each, within = str(duty.recurrence), grace_of(duty)
    begins = period_begins(draft, name, duty, count)
    if months(each) is not None and within is None:
        return period_begins(draft, name, duty, Binary("+", count, Number(1)))
    if months(each) is not None and months(str(within)) is not None:
        counted = Binary("*", count, draft.length(f"{name} period", each))
        counted = Binary("+", counted, draft.length(f"{name} due", str(within)))
        return Binary("months after", first_period(draft, duty), counted)
    end = f"{name} period" if within is None else f"{name} due"
    return draft.later(begins, end, within or each)


def due_after(duty: Obligation, first_s: int, times: int) -> int:
    """The same in seconds, after so many payments of a series whose first period is known."""
    each = str(duty.recurrence)
    within = grace_of(duty) or each
    counted, more = months(each), months(within)
    if counted is not None and more is not None:
        return later(first_s, f"P{times * counted + more}M")
    return later(later(first_s, each, times), within)


def grace_of(duty: Obligation) -> str | None:
    """How long into its period a payment is in time; None where that is all of it."""
    told = duty.deadline is not None and is_duration(duty.deadline)
    shorter = told and seconds(str(duty.deadline)) < seconds(str(duty.recurrence))
    if falls_due_at_once(duty):
        return "P1D"
    return duty.deadline if shorter else None
