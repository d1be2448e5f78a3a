"""What the specification says of a moment in a history: may this be done now, and for how much?

    judge.applies(duty, "releaseToSeller", history)   # do all its conditions hold?
    judge.units(index, duty, history)                 # what it should move

Nothing here looks at the program's statements: acts are looked up in the calls that went through,
times and shares come from the clauses. A program that differs is found out by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

from assay.authoring.blocks.clauses.duties import Duty, is_late_fee
from assay.authoring.blocks.clauses.endings import on_grounds
from assay.authoring.blocks.clauses.rights import is_deemed
from assay.authoring.blocks.clauses.several import is_right_to_end
from assay.authoring.blocks.clauses.sums import Pot, is_repayment, pots, repayer, repayments
from assay.authoring.blocks.clauses.waiting import waits_out
from assay.authoring.blocks.guards.delaying import is_delay
from assay.authoring.blocks.guards.merging import merged
from assay.authoring.blocks.guards.payments_made import lent_before, meant, whole_series
from assay.authoring.blocks.guards.periods import due_after
from assay.authoring.blocks.held.penalties import fees_for
from assay.authoring.blocks.held.precedence import as_agreed, come_first, earned_first
from assay.authoring.blocks.held.repayment import payee_of, repaid_pot
from assay.authoring.blocks.model import Composition
from assay.authoring.blocks.moments import is_duration, later, passed, turn
from assay.authoring.blocks.naming import identifier
from assay.authoring.model import Condition, Obligation, Specification
from assay.authoring.trials.cast import Cast
from assay.authoring.trials.debts import Debts
from assay.authoring.trials.endings import Endings
from assay.authoring.trials.facts import approved, as_reported, compare
from assay.authoring.trials.lateness import came_too_late, outflows, owes_fee, ways_beside
from assay.authoring.trials.loans import is_redeemable
from assay.authoring.trials.owed import Owed
from assay.authoring.trials.said import function_of, is_decided, is_said
from assay.authoring.trials.steps import Step
from assay.authoring.trials.times import LAST_S, Times, Unjudged

BLOCKS_JUDGED = frozenset({"escrow", "payment", "repayment", "ending", "deeming"})
_SETS_OUT = frozenset({"pay", "deposit", "transfer"})


@dataclass(frozen=True)
class Judge:
    """Reads histories by the clauses; the contract was deployed at `start_s`."""

    specification: Specification
    composition: Composition
    start_s: int

    @cached_property
    def _times(self) -> Times:
        return Times(self.specification, self.start_s)

    @cached_property
    def _endings(self) -> Endings:
        return Endings(self._times)

    @cached_property
    def _sums(self) -> Owed:
        return Owed(self._times)

    @cached_property
    def _names(self) -> tuple[tuple[int, Obligation, str], ...]:
        """Each duty with the name of its function."""
        return tuple(
            (index, duty, function_of(self.specification, index, duty))
            for index, duty in self._times.duties
        )

    @cached_property
    def debts(self) -> Debts:
        """What deposits have paid of what fell behind."""
        return Debts(
            self.specification,
            self._pots,
            self._name,
            lambda index, duty: self._sums.sum_of(index, duty, None),
            self._due_before,
        )

    @cached_property
    def _pots(self) -> tuple[Pot, ...]:
        return pots(self.specification)

    def judged(self) -> tuple[tuple[int, Obligation, str], ...]:
        """Duties, with the functions that carry them out."""
        claimed = {
            index
            for claim in self.composition.claims
            if claim.block in BLOCKS_JUDGED
            for index in claim.obligations
        }
        return tuple(
            (index, duty, name)
            for index, duty, name in self._names
            if index in claimed and name in self.composition.kept.get(index, ())
        )

    def applies(self, duty: Obligation, function: str, done: Sequence[Step], now_s: int) -> bool:
        """Whether the clause lets it be done at a moment, after what was done before.

        Raises:
            Unjudged: a condition cannot be judged.
        """
        ways = ways_beside(self._pots, duty)
        if came_too_late(self._times, ways, (duty,), done) or self._gives_way(duty, done, now_s):
            return False
        if owes_fee(self._times, self._pots, duty, done, self.times):
            return False
        if not is_redeemable(self._times, duty, done, now_s, self.times):
            return False
        return self._in_time(duty, done, now_s) and all(
            self._holds(duty, one, function, done, now_s)
            for one in merged(on_grounds(duty))
            if not (is_late_fee(duty) and one.kind == "breach")
        )

    def units(self, index: int, duty: Obligation, done: Sequence[Step], now_s: int) -> int:
        """What it moves then, in the smallest unit.

        Raises:
            Unjudged: the amount does not follow from the clauses alone.
        """
        if is_said(duty):
            return 0
        pot = self.pot_of(index, duty)
        if pot is not None and duty.amount is None:
            if self.debts.is_debt(pot, duty):
                return self.debts.overdue(pot, done, now_s)
            net = self.debts.is_net(pot, duty)
            return self.left(pot, done) - (self.debts.overdue(pot, done, now_s) if net else 0)
        if pot is None and is_repayment(self.specification, duty):
            return self._received(duty, done)
        if is_late_fee(duty):
            owed = self._sums.own_fee(duty, done)
            return owed if pot is None else min(owed, self.left(pot, done))
        times = self._paid(index, duty, done)
        units = self._sums.left_by_limits(
            (index, duty), self._sums.sum_of(index, duty, pot), done, self._name
        )
        if duty.spread and duty.occurrences:
            parts = duty.occurrences
            units = units * (times + 1) // parts - units * times // parts
        if secured := self.debts.pot_for(index, duty):
            units -= self.debts.account(secured, done).towards
        return units + sum(
            self._sums.fee(fee, max(0, now_s - self._due(duty, done, times)))
            for _, fee in fees_for(self.specification, duty)
            if pot is None
        )

    def times(self, index: int, duty: Obligation, done: Sequence[Step]) -> int:
        """How often it was done."""
        name = self._name(index, duty)
        return sum(step.call.function == name for step in done)

    def _paid(self, index: int, duty: Obligation, done: Sequence[Step]) -> int:
        """How often it was done, or a deposit has done it."""
        secured = self.debts.pot_for(index, duty) if duty.recurrence is not None else None
        if secured is not None:
            return self.debts.account(secured, done).paid
        return self.times(index, duty, done)

    def _due_before(self, duty: Obligation, done: Sequence[Step], now_s: int) -> int:
        """How many payments of a series should have been made before a moment."""
        now_s = self._endings.last_due(duty, done, now_s)
        begun = passed(self._times.first(duty, ()), str(duty.recurrence), now_s)
        due = max(0, begun - 1)
        while self._due(duty, (), due) < now_s:
            due += 1
        return due if duty.occurrences is None else min(due, duty.occurrences)

    def _name(self, index: int, duty: Obligation) -> str:
        named = ((one, name) for number, one, name in self._names if number == index)
        return next(name for one, name in named if one is duty or one == duty)

    def pot_of(self, index: int, duty: Obligation) -> Pot | None:
        """The sum that it pays in or lets out."""
        held = (pot for pot in self._pots if pot.outflows)
        ways = ((pot, (*pot.outflows, (pot.index, pot.deposit))) for pot in held)
        return next((pot for pot, moved in ways if (index, duty) in moved), None)

    def left(self, pot: Pot, done: Sequence[Step]) -> int:
        """What a pot should still hold."""
        if self.debts.series(pot) is not None:
            return self.debts.account(pot, done).held
        if not self.times(pot.index, pot.deposit, done):
            return 0
        left = self._sums.sum_of(pot.index, pot.deposit, None)
        for number, step in enumerate(done):
            for index, duty in pot.outflows:
                if step.call.function != self._name(index, duty):
                    continue
                left -= (
                    left
                    if duty.amount is None
                    else self._let_out(index, duty, pot, left, done[:number])
                )
        return max(0, left)

    def _let_out(
        self, index: int, duty: Obligation, pot: Pot, left: int, before: Sequence[Step]
    ) -> int:
        """What one way out has taken."""
        if is_late_fee(duty):
            return min(left, self._sums.own_fee(duty, before))
        return self._sums.left_by_limits(
            (index, duty), self._sums.sum_of(index, duty, pot), before, self._name
        )

    def is_over(self, index: int, duty: Obligation, done: Sequence[Step], now_s: int) -> bool:
        """Whether it was done and is not owed again, or the agreement has ended before."""
        if is_right_to_end(duty):
            return self._endings.is_over(duty, done, now_s)
        if is_deemed(duty):
            return is_decided(self._times, duty, done)
        again = duty.recurrence is not None and not is_late_fee(duty)
        again = again or is_repayment(self.specification, duty)
        again = again or any(self.debts.is_debt(pot, duty) for pot in self._pots)
        return not again and self.times(index, duty, done) > 0

    def _received(self, duty: Obligation, done: Sequence[Step]) -> int:
        """What its actor got out of the pot and has not given back."""
        pot = repaid_pot(self.specification, duty)
        if pot is None:
            raise Unjudged
        back = {
            self._name(*one)
            for one in repayments(self.specification)
            if repayer(one[1]) == repayer(duty)
        }
        total = 0
        for number, step in enumerate(done):
            if step.call.function in back:
                total = 0
            for place, out in pot.outflows:
                paid = step.call.function == self._name(place, out)
                if paid and out.recipient == repayer(duty):
                    total += self.units(place, out, done[:number], step.call.now_s)
        return total

    def recipient(self, index: int, duty: Obligation) -> str | None:
        """The role that gains; None for the contract."""
        pot = self.pot_of(index, duty)
        if pot is not None and (pot.index, pot.deposit) == (index, duty):
            return None
        taker = duty.actor if duty.action in ("withdraw", "keep", "claim") else None
        repaid = None if pot else repaid_pot(self.specification, duty)
        if repaid is not None and is_repayment(self.specification, duty):
            return self.role(payee_of(repaid, duty))
        return self.role(duty.recipient or taker or (pot.deposit.actor if pot else None))

    def actor(self, index: int, duty: Obligation) -> str | None:
        """The one party that may do it; None where anybody may set it off."""
        pot = self.pot_of(index, duty)
        out = pot is not None and pot.deposit != duty
        if is_repayment(self.specification, duty):
            return self.role(repayer(duty))
        owed = duty.modality == "must" and duty.conditions
        return None if duty.actor == "contract" or (out and owed) else self.role(duty.actor)

    def role(self, party: str | None) -> str:
        """What the program calls a party or a group."""
        introduced = {one.name: one.text for one in self.specification.parties}
        program, name = self.composition.program, party or ""
        named = {one.text: one.name for one in program.groups}
        named |= {one.text: one.name for one in program.roles}
        return named.get(introduced.get(name, name), identifier(name) if name else "")

    def addresses(self, party: str, cast: Cast) -> frozenset[str]:
        """Of a role or a group."""
        group = cast.groups.get(party)
        return frozenset(group if group is not None else (cast.roles.get(party, ""),))

    def _gives_way(self, duty: Obligation, done: Sequence[Step], now_s: int) -> bool:
        """Whether another way out is due before it, or earned and only not due yet."""
        return any(
            not self.times(index, agreed, done)
            and 0 < self.units(index, agreed, done, when_s) <= self.left(pot, done)
            and not came_too_late(self._times, outflows(pot), (agreed, other), done)
            and self.applies(other, self._name(index, agreed), done, when_s)
            for pot in self._pots
            if duty in outflows(pot)
            for first, when_s in ((come_first, now_s), (earned_first, LAST_S))
            for index, other in first(self.specification, pot, duty)
            for agreed in (as_agreed(pot, (index, other)),)
        )

    def _due(self, duty: Obligation, done: Sequence[Step], times: int = 0) -> int:
        if duty.recurrence is not None:
            return due_after(duty, self._times.first(duty, done), times)
        assert duty.deadline is not None, "asked only where there is one"
        return self._times.moment_of(duty.deadline, self._times.base(duty, done))

    def _in_time(self, duty: Obligation, done: Sequence[Step], now_s: int) -> bool:
        if duty.recurrence is not None and not is_late_fee(duty):
            index = next(number for number, each, _ in self.judged() if each == duty)
            times = self._paid(index, duty, done)
            over = not self._times.has_begun(duty, done)
            over |= duty.occurrences is not None and times >= duty.occurrences
            begins = later(self._times.first(duty, done), duty.recurrence, times)
            owed = not over and now_s >= begins
            return owed and self._endings.is_owed(duty, self._due(duty, done, times), done, now_s)
        if duty.deadline is None or fees_for(self.specification, duty):
            return True
        if duty.actor == "contract":
            waits = any(one.kind in ("event", "oracle") for one in duty.conditions)
            dated = not is_duration(duty.deadline) or not waits
            dated = dated or waits_out(self.specification, duty)
            return not dated or now_s >= self._endings.release(
                self._pots, duty, self._due(duty, done), done
            )
        if duty.action not in _SETS_OUT and duty.modality != "may":
            return True
        try:
            return now_s <= self._due(duty, done)
        except Unjudged:
            return False

    def _holds(
        self, duty: Obligation, one: Condition, function: str, done: Sequence[Step], now_s: int
    ) -> bool:
        match one.kind:
            case "event":
                return self._event(one, done, now_s)
            case "breach":
                return self._broken(one, done, now_s)
            case "time" if one.value:
                base = self._times.subject(one, one.subject, done) if one.subject else self.start_s
                if base is None:
                    return False
                comparator = one.comparator or ">="
                limit = self._times.moment_of(one.value, base)
                if not is_duration(one.value):
                    limit = turn(one.value, comparator)
                limit = self._endings.release(self._pots, duty, limit, done)
                return compare(comparator, now_s, limit) != one.negated
            case "approval":
                return approved(one, function, done)
            case "oracle":
                return as_reported(self.specification, one, done, now_s)
            case _:
                raise Unjudged

    def _is_all_paid(self, series: Duty, done: Sequence[Step], now_s: int) -> bool:
        """Whether every payment is made that is owed."""
        times = self._paid(*series, done)
        due = self._due(series[1], done, times)
        return times >= (series[1].occurrences or 0) or not self._endings.is_owed(
            series[1], due, done, now_s
        )

    def _broken(self, one: Condition, done: Sequence[Step], now_s: int) -> bool:
        due = self._arrears(one, done, now_s)
        if due is not None:
            return now_s > due
        loan = lent_before(self.specification, one)
        if loan is not None and self._times.of(loan, done) is None:
            return False
        at, limit = self._times.of(one, done), self._times.limit_or_none(one, done)
        late = at is None or (limit is not None and at > limit)
        return limit is not None and now_s > limit and late

    def _arrears(self, one: Condition, done: Sequence[Step], now_s: int) -> float | None:
        """After which the oldest payment of a series is late; None where it is no series."""
        paid = meant(self.specification, one)
        if paid is None or paid[1].recurrence is None:
            return None
        times = self._paid(*paid, done)
        if not self._times.has_begun(paid[1], done):
            return inf
        if paid[1].occurrences is not None and times >= paid[1].occurrences:
            return inf
        due = self._due(paid[1], done, times)
        if not self._endings.is_owed(paid[1], due, done, now_s):
            return inf
        return later(due, str(one.value)) if is_delay(one) else due

    def _event(self, one: Condition, done: Sequence[Step], now_s: int) -> bool:
        if (series := whole_series(self.specification, one)) is not None:
            return self._is_all_paid(series, done, now_s)
        came = self._times.of(one, done)
        at = came if came is not None and came <= now_s else None
        if one.negated and one.value is None:
            return at is None
        if at is None or one.value is None:
            return at is not None
        if one.action == "notify":
            return now_s >= later(at, one.value)
        limit, comparator = self._times.limit(one, done), one.comparator or "<="
        if not is_duration(one.value):
            limit = turn(one.value, comparator)
        return compare("<=" if comparator == "=" else comparator, at, limit)
