"""When a payment is due: its conditions hold, and the contract has the money for it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assay.authoring.audit.properties.conditions import Moment, all_hold
from assay.authoring.audit.properties.facts import Facts
from assay.authoring.audit.properties.rules import Rule, RuleSet
from assay.authoring.audit.properties.stage import OWN_TOKEN
from assay.authoring.blocks.moments import DAY_S
from assay.authoring.trials.cast import START_S

_BEHIND_S = 2
"""A limit, so that "at" and "after" come to the same."""


@dataclass(frozen=True)
class Due:
    """Knows the rules, and everybody by name."""

    rules: RuleSet
    people: tuple[str, ...]

    def at(self, rule: Rule, facts: Facts, now_s: int, held: dict[str, int]) -> bool:
        """Whether a rule must be carried out by some call now.

        Args:
            held: what the contract has of each asset.
        """
        if rule.duty.limit == "most" and rule.units is not None:
            return False
        assets = [rule.asset] if rule.asset else [one for one in held if held[one]]
        if rule.asset == OWN_TOKEN:
            return False
        if rule.recipient is not None and rule.recipient.people is None:
            return any(self._of_somebody(rule, one, facts, now_s, held) for one in assets)
        combined = [one for one in rule.tests if getattr(one, "functions", None) == frozenset()]
        rest = tuple(one for one in rule.conditions if one not in combined)
        return any(
            self._is_there(rule, one, facts, now_s, held)
            and all_hold(rest, Moment(facts, now_s)) is True
            for one in assets
        )

    def since(self, rule: Rule, facts: Facts, now_s: int, held: dict[str, int]) -> int | None:
        """An earlier moment, after the last call, at which a rule was due.

        None where there is none, where the clause says nothing of when or leaves time to carry it
        out, and where each of many is owed, since one of them may be paid for another reason.
        """
        timeless = not rule.conditions and rule.schedule is None
        if timeless or (rule.recipient is not None and rule.recipient.people is None):
            return None
        last_s = facts.done[-1].now_s if facts.done else START_S
        if rule.schedule is not None:
            behind_s = START_S + rule.schedule.cliff[1] + DAY_S
            full = held[rule.asset or ""] >= rule.schedule.units and not facts.paid_out
            return behind_s if full and last_s < behind_s < now_s else None
        if rule.duty.deadline is not None:
            return None
        limits = [limit for test in rule.conditions for limit in test.limits(facts)]
        moments = sorted(one + _BEHIND_S for one in (last_s, *limits))
        return next(
            (one for one in moments if last_s < one < now_s and self.at(rule, facts, one, held)),
            None,
        )

    def _of_somebody(
        self, rule: Rule, asset: str, facts: Facts, now_s: int, held: dict[str, int]
    ) -> bool:
        """Where each of many is owed what is his."""
        at = Moment(facts, now_s)
        return held[asset] > 0 and any(
            all_hold(rule.conditions, replace(at, person=one)) is True
            for one in self.people
            if facts.left_of(asset, one) > 0
        )

    def _is_there(
        self, rule: Rule, asset: str, facts: Facts, now_s: int, held: dict[str, int]
    ) -> bool:
        """Whether the money is."""
        if rule.schedule is not None:
            over = START_S + rule.schedule.length[1]
            return held[asset] >= rule.schedule.units and now_s > over and not facts.paid_out
        wanted = rule.units if rule.units is not None else 1
        full = held[asset] >= wanted and (
            facts.held(asset) >= wanted
            or (not facts.payments and self._own(asset, facts, held) >= wanted)
        )
        if rule.is_whole:
            # What is owed whole is due once what is to be paid in was.
            wholes = [one.units for one in self.rules.of_kind("in") if one.units]
            full = full and facts.held(asset) >= min(wholes, default=1)
        return full

    def _own(self, asset: str, facts: Facts, held: dict[str, int]) -> int:
        """What a contract has that nobody paid; a gift is not the sum that a clause has paid in."""
        owed = any(one.asset in (None, asset) for one in self.rules.of_kind("in"))
        return held[asset] - (facts.gifts.get(asset, 0) if owed else 0)
