"""When acts were done in a history, and by when they should have been, as the clauses say.

times = Times(specification, START_S)
times.of(condition, done)      # when it was first done; None where it was not
times.limit(condition, done)   # after which it is late
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assay.authoring.blocks.clauses import acts
from assay.authoring.blocks.clauses.duties import Duty, duties
from assay.authoring.blocks.clauses.endings import notice_period
from assay.authoring.blocks.clauses.rights import deemings_of, name_of_right, rights_to
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.guards.delaying import is_delay
from assay.authoring.blocks.guards.payments_made import act_about, loan_of, meant, name_of
from assay.authoring.blocks.guards.periods import begins_on
from assay.authoring.blocks.guards.readings import report_name, report_of
from assay.authoring.blocks.guards.timing import breach_of, deadline_of
from assay.authoring.blocks.moments import is_duration, later, moment, turn
from assay.authoring.model import Act, Condition, Obligation, Specification
from assay.authoring.trials.facts import first_met
from assay.authoring.trials.steps import Step

LAST_S = 1 << 62
"""After every moment that an agreement names."""


class Unjudged(Exception):
    """The specification says it in a way that is not judged here."""


@dataclass(frozen=True)
class Times:
    """Reads times off the calls that went through.

    Attributes:
        start_s: when the contract was deployed.
    """

    specification: Specification
    start_s: int
    _known: dict[tuple[object, ...], tuple[str, ...]] = field(default_factory=dict, repr=False)

    @property
    def duties(self) -> tuple[Duty, ...]:
        """Of the specification."""
        return duties(self.specification)

    def limit(self, one: Condition, done: Sequence[Step]) -> int:
        """After which an act that is not done is late.

        Raises:
            Unjudged: the clauses do not say.
        """
        limit = self.limit_or_none(one, done)
        if limit is None:
            raise Unjudged
        return limit

    def limit_or_none(self, one: Condition, done: Sequence[Step]) -> int | None:
        """The same; None where what it counts from has not come yet.

        Raises:
            Unjudged: the clauses do not say.
        """
        text = deadline_of(self.specification, one)
        if text is None:
            raise Unjudged
        if not is_duration(text):
            return self._delayed(one, moment(text))
        if one.subject:
            base = self.subject(one, one.subject, done)
        else:
            found = [d for _, d in self.duties if d.deadline and acts.same(d, one)]
            base = self.base(found[0], done) if found else self.start_s
        return None if base is None else self._delayed(one, later(base, text))

    def _delayed(self, one: Condition, limit_s: int) -> int:
        return later(limit_s, str(one.value)) if is_delay(one) else limit_s

    def moment_of(self, text: str, base: int | None) -> int:
        """Of a date, or of a duration from some moment.

        Raises:
            Unjudged: that moment has not come.
        """
        if not is_duration(text):
            return moment(text)
        if base is None:
            raise Unjudged
        return later(base, text)

    def subject(self, about: Act, subject: str, done: Sequence[Step]) -> int | None:
        """When that was which a noun names; the beginning where it names no act."""
        if subject[:4].isdecimal():
            return moment(subject)
        act = act_about(self.specification, subject, about)
        return self.start_s if act is None else self.of(act, done)

    def of(self, act: Act, done: Sequence[Step]) -> int | None:
        """When an act was first done; an end of which notice was given may be still to come."""
        if ends := rights_to(self.specification, act):
            return self._ended(ends, done)
        key = act.action, act.actor, acts.object_of(act), act.amount, act.recipient
        if key not in self._known:
            self._known[key] = self._functions(act)
        names = self._known[key]
        return next((step.call.now_s for step in done if step.call.function in names), None)

    def _ended(self, ends: Sequence[Duty], done: Sequence[Step]) -> int | None:
        periods = {name_of_right(self.specification, *one): notice_period(one[1]) for one in ends}
        came = (
            later(step.call.now_s, periods[step.call.function] or "P0D")
            for step in done
            if step.call.function in periods
        )
        return min(came, default=None)

    def _functions(self, act: Act) -> tuple[str, ...]:
        if act.action == "report":
            source = report_of(self.specification, act.actor, act.asset)
            return (report_name(self.specification, source),) if source else ()
        movement = meant(self.specification, act)
        if movement is not None:
            return (name_of(self.specification, *movement),)
        try:
            deemed = deemings_of(self.specification, act)
            return (acts.record_name(self.specification, act), *deemed)
        except NotBuildable:
            raise Unjudged from None

    def first(self, duty: Obligation, done: Sequence[Step]) -> int:
        """When the first period of a series begins.

        Raises:
            Unjudged: what it counts from has not come.
        """
        named = duty.deadline_from or ""
        if named[:4].isdecimal():
            return moment(named)
        if begins := begins_on(duty):
            return turn(begins, ">=")
        loan = loan_of(self.specification, duty)
        plain = duty.model_copy(update={"deadline_from": None})
        begun = self.base(plain, done) if loan is None else self.of(loan[1], done)
        if begun is None:
            raise Unjudged
        return begun

    def has_begun(self, duty: Obligation, done: Sequence[Step]) -> bool:
        """Whether what a series follows from has come: an act, and what it pays back."""
        loan = loan_of(self.specification, duty)
        waits = [one for one in duty.conditions if one.kind == "event" and not one.negated]
        told = [*waits[:1], *([loan[1]] if loan else [])]
        return all(self.of(one, done) is not None for one in told)

    def base(self, duty: Obligation, done: Sequence[Step]) -> int | None:
        """What a duty's deadline counts from."""
        if duty.deadline_from:
            return self.subject(duty, duty.deadline_from, done)
        for one in duty.conditions:
            if one.kind == "event" and not one.negated:
                return self.of(one, done)
            if one.kind == "oracle" and not one.negated:
                return first_met(self.specification, one, done)
        breach = breach_of(duty)
        return self.limit(breach, done) if breach is not None else self.start_s
