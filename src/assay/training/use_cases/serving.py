"""The server's part of a round: it moves the task on where nobody else does, and decides nothing.

    authority = TaskAuthority(plan, initial, chain=chain, folders=folders)
    strategy = CertifiedRounds(task, authority, authority.ground(1).parameters)

Everything that it hands out is read from chain and store, so a server that restarts goes on where
the task is, and a server that lies is found out: nodes check digests, the contract signatures. It
opens the commitments of all nodes at once, which each could do for itself (`own_reveal`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import structlog

from assay.core.address import Address
from assay.core.clock import Clock
from assay.core.digest import Digest
from assay.errors import RefusedError, UnavailableError
from assay.training.broadcasts import Broadcast
from assay.training.errors import RoundWithoutResult
from assay.training.model import Phase, RoundResult, Task
from assay.training.outcome import Ground
from assay.training.parameters import Parameters
from assay.training.plan import Plan
from assay.training.rounds import CertifiedModel, Opening, Order, RoundPlace
from assay.training.task_errors import WrongPhase
from assay.training.use_cases.overdue import Overdue
from assay.training.use_cases.ports import Folders, ServerChain
from assay.training.use_cases.resuming import ground_of, read_ground

_ENDED = (Phase.FINISHED, Phase.ABANDONED)
_MOST_OPENINGS = 100
"""In a transaction, which then takes some 1.5 million gas: it fits into a block of any chain."""
_log = structlog.get_logger("assay.training")


@dataclass(frozen=True)
class TaskAuthority:
    """The `RoundAuthority` of one task.

    Attributes:
        pause_s: between two looks at the chain.
    """

    plan: Plan
    initial: Parameters
    chain: ServerChain
    folders: Folders
    clock: Clock
    pause_s: float = 0.2
    sleep: Callable[[float], None] = time.sleep
    _overdue: Overdue = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_overdue", Overdue(self.clock))

    def ground(self, place: RoundPlace) -> Ground:
        """What a round starts from."""
        return ground_of(
            place.task,
            place.round,
            self.plan,
            self.initial,
            chain=self.chain,
            folders=self.folders,
        )

    def order(self, place: RoundPlace, parameters: Parameters) -> Order:
        """See `RoundAuthority.order`; waits until the round before is over.

        Who was silent in it is slashed: the contract lets a node commit again once it has paid.
        """
        task = self._wait(place.task, lambda task: _is_at(task, place.round, Phase.COMMITTING))
        self._slash_silent(task)
        ground = self.ground(place)
        parameters.check_same_shapes(ground.parameters)
        sent = Broadcast(ground.base, ground.root, ground.broadcast)
        return Order(place, ground.parameters.digest, sent.to_bytes())

    def commitments(self, place: RoundPlace) -> Mapping[Address, Digest]:
        """See `RoundAuthority.commitments`."""
        self._wait(place.task, lambda task: _is_at(task, place.round, Phase.REVEALING))
        return self.chain.commitments(place)

    def certify(self, place: RoundPlace, openings: Sequence[Opening]) -> CertifiedModel:
        """See `RoundAuthority.certify`: opens commitments, and waits for the committee."""
        self._open(place, openings)
        after = self._wait(place.task, lambda task: _is_at(task, place.round, Phase.CHALLENGING))
        result = self.chain.result(place)
        if result is None:
            reason = f"{len(openings)} updates were revealed, and no certificate came in time"
            raise RoundWithoutResult(place.round, _ended(after) or reason)
        return self._certified(place, result)

    def close(self, place: RoundPlace, openings: Sequence[Opening]) -> bool:
        """Open commitments, and wait until nobody can reveal any more; whether the round is there
        to be certified then.
        """
        self._open(place, openings)
        task = self._wait(place.task, lambda task: _is_at(task, place.round, Phase.CERTIFYING))
        return (task.round, task.phase) == (place.round, Phase.CERTIFYING)

    def finish(self, task: int) -> Task:
        """Wait until a task has ended, after its last round."""
        ended = self._wait(task, lambda found: found.phase in _ENDED)
        self._slash_silent(ended)
        return ended

    def _open(self, place: RoundPlace, openings: Sequence[Opening]) -> None:
        """Bring to the chain what was committed to; one that does not fit would stop all others."""
        task = self.chain.task(place.task)
        if (task.round, task.phase) != (place.round, Phase.REVEALING):
            return
        committed = self.chain.commitments(place)
        fitting = [
            one
            for one in openings
            if one.place == place and one.commitment == committed.get(one.node)
        ]
        for first in range(0, len(fitting), _MOST_OPENINGS):
            # The nodes' own transactions may have been quicker, and ended the phase.
            with suppress(WrongPhase):
                self.chain.reveal_all(place, fitting[first : first + _MOST_OPENINGS])

    def _slash_silent(self, task: Task) -> None:
        for member in self.chain.members(task.id):
            is_over = member.last_round < task.round or task.phase > Phase.REVEALING
            if not member.silent or not is_over:
                continue
            try:
                self.chain.slash_silence(task.id, member.address)
            except RefusedError as error:
                _log.info("a silent node is not slashed", node=member.address, reason=str(error))

    def _certified(self, place: RoundPlace, result: RoundResult) -> CertifiedModel:
        ground = read_ground(place.round, result.record, self.initial, self.folders)
        assert ground.record is not None, "it was read out of one"
        rejected = {one.node: one.refused for one in ground.record.updates if one.refused}
        return CertifiedModel(ground.parameters, result, ground.record.accepted, rejected)

    def _wait(self, number: int, reached: Callable[[Task], bool]) -> Task:
        """Look until the task is there or has ended; end phases that nobody else ends."""
        while True:
            try:
                task = self.chain.task(number)
            except UnavailableError:
                self._overdue.lost_sight()
                raise
            is_due = self._overdue.is_due(task)
            if reached(task) or task.phase in _ENDED:
                return task
            if is_due:
                # Somebody else may be quicker; the next look tells.
                with suppress(RefusedError):
                    self.chain.advance(number)
            self.sleep(self.pause_s)


def _is_at(task: Task, round_: int, phase: Phase) -> bool:
    """Whether the round has come to a phase, or is past it."""
    return (task.round, task.phase) >= (round_, phase)


def _ended(task: Task) -> str:
    return f"the task is {task.phase.name.lower()}" if task.phase in _ENDED else ""
