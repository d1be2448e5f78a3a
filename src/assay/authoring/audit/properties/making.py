"""A specification to rules, on one stage."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from assay.authoring.audit.properties import times
from assay.authoring.audit.properties.arguments import units_of
from assay.authoring.audit.properties.binding import Who
from assay.authoring.audit.properties.conditions import (
    Agreed,
    At,
    Fulfilled,
    Lacking,
    Not,
    Paid,
    Reached,
    Said,
    Test,
    Unknown,
)
from assay.authoring.audit.properties.rules import Kind, Rule, RuleSet, Schedule, Statement
from assay.authoring.audit.properties.setting import Setting
from assay.authoring.audit.properties.stage import ETHER, OWN_TOKEN
from assay.authoring.audit.properties.words import does, parts
from assay.authoring.blocks.payments_made import act_of
from assay.authoring.model import Act, Condition, Obligation, Specification

_IN = frozenset({"pay", "deposit", "contribute", "bid", "buy", "subscribe", "transfer", "lock"})
_OUT = frozenset({"release", "refund", "withdraw", "claim", "distribute", "return", "vest", "keep",
                  "issue"})  # fmt: skip
_BY_CONTRACT = frozenset({"pay", "transfer", "deposit"})
_OWN_TAKER = frozenset({"withdraw", "claim", "keep"})
_TO_PAYER = frozenset({"refund", "return"})
_ALWAYS_MONEY = frozenset({"release", "refund", "withdraw", "distribute", "vest"})
_MONEY_WORDS = re.compile(
    r"deposit|fund|money|payment|balance|escrow|price|refund|amount|bid|stake|contribution|proceed"
    r"|income|revenue|share|token|remainder|rest|sum|pledge|donation|salary|fee|reward|winning"
    r"|款|资金|余额|押金|定金|保证金|订金|价|金额|收入|份额|代币|奖|募集|捐",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"\bonly\b|\bnobody (?:else|but|other)\b|\bsolely\b|只有|仅|唯有|只能", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.;。;\n]")
_TOTALS = re.compile(
    r"goal|target|total|rais|fund|contribut|collect|cap|sum|balance|目标|总额|募集|筹|金额",
    re.IGNORECASE,
)
_HARMLESS_QUESTIONS = frozenset({
    "no_way_out", "grant_funding", "bid_increment", "who_confirms", "split_asset", "missing_actor",
    "missing_party", "shares_incomplete", "unbounded_amount", "missing_thing", "payment_to_nobody",
})  # fmt: skip


def make_rules(specification: Specification, setting: Setting) -> RuleSet:
    """Every obligation as a rule; those that cannot be tried say why."""
    return _Maker(specification, setting).made()


class _Maker:
    def __init__(self, specification: Specification, setting: Setting) -> None:
        self._specification, self._setting = specification, setting
        self._statements: list[Statement] = []
        self._functions = tuple(one for one in setting.actions if one.name)

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
        rules = [self._restricted(one, rules) for one in rules]
        rules += [
            replace(extra, number=len(rules) + count)
            for count, extra in enumerate(filter(None, map(self._passed_on, rules)))
        ]
        return RuleSet(tuple(rules), tuple(self._statements))

    def _rule(self, number: int, index: int, duty: Obligation) -> Rule:
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
        rule = replace(rule, tests=tests, times=moments)
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

    def _kind(self, duty: Obligation) -> tuple[Kind, str]:
        action = duty.action or ""
        if not action:
            return "outside", "no act was read from these words"
        contract = duty.actor in (None, "contract")
        if duty.modality == "must_not":
            return "never", ""
        if action in _OUT or (action in _BY_CONTRACT and contract and duty.recipient):
            if duty.asset and action not in _ALWAYS_MONEY and not self._is_money(duty):
                return "outside", f"{duty.asset} is nothing that the contract can move"
            return "out", ""
        if action in _IN and not contract:
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

    def _is_money(self, duty: Obligation) -> bool:
        kinds = {one.name: one.kind for one in self._specification.assets}
        if kinds.get(duty.asset or "") in ("token", "native", "fiat") or duty.asset == "%":
            return True
        return bool(_MONEY_WORDS.search(duty.asset or ""))

    def _fiat(self, asset: str) -> bool:
        kinds = {one.name: one.kind for one in self._specification.assets}
        return kinds.get(asset) == "fiat"

    def _who(self, name: str | None) -> Who | None:
        return self._setting.bound.who.get(name or "")

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

    def _only_asset(self) -> str | None:
        """What the contract holds, where it is ether or one token."""
        tokens = tuple(self._setting.stage.tokens)
        if tokens:
            return tokens[0] if len(tokens) == 1 else None
        return ETHER

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
                if one.action in _IN and one.actor != "contract"
            ]
            return next((one for one in payers if one is not None), None)
        return None

    def _stating(self, act: Act) -> frozenset[str]:
        """Functions by whose call an act is stated or done."""
        action = act.action or ""
        scored = {one.name: does(one.name, action) for one in self._functions}
        best = max(scored.values(), default=0)
        if not best:
            return frozenset()
        found = [name for name, score in scored.items() if score == best]
        words = {one[:5] for one in parts(f"{act.asset or ''} {getattr(act, 'text', '')}")}
        closer = [name for name in found if {one[:5] for one in parts(name)[1:]} & words]
        return frozenset(closer or found)

    def _state(self, index: int, act: Act, functions: frozenset[str], who: Who | None) -> None:
        if functions:
            text = getattr(act, "text", "") or f"{act.actor or 'somebody'} may {act.action}"
            self._statements.append(Statement(index, text, functions, who))

    def _witness(self, act: Act) -> Who | None:
        """Who says that an act was done: a witness, the actor, or else any of the parties."""
        for one in self._specification.witnesses:
            if one.action == act.action and one.asset in (act.asset, None):
                return self._who(one.party)
        actor = self._who(act.actor)
        if actor is not None and act.action not in ("deliver", "supply", "provide", "perform"):
            return actor
        people = frozenset(
            name for who in self._setting.bound.who.values() for name in who.people or ()
        )
        return Who("a party", people, "any party") if people else None

    def _tests(
        self, index: int, duty: Obligation, kind: Kind
    ) -> tuple[tuple[Test, ...], tuple[Test, ...]]:
        tests: list[Test] = []
        moments: list[Test] = []
        windows = {
            one.text: self._at(one.value, one.text, is_after=True)
            for one in duty.conditions
            if one.kind == "time" and one.value and one.comparator in ("<", "<=")
        }
        shared = {one.text for one in duty.conditions if one.kind != "time"} & set(windows)
        for one in duty.conditions:
            if one.kind == "time":
                if one.text not in shared and duty.action != "vest":
                    moments.append(self._time(one))
                continue
            made = self._test(index, one, windows.get(one.text))
            tests.append(self._negated(one, made) if one.negated else made)
        if duty.deadline and duty.action != "vest":
            limit = self._deadline(duty, kind)
            if limit is not None:
                moments.append(limit)
        doubt = self._doubt(index, duty)
        if doubt:
            tests.append(Unknown(doubt))
        return tuple(tests), tuple(moments)

    def _negated(self, one: Condition, made: Test) -> Test:
        """What must not be so; within a time, where the words give one."""
        limit = times.within(one.text) if one.kind in ("approval", "event") else None
        if limit is None:
            return Not(one.text, made)
        after = self._at(limit, one.text, is_after=True)
        return Lacking(one.text, made, after if isinstance(after, At) else None)

    def _deadline(self, duty: Obligation, kind: Kind) -> Test | None:
        events = [one for one in duty.conditions if one.kind in ("event", "breach", "approval")]
        is_length = times.is_length(duty.deadline or "")
        if kind == "out" and duty.actor in (None, "contract"):
            if events and is_length:
                return None
            spoken = times.spoken(duty.deadline or "")
            return self._at(duty.deadline, f"at {spoken}", is_after=True)
        if kind in ("in", "act") or duty.modality == "may":
            since = self._since(duty.deadline_from or "", events)
            spoken = times.spoken(duty.deadline or "")
            text = f"within {spoken}" if is_length else f"by {spoken}"
            return self._at(duty.deadline, text, is_after=False, since=since)
        return None

    def _since(self, subject: str, events: list[Condition]) -> Test | None:
        act: Act | None = act_of(subject) if subject else (events[0] if events else None)
        if act is None:
            return None
        found = self._act(act, "")
        return found if isinstance(found, Said | Paid) else None

    def _at(
        self, value: str | None, text: str, *, is_after: bool, since: Test | None = None
    ) -> Test:
        try:
            if times.is_length(value or ""):
                return At(text, is_after, times.length(value or ""), is_length=True, since=since)
            return At(text, is_after, times.day(value or ""), is_length=False)
        except ValueError:
            return Unknown(text)

    def _time(self, one: Condition) -> Test:
        is_after = one.comparator in (">", ">=", "=")
        if one.comparator is None:
            return Unknown(one.text)
        is_after = is_after != one.negated
        if one.value is None:
            spans = [one.seconds for one in self._setting.terms.lengths if not one.is_date]
            if not spans:
                return Unknown(one.text)
            return At(one.text, is_after, (min(spans), max(spans)), is_length=True)
        since = self._since(one.subject, []) if one.subject else None
        return self._at(one.value, one.text, is_after=is_after, since=since)

    def _test(self, index: int, one: Condition, window: Test | None) -> Test:
        within = window if isinstance(window, At) else None
        match one.kind:
            case "event" | "breach":
                return self._event(index, one)
            case "comparison":
                return self._compared(one, within)
            case "approval":
                return self._approval(index, one)
            case _:
                return Unknown(one.text)

    def _event(self, index: int, one: Condition) -> Test:
        act = self._act(one, one.text)
        if isinstance(act, Said):
            self._state(index, one, act.functions, act.who)
        if one.kind == "event":
            return act
        limit = self._at(one.value, one.text, is_after=True) if one.value else self._due(one)
        return Lacking(one.text, act, limit if isinstance(limit, At) else None)

    def _due(self, act: Condition) -> Test | None:
        """The time by which an act has to be done, as its own clause says it."""
        for one in self._specification.obligations:
            same = (one.action, one.actor) == (act.action, act.actor)
            if same and one.deadline and one.modality != "must_not":
                return self._at(one.deadline, act.text, is_after=True)
        return None

    def _act(self, act: Act, text: str) -> Test:
        action = act.action or ""
        if action in _IN and act.actor != "contract" and self._is_paid(act):
            asset = self._setting.asset(act.asset, self._specification) or self._only_asset()
            if asset is None or (act.asset and self._fiat(act.asset)):
                return Unknown(text)
            units = self._units(act, asset)
            return Paid(text, self._who(act.actor), asset, units)
        if action in _OUT and not self._stating(act):
            return Unknown(text)
        return Said(text, self._stating(act), self._witness(act))

    def _units(self, act: Act, asset: str) -> int:
        try:
            return units_of(act.amount or "0", self._setting.decimals[asset])
        except InvalidOperation:
            return 0

    def _is_paid(self, act: Act) -> bool:
        kinds = {one.name: one.kind for one in self._specification.assets}
        if act.asset is None:
            return act.action != "transfer"
        return kinds.get(act.asset) in ("token", "native", "fiat") or bool(
            _MONEY_WORDS.search(act.asset)
        )

    def _compared(self, one: Condition, within: At | None) -> Test:
        asset = self._setting.asset(one.asset, self._specification) if one.asset else None
        about_total = bool(_TOTALS.search(f"{one.subject or ''} {one.text}"))
        if asset is None or one.value is None or one.comparator is None or not about_total:
            return Unknown(one.text)
        units = units_of(one.value, self._setting.decimals[asset])
        return Reached(one.text, asset, one.comparator, units, within)

    def _approval(self, index: int, one: Condition) -> Test:
        act = Act(actor=one.subject, action="approve")
        functions = self._stating(act) | self._stating(Act(action="vote"))
        who = self._who(one.subject)
        try:
            wanted = Decimal((one.value or "1").removesuffix("%"))
        except InvalidOperation:
            return Unknown(one.text)
        if (one.value or "").endswith("%"):
            if who is None or who.people is None:
                return Unknown(one.text)
            wanted = wanted * len(who.people) / 100
        if not functions and who is not None and one.value is None:
            return Said(one.text, frozenset(), who)
        self._state(index, Act(actor=one.subject, action="approve"), functions, who)
        return Agreed(one.text, functions, who, wanted)

    def _doubt(self, index: int, duty: Obligation) -> str:
        """Words or questions that may change the clause."""
        for question in self._specification.questions:
            harmless = question.kind in _HARMLESS_QUESTIONS or question.field is None
            if question.obligation == index and not harmless:
                return f"it is open: {question.text}"
        start, end = self._sentence(duty.span)
        for unread in self._specification.not_understood:
            if unread.span[0] < end and unread.span[1] > start:
                return f"{unread.text!r} was not understood"
        return ""

    def _sentence(self, span: tuple[int, int]) -> tuple[int, int]:
        text = self._specification.text
        start = max((one.end() for one in _SENTENCE_END.finditer(text, 0, span[0])), default=0)
        after = _SENTENCE_END.search(text, span[1])
        return start, after.end() if after else len(text)

    def _restricted(self, rule: Rule, rules: list[Rule]) -> Rule:
        """One that names nothing but who may, beside others that say what and when."""
        bare = rule.kind == "out" and rule.is_whole and not rule.conditions and not rule.missing
        others = [
            one
            for one in rules
            if one.kind == "out"
            and one.number != rule.number
            and one.recipient == rule.recipient
            and (one.conditions or not one.is_whole)
        ]
        return replace(rule, restricts=bare and bool(others))

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
        paid = () if rule.asset is None else (Paid(text, rule.actor, rule.asset, rule.units or 0),)
        return replace(
            rule, kind="out", actor=None, recipient=recipient, decides=False, tests=paid, times=(),
            is_derived=True,
        )  # fmt: skip
