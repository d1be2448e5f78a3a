"""Calls worth making on a stage: by everybody, with telling amounts, at telling moments."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from typing import Any

from assay.authoring.audit.properties.facts import Facts
from assay.authoring.audit.properties.rules import RuleSet
from assay.authoring.audit.properties.setting import Setting
from assay.authoring.audit.properties.stage import Call
from assay.authoring.audit.properties.times import length
from assay.authoring.trials.cast import FUNDS, START_S

_MOST_CALLS = 14
_NEAR_S = (1, 3_600, 86_400)
_FAR_S = (400 * 86_400, 4_000 * 86_400)
_LONGEST_S = 50 * 365 * 86_400
_SMALL = (0, 1, 2)
_HANDOVERS = frozenset({"transferOwnership", "renounceOwnership", "acceptOwnership"})
"""By which a party would stop being the party."""


class CallMaker:
    """Makes calls of one contract, by chance that can be repeated."""

    def __init__(self, setting: Setting, rules: RuleSet, dice: random.Random) -> None:
        self._setting, self._rules, self._dice = setting, rules, dice
        self._entries = setting.actions
        named = [one.people for one in setting.bound.who.values() if one.people]
        self._parties = frozenset().union(*(one for one in named if len(one) == 1))

    def calls(self, now_s: int, held: dict[str, int]) -> Iterator[Call]:
        """Those worth trying, by everybody."""
        numbers = self._numbers(held)
        for entry in self._entries:
            for caller in self._setting.stage.people:
                choices = [self._values(kind, numbers) for _, kind in entry.inputs]
                sums = numbers if entry.is_payable else (0,)
                if any(one is None for one in choices):
                    continue
                if entry.name in _HANDOVERS and caller in self._parties:
                    continue
                for *arguments, sent in self._some([*filter(None, choices), sums]):
                    if sent <= FUNDS // 2:
                        yield Call(entry, caller, tuple(arguments), sent, now_s)

    def _some(self, choices: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
        size = 1
        for one in choices:
            size *= len(one)
        if size <= _MOST_CALLS:
            return list(itertools.product(*choices))
        found = {
            tuple(map(_key, drawn)): drawn
            for drawn in (
                tuple(self._dice.choice(one) for one in choices) for _ in range(_MOST_CALLS)
            )
        }
        return list(found.values())

    def _numbers(self, held: dict[str, int]) -> tuple[int, ...]:
        """Amounts at which answers may turn round."""
        known: dict[int, None] = dict.fromkeys(_SMALL)
        for one in self._setting.terms.amounts:
            known |= dict.fromkeys(
                (one.units, one.units - 1, one.units + 1, one.units // 2, 2 * one.units)
            )
        sums = [one.units for one in self._setting.terms.amounts]
        known |= dict.fromkeys(one + two for one, two in itertools.combinations(sums, 2))
        for view in self._setting.views:
            if view.outputs and view.outputs[0].startswith("uint"):
                value = self._setting.stage.read(view)
                if isinstance(value, int) and 2 < value < FUNDS and not _is_moment(value):
                    known[value] = None
        for asset in tuple(self._setting.decimals):
            if held[asset]:
                known |= dict.fromkeys((held[asset], held[asset] // 2))
        if len(known) == len(_SMALL):
            known |= dict.fromkeys((10**18, 10**19))
        return tuple(one for one in known if one >= 0)

    def _values(self, kind: str, numbers: tuple[int, ...]) -> Sequence[Any] | None:
        """Values of a type; None where none can be made."""
        stage = self._setting.stage
        if kind.startswith(("uint", "int")):
            bits = int(kind.lstrip("uint").lstrip("int") or 256)
            limit = 1 << (bits - kind.startswith("int"))
            return [one for one in numbers if one < limit]
        if kind == "address":
            return [*stage.people.values(), *stage.tokens.values()]
        if kind == "bool":
            return (True, False)
        if kind == "string":
            return ("", "x")
        if kind.startswith("bytes"):
            return [bytes(int(kind[5:]))] if kind[5:].isdecimal() else (b"",)
        return None

    def around(self, facts: Facts, now_s: int) -> list[int]:
        """Moments before and after every limit of the clauses that is to come, and a far one."""
        limits = self._limits(facts)
        return [*sorted(one for one in limits if one > now_s), now_s + _FAR_S[0]]

    def _limits(self, facts: Facts) -> set[int]:
        return {
            limit + step
            for one in self._rules.rules
            for test in one.conditions
            for limit in test.limits(facts)
            for step in (-2, 2)
        }

    def later(self, facts: Facts, now_s: int) -> int:
        """Often next to a limit of the clauses or of the code."""
        near = self._limits(facts)
        for one in self._rules.rules:
            if one.duty.recurrence and facts.payments:
                period_s = length(one.duty.recurrence)[1]
                near |= {facts.last_in_s + period_s + step for step in (-2, 2)}
            if one.schedule is not None:
                spans = (*one.schedule.length, *one.schedule.cliff, one.schedule.length[0] // 2)
                near |= {START_S + span + step for span in spans if span for step in (-2, 2)}
        for view in self._setting.views:
            if view.outputs and view.outputs[0].startswith("uint"):
                value = self._setting.stage.read(view)
                if isinstance(value, int) and _is_moment(value):
                    near |= {value - 1, value, value + 1}
                elif isinstance(value, int) and 60 <= value <= _LONGEST_S:
                    near |= {facts.last_in_s + value - 1, facts.last_in_s + value + 1}
        coming = sorted(one for one in near if one > now_s)
        steps = [now_s + one for one in (*_NEAR_S, *_FAR_S)]
        if coming and self._dice.random() < 0.8:
            return self._dice.choice(coming[:6])
        return self._dice.choice(steps)


def _is_moment(value: int) -> bool:
    return START_S - _LONGEST_S <= value <= START_S + _LONGEST_S and value > START_S // 2


def _key(value: Any) -> Any:
    return value if not isinstance(value, list) else tuple(value)
