"""Periods of time, half-open and in UTC: what ends a month begins the next.

>>> january = Period.parse("2026-01-01", "2026-02-01")
>>> january.contains(1769903999), january.contains(1769904000)
(True, False)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from assay.market.statements.errors import PeriodMalformed


@dataclass(frozen=True, slots=True)
class Period:
    """From `start_s` on, up to and without `end_s`; seconds since 1970."""

    start_s: int
    end_s: int

    def __post_init__(self) -> None:
        if not 0 <= self.start_s <= self.end_s:
            raise PeriodMalformed("it ends before it begins")

    @classmethod
    def parse(cls, start: str, end: str) -> Period:
        """Read two dates or times of ISO 8601; one without an offset is in UTC.

        Raises:
            PeriodMalformed: not one of them, or in the wrong order.
        """
        return cls(_seconds(start), _seconds(end))

    def contains(self, time_s: int) -> bool:
        """Whether a time lies in it."""
        return self.start_s <= time_s < self.end_s

    def widened(self, by_s: int) -> Period:
        """The same, with so much more at both ends."""
        return Period(max(0, self.start_s - by_s), self.end_s + by_s)


def format_time(time_s: int) -> str:
    """Seconds since 1970 as ISO 8601 writes them, in UTC."""
    return datetime.fromtimestamp(time_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _seconds(text: str) -> int:
    try:
        moment = datetime.fromisoformat(text)
        in_utc = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        seconds = in_utc.timestamp()
    except (ValueError, OverflowError):
        raise PeriodMalformed(f"{text[:40]!r} is no date") from None
    if not seconds.is_integer():
        raise PeriodMalformed(f"{text[:40]!r} has parts of a second")
    return int(seconds)
