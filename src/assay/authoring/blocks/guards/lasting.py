"""Until when an agreement lasts that can be ended before its time, and what is owed by then.

    end_of(draft, duty)    # the variable with the end, where a series stops with the agreement
    ends_at(draft)         # the same, whatever stops with it

It begins as the agreed end, the end of the last period that is paid for, and each right to end the
agreement can only make it earlier.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial, reduce

from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.guards.payments_made import loan_of, name_of
from assay.authoring.blocks.guards.periods import begins_on
from assay.authoring.blocks.moments import later, moment, turn
from assay.authoring.model import Obligation
from assay.authoring.program.expressions import Binary, Expression, Name

NEVER = "9999-12-31"
"""The end of what nobody has agreed an end of."""


ENDS_AT = "agreementEndsAt"


def ends_at(draft: Draft) -> Name:
    """When the agreement ends."""
    return draft.variable("agreementEndsAt", initial=_agreed(draft), text="when the agreement ends")


def end_of(draft: Draft, series: Obligation) -> Name | None:
    """The same, where these payments stop with it; None where nothing ends them."""
    return ends_at(draft) if any(one == series for _, one in draft.stopping) else None


def first_date(series: Obligation) -> int | None:
    """When the first period begins, where that is a date."""
    named = series.deadline_from or ""
    if named[:4].isdecimal():
        return moment(named)
    begins = begins_on(series)
    return None if begins is None else turn(begins, ">=")


def _agreed(draft: Draft) -> Expression:
    """The end of the last period of all payments that stop with the agreement."""
    ends = list(_ends(draft))
    if None in ends:
        return draft.moment("no agreed end", NEVER, "no end is agreed")
    known = [one for one in ends if one is not None]
    return reduce(partial(Binary, "max"), known[1:], known[0])


def _ends(draft: Draft) -> Iterator[Expression | None]:
    dated = []
    for index, series in draft.stopping:
        each, times, first = str(series.recurrence), series.occurrences, first_date(series)
        waits = any(one.kind == "event" for one in series.conditions)
        if times is None or waits or loan_of(draft.specification, series) is not None:
            yield None
        elif first is not None:
            dated.append(later(first, each, times))
        else:
            name = name_of(draft.specification, index, series)
            count = draft.count(f"{name} times", times)
            yield draft.later(draft.started(), f"{name} period", each, times=count)
    if dated:
        iso = datetime.fromtimestamp(max(dated), UTC).isoformat()
        yield draft.moment(f"agreed end {iso[:10]}", iso, "end of the last period")
