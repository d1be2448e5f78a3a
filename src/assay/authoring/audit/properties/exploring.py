"""Histories of calls on a stage, every one judged: at each state everybody tries everything.

A state is left by a call that goes through, or by waiting; those seldom taken are preferred. Moments
lie just before and after every limit of the clauses and of the code. All of it is repeated by a
seed.
"""

from __future__ import annotations

import itertools
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assay.authoring.audit.properties.conditions import Moment, all_hold
from assay.authoring.audit.properties.facts import Facts, done_by
from assay.authoring.audit.properties.judging import WHOLE, Breach, Judge, Judgement
from assay.authoring.audit.properties.rules import Rule, RuleSet
from assay.authoring.audit.properties.setting import STRANGERS, Setting
from assay.authoring.audit.properties.stage import (
    CONTRACT,
    ETHER,
    OWN_TOKEN,
    START_S,
    Call,
    Entry,
    Seen,
)
from assay.authoring.audit.properties.words import does
from assay.authoring.trials.cast import FUNDS

WALKS = 60
_ENOUGH_WALKS = 26
"""Without anything new, after which no more are made."""

DEPTH = 14
_MOST_CALLS = 14
_WAIT_ODDS = (0.15, 0.6)
"""In turn: much is done before a deadline in one history, and little in the next."""

_NEAR_S = (1, 3_600, 86_400)
_FAR_S = (400 * 86_400, 4_000 * 86_400)
_LONGEST_S = 50 * 365 * 86_400
_DEEPER = 60
_SMALL = (0, 1, 2)
_FORCED = Entry("", (("amount", "uint256"),), token=ETHER)
_GIFT = 1_000 * 10**18
History = tuple[Call, ...]


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
        denied: a history that ends with a payment of the right amount, which is refused.
        exact: how many such payments were refused.
        finished: whether all walks were made in the time.
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
    denied: dict[int, History] = field(default_factory=dict)
    exact: Counter[int] = field(default_factory=Counter)
    finished: bool = True


