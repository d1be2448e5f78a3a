"""When an agreement that somebody may end has ended, worked out from the calls.

endings = Endings(times)
endings.of(act, done)       # when the end came that a clause speaks of; it may still be to come
endings.agreed(done)        # until when payments for periods are owed
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from assay.authoring.blocks.clauses.duties import Duty
from assay.authoring.blocks.clauses.endings import ends_all, notice_period
from assay.authoring.blocks.clauses.rights import awaiting, name_of_right
from assay.authoring.blocks.clauses.sums import Pot
from assay.authoring.blocks.guards.lasting import NEVER
from assay.authoring.blocks.held.ending import ending_rights, stopping
from assay.authoring.blocks.held.freed import is_freed, lag
from assay.authoring.blocks.moments import later, moment
from assay.authoring.model import Obligation
from assay.authoring.trials.steps import Step
from assay.authoring.trials.times import Times, Unjudged

_NEVER_S = moment(NEVER)


@dataclass(frozen=True)
class Endings:
    """Reads the ends off the calls that went through."""

    _times: Times

    @cached_property
    def _series(self) -> tuple[Duty, ...]:
        return stopping(self._times.specification)

    @cached_property
    def _ways(self) -> dict[str, str | None]:
        """The functions that end the whole agreement, and how long after each the end comes."""
        specification = self._times.specification
        return {
            name_of_right(specification, index, duty): notice_period(duty)
            for index, duty in ending_rights(specification)
            if ends_all(duty)
        }

    @cached_property
    def _agreed_s(self) -> int:
        ends = []
        for _, series in self._series:
            if series.occurrences is None:
                return _NEVER_S
            with suppress(Unjudged):
                first = self._times.first(series, ())
                ends.append(later(first, str(series.recurrence), series.occurrences))
        return max(ends) if len(ends) == len(self._series) else _NEVER_S

    def stops(self, series: Obligation) -> bool:
        """Whether payments stop with the agreement."""
        return any(one == series for _, one in self._series)

    def end(self, done: Sequence[Step]) -> int:
        """When the agreement ends, by what was agreed and by what was said."""
        ends = [
            later(step.call.now_s, self._ways[step.call.function] or "P0D")
            for step in done
            if step.call.function in self._ways
        ]
        return min([self._agreed_s, *ends])

    def is_over(self, right: Obligation, done: Sequence[Step], now_s: int) -> bool:
        """Whether a right comes to nothing, as the end comes as early without it."""
        specification = self._times.specification
        end = later(now_s, notice_period(right) or "P0D")
        if self._series and ends_all(right) and end >= self.end(done):
            return True
        ends = (self._times.of(one, done) for one in awaiting(specification, right))
        return any(at is not None and at <= end for at in ends)

    def is_owed(self, series: Obligation, due_s: int, done: Sequence[Step], now_s: int) -> bool:
        """Whether a payment falls due before the end, or that has not come yet."""
        if not self.stops(series):
            return True
        end = self.end(done)
        return now_s < end or due_s <= end

    def last_due(self, series: Obligation, done: Sequence[Step], now_s: int) -> int:
        """The moment before which a payment has to fall due to be overdue."""
        return min(now_s, self.end(done) + 1) if self.stops(series) else now_s

    def release(
        self, pots: Sequence[Pot], duty: Obligation, at_s: int, done: Sequence[Step]
    ) -> int:
        """When what would go back at a moment does: a security, as long after an earlier end."""
        specification = self._times.specification
        pot = next((one for one in pots if any(duty == way for _, way in one.outflows)), None)
        if pot is None or not is_freed(specification, pot, duty):
            return at_s
        after, end = lag(specification, pot, duty), self.end(done)
        return min(at_s, end if after is None or end == _NEVER_S else later(end, after))
