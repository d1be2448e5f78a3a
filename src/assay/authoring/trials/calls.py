"""Calls worth making: by everybody, with numbers near those of the contract, at telling moments.

Where a program compares the time with something, the seconds just before, at and after it are where
mistakes hide; the same goes for the amounts that it knows.
"""

from __future__ import annotations

import random
from dataclasses import replace

from assay.authoring.program.calendar import months_after
from assay.authoring.program.expressions import Caller, Expression, Name, Type, parts
from assay.authoring.program.interpreter import NOBODY, Call, Reverted, Value, World, run, value_of
from assay.authoring.program.model import Function, Program, takes_native
from assay.authoring.trials.boundaries import limits_of, moments_of
from assay.authoring.trials.cast import Cast

_STEP_S = (1, 60, 3_600)
_OWN_CALLER_ODDS = 0.85
_SMALL = (0, 1, 2)
_FAR_S = 250_000_000_000
"""In the year 9892: the end of what has no agreed end is not waited for."""
_EDGE_ODDS = 0.4


class CallMaker:
    """Makes calls for one program, by chance that can be repeated."""

    def __init__(self, program: Program, cast: Cast, dice: random.Random) -> None:
        self._program = program
        self._cast = cast
        self._dice = dice
        self._compared = tuple(
            dict.fromkeys(found for one in program.functions for found in moments_of(one))
        )
        self._variables = {one.name for one in program.variables}
        timed = {part for one in self._compared for part in parts(one)}
        self._dates = [
            one.value
            for one in program.constants
            if one.unit == "time" and Name(one.name) not in timed
        ]
        self._lengths = {one.value for one in program.constants if one.unit == "seconds"}
        self._months = {one.value for one in program.constants if one.unit == "months"}

    def make(self, world: World, now_s: int) -> Call:
        """Any call; most are such as could go through."""
        return self.make_of(self._dice.choice(self._program.functions), world, now_s)

    def make_of(self, function: Function, world: World, now_s: int) -> Call:
        """A call of one function."""
        allowed = self._cast.may_call(function.callers)
        usual = self._dice.random() < _OWN_CALLER_ODDS
        caller = self._dice.choice(allowed if usual else self._cast.everybody)
        arguments = tuple(
            self._edge(function, (name, kind), world, Call(function.name, caller, (), now_s))
            if kind in (Type.NUMBER, Type.SIGNED) and self._dice.random() < _EDGE_ODDS
            else self._value(kind, world)
            for name, kind in function.arguments
        )
        call = Call(function.name, caller, arguments, now_s)
        return paid(self._program, world, call) if takes_native(self._program, function) else call

    def largest(self, function: Function, world: World, now_s: int, caller: str) -> Call:
        """A call with the largest number that goes through; with 0 where none does."""
        ((name, _),) = function.arguments
        call = Call(function.name, caller, (0,), now_s)
        there = (self._computed(one, world, now_s, caller) for one in limits_of(function, name))
        for limit in sorted({one for one in there if one is not None and one > 0}, reverse=True):
            tried = paid(self._program, world, replace(call, arguments=(limit,)))
            try:
                run(self._program, world, tried)
            except Reverted:
                continue
            return tried
        return call

    def later(self, world: World, now_s: int, *, dated: bool = False) -> int:
        """A moment from now on, often next to one that the program compares with.

        Args:
            dated: also next to dates with which only what was recorded is compared.
        """
        dates = [date + step for date in self._dates for step in (0, 1)] if dated else []
        return self._dice.choice(
            [*self.moments(world, now_s), *(date for date in dates if date > now_s)]
        )

    def moments(self, world: World, now_s: int) -> list[int]:
        """Moments from now on that may make a difference."""
        moments = [now_s + step for step in (*_STEP_S, *self._lengths)]
        moments += [months_after(now_s, count) for count in self._months]
        for expression in self._compared:
            for caller in self._whose(expression):
                there = self._computed(expression, world, now_s, caller)
                if there is None:
                    continue
                moments += [there - 1, there, there + 1]
        return [moment for moment in moments if now_s < moment < _FAR_S]

    def _edge(
        self, function: Function, argument: tuple[str, Type], world: World, call: Call
    ) -> int:
        """A number at which the function's answer may turn round."""
        name, kind = argument
        limits = [
            there
            for expression in limits_of(function, name)
            if (there := self._computed(expression, world, call.now_s, call.caller)) is not None
        ]
        if not limits:
            return int(self._value(kind, world))
        edge = self._dice.choice(limits) + self._dice.choice((-1, 0, 0, 1))
        return edge if kind is Type.SIGNED else max(0, edge)

    def _whose(self, expression: Expression) -> tuple[str, ...]:
        """By whom it is to be computed, where it says something of the caller."""
        return self._cast.everybody if Caller() in parts(expression) else (NOBODY,)

    def _computed(
        self, expression: Expression, world: World, now_s: int, caller: str
    ) -> int | None:
        try:
            there = value_of(self._program, world, expression, now_s, caller=caller)
        except (Reverted, KeyError):
            return None
        return there if isinstance(there, int) and not isinstance(there, bool) else None

    def _value(self, kind: Type, world: World) -> Value:
        if kind is Type.ADDRESS:
            return self._dice.choice(self._cast.everybody)
        if kind is Type.TRUTH:
            return self._dice.random() < 0.5
        if kind is Type.SIGNED:
            return self._reading()
        constants = self._program.constants
        known = [one.value for one in constants if one.unit in ("amount", "count")]
        values = [
            value
            for name, value in world.values.items()
            if name in self._variables and isinstance(value, int) and not isinstance(value, bool)
        ]
        known += values
        sums = [one.value for one in constants if one.unit == "amount"]
        known += [one - there for one in sums for there in values if 0 < there < one]
        near = self._dice.choice(known) + self._dice.choice((-1, 0, 0, 0, 1)) if known else 1
        above, below = near + near // 8, self._dice.randrange(max(1, near))
        return max(0, self._dice.choice((near, near, above, near * 2, below, *_SMALL)))

    def _reading(self) -> int:
        """A measured value near one that the contract compares with."""
        known = [one.value for one in self._program.constants if one.unit == "reading"]
        return self._dice.choice(known or [0]) + self._dice.choice((-2, -1, 0, 1, 2))


def paid(program: Program, world: World, call: Call) -> Call:
    """The call with the native money that it has to bring, where that can be known."""
    try:
        run(program, world, call)
    except Reverted as reverted:
        if reverted.due is not None:
            return replace(call, sent=reverted.due)
    return call