class Explorer:
    """Makes the histories.

    Args:
        deadline_s: of `time.monotonic`, after which it stops.
    """

    def __init__(
        self, setting: Setting, rules: RuleSet, judge: Judge, *, seed: int, deadline_s: float
    ) -> None:
        self._setting, self._rules, self._judge = setting, rules, judge
        self._dice = random.Random(seed)  # noqa: S311 (chance that can be repeated)
        self._deadline_s = deadline_s
        self._entries = tuple(one for one in setting.actions)
        named = [one for one in self._entries if one.is_payable and one.name]
        self._plain_pays = not named
        self._opening: Facts | None = None
        self._taken: Counter[tuple[object, ...]] = Counter()
        self.tally = Tally()
        self._assets = tuple(setting.decimals)

    def opening(self) -> Facts:
        """After the deployment."""
        if self._opening is None:
            self._opening = self._deployed()
        return self._opening

    def _deployed(self) -> Facts:
        facts = Facts()
        if self._setting.constructor_paid:
            paid = self._setting.constructor_paid
            deployer = next(
                name for name, one in self._setting.stage.people.items()
                if one == self._setting.deployer
            )  # fmt: skip
            call = Call(Entry("constructor", is_payable=True), deployer, (), paid, START_S)
            moved = {(ETHER, deployer): -paid, (ETHER, CONTRACT): paid}
            done = done_by(call, moved, plain_is_payment=True)
            judged = self._judge.judge(facts, done, has_numbers=False,
                                       held=dict.fromkeys(self._assets, 0), changed=True)  # fmt: skip
            self.tally.fulfilled.update(judged.fulfilled)
            facts = facts.after(done, judged.fulfilled)
        return facts

    def explore(self, progress: Callable[[int, int], None]) -> Tally:
        """All walks, or as many as the time allows."""
        opening = self.opening()
        known, since = self._news(), 0
        for number in range(WALKS):
            since = since + 1 if self._news() == known else 0
            known = self._news()
            if since > _ENOUGH_WALKS and self._all_came_about():
                break
            if time.monotonic() > self._deadline_s:
                self.tally.finished = False
                break
            progress(number, WALKS)
            mark = self._setting.stage.machine.mark()
            self._walk(opening, is_patient=bool(number % 2), is_gifted=number % 4 == 3)
            self._setting.stage.machine.back_to(mark)
        progress(WALKS, WALKS)
        return self.tally

    def _all_came_about(self) -> bool:
        """Whether every rule of money was carried out, or was due."""
        tally = self.tally
        return all(
            tally.fulfilled[one.number] or tally.due[one.number]
            for one in self._rules.of_kind("out")
            if not one.is_derived
        )

    def _news(self) -> tuple[int, ...]:
        """What more walks may add to."""
        tally = self.tally
        ways = sum(map(len, tally.ways.values()))
        return len(tally.breaches), ways, len(tally.fulfilled), len(tally.accepted), len(tally.due)

    def replay(self, history: History) -> list[tuple[Call, Seen]]:
        """The calls once more from the start, each with what came of it."""
        stage = self._setting.stage
        mark = stage.machine.mark()
        found = [(call, stage.play(call)) for call in history]
        stage.machine.back_to(mark)
        return found

    def broken_by(self, history: History) -> set[tuple[int, str]]:
        """Rules and properties that the last of these calls breaks; none if a call is refused."""
        stage = self._setting.stage
        mark = stage.machine.mark()
        facts = self.opening()
        broken: set[tuple[int, str]] = set()
        for number, call in enumerate(history):
            held = {asset: stage.balance(asset) for asset in self._assets}
            seen = stage.play(call)
            if seen.error is not None:
                broken = set()
                break
            judged = self._judged(facts, call, seen, held=held, changed=True)
            if number == len(history) - 1:
                broken = {(one.rule, one.name) for one in judged.breaches}
                broken |= {
                    (one.rule, one.name)
                    for one, _, rest in judged.doubtful
                    if not self._takes_rest(call, rest)
                }
            done = done_by(call, seen.moved, plain_is_payment=self._plain_pays)
            facts = facts.after(done, judged.fulfilled)
        stage.machine.back_to(mark)
        return broken

    def stuck_after(self, history: History) -> set[int]:
        """Rules that are due after these calls, and that nothing carries out.

        The last of the calls is none, and says when it is asked.
        """
        stage = self._setting.stage
        mark = stage.machine.mark()
        facts, tally = self.opening(), self.tally
        through = all((found := self._step(facts, call)) and (facts := found)
                      for call in history[:-1])  # fmt: skip
        stuck: set[int] = set()
        if through:
            self.tally = Tally()
            self._probe(facts, history[-1].now_s, history[:-1])
            stuck, self.tally = set(self.tally.stuck), tally
        stage.machine.back_to(mark)
        return stuck

    def _walk(self, facts: Facts, *, is_patient: bool, is_gifted: bool) -> None:
        now_s = START_S + 1
        history: list[Call] = []
        if is_gifted:
            gift = Call(_FORCED, STRANGERS[1], (_GIFT,), 0, now_s)
            facts = self._step(facts, gift) or facts
            history.append(gift)
        for _ in range(DEPTH):
            if time.monotonic() > self._deadline_s:
                return
            through = self._probe(facts, now_s, tuple(history))
            if not through or self._dice.random() < _WAIT_ODDS[is_patient]:
                now_s = self._later(facts, now_s)
                continue
            call, judged = self._choose(through)
            step = self._step(facts, call)
            if step is None:
                continue
            facts = step
            history.append(call)
            now_s += 1

    def _step(self, facts: Facts, call: Call) -> Facts | None:
        held = {asset: self._setting.stage.balance(asset) for asset in self._assets}
        seen = self._setting.stage.play(call)
        if seen.error is not None:
            return None
        done = done_by(call, seen.moved, plain_is_payment=self._plain_pays)
        judged = self._judged(facts, call, seen, held=held, changed=True)
        return facts.after(done, judged.fulfilled)

    def _choose(self, through: list[tuple[Call, Judgement]]) -> tuple[Call, Judgement]:
        weights = []
        for call, judged in through:
            kind = (call.entry.name, call.entry.token, call.caller, judged.fulfilled)
            weight = 1 / (1 + self._taken[kind])
            if judged.fulfilled:
                weight *= 4
            if call.entry.token is not None or not call.entry.name:
                weight /= 4 if not self._plain_pays else 1
            weights.append(weight / sum(one[0].entry == call.entry for one in through))
        index = self._dice.choices(range(len(through)), weights)[0]
        call, judged = through[index]
        self._taken[call.entry.name, call.entry.token, call.caller, judged.fulfilled] += 1
        return call, judged

    def _probe(
        self, facts: Facts, now_s: int, history: History, *, deeper: bool = True
    ) -> list[tuple[Call, Judgement]]:
        """Every call by everybody; the state stays as it is."""
        stage = self._setting.stage
        held = {asset: stage.balance(asset) for asset in self._assets}
        views = self._views()
        between = {
            one.number: all_hold(one.conditions, Moment(facts, now_s)) for one in self._rules.rules
        }
        through: list[tuple[Call, Judgement]] = []
        met: set[int] = set()
        for call in self._calls(facts, now_s, held):
            mark = stage.machine.mark()
            seen = stage.play(call)
            self.tally.calls += 1
            self.tally.tried[call.entry.name] += 1
            if seen.error is None:
                self.tally.accepted[call.entry.name] += 1
                changed = bool(seen.moved) or self._views() != views
                judged = self._judged(facts, call, seen, held=held, changed=changed)
                self._note(facts, call, judged, history)
                met |= set(judged.fulfilled)
                if changed:
                    through.append((call, judged))
            else:
                self._refused(call, facts, between, history)
            stage.machine.back_to(mark)
        if deeper:
            self._look_for_ways(facts, now_s, history, through, met, held)
        return through

    def _judged(
        self, facts: Facts, call: Call, seen: Seen, *, held: dict[str, int], changed: bool
    ) -> Judgement:
        done = done_by(call, seen.moved, plain_is_payment=self._plain_pays)
        numbers = any(kind.startswith("uint") for _, kind in call.entry.inputs)
        return self._judge.judge(facts, done, has_numbers=numbers, held=held, changed=changed)

    def _note(self, facts: Facts, call: Call, judged: Judgement, history: History) -> None:
        tally = self.tally
        for number in judged.fulfilled:
            tally.fulfilled[number] += 1
            tally.ways.setdefault(number, set()).add(call.entry.name)
        found = list(judged.breaches)
        found += [
            breach for breach, asset, rest in judged.doubtful if not self._takes_rest(call, rest)
        ]
        for breach in found:
            key = breach.rule, breach.name
            known = tally.breaches.get(key)
            if known is None or _cost((*history, call)) < _cost(known[1]):
                tally.breaches[key] = breach, (*history, call)

    def _takes_rest(self, call: Call, rest: int) -> bool:
        """Whether what is missing of a payment can be paid too, in a second call."""
        arguments = tuple(
            rest if kind.startswith("uint") and isinstance(one, int) else one
            for one, (_, kind) in zip(call.arguments, call.entry.inputs, strict=True)
        )
        again = replace(call, sent=rest if call.sent else 0, arguments=arguments)
        stage = self._setting.stage
        mark = stage.machine.mark()
        seen = stage.play(replace(again, now_s=call.now_s + 1))
        stage.machine.back_to(mark)
        return seen.error is None and bool(seen.moved)

    def _refused(
        self, call: Call, facts: Facts, between: dict[int, bool | None], history: History
    ) -> None:
        name, tally = call.entry.name, self.tally
        for one in self._rules.rules:
            if one.missing:
                continue
            stranger = one.actor is not None and not one.actor.includes(call.caller)
            if one.kind == "out":
                if between[one.number] is False:
                    tally.refused[one.number, "only_when", name] += 1
                if stranger:
                    tally.refused[one.number, "only_by", name] += 1
            elif one.kind == "in" and not stranger:
                if all_hold(one.times, Moment(facts, call.now_s)) is False:
                    tally.refused[one.number, "in_time", name] += 1
                elif one.units is not None:
                    paid = call.sent or next(
                        (each for each in call.arguments if isinstance(each, int)), 0
                    )
                    if paid == one.units:
                        tally.exact[one.number] += 1
                        known = tally.denied.get(one.number)
                        fits = does(name, one.duty.action or "") or not name
                        if fits and (known is None or len(history) + 1 < len(known)):
                            tally.denied[one.number] = (*history, call)
                    if 0 < paid != one.units:
                        tally.refused[one.number, "amount", name] += 1
            elif one.kind == "in" and stranger:
                tally.refused[one.number, "only_by", name] += 1
            elif one.kind == "never" and between[one.number] is not False:
                if one.actor is None or one.actor.includes(call.caller):
                    tally.refused[one.number, "never", name] += 1
        for said in self._rules.statements:
            if name in said.functions and said.who and not said.who.includes(call.caller):
                tally.refused[-2 - said.index, "only_by", name] += 1

    def _look_for_ways(
        self,
        facts: Facts,
        now_s: int,
        history: History,
        through: list[tuple[Call, Judgement]],
        met: set[int],
        held: dict[str, int],
    ) -> None:
        """Where a rule is due, some call carries it out, or some call and another after it."""
        for one in self._rules.of_kind("out"):
            if not self._is_due(one, facts, now_s, held):
                continue
            self.tally.due[one.number] += 1
            if one.number in met or self._in_two(one, facts, history, through):
                self.tally.met[one.number] += 1
            else:
                known = self.tally.stuck.get(one.number)
                waiting = Call(Entry("", token=None), CONTRACT, (), 0, now_s)
                if known is None or _cost((*history, waiting)) < _cost(known):
                    self.tally.stuck[one.number] = (*history, waiting)

    def _is_due(self, rule: Rule, facts: Facts, now_s: int, held: dict[str, int]) -> bool:
        at = Moment(facts, now_s)
        if rule.duty.limit == "most" and rule.units is not None:
            return False
        assets = [rule.asset] if rule.asset else [one for one in held if held[one]]
        if rule.asset == OWN_TOKEN:
            return False
        for asset in assets:
            if rule.recipient is not None and rule.recipient.people is None:
                people = [
                    name for name in self._setting.stage.people if facts.left_of(asset, name) > 0
                ]
                due = any(
                    all_hold(rule.conditions, replace(at, person=one)) is True for one in people
                )
                if due and held[asset] > 0:
                    return True
                continue
            wanted = rule.units if rule.units is not None else 1
            full = held[asset] >= wanted and (facts.held(asset) >= wanted or not facts.payments)
            if rule.is_whole:
                # What is owed whole is due once what is to be paid in was.
                wholes = [one.units for one in self._rules.of_kind("in") if one.units]
                full = full and facts.held(asset) >= min(wholes, default=1)
            if rule.schedule is not None:
                over = START_S + rule.schedule.length[1]
                full = held[asset] >= rule.schedule.units and now_s > over
                full = full and not facts.paid_out
            combined = [one for one in rule.tests if getattr(one, "functions", None) == frozenset()]
            rest = tuple(one for one in rule.conditions if one not in combined)
            if full and all_hold(rest, at) is True:
                return True
        return False

    def _in_two(
        self, rule: Rule, facts: Facts, history: History, through: list[tuple[Call, Judgement]]
    ) -> bool:
        if self.tally.due[rule.number] > _DEEPER or time.monotonic() > self._deadline_s:
            return self.tally.met[rule.number] > 0
        stage = self._setting.stage
        seen_kinds: set[tuple[str, str]] = set()
        for call, judged in through:
            kind = call.entry.name, call.caller
            if kind in seen_kinds or call.entry.token is not None:
                continue
            seen_kinds.add(kind)
            mark = stage.machine.mark()
            after = self._step(facts, call)
            found = False
            if after is not None:
                deeper = self._probe(after, call.now_s + 1, (*history, call), deeper=False)
                found = any(rule.number in one.fulfilled for _, one in deeper)
            stage.machine.back_to(mark)
            if found:
                return True
        return False

    def _views(self) -> tuple[Any, ...]:
        """What the contract says of itself."""
        stage = self._setting.stage
        return tuple(str(stage.read(one)) for one in self._setting.views)

    def _calls(self, facts: Facts, now_s: int, held: dict[str, int]) -> Iterator[Call]:
        """Those worth trying, by everybody."""
        numbers = self._numbers(facts, held)
        for entry in self._entries:
            for caller in self._setting.stage.people:
                choices = [self._values(kind, caller, facts, numbers) for _, kind in entry.inputs]
                sums = numbers if entry.is_payable else (0,)
                if any(one is None for one in choices):
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

    def _numbers(self, facts: Facts, held: dict[str, int]) -> tuple[int, ...]:
        """Amounts at which answers may turn round."""
        known: dict[int, None] = dict.fromkeys(_SMALL)
        for one in self._setting.terms.amounts:
            known |= dict.fromkeys(
                (one.units, one.units - 1, one.units + 1, one.units // 2, 2 * one.units)
            )
        for view in self._setting.views:
            if view.outputs and view.outputs[0].startswith("uint"):
                value = self._setting.stage.read(view)
                if isinstance(value, int) and 2 < value < FUNDS and not _is_moment(value):
                    known[value] = None
        for asset in self._assets:
            if held[asset]:
                known |= dict.fromkeys((held[asset], held[asset] // 2))
        if len(known) == len(_SMALL):
            known |= dict.fromkeys((10**18, 10**19))
        return tuple(one for one in known if one >= 0)

    def _values(
        self, kind: str, caller: str, facts: Facts, numbers: tuple[int, ...]
    ) -> Sequence[Any] | None:
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

    def _later(self, facts: Facts, now_s: int) -> int:
        """Often next to a limit of the clauses or of the code."""
        near = {
            limit + step
            for one in self._rules.rules
            for test in one.conditions
            for limit in test.limits(facts)
            for step in (-2, 2)
        }
        for one in self._rules.rules:
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


def _cost(history: History) -> tuple[int, int]:
    """Short histories are read first, and of those the soonest."""
    return len(history), history[-1].now_s if history else 0


def _is_moment(value: int) -> bool:
    return START_S - _LONGEST_S <= value <= START_S + _LONGEST_S and value > START_S // 2


def _key(value: Any) -> Any:
    return value if not isinstance(value, list) else tuple(value)


__all__ = ["WHOLE", "Explorer", "History", "Tally"]
