"""When money may go back that nobody has let out: after all that the agreement sets a time for.

An earlier time would let whoever paid it in wait for it instead of keeping the agreement.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.moments import is_duration, seconds
from assay.authoring.model import Obligation, Specification

_GRACE_DAYS = (90, 180, 30)
_DAY_SECONDS = 86_400


def fallbacks(specification: Specification) -> tuple[str, ...]:
    """A date some time after the last one that is named, or so long after the deposit."""
    named = [one for duty in specification.obligations for one in _times(duty)]
    days = max((_days(one) for one in named if is_duration(one)), default=0)
    dates = [found for one in named if (found := _date(one)) is not None]
    if not dates:
        return tuple(f"P{days + grace}D" for grace in _GRACE_DAYS)
    last = max(dates) + timedelta(days=days)
    return tuple((last + timedelta(days=grace)).isoformat() for grace in _GRACE_DAYS)


def _times(duty: Obligation) -> Iterator[str]:
    """The times that a duty names, and how long it recurs."""
    values = (duty.deadline, duty.deadline_from, *(one.value for one in duty.conditions))
    yield from (one for one in values if one)
    if duty.recurrence is not None and duty.occurrences is not None:
        yield f"P{_days(duty.recurrence) * duty.occurrences}D"
    if duty.otherwise is not None:
        yield from _times(duty.otherwise)


def _days(duration: str) -> int:
    try:
        return -(-seconds(duration) // _DAY_SECONDS)
    except NotBuildable:
        return 0


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
