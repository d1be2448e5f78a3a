"""One call held against all rules: what it breaks, what it carries out, what it was a test of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assay.authoring.audit.properties import times
from assay.authoring.audit.properties.conditions import Moment, all_hold, failing
from assay.authoring.audit.properties.facts import Done, Facts
from assay.authoring.audit.properties.rules import Rule, RuleSet
from assay.authoring.audit.properties.setting import STRANGERS
from assay.authoring.audit.properties.stage import ELSEWHERE, ETHER, OWN_TOKEN, START_S
from assay.authoring.audit.properties.words import does

WHOLE = -1
"""Number of what belongs to no rule."""

_BY_HAND = frozenset({"transfer", "transferFrom", "approve"})
_ROUNDING = 1_000
_MONTH_S = 31 * 86_400


@dataclass(frozen=True)
class Breach:
    """A call that a rule forbids.

    Attributes:
        rule: its number; `WHOLE` for none.
        name: of the property that is broken.
    """

    rule: int
    name: str
    reason: str


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
        self._outs = rules.of_kind("out")
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
            found, broken = self._paid_out(
                facts, done, asset, person, units, has_numbers=has_numbers, held=held
            )
            fulfilled += found
            breaches += broken
        if not done.is_gift:
            for rule, asset, person, units in self._payments(done):
                self._paid_in(
                    facts, done, rule, asset, person, units, breaches, fulfilled, doubtful
                )
        if changed or outs:
            breaches += self._stated(facts, done)
            acted, early = self._acts(facts, done)
            fulfilled += acted
            breaches += early
        breaches += self._forbidden(facts, done, changed=changed)
        return Judgement(tuple(breaches), tuple(dict.fromkeys(fulfilled)), tuple(doubtful))

    def owed(self, rule: Rule, facts: Facts, person: str, asset: str) -> set[int]:
        """Amounts of which one is right, for what is paid out whole."""
        own = facts.left_of(asset, person)
        if rule.recipient is not None and rule.recipient.people is None:
            return {own}
        held = facts.held(asset)
        once = {one.units for one in self._ins if one.units and one.asset == asset}
        return {held, own} | {units for units in once if units <= held}

    def _paid_out(
        self,
        facts: Facts,
        done: Done,
        asset: str,
        person: str,
        units: int,
        *,
        has_numbers: bool,
        held: dict[str, int],
    ) -> tuple[list[int], list[Breach]]:
        at = Moment(facts, done.now_s, done, person)
        candidates = [
            one for one in self._outs
            if one.asset in (None, asset) and one.recipient and one.recipient.includes(person)
        ]  # fmt: skip
        limits = [one for one in candidates if one.restricts]
        candidates = [one for one in candidates if not one.restricts]
        right: list[Rule] = []
        for one in candidates:
            if all_hold(one.conditions, at) is False:
                continue
            if self._amount_fault(one, facts, done, asset, person, units, has_numbers, held):
                continue
            right.append(one)
        if right:
            by_who = [one for one in right if self._may_decide(one, done.caller)]
            if by_who:
                sure = [one.number for one in by_who if all_hold(one.conditions, at)]
                kept = [one.number for one in limits if self._may_decide(one, done.caller)]
                broken = [self._by_another(one, done) for one in limits if one.number not in kept]
                return [*(sure or [by_who[0].number]), *kept], broken
            return [], [self._by_another(right[0], done)]
        return [], [
            self._blame(facts, done, at, asset, person, units, candidates, has_numbers, held)
        ]

    def _by_another(self, rule: Rule, done: Done) -> Breach:
        who = rule.actor.name if rule.actor else "nobody"
        return Breach(rule.number, "only_by", f"{done.caller} makes it happen, and only {who} may")

    def _may_decide(self, rule: Rule, caller: str) -> bool:
        return not rule.decides or rule.actor is None or rule.actor.includes(caller)

    def _amount_fault(
        self,
        rule: Rule,
        facts: Facts,
        done: Done,
        asset: str,
        person: str,
        units: int,
        has_numbers: bool,
        held: dict[str, int],
    ) -> str:
        """Why an amount is not what a rule says; empty where it is."""
        said = self.money
        if rule.schedule is not None:
            return self._vesting_fault(rule, facts, done, asset, person, units)
        now = facts.after(done)
        if rule.share is not None:
            return self._share_fault(rule, now, done, asset, person, units)
        if rule.units is not None:
            limit = rule.duty.limit
            if limit == "exact" and units != rule.units:
                return f"{said(units, asset)} instead of {said(rule.units, asset)}"
            if limit == "most" and units > rule.units:
                return f"{said(units, asset)}, more than {said(rule.units, asset)}"
            if limit == "least" and units < rule.units:
                return f"{said(units, asset)}, less than {said(rule.units, asset)}"
            return self._times_fault(rule, facts, done)
        crowd = rule.recipient is not None and rule.recipient.people is None
        if facts.total_in(asset) == 0 or rule.duty.action == "bid":
            return ""
        before = Facts.after(facts, Done("", done.caller, done.now_s,
                             {k: v for k, v in done.moved.items() if v < 0}))  # fmt: skip
        owed = self.owed(rule, before, person, asset)
        if not crowd:
            owed |= {held[asset], held[asset] + sum(done.lost(asset).values())}
        if units in owed:
            return ""
        most = max(owed)
        if units < most and (has_numbers or rule.duty.limit == "most"):
            return ""
        nearest = min(owed - {0} or {0}, key=lambda one: abs(one - units))
        return f"{said(units, asset)} instead of {said(nearest, asset)}"

    def _times_fault(self, rule: Rule, facts: Facts, done: Done) -> str:
        """Owed once is paid once, for each time that something was paid in."""
        allowed = max(1, facts.payments)
        if rule.duty.recurrence:
            shortest, _ = times.length(rule.duty.recurrence)
            allowed = max(allowed, 1 + (done.now_s - START_S) // max(1, shortest))
        same = [one.number for one in self._outs if (one.units, one.recipient) ==
                (rule.units, rule.recipient)]  # fmt: skip
        paid = sum(facts.fulfilled.get(one, 0) for one in same)
        return f"it is paid {paid + 1} times" if paid >= allowed * len(same) else ""

    def _vesting_fault(
        self, rule: Rule, facts: Facts, done: Done, asset: str, person: str, units: int
    ) -> str:
        schedule = rule.schedule
        assert schedule is not None, "asked for what vests"
        elapsed = done.now_s - START_S
        total = facts.paid_out.get((asset, person), 0) + units
        if elapsed < schedule.cliff[0] - 1:
            return f"{self.money(total, asset)} before the cliff"
        if elapsed > schedule.length[1] and total < schedule.units:
            return f"{self.money(total, asset)} when all of it has vested"
        shortest = max(1, schedule.length[0])
        most = min(schedule.units, schedule.units * (elapsed + _MONTH_S) // shortest)
        if total > most + schedule.units // _ROUNDING:
            return f"{self.money(total, asset)} of {self.money(schedule.units, asset)} so early"
        return ""

    def _share_fault(
        self, rule: Rule, now: Facts, done: Done, asset: str, person: str, units: int
    ) -> str:
        assert rule.share is not None, "asked for shares"
        gained = sum(one for (kind, _), one in done.gained().items() if kind == asset)
        paid = now.paid_out.get((asset, person), 0)
        total = now.total_in(asset) + now.gifts.get(asset, 0)
        bases = {gained, total}
        for base, got in ((gained, units), *((one, paid) for one in bases)):
            if abs(int(rule.share * base / 100) - got) <= 1 + base // 10**12:
                return ""
        if paid <= rule.share * total / 100:
            # Less than the share so far: the rest may come later.
            together = len(done.gained()) > 1
            return self._share_text(rule, units, gained, asset) if together else ""
        return self._share_text(rule, units, gained, asset)

    def _share_text(self, rule: Rule, units: int, base: int, asset: str) -> str:
        return (
            f"{self.money(units, asset)} of {self.money(base, asset)}, which is not"
            f" {rule.share.normalize() if rule.share else 0:f} %"
        )

    def _blame(
        self,
        facts: Facts,
        done: Done,
        at: Moment,
        asset: str,
        person: str,
        units: int,
        candidates: list[Rule],
        has_numbers: bool,
        held: dict[str, int],
    ) -> Breach:
        """Which rule an unexplained payment breaks, and how."""
        moved = f"{person} gets {self.money(units, asset)}"

        def fault(one: Rule) -> Breach:
            test = failing(one.conditions, at)
            if test is None:
                wrong = self._amount_fault(
                    one, facts, done, asset, person, units, has_numbers, held
                )
                return Breach(one.number, "amount", f"{person} gets {wrong}")
            said = getattr(test, "functions", None)
            name = "only_by" if said is not None and not said else "only_when"
            return Breach(one.number, name, f"{moved}, though this does not hold: “{test.text}”")

        def due_to(one: Rule) -> Breach:
            who = one.recipient.name if one.recipient else "nobody"
            return Breach(one.number, "amount", f"{moved}, which is due to {who}")

        own = [one for one in self._outs if one.asset in (None, asset) and not one.restricts
               and does(done.function, one.duty.action or "") == 3]  # fmt: skip
        named = [one for one in own if one in candidates]
        if named:
            return fault(named[0])
        if len(own) == 1 and all_hold(own[0].conditions, at) is not False:
            return due_to(own[0])
        got = {name for _, name in done.gained()}
        others = sorted(
            (one for one in self._outs if one.asset in (None, asset) and one not in candidates),
            key=lambda one: bool(one.recipient and got & set(one.recipient.people or ())),
        )
        due = [one for one in others if one.tests and all_hold(one.conditions, at) is True
               and (one.units is None or one.units == units)]  # fmt: skip
        if due:
            return due_to(due[0])
        if candidates:
            possible = [one for one in candidates if all_hold(one.conditions, at) is not False]
            return fault((possible or candidates)[0])
        named = [one for one in others if does(done.function, one.duty.action or "")]
        if named:
            return due_to(named[0])
        nobody = person in (*STRANGERS, ELSEWHERE)
        text = f"{moved}, and no clause pays {'strangers' if nobody else person}"
        return Breach(WHOLE, "only_as_agreed", text)

    def _payments(self, done: Done) -> Iterator[tuple[Rule, str, str, int]]:
        """Rules that a payment may be by, those that the function's name fits first."""
        fitting = [one for one in self._ins if does(done.function, one.duty.action or "") >= 2]
        for asset in {one for one, _ in done.moved}:
            for person, units in done.lost(asset).items():
                mine = [
                    one
                    for one in (fitting or self._ins)
                    if one.asset in (None, asset) and (one.decides or _pays(one, person))
                ]
                exact = [one for one in mine if one.units == units]
                for rule in exact or mine:
                    yield rule, asset, person, units

    def _paid_in(
        self,
        facts: Facts,
        done: Done,
        rule: Rule,
        asset: str,
        person: str,
        units: int,
        breaches: list[Breach],
        fulfilled: list[int],
        doubtful: list[tuple[Breach, str, int]],
    ) -> None:
        paid = f"{person} pays {self.money(units, asset)}"
        if rule.decides and rule.actor is not None and not rule.actor.includes(person):
            reason = f"{paid}, and only {rule.actor.name} may"
            breaches.append(Breach(rule.number, "only_by", reason))
            return
        at = Moment(facts, done.now_s, done, person)
        late = failing(rule.times, at)
        if late is not None:
            breaches.append(
                Breach(
                    rule.number,
                    "in_time",
                    f"{paid} and is not refused, though it is not “{late.text}”",
                )
            )
            return
        limit = rule.duty.limit
        if rule.units is None:
            fulfilled.append(rule.number)
        elif limit == "most" and units > rule.units:
            text = f"{paid}, more than {self.money(rule.units, asset)}"
            breaches.append(Breach(rule.number, "limit", text))
        elif limit == "least" and units < rule.units:
            text = f"{paid}, less than {self.money(rule.units, asset)}"
            breaches.append(Breach(rule.number, "limit", text))
        elif limit == "exact" and units < rule.units:
            text = f"{paid} instead of {self.money(rule.units, asset)}, and the rest is refused"
            doubtful.append((Breach(rule.number, "amount", text), asset, rule.units - units))
        elif limit == "exact" and units > rule.units:
            return
        else:
            fulfilled.append(rule.number)

    def _stated(self, facts: Facts, done: Done) -> Iterator[Breach]:
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
                if one.actor is None or one.actor.includes(done.caller):
                    yield Breach(one.number, "never", f"{done.caller} calls {done.function}")

    def money(self, units: int, asset: str) -> str:
        """An amount as people write it."""
        return money(units, asset, self._decimals.get(asset, 18))


_TAKING = frozenset({"withdraw", "claim", "release", "refund", "keep", "transfer", "distribute",
                     "return", "vest", "issue"})  # fmt: skip
_PAYING = frozenset({"pay", "deposit", "contribute", "bid", "buy", "subscribe"})


def _pays(rule: Rule, person: str) -> bool:
    return rule.actor is None or rule.actor.includes(person)


def money(units: int, asset: str, decimals: int) -> str:
    """An amount of an asset as people write it.

    >>> money(1_500_000_000_000_000_000, "ETH", 18), money(3, "ETH", 18)
    ('1.5 ETH', '3 wei')
    """
    if asset == ETHER and 0 < abs(units) < 10**9:
        return f"{units} wei"
    whole, rest = divmod(abs(units), 10**decimals)
    digits = f"{rest:0{decimals}d}".rstrip("0")
    sign = "-" if units < 0 else ""
    name = "of its own token" if asset == OWN_TOKEN else asset
    return f"{sign}{whole}{'.' + digits if digits else ''} {name}"
