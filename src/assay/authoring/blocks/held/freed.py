"""A security that goes back at the agreed end goes back at an earlier one, where notice is given.

    freed(draft, pot, duty, needed)   # what is needed to let it out, with the end that came earlier

It goes back as long after that end as it would have gone back after the agreed one. What is locked,
what others are paid out of, and what a clause about the end itself speaks of keep their dates.
"""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.blocks.clauses.duties import is_late_fee
from assay.authoring.blocks.clauses.several import ENDINGS
from assay.authoring.blocks.clauses.sums import Pot, is_arrears
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.guards.lasting import ends_at, first_date
from assay.authoring.blocks.guards.merging import merged
from assay.authoring.blocks.held.ending import stopping
from assay.authoring.blocks.moments import DAY_S, is_duration, later, moment, months, seconds
from assay.authoring.model import Obligation, Specification
from assay.authoring.program.expressions import Binary, Expression, Now
from assay.authoring.program.model import Require, Statement


def is_freed(specification: Specification, pot: Pot, duty: Obligation) -> bool:
    """Whether it gives back, at a date, the security of who pays for periods that can end early."""
    payer = pot.deposit.actor
    series = [one for _, one in stopping(specification) if one.actor == payer]
    if not series or pot.deposit.action == "lock" or release_of(duty) is None:
        return False
    ways = [one for _, one in pot.outflows]
    if any(one.action in ENDINGS for way in ways for one in way.conditions):
        return False
    others = [one for one in ways if one != duty]
    return _goes_back(pot, duty) and all(
        _goes_back(pot, one)
        or is_late_fee(one)
        or is_arrears(specification, one)
        or any(each.kind == "breach" for each in one.conditions)
        for one in others
    )


def release_of(duty: Obligation) -> str | None:
    """The date on which it goes back, or how long after the beginning."""
    sure = all(
        not one.negated and (one.kind == "time" or (one.kind == "event" and one.value is None))
        for one in duty.conditions
    )
    times = [one for one in merged(duty) if one.kind == "time"]
    if not sure or len(times) > 1:
        return None
    if times:
        (time,) = times
        at_last = time.comparator in (">", ">=", "=") and time.subject is None
        return time.value if at_last else None
    waits = any(one.kind == "event" for one in duty.conditions)
    at_date = duty.deadline is not None and not (waits and is_duration(duty.deadline))
    return duty.deadline if duty.actor == "contract" and at_date else None


def lag(specification: Specification, pot: Pot, duty: Obligation) -> str | None:
    """How long after the agreed end it goes back; None at once, or where that end is not known."""
    release, found = release_of(duty), []
    for _, series in stopping(specification):
        if series.actor != pot.deposit.actor or series.occurrences is None or release is None:
            continue
        each, first = str(series.recurrence), first_date(series)
        if is_duration(release) == (first is None):
            last = first is not None and later(first, each, series.occurrences)
            found.append(
                _days(moment(release) + 1 - last)
                if last
                else _between(release, each, series.occurrences)
            )
    return found[0] if found and len(set(found)) == 1 else None


def freed(draft: Draft, pot: Pot, duty: Obligation, needed: Sequence[Statement]) -> list[Statement]:
    """The same checks, where an end that came before the agreed one is enough."""
    if not is_freed(draft.specification, pot, duty):
        return list(needed)
    end, after = ends_at(draft), lag(draft.specification, pot, duty)
    at = end if after is None else draft.later(end, f"period {after}", after)
    return [_sooner(one, at) for one in needed]


def _sooner(one: Statement, at: Expression) -> Statement:
    if not (isinstance(one, Require) and one.error == "TooEarly"):
        return one
    assert isinstance(one.condition, Binary), "it compares the time"
    soonest = Binary("min", one.condition.right, at)
    checked = Binary(one.condition.operator, one.condition.left, soonest)
    return Require(checked, one.error, (Now(), soonest))


def _goes_back(pot: Pot, duty: Obligation) -> bool:
    back = pot.deposit.actor if duty.action in ("refund", "return") else None
    whole = duty.amount in (None, pot.deposit.amount)
    return whole and (duty.recipient or back) == pot.deposit.actor


def _between(release: str, each: str, times: int) -> str | None:
    """From so many periods to a longer duration, both from the same beginning."""
    counted, whole = months(each), months(release)
    if counted is not None and whole is not None:
        return f"P{whole - counted * times}M" if whole > counted * times else None
    return _days(seconds(release) - seconds(each) * times)


def _days(length_s: int) -> str | None:
    return f"P{length_s // DAY_S}D" if length_s >= DAY_S else None
