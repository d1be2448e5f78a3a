"""Money that leaves a contract, held against the rules that say who is paid what and when."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

from assay.authoring.audit.properties import times
from assay.authoring.audit.properties.breaches import WHOLE, Breach, money
from assay.authoring.audit.properties.conditions import Moment, all_hold, failing
from assay.authoring.audit.properties.facts import Done, Facts
from assay.authoring.audit.properties.proportion import highest, in_proportion
from assay.authoring.audit.properties.rules import Rule, RuleSet, Schedule
from assay.authoring.audit.properties.setting import STRANGERS
from assay.authoring.audit.properties.stage import ELSEWHERE
from assay.authoring.audit.properties.words import does
from assay.authoring.trials.cast import START_S

_ROUNDING = 1_000
_MONTH_S = 31 * 86_400


@dataclass(frozen=True)
class Payout:
    """What somebody gains by a call.

    Attributes:
        facts: before the call.
        has_numbers: whether the call names a number, like an amount to withdraw.
        held: what the contract had of the asset before.
    """

    facts: Facts
    done: Done
    asset: str
    person: str
    units: int
    has_numbers: bool
    held: int

    @property
    def at(self) -> Moment:
        """When conditions are asked."""
        return Moment(self.facts, self.done.now_s, self.done, self.person)


class PayoutJudge:
    """Knows the rules by which money may leave."""

    def __init__(self, rules: RuleSet, decimals: dict[str, int]) -> None:
        self._outs = rules.of_kind("out")
        self._ins = rules.of_kind("in")
        self._assets = {one.asset for one in rules.rules if not one.missing}
        self._decimals = decimals
        self._has_bids = any(one.duty.action == "bid" for one in self._ins)

    def _owed(self, rule: Rule, facts: Facts, person: str, asset: str) -> set[int]:
        """Amounts of which one is right, for what is paid out whole."""
        own = facts.left_of(asset, person)
        if rule.recipient is not None and rule.recipient.people is None:
            # Who is outbid by himself gets back all but his highest bid.
            return {own} | {own - one for one in highest(facts, asset, person) if self._has_bids}
        held = facts.held(asset)
        if self._has_bids:
            return {held, own} | highest(facts, asset)
        once = {one.units for one in self._ins if one.units and one.asset == asset}
        return {held, own} | {units for units in once if units <= held}

    def judge(self, paid: Payout) -> tuple[list[int], list[Breach]]:
        """Rules that a payment carries out as they say, and those that it breaks."""
        done, at = paid.done, paid.at
        asset, person = paid.asset, paid.person
        candidates = [
            one for one in self._outs
            if one.asset in (None, asset) and one.recipient and one.recipient.includes(person)
        ]  # fmt: skip
        limits = [one for one in candidates if one.restricts]
        candidates = [one for one in candidates if not one.restricts]
        right: list[Rule] = []
        for one in candidates:
            if in_proportion(one, done, paid.units):
                right.append(one)
                continue
            if all_hold(one.conditions, at) is False:
                continue
            if self._amount_fault(one, paid):
                continue
            right.append(one)
        right = right or self._together(candidates, paid)
        if not right and asset not in self._assets and person not in (*STRANGERS, ELSEWHERE):
            # Nothing was agreed about money of this kind.
            return [], []
        if right:
            by_who = [one for one in right if self._may_decide(one, done.caller)]
            if by_who:
                sure = [one.number for one in by_who if all_hold(one.conditions, at)]
                kept = [one.number for one in limits if self._may_decide(one, done.caller)]
                broken = [self._by_another(one, done) for one in limits if one.number not in kept]
                return [*(sure or [by_who[0].number]), *kept], broken
            return [], [self._by_another(right[0], done)]
        return [], [self._blame(paid, candidates)]

    def _together(self, candidates: list[Rule], paid: Payout) -> list[Rule]:
        """Two sums that are owed at once, and paid in one."""
        fixed = [one for one in candidates if one.units and all_hold(one.conditions, paid.at)]
        for one, two in itertools.combinations(fixed, 2):
            if (one.units or 0) + (two.units or 0) == paid.units:
                return [one, two]
        return []

    def _by_another(self, rule: Rule, done: Done) -> Breach:
        who = rule.actor.name if rule.actor else "nobody"
        return Breach(rule.number, "only_by", f"{done.caller} makes it happen, and only {who} may")

    def _may_decide(self, rule: Rule, caller: str) -> bool:
        return not rule.decides or rule.actor is None or rule.actor.includes(caller)

    def _amount_fault(self, rule: Rule, paid: Payout) -> str:
        """Why an amount is not what a rule says; empty where it is."""
        if rule.schedule is not None:
            return self._vesting_fault(rule, paid)
        if rule.share is not None:
            return self._share_fault(rule, paid)
        if rule.units is not None:
            return self._fixed_fault(rule, paid)
        return self._whole_fault(rule, paid)

    def _fixed_fault(self, rule: Rule, paid: Payout) -> str:
        units, asset, limit = paid.units, paid.asset, rule.duty.limit
        assert rule.units is not None, "asked for fixed sums"
        said = self._said
        # What was forced upon a contract is nobody's: it may go along with what is owed.
        gift = paid.facts.gifts.get(asset, 0)
        if limit == "exact" and units not in (rule.units, rule.units + gift):
            return f"{said(units, asset)} instead of {said(rule.units, asset)}"
        if limit == "most" and units > rule.units:
            return f"{said(units, asset)}, more than {said(rule.units, asset)}"
        if limit == "least" and units < rule.units:
            return f"{said(units, asset)}, less than {said(rule.units, asset)}"
        return self._times_fault(rule, paid.facts, paid.done)

    def _whole_fault(self, rule: Rule, paid: Payout) -> str:
        facts, done, asset, units = paid.facts, paid.done, paid.asset, paid.units
        crowd = rule.recipient is not None and rule.recipient.people is None
        if facts.total_in(asset) == 0 or rule.duty.action == "bid":
            return ""
        if crowd and self._is_owed_besides(paid):
            return ""
        before = Facts.after(facts, Done("", done.caller, done.now_s,
                             {k: v for k, v in done.moved.items() if v < 0}))  # fmt: skip
        owed = self._owed(rule, before, paid.person, asset)
        if not crowd:
            owed |= {paid.held, paid.held + sum(done.lost(asset).values())}
        if units in owed:
            return ""
        most = max(owed)
        if units < most and (paid.has_numbers or rule.duty.limit == "most"):
            return ""
        if facts.held(asset) <= 0:
            return f"{self._said(units, asset)}, though all that was paid in has left"
        nearest = min(owed - {0} or {0}, key=lambda one: abs(one - units))
        return f"{self._said(units, asset)} instead of {self._said(nearest, asset)}"

    def _is_owed_besides(self, paid: Payout) -> bool:
        """Whether one of many gets other money too, so that what is left of his own is unclear."""
        return paid.units <= paid.facts.paid_in.get((paid.asset, paid.person), 0) and any(
            one.recipient and paid.person in (one.recipient.people or ()) for one in self._outs
        )

    def _times_fault(self, rule: Rule, facts: Facts, done: Done) -> str:
        """Owed once is paid once, for each time that something was paid in."""
        allowed = max(1, facts.payments + bool(done.lost(rule.asset or "")))
        if rule.duty.recurrence:
            shortest, _ = times.length(rule.duty.recurrence)
            allowed = max(allowed, 1 + (done.now_s - START_S) // max(1, shortest))
        same = [one.number for one in self._outs if (one.units, one.recipient) ==
                (rule.units, rule.recipient)]  # fmt: skip
        paid = sum(facts.fulfilled.get(one, 0) for one in same)
        return (
            f"{self._said(rule.units or 0, rule.asset or '')} {paid + 1} times"
            if paid >= allowed * len(same)
            else ""
        )

    def _vesting_fault(self, rule: Rule, paid: Payout) -> str:
        schedule = rule.schedule
        assert schedule is not None, "asked for what vests"
        # Who is given less or more to hold than was agreed may let that vest by the same schedule.
        given = paid.held + sum(
            units for (one, _), units in paid.facts.paid_out.items() if one == paid.asset
        )
        fault = self._schedule_fault(schedule, paid)
        if fault and given != schedule.units:
            is_in_step = not self._schedule_fault(replace(schedule, units=given), paid)
            return "" if is_in_step else fault
        return fault

    def _schedule_fault(self, schedule: Schedule, paid: Payout) -> str:
        asset = paid.asset
        elapsed = paid.done.now_s - START_S
        total = paid.facts.paid_out.get((asset, paid.person), 0) + paid.units
        if elapsed < schedule.cliff[0] - 1:
            return f"{self._said(total, asset)} before the cliff"
        if self._is_behind(schedule, elapsed, total, paid):
            return f"{self._said(total, asset)} of {self._said(schedule.units, asset)} so late"
        if elapsed > schedule.length[1] and total < schedule.units:
            return f"{self._said(total, asset)} when all of it has vested"
        shortest = max(1, schedule.length[0])
        most = min(schedule.units, schedule.units * (elapsed + _MONTH_S) // shortest)
        if total > most + schedule.units // _ROUNDING:
            return f"{self._said(total, asset)} of {self._said(schedule.units, asset)} so early"
        return ""

    def _is_behind(self, schedule: Schedule, elapsed: int, total: int, paid: Payout) -> bool:
        """Whether less has come than has vested, though nothing but the schedule held it back."""
        if paid.has_numbers or paid.units >= paid.held:
            return False
        if elapsed > schedule.length[1]:
            return False
        cliff = schedule.cliff[1]
        passed = max(0, elapsed - cliff - _MONTH_S)
        least = schedule.units * passed // max(1, schedule.length[1] - cliff)
        return total + schedule.units // _ROUNDING < least

    def _share_fault(self, rule: Rule, paid: Payout) -> str:
        done, asset, units = paid.done, paid.asset, paid.units
        now = paid.facts.after(done)
        assert rule.share is not None, "asked for shares"
        if self._pays_himself(done, asset):
            return ""
        gained = sum(one for (kind, _), one in done.gained().items() if kind == asset)
        got_so_far = now.paid_out.get((asset, paid.person), 0)
        total = now.total_in(asset) + now.gifts.get(asset, 0)
        bases = {gained, total}
        for base, got in ((gained, units), *((one, got_so_far) for one in bases)):
            if abs(int(rule.share * base / 100) - got) <= 1 + base // 10**12:
                return ""
        if got_so_far <= rule.share * total / 100:
            # Less than the share so far: the rest may come later.
            together = len(done.gained()) > 1
            return self._share_text(rule, units, gained, asset) if together else ""
        return self._share_text(rule, units, gained, asset)

    def _pays_himself(self, done: Done, asset: str) -> bool:
        """Whether somebody pays who has a share of it: only the difference is seen then."""
        sharers = [one.recipient for one in self._outs if one.share and one.recipient]
        return any(one.includes(person) for one in sharers for person in done.lost(asset))

    def _share_text(self, rule: Rule, units: int, base: int, asset: str) -> str:
        return (
            f"{self._said(units, asset)} of {self._said(base, asset)}, which is not"
            f" {rule.share.normalize() if rule.share else 0:f} %"
        )

    def _blame(self, paid: Payout, candidates: list[Rule]) -> Breach:
        """Which rule an unexplained payment breaks, and how."""
        done, at, asset, person, units = paid.done, paid.at, paid.asset, paid.person, paid.units
        moved = f"{person} gets {self._said(units, asset)}"

        def fault(one: Rule) -> Breach:
            test = failing(one.conditions, at)
            if test is None:
                wrong = self._amount_fault(one, paid)
                return Breach(one.number, "amount", f"{person} gets {wrong}")
            said = getattr(test, "functions", None)
            name = "only_by" if said is not None and not said else "only_when"
            return Breach(one.number, name, f"{moved}, though this does not hold: “{test.text}”")

        def due_to(one: Rule) -> Breach:
            who = one.recipient.name if one.recipient else "nobody"
            return Breach(one.number, "amount", f"{moved}, which is due to {who}", is_of_payee=True)

        def guessed(one: Rule) -> Breach:
            return replace(due_to(one), is_by_elimination=True)

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
            return guessed(due[0])
        if candidates:
            possible = [one for one in candidates if all_hold(one.conditions, at) is not False]
            return fault((possible or candidates)[0])
        named = [one for one in others if does(done.function, one.duty.action or "")]
        if named:
            return guessed(named[0])
        nobody = person in (*STRANGERS, ELSEWHERE)
        text = f"{moved}, and no clause pays {'strangers' if nobody else person}"
        return Breach(WHOLE, "only_as_agreed", text, is_by_elimination=not nobody)

    def _said(self, units: int, asset: str) -> str:
        return money(units, asset, self._decimals.get(asset, 18))
