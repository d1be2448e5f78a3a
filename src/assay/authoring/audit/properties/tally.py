"""What trials came to, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from assay.authoring.audit.properties.breaches import Breach
from assay.authoring.audit.properties.conditions import Moment, Truth, all_hold
from assay.authoring.audit.properties.facts import Facts
from assay.authoring.audit.properties.rules import Rule, RuleSet
from assay.authoring.audit.properties.stage import Call
from assay.authoring.audit.properties.words import does

History = tuple[Call, ...]


def cost(history: History) -> tuple[int, int]:
    """Short histories are read first, and of those the soonest."""
    return len(history), history[-1].now_s if history else 0


@dataclass
class Tally:
    """What the trials came to.

    Attributes:
        breaches: for each rule and property, the shortest history found that breaks it.
        fulfilled: how often each rule was carried out.
        refused: calls by function that were refused, by rule and what made them wrong.
        ways: functions by which each rule was carried out.
        due, met: states in which a rule was due, and those in which a call then carried it out.
        stuck: a history after which a rule is due and nothing carries it out.
        timely: how often a rule was carried out as soon as it was due.
        late: a history whose last call carries a rule out, and whose last but one, the same call
            when the rule was due already, is refused.
        denied: a history that ends with a payment of the right amount, which is refused.
        exact: how many such payments were refused.
        histories: how many were made.
        finished: whether as many were made as there should be.
    """

    calls: int = 0
    breaches: dict[tuple[int, str], tuple[Breach, History]] = field(default_factory=dict)
    fulfilled: Counter[int] = field(default_factory=Counter)
    refused: Counter[tuple[int, str, str]] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)
    tried: Counter[str] = field(default_factory=Counter)
    ways: dict[int, set[str]] = field(default_factory=dict)
    due: Counter[int] = field(default_factory=Counter)
    met: Counter[int] = field(default_factory=Counter)
    stuck: dict[int, History] = field(default_factory=dict)
    timely: Counter[int] = field(default_factory=Counter)
    late: dict[int, History] = field(default_factory=dict)
    denied: dict[int, History] = field(default_factory=dict)
    exact: Counter[int] = field(default_factory=Counter)
    histories: int = 0
    finished: bool = True

    def refuse(
        self,
        call: Call,
        facts: Facts,
        *,
        rules: RuleSet,
        between: dict[int, Truth],
        history: History,
    ) -> None:
        """Note a call that was undone, and what it was a test of.

        Args:
            between: whether the conditions of each rule hold before it.
        """
        name = call.entry.name
        for one in rules.rules:
            if not one.missing:
                for kind in self._tests(one, call, facts, between[one.number]):
                    self.refused[one.number, kind, name] += 1
                if one.kind == "in":
                    self._deny(one, call, facts, history)
        for said in rules.statements:
            if name in said.functions and said.who and not said.who.includes(call.caller):
                self.refused[-2 - said.index, "only_by", name] += 1

    def _tests(self, one: Rule, call: Call, facts: Facts, holds: Truth) -> Iterator[str]:
        """Properties of a rule that a refusal speaks for."""
        stranger = one.actor is not None and not one.actor.includes(call.caller)
        if one.kind == "out" and holds is False:
            yield "only_when"
        if one.kind in ("out", "in") and stranger:
            yield "only_by"
        if one.kind == "in" and not stranger:
            if all_hold(one.times, Moment(facts, call.now_s)) is False:
                yield "in_time"
            elif one.units is not None and 0 < _sum(call) != one.units:
                yield "amount"
        if one.kind == "never" and holds is not False and not stranger:
            yield "never"

    def _deny(self, one: Rule, call: Call, facts: Facts, history: History) -> None:
        """Note a payment of the right amount, by the right person in time, that is refused."""
        right = one.actor is None or one.actor.includes(call.caller)
        right = right and all_hold(one.tests, Moment(facts, call.now_s)) is True
        late = all_hold(one.times, Moment(facts, call.now_s)) is False
        if not right or late or one.units is None or _sum(call) != one.units:
            return
        self.exact[one.number] += 1
        known = self.denied.get(one.number)
        fits = does(call.entry.name, one.duty.action or "") or not call.entry.name
        if fits and (known is None or len(history) + 1 < len(known)):
            self.denied[one.number] = (*history, call)


def _sum(call: Call) -> int:
    """What a call pays, or names."""
    return call.sent or next((one for one in call.arguments if isinstance(one, int)), 0)
