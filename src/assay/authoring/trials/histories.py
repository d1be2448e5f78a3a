"""Every call of every history held against the clauses: never against them, never refused in spite.

Three expectations for each duty: it went through only when the clause lets it; then the right party
gained what is owed, out of the right purse; and no call was refused while all was as it should be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from assay.authoring.blocks.model import Composition
from assay.authoring.model import Obligation, Specification
from assay.authoring.program.interpreter import CALLER_ERROR, PAYMENT_ERROR, World
from assay.authoring.program.model import Program
from assay.authoring.trials.cast import FUNDS, START_S, Cast
from assay.authoring.trials.edges import edges
from assay.authoring.trials.judging import Judge
from assay.authoring.trials.recorders import recorders
from assay.authoring.trials.said import is_said
from assay.authoring.trials.steps import Step
from assay.authoring.trials.times import Unjudged
from assay.authoring.trials.walks import Walks, explore

_NO_FAULT = frozenset({CALLER_ERROR, PAYMENT_ERROR})
"""Refusals that say nothing about the clause: of strangers, and of wrong money."""

_GIFTED_WALKS = 60


@dataclass(frozen=True, slots=True)
class Verdict:
    """On one expectation of one duty."""

    name: str
    passed: bool
    detail: str
    obligation: int
    clause: str | None
    function: str


def judge_histories(
    specification: Specification, composition: Composition, cast: Cast, walks: Walks
) -> Iterator[Verdict]:
    """The expectations of all duties that two-sided blocks carry out, where a call tried them."""
    judge = Judge(specification, composition, START_S)
    judged = judge.judged()
    every = [walks]
    if judged:
        program = composition.program
        every += [_gifted(program, cast, walks), edges(program, cast, walks)]
    for index, duty, function in judged:
        seen = _Seen(judge, composition.program, cast, (index, duty, function))
        for one in every:
            for history in one.histories:
                seen.follow(one.opening, history)
        for name, faults, count in seen.results():
            if not faults and not count:
                continue  # No call put it to the test, so that nothing can be said of it.
            detail = faults[0] if faults else f"in {counted(count, 'call')}"
            yield Verdict(name, not faults, detail, index, duty.clause, function)
    for index, function, party in recorders(judge):
        duty = specification.obligations[index]
        if not any(step.call.function == function for one in walks.histories for step in one):
            continue
        fault = next(_wrong_records(judge, cast, walks, function, party), "")
        detail = fault or f"by {party} alone"
        yield Verdict("is said once, by who may", not fault, detail, index, duty.clause, function)


def _gifted(program: Program, cast: Cast, walks: Walks) -> Walks:
    """Histories of a contract that somebody gave money to, which no clause may pay out."""
    opening = walks.opening
    gifts = {(one.name, opening.address): FUNDS for one in program.assets if one.kind != "issued"}
    given = replace(opening, balances={**opening.balances, **gifts})
    return explore(program, cast, seed=2, walks=_GIFTED_WALKS, opening=given)


def counted(count: int, word: str) -> str:
    """How many of something, as people write it."""
    return f"{count} {word}" + ("" if count == 1 else "s")


def _wrong_records(
    judge: Judge, cast: Cast, walks: Walks, function: str, party: str
) -> Iterator[str]:
    allowed = judge.addresses(party, cast)
    for history in walks.histories:
        said: set[str] = set()
        for step in history:
            if step.call.function != function or step.error is not None:
                continue
            caller = step.call.caller
            if caller not in allowed:
                yield f"{cast.name(caller)} said it"
            if caller in said or (said and party not in cast.groups):
                yield f"{cast.name(caller)} said it again"
            said.add(caller)


class _Seen:
    """What one duty's calls came to: those that went through, and those made when it was due."""

    def __init__(
        self, judge: Judge, program: Program, cast: Cast, kept: tuple[int, Obligation, str]
    ) -> None:
        self._judge, self._cast = judge, cast
        self._index, self._duty, self._function = kept
        actor = judge.actor(self._index, self._duty)
        self._actors = None if actor is None else judge.addresses(actor, cast)
        self._assets = tuple(one.name for one in program.assets)
        self._against: list[str] = []
        self._amounts: list[str] = []
        self._refused: list[str] = []
        self._done = 0
        self._tried = 0

    def results(self) -> Iterator[tuple[str, list[str], int]]:
        yield "only as the clause lets it", self._against, self._done
        yield "moves what is owed to whom it is owed", self._amounts, self._done
        yield "is not refused when it is due", self._refused, self._tried

    def follow(self, opening: World, history: Sequence[Step]) -> None:
        done: list[Step] = []
        before = opening
        for step in history:
            if step.call.function == self._function:
                with suppress(Unjudged):
                    self._look(done, before, step)
            if step.error is None:
                done.append(step)
            before = step.world

    def _look(self, done: Sequence[Step], before: World, step: Step) -> None:
        now_s, duty = step.call.now_s, self._duty
        owed = self._owed(done, now_s)
        due = owed is not None and self._judge.applies(duty, self._function, done, now_s)
        calls = ", ".join(one.call.function for one in done)
        if step.error is not None:
            if due and step.error not in _NO_FAULT:
                self._tried += 1
                self._refused.append(f"{step.error} after {calls or 'nothing'} at {now_s}")
            return
        self._done += 1
        if self._actors is not None and step.call.caller not in self._actors:
            self._against.append(f"{self._cast.name(step.call.caller)} did it")
        if not due:
            self._against.append(f"it went through after {calls or 'nothing'} at {now_s}")
            return
        self._tried += 1
        gains = self._gains(before, step.world) if owed else self._moved(before, step.world)
        if owed not in gains:
            self._amounts.append(f"{owed} should move, and {sorted(gains)} did")

    def _owed(self, done: Sequence[Step], now_s: int) -> int | None:
        """What is owed now; None where nothing is, as it was done or nothing is held."""
        judge, index, duty = self._judge, self._index, self._duty
        pot = judge.pot_of(index, duty)
        if judge.is_over(index, duty, done, now_s):
            return None
        units = judge.units(index, duty, done, now_s)
        if is_said(duty):
            return units
        if pot is None or pot.deposit == duty:
            return units or None
        left = judge.left(pot, done)
        # What is overdue may leave nothing to give back, and goes out all the same.
        least = 0 if judge.debts.is_net(pot, duty) and left else 1
        return units if least <= units <= left else None

    def _moved(self, before: World, after: World) -> set[int]:
        """By how much any balance changed."""
        people = (*self._cast.everybody, after.address)
        return {
            after.balance(asset, one) - before.balance(asset, one)
            for asset in self._assets
            for one in people
        }

    def _is_net(self) -> bool:
        """Whether the same call pays what is overdue to somebody else."""
        pot = self._judge.pot_of(self._index, self._duty)
        return pot is not None and self._judge.debts.is_net(pot, self._duty)

    def _gains(self, before: World, after: World) -> set[int]:
        """What the recipient gained, where somebody else lost as much."""
        role = self._judge.recipient(self._index, self._duty)
        holder = after.address if role is None else self._cast.roles.get(role, "")
        people = (*self._cast.everybody, after.address)
        found: set[int] = set()
        for asset in self._assets:
            gain = after.balance(asset, holder) - before.balance(asset, holder)
            others = {
                after.balance(asset, one) - before.balance(asset, one)
                for one in people
                if one != holder
            }
            if gain and (-gain in others or self._is_net()):
                found.add(gain)
        return found
