"""When members end a phase past its deadline: not before others who were away had a while to act.

    overdue = Overdue(clock)
    if overdue.is_due(task): chain.advance(task.id)

Late work counts until somebody ends the phase. After an outage of the chain, or of everybody, all
come back together; who ended the phase at once would have nodes slashed for what they were about to
bring. So the grace counts from when this member first saw the phase, or saw the chain again.
Whoever watched the phase from its beginning waits no longer than its deadline.
"""

from __future__ import annotations

from dataclasses import dataclass

from assay.core.clock import Clock
from assay.training.model import Phase, Task

LONGEST_GRACE_S = 30.0


@dataclass
class Overdue:
    """One member's watch over the phases of one task."""

    clock: Clock
    _phase: tuple[int, Phase] | None = None
    _since_s: float = 0.0

    def lost_sight(self) -> None:
        """The chain could not be read: the grace begins anew when it can."""
        self._phase = None

    def is_due(self, task: Task, *, is_agreed: bool = False) -> bool:
        """Whether to end the task's phase now; to be asked at every look.

        Args:
            is_agreed: there is a certificate to be brought, which has as long again. One that is
                not taken in all that time lost its quorum: members left, or were slashed.
        """
        now_s = self.clock.now_s()
        if self._phase != (task.round, task.phase):
            self._phase, self._since_s = (task.round, task.phase), now_s
        if task.deadline_s is None:
            return False
        if task.phase is Phase.REVEALING and task.revealed == task.committed:
            return True  # nobody is waited for, as where nobody committed
        grace_s = min(LONGEST_GRACE_S, task.phase_s / 2)
        end_s = task.deadline_s + (task.phase_s if is_agreed else 0)
        return now_s >= end_s and now_s - self._since_s >= grace_s
