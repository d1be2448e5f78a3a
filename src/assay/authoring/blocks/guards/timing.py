"""When acts were done, and by when they should have been: what checks compare the time with."""

from __future__ import annotations

from assay.authoring.blocks.clauses import acts
from assay.authoring.blocks.clauses.duties import duties, is_late_fee
from assay.authoring.blocks.clauses.rights import rights_to, time_name
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.guards.delaying import is_delay
from assay.authoring.blocks.guards.merging import merged
from assay.authoring.blocks.guards.payments_made import (
    act_about,
    done_at,
    meant,
)
from assay.authoring.blocks.guards.readings import report_of
from assay.authoring.blocks.guards.reports import reported_at
from assay.authoring.blocks.moments import is_duration
from assay.authoring.model import Act, Condition, Obligation, Specification
from assay.authoring.program.expressions import (
    Binary,
    Expression,
    Name,
    Not,
    Number,
)
from assay.authoring.program.model import Require


def due_at(draft: Draft, duty: Obligation) -> Expression | None:
    """When it is to be done at the latest; None where it has no deadline."""
    if duty.deadline is None:
        return None
    base: Expression | None = None
    if is_duration(duty.deadline):
        base = _base_of(draft, duty)
    return moment_at(draft, duty.deadline, base, duty.deadline)


def act_time(draft: Draft, act: Act, text: str) -> Name:
    """When an act was done: a movement of money, a report, or what somebody recorded.

    Raises:
        NotBuildable: the act is unknown, or nobody can say that it was done.
    """
    specification = draft.specification
    if act.action == "report":
        source = report_of(specification, act.actor, act.asset)
        if source is not None:
            return reported_at(draft, source)
    if rights_to(specification, act):
        return draft.variable(time_name(specification, act), text=text)
    if act.action == "return" and (owed := meant(specification, act)) is not None:
        return done_at(draft, *owed)
    if act.action in acts.ON_CHAIN:
        duty = meant(specification, act)
        if duty is not None and duty[1].recurrence is not None and not is_late_fee(duty[1]):
            raise NotBuildable(text, "it is paid again and again, and never all of it")
        if duty is not None:
            return done_at(draft, *duty)
        if not _is_goods(specification, act):
            raise NotBuildable(text, f"which {act.action} is meant is not clear")
    return acts.recorded(draft, act, text)


def deadline_of(specification: Specification, condition: Condition) -> str | None:
    """By when an act was to be done: as the condition says, else as the duty to do it."""
    if condition.value is not None and not is_delay(condition):
        return condition.value
    found = {
        duty.deadline
        for _, duty in duties(specification)
        if duty.modality == "must" and duty.deadline and acts.same(duty, condition)
    }
    paid = meant(specification, condition)
    if paid is not None and paid[1].deadline:
        found = {paid[1].deadline}
    return found.pop() if len(found) == 1 else None


def broken_after(draft: Draft, condition: Condition) -> Expression:
    """The moment after which an act that is not done is late, or has been late for too long.

    Raises:
        NotBuildable: no clause says.
    """
    limit = deadline_of(draft.specification, condition)
    if limit is None:
        raise NotBuildable(condition.text, "by when it was to be done is not said")
    base: Expression | None = None
    if is_duration(limit) and condition.subject:
        base = subject_time(draft, condition.subject, condition)
    elif is_duration(limit):
        base = base_of_act(draft, condition)
    last = moment_at(draft, limit, base, condition.text)
    if is_delay(condition):
        delay = str(condition.value)
        return draft.later(last, f"delay of {delay}", delay, condition.text)
    return last


def done_in_time(draft: Draft, at: Name, limit: Condition) -> Require:
    """That an act was done before its lack could be complained of."""
    last = broken_after(draft, limit)
    in_time: Expression = Binary("<=", at, last)
    if limit.value is not None and is_duration(limit.value) and limit.subject:
        base = subject_time(draft, limit.subject, limit)
        in_time = Binary("or", Not(Binary(">", base, Number(0))), in_time)
    return Require(in_time, "DoneTooLate", (at, last))


def breach_of(duty: Obligation) -> Condition | None:
    """The failure by a date from which the time of a duty counts: "then within 30 days"."""
    found = [one for one in merged(duty) if one.kind == "breach" and not one.negated]
    late = is_late_fee(duty) or duty.recurrence is not None
    dated = len(found) == 1 and not is_duration(found[0].value or "P")
    return found[0] if dated and not late and not is_delay(found[0]) else None


def moment_at(draft: Draft, iso: str, base: Expression | None, text: str) -> Expression:
    if not is_duration(iso):
        return draft.moment(f"date {iso[:10]}", iso, text)
    return draft.later(base or draft.started(), f"period {iso}", iso, text)


def subject_time(draft: Draft, subject: str, about: Act) -> Expression:
    words = subject.casefold()
    if words[:4].isdecimal():
        return draft.moment(f"date {words[:10]}", subject)
    if any(one in words for one in ("sign", "effective", "start", "deploy", "签订", "生效")):
        return draft.started()
    text = about.text if isinstance(about, Condition) else subject
    act = act_about(draft.specification, subject, about)
    if act is None:
        raise NotBuildable(text, f"when {subject} is cannot be told by a contract")
    return act_time(draft, act, text)


def base_of_act(draft: Draft, condition: Condition) -> Expression | None:
    """What the deadline of the duty counts from that a breach speaks of."""
    for _, duty in duties(draft.specification):
        if duty.modality == "must" and duty.deadline and acts.same(duty, condition):
            return _base_of(draft, duty)
    paid = meant(draft.specification, condition)
    return _base_of(draft, paid[1]) if paid else None


def _base_of(draft: Draft, duty: Obligation) -> Expression | None:
    """What a duty's deadline counts from: an act it waits for, what it names, else the signing."""
    if duty.deadline_from:
        return subject_time(draft, duty.deadline_from, duty)
    for condition in duty.conditions:
        if condition.kind == "event" and not condition.negated:
            return act_time(draft, condition, condition.text)
        if condition.kind == "oracle" and not condition.negated:
            return reported_at(draft, condition)
    return broken_after(draft, breach) if (breach := breach_of(duty)) else None


def _is_goods(specification: Specification, act: Act) -> bool:
    kinds = {one.name: one.kind for one in specification.assets}
    return kinds.get(act.asset or "") in ("goods", "document", "right", "service")
