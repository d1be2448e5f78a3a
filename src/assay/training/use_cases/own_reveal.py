"""What a node committed to is opened in time, whatever the server does.

    guard = RevealGuard(address, chain, folders, memory, SystemClock())
    guard_reveals(7, chain, [guard], stop)      # in a thread of the node's own process

The server opens all commitments in one transaction, for a third of the gas of as many. One that
keeps an opening to itself, or dies with it, would cost the node a tenth of its stake. So every node
looks for itself, and opens its own commitment once half of the time to reveal is over.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import structlog

from assay.core.address import Address
from assay.core.clock import Clock
from assay.errors import AssayError, UnavailableError
from assay.training.model import Phase, Task
from assay.training.rounds import RoundPlace
from assay.training.use_cases.patience import Patience
from assay.training.use_cases.ports import Folders, NodeChain, NodeMemory

SERVER_PART = 0.25
"""Of the time to reveal the server waits so long for openings, and then sends those that it has."""
OWN_PART = 0.5
"""So much of that time is left for the node's own transaction."""
_LOOK_EVERY_S = 1.0
_log = structlog.get_logger("assay.training")


class TaskSight(Protocol):
    """Where a task stands."""

    def task(self, task: int) -> Task:
        """One task, as the chain has it."""
        ...


@dataclass(frozen=True, slots=True)
class RevealGuard:
    """Looks after one node's commitments in one task; it remembers nothing of its own."""

    node: Address
    chain: NodeChain
    folders: Folders
    memory: NodeMemory
    clock: Clock

    def look(self, task: Task) -> bool:
        """Open the node's commitment if nobody has and it is time; whether that was done.

        After the deadline too: late work counts until somebody ends the phase.

        Raises:
            RefusedError: somebody was quicker, or ended the phase.
        """
        if not self._is_time(task):
            return False
        member = self.chain.member(task.id, self.node)
        kept = self.memory.update(task.round)
        if kept is None or not member.silent or member.last_round != task.round:
            return False
        self.folders.add(kept.files)
        self.chain.reveal(RoundPlace(task.id, task.round), kept.sealed, kept.salt)
        _log.warning("a node opened its commitment itself", node=self.node, round=task.round)
        return True

    def _is_time(self, task: Task) -> bool:
        """By the later of two clocks: to be early costs gas, to be late a part of the stake."""
        if task.phase is not Phase.REVEALING or task.deadline_s is None:
            return False
        now_s = max(self.clock.now_s(), self.chain.time_s())
        return task.deadline_s - now_s <= OWN_PART * task.terms.reveal_s


def guard_reveals(
    number: int,
    chain: TaskSight,
    guards: Iterable[RevealGuard],
    stop: threading.Event,
    pause_s: float = _LOOK_EVERY_S,
) -> None:
    """Have guards look again and again, until the task has ended or `stop` is set."""
    watched, patience = list(guards), Patience(stop)
    while not stop.wait(pause_s):
        try:
            task = patience.until(lambda: chain.task(number))
        except UnavailableError:
            return  # told to stop while the chain is away
        if task.is_over:
            return
        for guard in watched:
            try:
                guard.look(task)
            except AssayError as error:
                _log.warning("a commitment is not opened yet", node=guard.node, reason=str(error))
