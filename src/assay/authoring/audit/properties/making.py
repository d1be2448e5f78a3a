"""A specification to rules, on one stage."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from assay.authoring.audit.properties import times
from assay.authoring.audit.properties.arguments import units_of
from assay.authoring.audit.properties.binding import Who
from assay.authoring.audit.properties.condition_making import IN, OUT, TestMaker
from assay.authoring.audit.properties.conditions import (
    At,
    Fulfilled,
    Lacking,
    Not,
    Paid,
    Test,
    Unknown,
)
from assay.authoring.audit.properties.rules import Kind, Rule, RuleSet, Schedule
from assay.authoring.audit.properties.setting import Setting
from assay.authoring.audit.properties.stage import OWN_TOKEN
from assay.authoring.model import Obligation, Specification

_BY_CONTRACT = frozenset({"pay", "transfer", "deposit"})
_OWN_TAKER = frozenset({"withdraw", "claim", "keep"})
_TO_PAYER = frozenset({"refund", "return"})
_ALWAYS_MONEY = frozenset({"release", "refund", "withdraw", "distribute", "vest"})
_ONLY = re.compile(
    r"\bonly\b|\bnobody (?:else|but|other)\b|\bsolely\b|只有|仅|唯有|只能", re.IGNORECASE
)


def make_rules(specification: Specification, setting: Setting) -> RuleSet:
    """Every obligation as a rule; those that cannot be tried say why."""
    return _Maker(specification, setting).made()


class _Maker(TestMaker):
    def made(self) -> RuleSet:
        rules: list[Rule] = []
        for index, duty in enumerate(self._specification.obligations):
            first = self._rule(len(rules), index, duty)
            rules.append(first)
            other = duty.otherwise
            if other is not None:
                rest = self._rule(len(rules), index, other)
                contrary = self._contrary(first, duty)
                rules.append(replace(rest, tests=(*rest.tests, *contrary)))
        rules = [self._late_too(self._restricted(one, rules), rules) for one in rules]
        rules += [
            replace(extra, number=len(rules) + count)
            for count, extra in enumerate(filter(None, map(self._passed_on, rules)))
        ]
        return RuleSet(tuple(rules), tuple(self._statements), self._unread(rules))

    def _unread(self, rules: list[Rule]) -> str:
        """Why somebody may be owed money of which no rule knows."""
        for one in rules:
            if one.missing and one.duty.action in OUT | _BY_CONTRACT:
                return one.missing
        unread = next(iter(self._specification.not_understood), None)
        return f"{unread.text!r} was not understood" if unread else ""

    def _rule(self, number: int, index: int, duty: Obligation) -> Rule:  # noqa: PLR0911 - a case each
        kind, missing = self._kind(duty)
        rule = Rule(number, index, duty, kind, missing=missing)
        if kind == "outside" or missing:
            return replace(rule, kind="outside", missing=missing)
        actor = self._who(duty.actor)
        absent = [
            self._setting.bound.missing[name]
            for name in (duty.actor, duty.recipient)
            if name is not None and name in self._setting.bound.missing
        ]
        if absent:
            return replace(rule, missing=absent[0])
        rule = self._with_amount(replace(rule, actor=actor))
        if duty.asset is not None and self._fiat(duty.asset):
            text = f"which token stands for {duty.asset} is open; answer it with --answers"
            return replace(rule, missing=text)
        tests, moments = self._tests(index, duty, kind)
        rule = replace(rule, tests=tests, times=moments, doubt=self._doubt(index, duty))
        text = self._specification.text[slice(*duty.span)]
        only = bool(_ONLY.search(text))
        if kind == "in":
            return replace(rule, decides=only and actor is not None and actor.people is not None)
        if kind == "act":
            functions = self._stating(duty)
            self._state(index, duty, functions, actor)
            return replace(rule, functions=functions)
        recipient = self._recipient(duty, actor)
        if kind == "out" and recipient is None:
            return replace(rule, missing="the clause does not say who gets it")
        firm = actor is not None and actor.people is not None
        other = recipient is not None and (
            recipient.people is None or not (actor and recipient.people <= (actor.people or set()))
        )
        return replace(
            rule,
            recipient=recipient,
            decides=firm and (only or other),
            functions=self._stating(duty) if kind == "never" else frozenset(),
        )

    def _kind(self, duty: Obligation) -> tuple[Kind, str]:  # noqa: PLR0911 - a case each
        action = duty.action or ""
        if not action:
            return "outside", "no act was read from these words"
        contract = duty.actor in (None, "contract")
        if duty.modality == "must_not":
            return "never", ""
        if action in OUT or (action in _BY_CONTRACT and contract and duty.recipient):
            if duty.asset and action not in _ALWAYS_MONEY and not self._is_money(duty):
                return "outside", f"{duty.asset} is nothing that the contract can move"
            return "out", ""
        if action in IN and not contract:
            if duty.asset and not self._is_money(duty):
                return "outside", f"{duty.asset} is nothing that the contract can move"
            return "in", ""
        if self._stating(duty):
            return "act", ""
        if action in ("confirm", "accept", "approve"):
            return "outside", (
                "the code has no function for it; what it leads to is tried with its own clause"
            )
        return "outside", f"the code shows nothing of it: no function is called like {action!r}"

    def _with_amount(self, rule: Rule) -> Rule:
        duty = rule.duty
        asset = self._setting.asset(duty.asset, self._specification)
        if duty.action == "issue" and OWN_TOKEN in self._setting.decimals:
            asset = OWN_TOKEN
        if asset is None:
            asset = self._only_asset()
        rule = replace(rule, asset=asset)
        if duty.amount is None:
            return rule
        if duty.asset == "%":
            return replace(rule, share=Decimal(duty.amount))
        if asset is None or not self._is_money(duty):
            return rule
        units = units_of(duty.amount, self._setting.decimals[asset])
        if duty.action == "vest" or (duty.spread and duty.deadline):
            return replace(rule, schedule=self._schedule(duty, units))
        return replace(rule, units=units)

    def _schedule(self, duty: Obligation, units: int) -> Schedule:
        deadline = duty.deadline or ""
        span = times.length(deadline) if times.is_length(deadline) else (0, 0)
        cliffs = [
            times.length(one.value)
            for one in duty.conditions
            if one.kind == "time" and one.value and times.is_length(one.value)
        ]
        return Schedule(units, span, cliffs[0] if cliffs else (0, 0))

    def _recipient(self, duty: Obligation, actor: Who | None) -> Who | None:
        if duty.recipient not in (None, "contract"):
            return self._who(duty.recipient)
        if duty.action in _OWN_TAKER or duty.modality == "must_not":
            return actor
        if duty.action in _TO_PAYER:
            payers = [
                self._who(one.actor)
                for one in self._specification.obligations
                if one.action in IN and one.actor != "contract"
            ]
            return next((one for one in payers if one is not None), None)
        return None

    def _restricted(self, rule: Rule, rules: list[Rule]) -> Rule:
        """One that names nothing but who may, beside others that say what and when."""
        named = rule.duty.actor not in (None, "contract")
        bare = named and rule.kind == "out" and rule.is_whole and not rule.conditions
        bare = bare and not rule.missing
        others = [
            one
            for one in rules
            if one.kind == "out"
            and one.number != rule.number
            and one.recipient == rule.recipient
            and (one.conditions or not one.is_whole)
        ]
        return replace(rule, restricts=bare and bool(others))

    def _late_too(self, rule: Rule, rules: list[Rule]) -> Rule:
        """A payment may come late where another clause says what lateness costs."""
        charged = any(
            (each.action, each.actor) == (rule.duty.action, rule.duty.actor)
            for one in rules
            if one.is_charged and one.number != rule.number
            for each in one.duty.conditions
        )
        return replace(rule, times=()) if charged and rule.kind == "in" else rule

    def _contrary(self, first: Rule, duty: Obligation) -> tuple[Test, ...]:
        """Where the first is not kept: one of its conditions fails, or its time is over."""
        if len(first.tests) == 1 and not isinstance(first.tests[0], Unknown):
            return (Not(f"not: {first.tests[0].text}", first.tests[0]),)
        late = [one for one in first.times if isinstance(one, At) and not one.is_after]
        if late and not first.tests:
            after = replace(late[0], is_after=True)
            return (Lacking(f"not {duty.action} in time",
                            Fulfilled("done", frozenset({first.number})), after),)  # fmt: skip
        return (Unknown("otherwise"),)

    def _passed_on(self, rule: Rule) -> Rule | None:
        """What a payer hands to another party: that party may be paid so much."""
        recipient = self._who(rule.duty.recipient)
        if rule.kind != "in" or rule.missing or recipient is None:
            return None
        text = self._specification.text[slice(*rule.duty.span)]
        units = rule.units or 0
        paid = (
            () if rule.asset is None else (Paid(text, rule.actor, rule.asset, units, is_own=False),)
        )
        return replace(
            rule, kind="out", actor=None, recipient=recipient, decides=False, tests=paid, times=(),
            is_derived=True,
        )  # fmt: skip
