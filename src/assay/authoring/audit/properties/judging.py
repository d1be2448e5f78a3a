"""One call held against all rules: what it breaks, what it carries out, what it was a test of."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from assay.authoring.audit.properties.breaches import Breach, money
from assay.authoring.audit.properties.conditions import Moment, all_hold, failing
from assay.authoring.audit.properties.facts import Done, Facts
from assay.authoring.audit.properties.payouts import Payout, PayoutJudge
from assay.authoring.audit.properties.rules import Rule, RuleSet
from assay.authoring.audit.properties.stage import CONTRACT, OWN_TOKEN
from assay.authoring.audit.properties.times import length
from assay.authoring.audit.properties.words import does
from assay.authoring.blocks.moments import DAY_S

_BY_HAND = frozenset({"transfer", "transferFrom", "approve"})


@dataclass(frozen=True)
class Judgement:
    """Of one call that went through.

    Attributes:
        fulfilled: numbers of the rules that it carries out as they say.
        doubtful: breaches for which the rest of what is owed has to be refused too: part payments.
    """

    breaches: tuple[Breach, ...]
    fulfilled: tuple[int, ...]
    doubtful: tuple[tuple[Breach, str, int], ...] = ()


class Judge:
    """Knows the rules, and how people are called."""

    def __init__(self, rules: RuleSet, decimals: dict[str, int]) -> None:
        self._rules = rules
        self._decimals = decimals
        self._payouts = PayoutJudge(rules, decimals)
        self._ins = rules.of_kind("in")
        self._nevers = rules.of_kind("never")

    def judge(
        self,
        facts: Facts,
        done: Done,
        *,
        has_numbers: bool,
        held: dict[str, int],
        changed: bool,
    ) -> Judgement:
        """What a call comes to.

        Args:
            facts: before it.
            has_numbers: whether it names a number, like an amount to withdraw.
            held: what the contract had of each asset before.
            changed: whether anything that can be seen is different after it.
        """
        breaches: list[Breach] = []
        fulfilled: list[int] = []
        doubtful: list[tuple[Breach, str, int]] = []
        outs = [
            (key, units)
            for key, units in done.gained().items()
            if not (key[0] == OWN_TOKEN and done.function in _BY_HAND)
        ]
        for (asset, person), units in outs:
            paid = Payout(facts, done, asset, person, units, has_numbers, held.get(asset, 0))
            found, broken = self._payouts.judge(paid)
            fulfilled += found
            breaches += broken
        if not done.is_gift:
            for rule, asset, person, units in self._payments(done):
                found_in = self._paid_in(
                    Moment(facts, done.now_s, done, person), rule, asset, units
                )
                match found_in:
                    case Breach(name="amount"):
                        doubtful.append((found_in, asset, (rule.units or 0) - units))
                    case Breach():
                        breaches.append(found_in)
                    case True:
                        fulfilled.append(rule.number)
                    case _:
                        pass
        if changed or outs:
            breaches += self._stated(done)
            acted, early = self._acts(facts, done)
            fulfilled += acted
            breaches += early
        breaches += self._forbidden(facts, done, changed=changed)
        return Judgement(tuple(breaches), tuple(dict.fromkeys(fulfilled)), tuple(doubtful))

    def _payments(self, done: Done) -> Iterator[tuple[Rule, str, str, int]]:
        """Rules that a payment may be by, those that the function's name fits first."""
        fitting = [one for one in self._ins if does(done.function, one.duty.action or "") >= 2]
        for asset in {one for one, _ in done.moved}:
            kept = done.moved.get((asset, CONTRACT), 0) > 0
            for person, units in done.lost(asset).items():
                mine = [
                    one
                    for one in (fitting or self._ins)
                    if one.asset in (None, asset)
                    and (one.decides or _pays(one, person))
                    and (kept or one.duty.recipient not in (None, "contract"))
                ]
                exact = [one for one in mine if one.units == units]
                together = [] if exact else _adding_up_to(units, mine)
                for rule in exact or together or mine:
                    yield rule, asset, person, (rule.units or 0) if together else units

    def _paid_in(self, at: Moment, rule: Rule, asset: str, units: int) -> Breach | bool:
        """What a payment breaks, or whether it is the one that is owed."""
        person = at.person or ""
        paid = f"{person} pays {self.money(units, asset)}"
        if rule.decides and rule.actor is not None and not rule.actor.includes(person):
            return Breach(rule.number, "only_by", f"{paid}, and only {rule.actor.name} may")
        wrong = self._wrong_moment(rule, at, paid, is_exact=units == rule.units)
        wrong = wrong or self._too_often(rule, at, asset)
        if wrong is not None:
            return wrong
        limit, wanted = rule.duty.limit, rule.units
        if wanted is None or units == wanted:
            return True
        right = self.money(wanted, asset)
        if limit == "most":
            over = Breach(rule.number, "limit", f"{paid}, more than {right}")
            return over if units > wanted else True
        if limit == "least":
            under = Breach(rule.number, "limit", f"{paid}, less than {right}")
            return under if units < wanted else True
        text = f"{paid} instead of {right}, and the rest is refused"
        return Breach(rule.number, "amount", text) if units < wanted else False

    def _too_often(self, rule: Rule, at: Moment, asset: str) -> Breach | None:
        """Money that others take from who pays in every period, more often than once in each."""
        if not rule.duty.recurrence or at.step is None or at.step.caller == at.person:
            return None
        earlier = [one for one in at.facts.done if at.person in one.lost(asset) and not one.is_gift]
        if not earlier:
            return None
        taken = 1 + sum(one.caller != at.person for one in earlier)
        period_s, _ = length(rule.duty.recurrence)
        passed_s = at.now_s - earlier[0].now_s
        if taken <= passed_s // period_s + (earlier[0].caller != at.person):
            return None
        text = (
            f"{at.step.caller} makes {at.person} pay for the {taken}. time "
            f"{passed_s // DAY_S} days after the first payment"
        )
        return Breach(rule.number, "in_time", text)

    def _wrong_moment(self, rule: Rule, at: Moment, paid: str, *, is_exact: bool) -> Breach | None:
        """A payment out of time, or a fee for what was not left undone."""
        late = failing(rule.times, at)
        if late is not None:
            text = f"{paid} and is not refused, though it is not “{late.text}”"
            return Breach(rule.number, "in_time", text)
        test = failing(rule.tests, at) if rule.is_charged and is_exact else None
        if test is not None:
            text = f"{paid} of what is taken, though this does not hold: “{test.text}”"
            return Breach(rule.number, "only_when", text)
        return None

    def _stated(self, done: Done) -> Iterator[Breach]:
        """Acts that somebody states who may not."""
        allowed = self._rules.allowed(done.function)
        if allowed is None or done.caller in allowed:
            return
        for one in self._rules.statements:
            if done.function in one.functions:
                names = one.who.name if one.who else "nobody"
                number = next(rule.number for rule in self._rules.rules if rule.index == one.index)
                reason = f"{done.caller} calls {done.function}, and only {names} may"
                yield Breach(number, "only_by", reason)

    def _acts(self, facts: Facts, done: Done) -> tuple[list[int], list[Breach]]:
        at = Moment(facts, done.now_s, done, done.caller)
        mine = [
            one
            for one in self._rules.of_kind("act")
            if done.function in one.functions and (not one.actor or one.actor.includes(done.caller))
        ]
        right = [one.number for one in mine if all_hold(one.conditions, at) is not False]
        if right or not mine:
            return right, []
        test = failing(mine[0].conditions, at)
        reason = f"{done.caller} can, though this does not hold: {test.text if test else ''}"
        return [], [Breach(mine[0].number, "only_when", reason)]

    def _forbidden(self, facts: Facts, done: Done, *, changed: bool) -> Iterator[Breach]:
        for one in self._nevers:
            at = Moment(facts, done.now_s, done, done.caller)
            if all_hold(one.conditions, at) is not True:
                continue
            who = one.recipient
            gains = [
                (asset, person, units)
                for (asset, person), units in done.gained().items()
                if who is None or who.includes(person)
            ]
            action = one.duty.action or ""
            if action in _TAKING and gains and done.function not in _BY_HAND:
                asset, person, units = gains[0]
                yield Breach(one.number, "never", f"{person} gets {self.money(units, asset)}")
            elif action in _PAYING and not done.is_gift:
                for asset in {kind for kind, _ in done.moved}:
                    for person, units in done.lost(asset).items():
                        over = one.units is None or units > one.units
                        if over and (one.actor is None or one.actor.includes(person)):
                            text = f"{person} pays {self.money(units, asset)}"
                            yield Breach(one.number, "never", text)
            elif action not in _TAKING and done.function in one.functions and changed:
                yield from self._forbidden_act(one, done)

    def _forbidden_act(self, one: Rule, done: Done) -> Iterator[Breach]:
        if one.actor is None or one.actor.includes(done.caller):
            yield Breach(one.number, "never", f"{done.caller} calls {done.function}")

    def money(self, units: int, asset: str) -> str:
        """An amount as people write it."""
        return money(units, asset, self._decimals.get(asset, 18))


_TAKING = frozenset({"withdraw", "claim", "release", "refund", "keep", "transfer", "distribute",
                     "return", "vest", "issue"})  # fmt: skip
_PAYING = frozenset({"pay", "deposit", "contribute", "bid", "buy", "subscribe"})


def _adding_up_to(units: int, rules: list[Rule]) -> list[Rule]:
    """Two rules whose sums are paid in one."""
    for one, two in itertools.combinations([one for one in rules if one.units], 2):
        if (one.units or 0) + (two.units or 0) == units:
            return [one, two]
    return []


def _pays(rule: Rule, person: str) -> bool:
    return rule.actor is None or rule.actor.includes(person)
