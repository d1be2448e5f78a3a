"""A validator at work: messages go in, the replica decides, the journal keeps, the peers get.

Everything runs in one event loop, but for the replica's steps, which take a thread, since judging a
proposal may mean to compute a round again. What came meanwhile is taken together, saved by one
sync of the disk, and only then answered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import structlog

from assay.core.address import Address
from assay.training.committee.effects import (
    Accuse,
    Broadcast,
    Decided,
    Effect,
    ForgetBefore,
    Purpose,
    SaveCertificate,
    SaveRound,
    SaveVote,
    Send,
    SetTimer,
    Timer,
)
from assay.training.committee.messages import Equivocation, Message
from assay.training.committee.model import Certificate, Committee
from assay.training.committee.ports import Journal
from assay.training.committee.replica import Replica

MOST_WAITING = 256
"""Messages of one member that wait; more are dropped, and will be sent again."""
_MOST_AT_ONCE = 64
_MYSELF, _ANYBODY = Address("myself"), Address("anybody")
_log = structlog.get_logger("assay.training")

Step: TypeAlias = Callable[[], list[Effect]]


class Outlet(Protocol):
    """Takes messages to other members, as soon as it can and without waiting."""

    def send(self, to: Address, message: Message) -> None:
        """Send to one member."""
        ...


class Observer(Protocol):
    """Is told what the committee has come to; by the event loop, so it must not take long."""

    def decided(self, certificate: Certificate) -> None:
        """A round is decided. May come twice, after a restart."""
        ...

    def accused(self, evidence: Equivocation) -> None:
        """A member voted twice. Comes again after a restart."""
        ...


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a validator stands: the round and view under way, and the latest one decided."""

    round: int
    view: int
    decided: int


class Validator:
    """One member's replica with its journal and its ways out."""

    def __init__(
        self,
        replica: Replica,
        committee: Committee,
        journal: Journal,
        outlet: Outlet,
        observer: Observer,
    ) -> None:
        """Made where the event loop runs that it is to work in."""
        self._loop = asyncio.get_running_loop()
        self._replica = replica
        self._others = [one for one in committee.members if one != replica.core.me]
        self._journal = journal
        self._outlet = outlet
        self._observer = observer
        self._waiting: dict[Address, dict[object, Step]] = {}
        self._awake = asyncio.Event()
        self._timers: dict[Purpose, asyncio.TimerHandle] = {}
        self.progress = Progress(0, 0, replica.core.floor)
        self._put(_MYSELF, object(), replica.start)

    def begin(self, round_: int) -> None:
        """Decide this round now; any thread may say so."""
        self._do_soon(lambda: self._replica.begin(round_))

    def ready(self) -> None:
        """Have the application asked again for what it could not propose or judge; as `begin`."""
        self._do_soon(self._replica.ready)

    def wants(self, message: Message) -> bool:
        """Whether a message could still matter: ask before checking its signature."""
        return self._replica.wants(message)

    def take(self, message: Message) -> bool:
        """Take in a message that a `Gate` has admitted; False if its sender has too many waiting.

        What waits already takes no second place, so that replaying a member's messages keeps out
        none of its others. Certificates, which anybody may pass on, count as one sender's.
        """
        sender = _ANYBODY if isinstance(message, Certificate) else message.sender
        waiting = self._waiting.get(sender, {})
        if message in waiting:
            return True
        if len(waiting) >= MOST_WAITING:
            return False
        self._put(sender, message, lambda: self._replica.receive(message))
        return True

    def votes_for(self, certificate: Certificate) -> dict[Address, bytes]:
        """The signatures heard so far, in the certificate's view, of its result."""
        heard = self._replica.core.votes_of(certificate.round).at(certificate.view)
        return {one.sender: one.signature for one in heard if one.result == certificate.result}

    async def run(self) -> None:
        """Work until cancelled.

        Raises:
            JournalNotWritten: the disk is full or gone; the validator must not go on.
            VoteForbidden: the journal knows another vote for the same view.
        """
        try:
            while True:
                await self._awake.wait()
                self._awake.clear()
                while steps := self._next_steps():
                    effects = await asyncio.to_thread(self._do, steps)
                    for effect in effects:
                        self._carry_out(effect)
        finally:
            for timer in self._timers.values():
                timer.cancel()

    def _do_soon(self, step: Step) -> None:
        self._loop.call_soon_threadsafe(self._put, _MYSELF, object(), step)

    def _put(self, sender: Address, name: object, step: Step) -> None:
        self._waiting.setdefault(sender, {})[name] = step
        self._awake.set()

    def _next_steps(self) -> list[Step]:
        """Some of what waits, one of each sender in turn."""
        steps: list[Step] = []
        while self._waiting and len(steps) < _MOST_AT_ONCE:
            for sender in list(self._waiting):
                waiting = self._waiting[sender]
                steps.append(waiting.pop(next(iter(waiting))))
                if not waiting:
                    del self._waiting[sender]
        return steps

    def _do(self, steps: Sequence[Step]) -> list[Effect]:
        """Take steps and save what they lead to; what is left to do."""
        effects = [effect for step in steps for effect in step()]
        durable = to_save(effects)
        if durable:
            self._journal.save(durable)
        core = self._replica.core
        current = core.current
        self.progress = Progress(core.begun, current.view if current else 0, core.floor)
        return effects

    def _carry_out(self, effect: Effect) -> None:
        match effect:
            case Send(to=to, message=message):
                self._outlet.send(to, message)
            case Broadcast(message=message):
                for to in self._others:
                    self._outlet.send(to, message)
            case SetTimer(timer=timer, delay_s=delay_s):
                self._set_timer(timer, delay_s)
            case Decided(certificate=certificate):
                _log.info("round decided", round=certificate.round, view=certificate.view)
                self._observer.decided(certificate)
            case Accuse(evidence=evidence):
                _log.warning("a member voted twice", member=evidence.sender)
                self._observer.accused(evidence)

    def _set_timer(self, timer: Timer, delay_s: float) -> None:
        if timer.purpose in self._timers:
            self._timers[timer.purpose].cancel()
        self._timers[timer.purpose] = self._loop.call_later(
            delay_s, self._put, _MYSELF, object(), lambda: self._replica.expire(timer)
        )


def to_save(effects: Sequence[Effect]) -> list[Effect]:
    """What belongs on the disk, in order; of a round's standings only the last, saved in whole."""
    kept: list[Effect] = []
    rounds: set[int] = set()
    for effect in reversed(effects):
        if isinstance(effect, SaveRound):
            if effect.round not in rounds:
                rounds.add(effect.round)
                kept.append(effect)
        elif isinstance(effect, SaveVote | SaveCertificate | ForgetBefore | Accuse):
            kept.append(effect)
    return kept[::-1]
