"""What the trials say of each clause: it holds, it is broken by these calls, or it was not checked.

"Holds" is said only where the clause was carried out, and where calls that it forbids were made and
refused, a few times at least; how many stands beside it. "Violated" is said only where nothing but
the code can be wrong: not where words were left unread, or a party was found by a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assay.authoring.audit.model import Property, PropertyVerdict
from assay.authoring.audit.properties.breaches import WHOLE, money
from assay.authoring.audit.properties.condition_making import OUT
from assay.authoring.audit.properties.conditions import Test, Unknown
from assay.authoring.audit.properties.exploring import Explorer
from assay.authoring.audit.properties.rules import Rule, RuleSet
from assay.authoring.audit.properties.setting import Setting
from assay.authoring.audit.properties.showing import show_call, show_time
from assay.authoring.audit.properties.shrinking import shrink
from assay.authoring.audit.properties.tally import History, Tally
from assay.authoring.model import Specification

LEAST_CALLS = 3
"""That must have put a property to the test before it is said to hold."""

_OF_TERMS = frozenset({"possible", "amount", "in_time", "limit", "when_due"})
"""Properties that depend on the terms that a contract is deployed with."""

_SHOWN_BY_ONE = frozenset({"possible", "when_due"})
"""Properties that one call shows by going through."""


class Verdicts:
    """Of one exploration."""

    def __init__(
        self,
        specification: Specification,
        setting: Setting,
        rules: RuleSet,
        explorer: Explorer,
    ) -> None:
        self._specification, self._setting = specification, setting
        self._rules, self._explorer = rules, explorer
        self._tally: Tally = explorer.tally

    def all(self) -> Iterator[Property]:
        """Clause by clause, then the whole."""
        for one in self._rules.rules:
            if one.is_derived:
                yield from self._only_breaches(one)
            elif one.missing or one.kind == "outside":
                yield self._property(
                    one, "possible", self._said(one), "not_checked", 0, one.missing
                )
            else:
                yield from self._of(one)
        yield from self._whole()

    def _of(self, one: Rule) -> Iterator[Property]:
        makers = {"in": self._in, "out": self._out, "act": self._act, "never": self._never}
        yield from makers[one.kind](one)

    def _in(self, one: Rule) -> Iterator[Property]:
        tally = self._tally
        done = tally.fulfilled[one.number]
        statement = f"it is possible that {self._said(one)}"
        if done:
            yield self._property(one, "possible", statement, "holds", done)
        elif tally.exact[one.number]:
            tried = tally.exact[one.number]
            reason = f"{tried} payments of just that amount were refused, and none was taken"
            lines = self._lines(tally.denied.get(one.number, ()))
            yield self._property(one, "possible", statement, "violated", tried, reason,
                                 counterexample=lines)  # fmt: skip
        else:
            reason = "no call takes such a payment"
            yield self._property(one, "possible", statement, "not_checked", 0, reason)
        if one.units is not None and one.duty.limit == "exact":
            text = f"less than {self._amount(one)} is not taken for it"
            yield from self._tried(one, "amount", text)
        elif one.units is not None:
            word = "more" if one.duty.limit == "most" else "less"
            text = f"{word} than {self._amount(one)} is refused"
            yield from self._tried(one, "limit", text, refused="amount")
        if one.tests:
            yield from self._breach(one, "only_when", f"not unless {self._texts(one.tests)}")
        if one.times:
            text = f"it is refused unless {self._texts(one.times)}"
            yield from self._tried(one, "in_time", text)
        elif one.duty.recurrence:
            yield from self._breach(one, "in_time", "nobody else makes it be paid more often")
        if one.decides and one.actor:
            yield from self._tried(one, "only_by", f"nobody but {one.actor.name} can do it")

    def _out(self, one: Rule) -> Iterator[Property]:
        yield self._possible(one)
        yield from self._in_time(one)
        if one.conditions:
            text = f"not unless {self._texts(one.conditions)}"
            unknown = [test for test in one.conditions if isinstance(test, Unknown)]
            if unknown and len(unknown) == len(one.conditions):
                reason = f"calls and money do not show it: {unknown[0].text}"
                yield self._property(one, "only_when", text, "not_checked", 0, reason)
            else:
                yield from self._tried(one, "only_when", text)
        who = one.recipient.name if one.recipient else "somebody"
        text = f"{who} gets {self._amount(one)}, neither more nor less, and nobody else does"
        yield from self._tried(one, "amount", text, refused="")
        yield from self._by(one)

    def _by(self, one: Rule) -> Iterator[Property]:
        said = [each for each in self._rules.statements if each.index == one.index
                and each.who is not None and each.who.people is not None]  # fmt: skip
        if said:
            names = ", ".join(sorted({name for each in said for name in each.functions}))
            text = f"nobody but {said[0].who.name if said[0].who else ''} can call {names}"
            yield from self._tried(one, "only_by", text, number=-2 - one.index)
        elif one.decides and one.actor:
            yield from self._tried(one, "only_by", f"nobody but {one.actor.name} can do it")
        else:
            yield from self._breach(one, "only_by", "nobody else can bring it about")

    def _act(self, one: Rule) -> Iterator[Property]:
        done = self._tally.fulfilled[one.number]
        functions = ", ".join(sorted(one.functions))
        text = f"it is possible that {self._said(one)} ({functions})"
        if done:
            yield self._property(one, "possible", text, "holds", done)
        else:
            tried = sum(self._tally.tried[name] for name in one.functions)
            accepted = sum(self._tally.accepted[name] for name in one.functions)
            verdict: PropertyVerdict = "violated" if tried and not accepted else "not_checked"
            reason = (
                f"{accepted} calls of {functions} went through, and nothing to be seen changed"
                if accepted
                else f"{tried} calls of {functions} were made, and none by whom the clause names "
                "went through"
            )
            yield self._property(one, "possible", text, verdict, tried, reason)
        if one.actor and one.actor.people is not None:
            text = f"nobody but {one.actor.name} can call {functions}"
            yield from self._tried(one, "only_by", text, number=-2 - one.index)
        if one.conditions:
            yield from self._breach(one, "only_when", f"not unless {self._texts(one.conditions)}")

    def _never(self, one: Rule) -> Iterator[Property]:
        text = f"it never happens that {self._said(one, plain=True)}"
        if one.conditions:
            text += f" {self._texts(one.conditions)}"
        tried = sum(
            count for (number, name, _), count in self._tally.refused.items()
            if (number, name) == (one.number, "never")
        )  # fmt: skip
        unknown = [test.text for test in one.conditions if isinstance(test, Unknown)]
        found = list(self._breach(one, "never", text))
        if found:
            yield from found
        elif unknown:
            reason = f"calls and money do not show it: {unknown[0]}"
            yield self._property(one, "never", text, "not_checked", 0, reason)
        elif tried and (one.functions or one.duty.action in _MONEY_ACTS):
            yield self._property(one, "never", text, "holds", tried)
        else:
            reason = "no call was found that could do it"
            yield self._property(one, "never", text, "not_checked", 0, reason)

    def _possible(self, one: Rule) -> Property:
        tally, number = self._tally, one.number
        text = f"it is possible that {self._said(one)}"
        if tally.fulfilled[one.number]:
            return self._property(one, "possible", text, "holds", tally.fulfilled[one.number])
        stuck = tally.stuck.get(one.number)
        if stuck is not None and not tally.met[one.number]:
            stuck = shrink(stuck, lambda one: number in self._explorer.stuck_after(one))
            lines = self._lines(stuck[:-1])
            who = one.recipient.name if one.recipient else "somebody"
            reason = (
                f"at {show_time(stuck[-1].now_s)} {who} is to get {self._amount(one)}, and nothing "
                f"that anybody can call does it ({tally.calls} calls were tried)"
            )
            return self._property(one, "possible", text, "violated", tally.due[one.number],
                                  reason, counterexample=lines)  # fmt: skip
        unknown = [test.text for test in one.conditions if isinstance(test, Unknown)]
        reason = "it never came to that in the trials"
        if unknown:
            reason = f"calls and money do not show it: {unknown[0]}"
        return self._property(one, "possible", text, "not_checked", 0, reason)

    def _in_time(self, one: Rule) -> Iterator[Property]:
        text = "it can be had as soon as it is due"
        late = self._tally.late.get(one.number)
        if late is not None:
            early, way = late[-2:]
            reason = (
                f"{self._amount(one)} is due at {show_time(early.now_s)}, and the call that pays "
                f"it at {show_time(way.now_s)} is refused then"
            )
            yield self._property(one, "when_due", text, "violated", self._tally.due[one.number],
                                 reason, counterexample=self._lines(late))  # fmt: skip
        elif timely := self._tally.timely[one.number]:
            yield self._property(one, "when_due", text, "holds", timely)

    def _tried(
        self,
        one: Rule,
        name: str,
        text: str,
        *,
        refused: str | None = None,
        number: int | None = None,
    ) -> Iterator[Property]:
        """Broken, or else it holds where it was carried out and what is against it was refused."""
        found = list(self._breach(one, name, text))
        if found:
            yield from found
            return
        tally = self._tally
        key = one.number if number is None else number
        ways = tally.ways.get(one.number, set()) if number is None else None
        against = sum(
            count
            for (rule, kind, function), count in tally.refused.items()
            if (rule, kind) == (key, name if refused is None else refused)
            and (ways is None or function in ways)
        )
        done = tally.fulfilled[one.number]
        tried = done if refused == "" else against
        if one.kind == "in" and name in ("amount", "limit") and not tried:
            # No other amount can be named: every payment is the one agreed.
            tried = done
        needs_done = number is None
        if tried and (done or not needs_done):
            yield self._property(one, name, text, "holds", tried)
        else:
            reason = "it was never carried out in the trials" if not done else "nothing was refused"
            if done and not tried:
                reason = "no call against it could be made"
            yield self._property(one, name, text, "not_checked", 0, reason)

    def _breach(self, one: Rule, name: str, text: str) -> Iterator[Property]:
        found = self._tally.breaches.get((one.number, name))
        if found is not None:
            breach, history = found
            history = self._shortest((one.number, name), history)
            yield self._property(
                one,
                name,
                text,
                "violated",
                self._tally.calls,
                breach.reason,
                counterexample=self._lines(history),
            )

    def _only_breaches(self, one: Rule) -> Iterator[Property]:
        for name in ("amount", "only_when", "only_by"):
            who = one.recipient.name if one.recipient else "somebody"
            yield from self._breach(one, name, f"{who} gets {self._amount(one)} when it is paid")

    def _whole(self) -> Iterator[Property]:
        if not any(one.kind == "out" for one in self._rules.rules):
            return
        text = "money leaves the contract only to whom the clauses name"
        found = self._tally.breaches.get((WHOLE, "only_as_agreed"))
        if found is not None:
            history = self._shortest((WHOLE, "only_as_agreed"), found[1])
            doubt = self._rules.unread if found[0].is_by_elimination else ""
            verdict: PropertyVerdict = "not_checked" if doubt else "violated"
            reason = f"{found[0].reason}; but {doubt}" if doubt else found[0].reason
            yield Property(None, None, "", None, "only_as_agreed", text, verdict,
                           self._tally.calls, self._lines(history), reason)  # fmt: skip
        elif any(self._tally.ways) and not any(
            breach.is_of_payee for breach, _ in self._tally.breaches.values()
        ):
            yield Property(None, None, "", None, "only_as_agreed", text, "holds", self._tally.calls)

    def _property(  # noqa: PLR0917 - in the order in which they are read
        self,
        one: Rule,
        name: str,
        statement: str,
        verdict: PropertyVerdict,
        tried: int = 0,
        reason: str = "",
        *,
        counterexample: tuple[str, ...] = (),
    ) -> Property:
        doubt = self._doubt(one, name, reason) if verdict == "violated" else ""
        if doubt:
            verdict, reason = "not_checked", f"{reason}; but {doubt}"
        elif verdict == "holds" and name not in _SHOWN_BY_ONE and tried < LEAST_CALLS:
            verdict = "not_checked"
            reason = f"only {_times(tried)} put to the test, and {LEAST_CALLS} are the least"
        span = one.duty.span
        text = self._specification.text[slice(*span)]
        clause = one.duty.clause or None
        return Property(
            clause, one.index, text, span, name, statement, verdict, tried, counterexample, reason
        )

    def _doubt(self, one: Rule, name: str, reason: str) -> str:
        """Why a breach may be of the reading, and not of the code; empty where it is not."""
        found = self._tally.breaches.get((one.number, name))
        if one.doubt:
            return one.doubt
        if found is not None and found[0].is_by_elimination and found[0].reason == reason:
            return self._rules.unread
        unmapped = self._unmapped(one) if name == "only_when" else ""
        if unmapped:
            return unmapped
        if self._setting.guessed and (name in _OF_TERMS or self._goes_by_time(one, name)):
            argument = self._setting.guessed[0]
            value = dict(self._setting.given).get(argument, "")
            return (
                f"the prose gives nothing for {argument!r} of the constructor, which was guessed "
                f"to be {value}; give it: --argument {argument}=VALUE"
            )
        guessed = [each for each in (one.actor, one.recipient) if each and not each.is_sure]
        is_of_people = name in ("possible", "only_by") or bool(found and found[0].is_of_payee)
        if guessed and is_of_people and not self._tally.fulfilled[one.number]:
            who = guessed[0]
            name = who.name
            return f"{name!r} was guessed to be {who.where}; name it: --party {name}=NAME"
        return ""

    def _unmapped(self, one: Rule) -> str:
        """Why another clause may let the same one have the money, of which no rule knows."""
        for other in self._rules.rules:
            duty = other.duty
            pays = other.kind == "outside" and duty.action in OUT and duty.modality != "must_not"
            if pays and other.missing and duty.recipient in (None, one.duty.recipient):
                text = self._specification.text[slice(*duty.span)]
                return f"“{text}” may allow it, and was not mapped: {other.missing}"
        return ""

    def _goes_by_time(self, one: Rule, name: str) -> bool:
        """Whether when it may happen hangs on a moment that a guess may have moved."""
        return name == "only_when" and any(each.kind == "time" for each in one.duty.conditions)

    def _shortest(self, key: tuple[int, str], history: History) -> History:
        return shrink(history, lambda shorter: key in self._explorer.broken_by(shorter))

    def _lines(self, history: History) -> tuple[str, ...]:
        stage, decimals = self._setting.stage, self._setting.decimals
        return tuple(
            show_call(call, seen, stage, decimals) for call, seen in self._explorer.replay(history)
        )

    def _said(self, one: Rule, *, plain: bool = False) -> str:
        duty = one.duty
        actor = duty.actor or "somebody"
        actor = "the contract" if actor == "contract" else actor
        amount = self._amount(one) if one.units or one.share or one.schedule else duty.asset or ""
        to = f" to {duty.recipient}" if duty.recipient and duty.recipient != "contract" else ""
        verb = duty.action or "does"
        return (
            " ".join(f"{actor} can {verb} {amount}".split()) + to
            if plain
            else (" ".join(f"{actor} {_third(verb)} {amount}".split()) + to)
        )

    def _amount(self, one: Rule) -> str:
        asset = one.asset or ""
        decimals: Mapping[str, int] = self._setting.decimals
        if one.schedule is not None:
            return f"what has vested of {money(one.schedule.units, asset, decimals[asset])}"
        if one.share is not None:
            return f"{one.share.normalize():f} %"
        if one.units is not None:
            limit = {"most": "at most ", "least": "at least "}.get(one.duty.limit, "")
            if one.kind == "in":
                limit = ""
            return limit + money(one.units, asset, decimals[asset])
        return (
            "all that is theirs" if one.recipient and one.recipient.people is None else "all of it"
        )

    def _texts(self, tests: tuple[Test, ...]) -> str:
        return " and ".join(dict.fromkeys(f"“{one.text}”" for one in tests))


_MONEY_ACTS = frozenset({"withdraw", "claim", "release", "refund", "keep", "transfer", "return",
                         "pay", "deposit", "contribute", "bid", "buy", "distribute"})  # fmt: skip


def _times(count: int) -> str:
    return "one call was" if count == 1 else f"{count} calls were"


def _third(verb: str) -> str:
    return verb + ("es" if verb.endswith(("s", "sh", "ch")) else "s")
