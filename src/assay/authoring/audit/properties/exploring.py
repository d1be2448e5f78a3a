"""Histories of calls on a stage, every one judged: at each state everybody tries everything.

A state is left by a call that goes through, or by waiting; those seldom taken are preferred.
Moments lie just before and after every limit of the clauses and of the code. All of it is repeated
by a seed.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from assay.authoring.audit.properties.calling import CallMaker
from assay.authoring.audit.properties.choosing import Chooser
from assay.authoring.audit.properties.conditions import Moment, all_hold
from assay.authoring.audit.properties.due import Due
from assay.authoring.audit.properties.facts import Facts, done_by
from assay.authoring.audit.properties.judging import Judge, Judgement
from assay.authoring.audit.properties.lateness import look_back
from assay.authoring.audit.properties.opening import deployed
from assay.authoring.audit.properties.rules import Rule, RuleSet
from assay.authoring.audit.properties.setting import STRANGERS, Setting
from assay.authoring.audit.properties.stage import CONTRACT, ETHER, OWN_TOKEN, Call, Entry, Seen
from assay.authoring.audit.properties.tally import History, Tally, cost
from assay.authoring.trials.cast import START_S

HISTORIES = 60
_ENOUGH_WALKS = 26
"""Without anything new, after which no more are made."""

DEPTH = 14
_WAIT_ODDS = (0.15, 0.6)
"""In turn: much is done before a deadline in one history, and little in the next."""

_DEEPER = 60
_SWEPT = 3
"""Calls after which moments are chosen by chance only."""

_FORCED = Entry("", (("amount", "uint256"),), token=ETHER)
_GIFT = 1_000 * 10**18


class Explorer:
    """Makes the histories.

    Args:
        deadline_s: of `time.monotonic`, after which it stops.
        histories: how many to make at most.
    """

    def __init__(
        self,
        setting: Setting,
        rules: RuleSet,
        judge: Judge,
        *,
        seed: int,
        deadline_s: float,
        histories: int = HISTORIES,
    ) -> None:
        self._histories = histories
        self._setting, self._rules, self._judge = setting, rules, judge
        self._dice = random.Random(seed)  # noqa: S311 (chance that can be repeated)
        self._deadline_s = deadline_s
        self._maker = CallMaker(setting, rules, self._dice)
        named = [one for one in setting.actions if one.is_payable and one.name]
        self._plain_pays = not named
        self._opening: Facts | None = None
        self._chooser = Chooser(self._dice, plain_pays=self._plain_pays)
        self._repeated: set[tuple[str, str, tuple[int, ...]]] = set()
        self._swept: set[tuple[str, ...]] = set()
        self.tally = Tally()
        self._assets = tuple(setting.decimals)

    def opening(self) -> Facts:
        """After the deployment."""
        if self._opening is None:
            self._opening, fulfilled = deployed(self._setting, self._judge)
            self.tally.fulfilled.update(fulfilled)
        return self._opening

    def explore(self, progress: Callable[[int, int], None]) -> Tally:
        """All walks, or as many as the time allows."""
        opening = self.opening()
        known, since = self._news(), 0
        for number in range(self._histories):
            since = since + 1 if self._news() == known else 0
            known = self._news()
            if since > _ENOUGH_WALKS and self._all_came_about():
                break
            if self._is_over():
                break
            progress(number, self._histories)
            mark = self._setting.stage.machine.mark()
            self._walk(opening, is_patient=bool(number % 2), is_gifted=number % 4 == 3)
            self._setting.stage.machine.back_to(mark)
            self.tally.histories += 1
        progress(self._histories, self._histories)
        return self.tally

    def _is_over(self) -> bool:
        """Whether the time is over; the trials are then cut, and say so."""
        over = time.monotonic() > self._deadline_s
        self.tally.finished = self.tally.finished and not over
        return over

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
            if self._is_over():
                return
            through = self._probe(facts, now_s, tuple(history))
            if not through or self._dice.random() < _WAIT_ODDS[is_patient]:
                now_s = self._maker.later(facts, now_s)
                continue
            call = self._chooser.choose(through)
            step = self._step(facts, call)
            if step is None:
                continue
            facts = step
            history.append(call)
            now_s += 1
            self._sweep(facts, now_s, tuple(history))

    def _sweep(self, facts: Facts, now_s: int, history: History) -> None:
        """What can be called next to every limit that is to come, once for each way here."""
        held = {asset: self._setting.stage.balance(asset) for asset in self._assets}
        wanted = [
            (one.asset, one.schedule.units if one.schedule else one.units or 1)
            for one in self._rules.of_kind("out")
        ]
        paid = tuple(held.get(asset or "", 0) >= units for asset, units in wanted)
        way = (*(one.function for one in facts.done), *map(str, paid))
        if way in self._swept or len(facts.done) > _SWEPT:
            return
        self._swept.add(way)
        for moment_s in self._maker.around(facts, now_s):
            if self._is_over():
                return
            self._probe(facts, moment_s, history)

    def _step(self, facts: Facts, call: Call) -> Facts | None:
        held = {asset: self._setting.stage.balance(asset) for asset in self._assets}
        seen = self._setting.stage.play(call)
        if seen.error is not None:
            return None
        done = done_by(call, seen.moved, plain_is_payment=self._plain_pays)
        judged = self._judged(facts, call, seen, held=held, changed=True)
        return facts.after(done, judged.fulfilled)

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
        for call in self._maker.calls(now_s, held):
            mark = stage.machine.mark()
            seen = stage.play(call)
            self.tally.calls += 1
            self.tally.tried[call.entry.name] += 1
            if seen.error is None:
                self.tally.accepted[call.entry.name] += 1
                changed = bool(seen.moved) or self._views() != views
                judged = self._judged(facts, call, seen, held=held, changed=changed)
                self._note(call, judged, history)
                met |= set(judged.fulfilled)
                if deeper:
                    self._try_again(facts, call, seen, judged, history)
                if changed:
                    through.append((call, judged))
            else:
                self.tally.refuse(call, facts, rules=self._rules, between=between, history=history)
            stage.machine.back_to(mark)
        if deeper:
            self._look_for_ways(facts, now_s, history, through=through, met=met, held=held)
        return through

    def _judged(
        self, facts: Facts, call: Call, seen: Seen, *, held: dict[str, int], changed: bool
    ) -> Judgement:
        done = done_by(call, seen.moved, plain_is_payment=self._plain_pays)
        numbers = any(kind.startswith("uint") for _, kind in call.entry.inputs)
        return self._judge.judge(facts, done, has_numbers=numbers, held=held, changed=changed)

    def _note(self, call: Call, judged: Judgement, history: History) -> None:
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
            mine = breach.is_by_elimination, cost((*history, call))
            if known is None or mine < (known[0].is_by_elimination, cost(known[1])):
                tally.breaches[key] = breach, (*history, call)

    def _try_again(
        self, facts: Facts, call: Call, seen: Seen, judged: Judgement, history: History
    ) -> None:
        """The call that was just made, once more and out of a gift: nothing may be paid twice."""
        kind = call.entry.name, call.caller, judged.fulfilled
        rules = [self._rules.rules[one] for one in judged.fulfilled]
        assets = {one.asset for one in rules if one.kind == "out"} - {None, OWN_TOKEN}
        if not assets or call.sent or kind in self._repeated:
            return
        self._repeated.add(kind)
        stage = self._setting.stage
        done = done_by(call, seen.moved, plain_is_payment=self._plain_pays)
        after = facts.after(done, judged.fulfilled)
        for asset in sorted(filter(None, assets)):
            entry = replace(_FORCED, token=asset)
            gift = Call(entry, STRANGERS[1], (_GIFT,), 0, call.now_s + 1)
            mark = stage.machine.mark()
            gifted = self._step(after, gift)
            if gifted is not None:
                held = {one: stage.balance(one) for one in self._assets}
                again = replace(call, now_s=call.now_s + 2)
                seen = stage.play(again)
                if seen.error is None:
                    found = self._judged(gifted, again, seen, held=held, changed=True)
                    self._note(again, replace(found, fulfilled=()), (*history, call, gift))
            stage.machine.back_to(mark)

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

    def _look_for_ways(
        self,
        facts: Facts,
        now_s: int,
        history: History,
        *,
        through: list[tuple[Call, Judgement]],
        met: set[int],
        held: dict[str, int],
    ) -> None:
        """Where a rule is due, some call carries it out, or some call and another after it."""
        due = Due(self._rules, tuple(self._setting.stage.people))
        for one in self._rules.of_kind("out"):
            if one.number in met:
                since_s = due.since(one, facts, now_s, held)
                ways = [call for call, judged in through if one.number in judged.fulfilled]
                look_back(
                    self.tally, one, ways, history, since_s=since_s, carries=self._carries(facts)
                )
            if not due.at(one, facts, now_s, held):
                continue
            self.tally.due[one.number] += 1
            if one.number in met or self._in_two(one, facts, history, through):
                self.tally.met[one.number] += 1
            else:
                known = self.tally.stuck.get(one.number)
                waiting = Call(Entry("", token=None), CONTRACT, (), 0, now_s)
                if known is None or cost((*history, waiting)) < cost(known):
                    self.tally.stuck[one.number] = (*history, waiting)

    def _carries(self, facts: Facts) -> Callable[[Rule, Call], bool]:
        """Whether a call would carry a rule out."""

        def does(rule: Rule, call: Call) -> bool:
            stage = self._setting.stage
            held = {asset: stage.balance(asset) for asset in self._assets}
            mark = stage.machine.mark()
            seen = stage.play(call)
            judged = None
            if seen.error is None:
                judged = self._judged(facts, call, seen, held=held, changed=True)
            stage.machine.back_to(mark)
            return judged is not None and rule.number in judged.fulfilled

        return does

    def _in_two(
        self, rule: Rule, facts: Facts, history: History, through: list[tuple[Call, Judgement]]
    ) -> bool:
        if self.tally.due[rule.number] > _DEEPER or self._is_over():
            return self.tally.met[rule.number] > 0
        stage = self._setting.stage
        seen_kinds: set[tuple[str, str]] = set()
        for call, _ in through:
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
