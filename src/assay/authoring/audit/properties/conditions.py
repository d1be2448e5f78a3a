"""Conditions of clauses over what has happened: each holds, does not, or cannot be told.

A condition is asked about a moment, with the call that is just made: "when the buyer confirms"
holds in the very call by which the buyer confirms.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from assay.authoring.audit.properties.binding import Who
from assay.authoring.audit.properties.facts import Done, Facts
from assay.authoring.audit.properties.times import Range
from assay.authoring.trials.cast import START_S

Truth = bool | None


@dataclass(frozen=True)
class Moment:
    """When it is asked.

    Attributes:
        step: the call that is just made; None between calls.
        person: whom the clause is about, where it is about each of many.
    """

    facts: Facts
    now_s: int
    step: Done | None = None
    person: str | None = None


class Test(Protocol):
    """One condition."""

    @property
    def text(self) -> str:
        """Its words, or what stands for them."""

    def holds(self, at: Moment) -> Truth:
        """Whether it holds; None where that cannot be told."""

    def limits(self, facts: Facts) -> tuple[int, ...]:
        """Moments at which the answer may turn round."""


@dataclass(frozen=True)
class Unknown:
    """What calls and money do not show."""

    text: str

    def holds(self, _at: Moment) -> Truth:
        """Nobody knows."""
        return None

    def limits(self, _facts: Facts) -> tuple[int, ...]:
        """None."""
        return ()


@dataclass(frozen=True)
class Said:
    """Somebody has called a function by which the act is stated.

    Attributes:
        functions: empty where the code has none: the act is then the call that moves the money.
    """

    text: str
    functions: frozenset[str]
    who: Who | None

    def holds(self, at: Moment) -> Truth:
        """Whether it was called, this call included."""
        if self.who is None:
            return None
        if not self.functions:
            return None if at.step is None else self.who.includes(at.step.caller)
        return self.first_s(at) is not None

    def first_s(self, at: Moment) -> int | None:
        """When it was first called."""
        done = at.facts.done if at.step is None else (*at.facts.done, at.step)
        for one in done:
            if one.function in self.functions and (
                self.who is None or self.who.includes(one.caller)
            ):
                return one.now_s
        return None

    def limits(self, _facts: Facts) -> tuple[int, ...]:
        """None."""
        return ()


@dataclass(frozen=True)
class Told:
    """Somebody has told the code a fact from outside; whether it is the one is for the code."""

    text: str
    functions: frozenset[str]
    who: Who

    def holds(self, at: Moment) -> Truth:
        """False as long as nothing was told."""
        done = at.facts.done if at.step is None else (*at.facts.done, at.step)
        told = any(one.function in self.functions and self.who.includes(one.caller) for one in done)
        return None if told else False

    def limits(self, _facts: Facts) -> tuple[int, ...]:
        """None."""
        return ()


@dataclass(frozen=True)
class Paid:
    """Somebody has paid in so much, or anything.

    Attributes:
        is_own: whether, where anybody may pay, it counts what the person paid whom it is about.
    """

    text: str
    who: Who | None
    asset: str
    units: int
    is_own: bool = True

    def holds(self, at: Moment) -> Truth:
        """Counted over all calls, this one included."""
        facts = at.facts if at.step is None else at.facts.after(at.step)
        people = self.who.people if self.who else None
        if people is None and at.person is not None and self.is_own:
            people = frozenset({at.person})
        total = sum(
            units
            for (asset, person), units in facts.paid_in.items()
            if asset == self.asset and (people is None or person in people)
        )
        return total >= max(1, self.units) or (None if facts.gifts.get(self.asset) else False)

    def limits(self, _facts: Facts) -> tuple[int, ...]:
        """None."""
        return ()


@dataclass(frozen=True)
class Fulfilled:
    """Another clause was carried out."""

    text: str
    rules: frozenset[int]

    def holds(self, at: Moment) -> Truth:
        """Any of them."""
        return any(at.facts.fulfilled.get(one, 0) for one in self.rules) if self.rules else None

    def limits(self, _facts: Facts) -> tuple[int, ...]:
        """None."""
        return ()


@dataclass(frozen=True)
class Reached:
    """What was paid in, held against a figure.

    Attributes:
        within: a time after which alone "not reached" is certain.
    """

    text: str
    asset: str
    comparator: str
    units: int
    within: At | None = None

    def holds(self, at: Moment) -> Truth:
        """By all that was ever paid in."""
        facts = at.facts if at.step is None else at.facts.after(at.step)
        if facts.gifts.get(self.asset):
            return None
        total = facts.total_in(self.asset)
        found = {
            "<": total < self.units,
            "<=": total <= self.units,
            "=": total == self.units,
            ">=": total >= self.units,
            ">": total > self.units,
        }[self.comparator]
        if found and self.within is not None and self.comparator in ("<", "<="):
            return self.within.holds(at)
        return found

    def limits(self, facts: Facts) -> tuple[int, ...]:
        """Those of the time within which."""
        return self.within.limits(facts) if self.within else ()


@dataclass(frozen=True)
class At:
    """The time is before or after a moment.

    Attributes:
        is_after: else it is before.
        span: the moment, in seconds since 1970, or as a length where `since` or the deployment
            counts.
        since: what the length counts from.
    """

    text: str
    is_after: bool
    span: Range
    is_length: bool
    since: Test | None = None

    def holds(self, at: Moment) -> Truth:
        """True and false outside of what the words can mean only."""
        bounds = self.bounds(at)
        if bounds is None:
            return False if self.is_after else None
        low, high = bounds
        if low <= at.now_s <= high:
            return None
        return (at.now_s > high) == self.is_after

    def bounds(self, at: Moment) -> Range | None:
        """Within which the moment lies; None before it can be reckoned."""
        low, high = self.span
        if not self.is_length:
            return low, high
        first, last = START_S, max(START_S, at.facts.last_in_s)
        if isinstance(self.since, Said) and self.since.functions:
            begun = self.since.first_s(at)
            if begun is None:
                return None
            first = last = begun
        elif isinstance(self.since, Paid):
            if at.facts.first_in_s is None:
                return None
            first, last = at.facts.first_in_s, at.facts.last_in_s
        elif at.facts.done:
            last = max(last, at.facts.done[-1].now_s)
        return first + low, last + high

    def limits(self, facts: Facts) -> tuple[int, ...]:
        """Both ends."""
        return self.bounds(Moment(facts, START_S)) or ()


@dataclass(frozen=True)
class Lacking:
    """An act was not done, in its time where it has one."""

    text: str
    act: Test
    limit: At | None

    def holds(self, at: Moment) -> Truth:
        """Not before its time is over; an act that came too late may or may not count."""
        late = self.limit.holds(at) if self.limit else True
        if late is False:
            return False
        if isinstance(self.act, Said) and self.act.functions:
            begun = self.act.first_s(at)
            if begun is not None:
                if self.limit is None:
                    return False
                bounds = self.limit.bounds(at)
                return False if bounds is None or begun <= bounds[0] else None
            return late
        if isinstance(self.act, Said):
            # Only the call that moves the money would show it, and the money is still here.
            return late if self.limit else None
        done = self.act.holds(at)
        return late if done is False else (None if done is None or self.limit else False)

    def limits(self, facts: Facts) -> tuple[int, ...]:
        """Those of its time."""
        return self.limit.limits(facts) if self.limit else ()


@dataclass(frozen=True)
class Agreed:
    """So many of a group have consented, by a function."""

    text: str
    functions: frozenset[str]
    who: Who | None
    wanted: Decimal

    def holds(self, at: Moment) -> Truth:
        """Counted by callers, this one included."""
        if not self.functions or self.who is None:
            return None
        done = at.facts.done if at.step is None else (*at.facts.done, at.step)
        callers = {
            one.caller
            for one in done
            if one.function in self.functions and self.who.includes(one.caller)
        }
        return len(callers) >= self.wanted

    def limits(self, _facts: Facts) -> tuple[int, ...]:
        """None."""
        return ()


@dataclass(frozen=True)
class Not:
    """The contrary."""

    text: str
    test: Test

    def holds(self, at: Moment) -> Truth:
        """Unknown stays so."""
        found = self.test.holds(at)
        return None if found is None else not found

    def limits(self, facts: Facts) -> tuple[int, ...]:
        """The same."""
        return self.test.limits(facts)


def all_hold(tests: tuple[Test, ...], at: Moment) -> Truth:
    """False where one is false; unknown where one is."""
    found = [one.holds(at) for one in tests]
    if False in found:
        return False
    return None if None in found else True


def failing(tests: tuple[Test, ...], at: Moment) -> Test | None:
    """The first that does not hold."""
    return next((one for one in tests if one.holds(at) is False), None)
