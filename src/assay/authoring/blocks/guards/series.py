"""Payments that fall due again and again: how many should have been made, and which is late.

What ends with the agreement is owed as far as it falls due by that end.
"""

from __future__ import annotations

from assay.authoring.blocks.clauses.duties import Duty
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.guards.delaying import is_delay
from assay.authoring.blocks.guards.lasting import end_of
from assay.authoring.blocks.guards.payments_made import meant, name_of
from assay.authoring.blocks.guards.periods import begun, first_period, grace_of, payment_due
from assay.authoring.blocks.moments import months
from assay.authoring.model import Condition, Obligation
from assay.authoring.program.expressions import Binary, Expression, Name, Now, Number
from assay.authoring.program.model import Let, Require


def payments_due(draft: Draft, name: str, duty: Obligation) -> tuple[Let, ...]:
    """Names for how many payments should have been made before now; the last is `due`."""
    first, each, within = first_period(draft, duty), str(duty.recurrence), grace_of(duty)
    late, one = Name("late"), Number(1)
    length = draft.length(f"{name} period", each)
    if months(each) is None:
        from_ = draft.later(first, f"{name} due" if within else f"{name} period", within or each)
        due: Expression = Binary("/", Binary("-", Binary("+", late, length), one), length)
    else:
        in_days = within is not None and months(within) is None
        from_ = draft.later(first, f"{name} due", str(within)) if in_days else first
        # At its last second a payment is still in time.
        until = Binary("-", Binary("+", first, Binary("max", late, one)), one)
        whole = draft.passed(first, f"{name} period", each, until)
        due = whole
        if in_days:
            due = Binary("+", whole, Binary("min", late, one))
        elif within is not None:
            left = Binary("-", length, draft.length(f"{name} due", within))
            due = Binary("/", Binary("+", Binary("months between", first, until), left), length)
    if duty.occurrences is not None:
        due = Binary("min", due, draft.count(f"{name} times", duty.occurrences))
    end = end_of(draft, duty)
    # What falls due at the very end is owed, and late a second later.
    last: Expression = Now() if end is None else Binary("min", Now(), Binary("+", end, one))
    return (
        Let(late.name, Binary("-", Binary("max", last, from_), from_)),
        Let("due", due),
    )


def all_paid(draft: Draft, series: Duty) -> Require:
    """That every payment of a series is made that is owed."""
    duty, name = series[1], name_of(draft.specification, *series)
    count = draft.variable(f"{name}Count", text="how often it was paid")
    times = draft.count(f"{name} times", duty.occurrences or 0)
    paid, end = Binary(">=", count, times), end_of(draft, duty)
    if end is not None:
        stopped = Binary(">", payment_due(draft, name, duty, count), end)
        paid = Binary("or", paid, Binary("and", Binary(">=", Now(), end), stopped))
    return Require(paid, "NotAllPaid", (count, times))


def owed_at(draft: Draft, series: Duty, count: Expression) -> list[Require]:
    """That the next payment falls due by the end, or the end has not come yet."""
    end = end_of(draft, series[1])
    if end is None:
        return []
    due = payment_due(draft, name_of(draft.specification, *series), series[1], count)
    owed = Binary("or", Binary("<", Now(), end), Binary("<=", due, end))
    return [Require(owed, "Ended", (end,))]


def series_overdue(draft: Draft, condition: Condition) -> list[Require]:
    """That the oldest payment of a series which is owed is late; nothing where it is no series."""
    paid = meant(draft.specification, condition)
    if paid is None or paid[1].recurrence is None:
        return []
    duty, name = paid[1], name_of(draft.specification, *paid)
    if condition.negated or (condition.value is not None and not is_delay(condition)):
        raise NotBuildable(condition.text, "which of the payments is meant is not clear")
    count = draft.variable(f"{name}Count", text="how often it was paid")
    due = payment_due(draft, name, duty, count)
    if is_delay(condition):
        delay = str(condition.value)
        due = draft.later(due, f"delay of {delay}", delay, condition.text)
    found = [*begun(draft, duty), Require(Binary(">", Now(), due), "TooEarly", (Now(), due))]
    found += owed_at(draft, paid, count)
    if duty.occurrences is not None:
        times = draft.count(f"{name} times", duty.occurrences)
        found.append(Require(Binary("<", count, times), "AllPaid"))
    return found
