"""A committee on a simulated network: the same seed gives the same run, event by event.

>>> from assay.training.committee.scenario import Scenario
>>> simulation = Simulation(Scenario(size=4, rounds=2, seed=1))
>>> simulation.run()
>>> sorted({certificate.round for certificate in simulation.decisions.values()})
[1, 2]

Time is the simulation's own. Until `heals_at_s` the network delays, reorders, repeats and loses
messages, is parted, and validators crash, also between two steps that belong together; afterwards
it is quick and whole. Every run checks that no two honest validators decide differently and that
none of them votes twice in a view, restarted or not.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from assay.core.address import Address
from assay.errors import IntegrityError
from assay.training.committee.byzantine import Faulty
from assay.training.committee.effects import (
    Accuse,
    Broadcast,
    Decided,
    Effect,
    Purpose,
    Send,
    SetTimer,
    Timer,
)
from assay.training.committee.encoding import encode
from assay.training.committee.errors import MessageRejected
from assay.training.committee.gate import Gate
from assay.training.committee.memory_journal import MemoryJournal
from assay.training.committee.messages import Commit, Equivocation, Message
from assay.training.committee.model import Certificate, Committee
from assay.training.committee.replica import Replica
from assay.training.committee.scenario import Crash, Scenario
from assay.training.committee.signing import Key, Verify
from assay.training.committee.simulated import (
    DOMAIN,
    Choice,
    SimulatedKey,
    keyed_verify,
    simulated_result,
)
from assay.training.model import RoundResult

_HEALTHY_DELAY_S = (0.001, 0.02)


class SafetyViolated(IntegrityError):
    """Two honest validators disagree, or one contradicts itself."""


@dataclass
class Validator:
    """A replica with its journal, which alone outlives a crash."""

    index: int
    key: Key
    application: Choice
    journal: MemoryJournal
    honest: bool
    replica: Replica | None = None
    timers: dict[Purpose, int] = field(default_factory=dict)
    dies_after: int | None = None
    begun: int = 0


class Simulation:
    """One run of a scenario.

    Attributes:
        now_s: the simulation's time.
        decisions: certificate by validator and round, of honest validators.
        accusations: the evidence that honest validators hold.
        sent: how many messages of each kind were sent by all.
        rejected: how many were turned away at the gates.
    """

    def __init__(
        self,
        scenario: Scenario,
        *,
        keys: Sequence[Key] | None = None,
        verify: Verify | None = None,
    ) -> None:
        """Without real keys and their `verify`, messages skip their bytes and real signatures."""
        simulated = [SimulatedKey(index) for index in range(scenario.size)]
        self.scenario = scenario
        self.random = Random(scenario.seed)  # noqa: S311 - a schedule, not a secret
        self.now_s = 0.0
        self.decisions: dict[tuple[int, int], Certificate] = {}
        self.accusations: list[Equivocation] = []
        self.sent: Counter[str] = Counter()
        self.rejected = 0
        self.round = 1
        self._on_wire = keys is not None
        self._keys: Sequence[Key] = keys or simulated
        addresses = tuple(key.address for key in self._keys)
        self.committee = Committee(addresses, tuple(scenario.stakes or [1] * scenario.size))
        self._gate = Gate(self.committee, DOMAIN, verify or keyed_verify(simulated))
        self._events: list[tuple[float, int, Callable[..., None], tuple[Any, ...]]] = []
        self._serial = 0
        self._checked: dict[int, Message] = {}
        self._encoded: tuple[Message, bytes] | None = None
        self._votes: dict[tuple[int, int, int], RoundResult] = {}
        self._results: dict[int, RoundResult] = {}
        self.validators = [self._validator(index) for index in range(scenario.size)]
        self.validators += [self._validator(index) for index in sorted(scenario.twins)]
        self._of = {
            address: [one for one in self.validators if one.key.address == address]
            for address in addresses
        }
        self._schedule()

    def run(self, until_s: float = 3600.0) -> None:
        """Go on until every honest validator has closed the last round, or time is up.

        Raises:
            SafetyViolated: the protocol has failed.
        """
        while self._events and not self.finished:
            at_s, _, happen, arguments = heapq.heappop(self._events)
            if at_s > until_s:
                return
            self.now_s = at_s
            happen(*arguments)

    @property
    def finished(self) -> bool:
        """Whether every honest validator has closed the last round."""
        return all(
            one.replica is not None and one.replica.core.floor >= self.scenario.rounds
            for one in self.validators
            if one.honest
        )

    def inject(self, to: int, message: Message) -> None:
        """Hand a message to a validator, now."""
        self._deliver(self.validators[to], message)

    def _validator(self, index: int) -> Validator:
        name = f"{index} {len(getattr(self, 'validators', []))}"
        honest = index not in self.scenario.behaviours and index not in self.scenario.twins
        ready = self.scenario.unready_s == 0
        return Validator(index, self._keys[index], Choice(name, ready), MemoryJournal(), honest)

    def _schedule(self) -> None:
        for one in self.validators:
            self._at(0.0, self._start, one)
            if self.scenario.unready_s:
                self._at(self.random.uniform(0, self.scenario.unready_s), self._become_ready, one)
        for crash in self.scenario.crashes:
            self._at(crash.at_s, self._doom, self.validators[crash.validator], crash)

    def _at(self, at_s: float, happen: Callable[..., None], *arguments: Any) -> None:
        self._serial += 1
        heapq.heappush(self._events, (at_s, self._serial, happen, arguments))

    def _start(self, one: Validator) -> None:
        one.replica = Replica(
            self.committee,
            DOMAIN,
            one.key,
            one.application,
            self.scenario.timing,
            saved=one.journal.load(),
        )
        one.dies_after, one.timers = None, {}
        self._do(one, one.replica.start())
        self._begin(one, self.round)

    def _begin(self, one: Validator, round_: int) -> None:
        if one.replica is not None:
            self._do(one, one.replica.begin(round_))

    def _become_ready(self, one: Validator) -> None:
        one.application.ready = True
        if one.replica is not None:
            self._do(one, one.replica.ready())

    def _doom(self, one: Validator, crash: Crash) -> None:
        one.dies_after = crash.after_effects
        self._at(self.now_s + crash.down_s, self._rise, one)

    def _rise(self, one: Validator) -> None:
        one.dies_after = None
        if one.replica is None:
            self._start(one)

    def _expire(self, one: Validator, timer: Timer, serial: int) -> None:
        if one.replica is not None and one.timers.get(timer.purpose) == serial:
            self._do(one, one.replica.expire(timer))

    def _deliver(self, one: Validator, message: Message | bytes) -> None:
        if one.replica is None:
            return
        try:
            read = self._gate.read(message) if isinstance(message, bytes) else message
            if not one.replica.wants(read):
                return
            self._check(read)
        except MessageRejected:
            self.rejected += 1
            return
        self._do(one, one.replica.receive(read))

    def _check(self, message: Message) -> None:
        """As each receiver does; where no bytes are made, once for an object sent to many."""
        if self._on_wire or id(message) not in self._checked:
            self._gate.check(message)
            if not self._on_wire:
                self._checked[id(message)] = message

    def _do(self, one: Validator, effects: Sequence[Effect]) -> None:
        """Carry out effects one by one; a crash may come between any two of them."""
        for effect in effects:
            if one.dies_after is not None:
                if one.dies_after == 0:
                    one.replica, one.dies_after = None, None
                    return
                one.dies_after -= 1
            self._carry_out(one, effect)

    def _carry_out(self, one: Validator, effect: Effect) -> None:
        match effect:
            case Send(to=to, message=message):
                self._send(one, to, message)
            case Broadcast(message=message):
                for to in self.committee.members:
                    if to != one.key.address:
                        self._send(one, to, message)
            case SetTimer(timer=timer, delay_s=delay_s):
                one.timers[timer.purpose] = self._serial + 1
                self._at(self.now_s + delay_s, self._expire, one, timer, self._serial + 1)
            case Decided(certificate=certificate):
                self._note_decision(one, certificate)
            case _:
                one.journal.save([effect])
                if isinstance(effect, Accuse) and one.honest:
                    self.accusations.append(effect.evidence)

    def _send(self, one: Validator, to: Address, message: Message) -> None:
        behaviour = self.scenario.behaviours.get(one.index)
        messages = [message]
        if behaviour is not None:
            messages = behaviour(self._faulty(one), to, message)
        elif one.honest and isinstance(message, Commit):
            self._note_vote(one, message)
        for sent in messages:
            self.sent[type(sent).__name__] += 1
            for receiver in self._of[to]:
                self._post(one, receiver, sent)

    def _faulty(self, one: Validator) -> Faulty:
        allies = frozenset(self._keys[index].address for index in self.scenario.behaviours)
        return Faulty(self.committee, DOMAIN, one.key, allies, self.random, simulated_result)

    def _post(self, one: Validator, receiver: Validator, message: Message) -> None:
        scenario, draw = self.scenario, self.random.random
        healed = self.now_s >= scenario.heals_at_s
        for partition in scenario.partitions:
            parted = (one.index in partition.side) != (receiver.index in partition.side)
            if parted and partition.from_s <= self.now_s < partition.to_s:
                return
        lost = max(scenario.loss, scenario.loss_of.get(type(message).__name__, 0.0))
        if not healed and draw() < lost:
            return
        if len(self._of[receiver.key.address]) > 1 and draw() < 0.5:
            return  # twins share what is sent to them
        copies = 2 if not healed and draw() < scenario.repeat else 1
        content = self._bytes_of(message) if self._on_wire else message
        for _ in range(copies):
            longest = _HEALTHY_DELAY_S[1] if healed else scenario.delay_s
            delay_s = self.random.uniform(_HEALTHY_DELAY_S[0], longest)
            delay_s += scenario.slow_s.get(one.index, 0.0)
            self._at(self.now_s + delay_s, self._deliver, receiver, content)

    def _bytes_of(self, message: Message) -> bytes:
        """Encoded once for all receivers, as `remote` does it."""
        if self._encoded is None or self._encoded[0] is not message:
            self._encoded = (message, encode(DOMAIN.task, message))
        return self._encoded[1]

    def _note_decision(self, one: Validator, certificate: Certificate) -> None:
        if one.honest:
            self._gate.check(certificate)
            agreed = self._results.setdefault(certificate.round, certificate.result)
            if agreed != certificate.result:
                raise SafetyViolated(f"Two results of round {certificate.round} were decided.")
            self.decisions[one.index, certificate.round] = certificate
        if one.honest and certificate.round == self.round and self.round < self.scenario.rounds:
            self.round += 1
            for other in self.validators:
                delay_s = self.random.uniform(0, self.scenario.delay_s)
                self._at(self.now_s + delay_s, self._begin, other, self.round)

    def _note_vote(self, one: Validator, commit: Commit) -> None:
        place = (one.index, commit.round, commit.view)
        if self._votes.setdefault(place, commit.result) != commit.result:
            raise SafetyViolated(f"Validator {one.index} voted twice in round {commit.round}.")
