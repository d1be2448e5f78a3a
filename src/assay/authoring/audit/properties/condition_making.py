"""Conditions of clauses as tests on one stage: functions, people, sums and moments put in."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from assay.authoring.audit.properties import times
from assay.authoring.audit.properties.arguments import units_of
from assay.authoring.audit.properties.binding import Who
from assay.authoring.audit.properties.conditions import (
    Agreed,
    At,
    Lacking,
    Not,
    Paid,
    Reached,
    Said,
    Test,
    Told,
    Unknown,
)
from assay.authoring.audit.properties.rules import Kind, Statement
from assay.authoring.audit.properties.setting import Setting
from assay.authoring.audit.properties.stage import ETHER
from assay.authoring.audit.properties.words import does, parts, tells
from assay.authoring.blocks.guards.payments_made import act_of
from assay.authoring.model import Act, Condition, Obligation, Specification

IN = frozenset({"pay", "deposit", "contribute", "bid", "buy", "subscribe", "transfer", "lock"})
OUT = frozenset({"release", "refund", "withdraw", "claim", "distribute", "return", "vest", "keep",
                 "issue"})  # fmt: skip
"""What brings money into a contract, and what lets it out."""
_MONEY_WORDS = re.compile(
    r"deposit|fund|money|payment|balance|escrow|price|refund|amount|bid|stake|contribution|proceed"
    r"|everything|\ball\b|income|revenue|share|token|remainder|rest|sum|pledge|donation|salary|fee|reward|winning"
    r"|全部|款|资金|余额|押金|定金|保证金|订金|价|金额|收入|份额|代币|奖|募集|捐",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.;。;\n]")
_TOTALS = re.compile(
    r"goal|target|total|rais|fund|contribut|collect|cap|sum|balance|目标|总额|募集|筹|金额",
    re.IGNORECASE,
)
_HARMLESS_QUESTIONS = frozenset({
    "no_way_out", "grant_funding", "bid_increment", "who_confirms", "who_reports", "who_states",
    "paid_from", "split_asset", "missing_actor",
    "missing_party", "shares_incomplete", "unbounded_amount", "missing_thing", "payment_to_nobody",
})  # fmt: skip


class TestMaker:
    """Makes the tests, and keeps who states what by which functions."""

    def __init__(self, specification: Specification, setting: Setting) -> None:
        self._specification, self._setting = specification, setting
        self._statements: list[Statement] = []
        self._functions = tuple(one for one in setting.actions if one.name)

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

    def _only_asset(self) -> str | None:
        """What the contract holds, where it is ether or one token."""
        tokens = tuple(self._setting.stage.tokens)
        if tokens:
            return tokens[0] if len(tokens) == 1 else None
        return ETHER

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
            case "oracle" if not one.negated:
                return self._told(index, one)
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
        if action in IN and act.actor != "contract" and self._is_paid(act):
            asset = self._setting.asset(act.asset, self._specification) or self._only_asset()
            if asset is None or (act.asset and self._fiat(act.asset)):
                return Unknown(text)
            units = self._units(act, asset)
            return Paid(text, self._who(act.actor), asset, units)
        if action in OUT and not self._stating(act):
            return Unknown(text)
        return Said(text, self._stating(act), self._witness(act))

    def _told(self, index: int, one: Condition) -> Test:
        """A fact from outside, which somebody named has to tell the code."""
        who = self._who(one.actor)
        functions = frozenset(
            entry.name for entry in self._functions if entry.inputs and tells(entry.name)
        )
        if who is None or who.people is None or not functions:
            return Unknown(one.text)
        self._statements.append(Statement(index, one.text, functions, who))
        return Told(one.text, functions, who)

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
        try:
            units = units_of(one.value, self._setting.decimals[asset])
        except InvalidOperation:
            return Unknown(one.text)
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
