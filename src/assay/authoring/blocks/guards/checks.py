"""Conditions of a clause as checks of a function: acts, times, consents and reported values.

    body = (*guards(draft, duty, "releaseToSeller"), Set(...), Push(...))

Every condition becomes a requirement with a named error, whatever kind of clause it stands in, so
that kinds mix: two of three directors, a date and a confirmation in one release.
"""

from __future__ import annotations

from assay.authoring.blocks.clauses import acts
from assay.authoring.blocks.clauses.duties import duties, is_late_fee
from assay.authoring.blocks.clauses.rights import rights_to, time_name
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.guards.approvals import approved
from assay.authoring.blocks.guards.delaying import falls_due_at_once, is_delay
from assay.authoring.blocks.guards.merging import merged
from assay.authoring.blocks.guards.payments_made import (
    act_about,
    done_at,
    lent,
    loan_of,
    meant,
    name_of,
    whole_series,
)
from assay.authoring.blocks.guards.readings import report_of
from assay.authoring.blocks.guards.reports import reported, reported_at
from assay.authoring.blocks.moments import is_duration, seconds
from assay.authoring.model import Act, Comparator, Condition, Obligation, Specification
from assay.authoring.program.expressions import (
    Binary,
    Expression,
    Name,
    Not,
    Now,
    Number,
    Operator,
    Truth,
)
from assay.authoring.program.model import Require

PERIODS = frozenset({"", "month", "week", "quarter", "year", "period", "月", "周", "季度", "年"})
"""What a deadline within a period counts from."""

_OPERATORS: dict[Comparator, Operator] = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "=": ">="}
_OPPOSITES: dict[Comparator, Operator] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "<"}


def guards(draft: Draft, duty: Obligation, what: str) -> tuple[Require, ...]:
    """Requirements for all conditions of a duty.

    Args:
        what: the name of the function.

    Raises:
        NotBuildable: a condition is one that a contract cannot tell.
    """
    found: list[Require] = []
    for condition in merged(duty):
        match condition.kind:
            case "event":
                found += _event(draft, condition)
            case "breach":
                found += _breach(draft, condition)
            case "time":
                found += _time(draft, condition)
            case "approval":
                found.append(Require(approved(draft, condition, what), "NotApproved"))
            case "oracle":
                there, holds = reported(draft, condition, what)
                if there not in (holds, Truth(value=True)):
                    found.append(Require(there, "NotReported"))
                found.append(Require(holds, "NotReported" if there == holds else "ConditionUnmet"))
            case _:
                raise NotBuildable(
                    condition.text, f"a contract cannot tell a {condition.kind} like this"
                )
    return tuple(dict.fromkeys(found))


def due_at(draft: Draft, duty: Obligation) -> Expression | None:
    """When it is to be done at the latest; None where it has no deadline."""
    if duty.deadline is None:
        return None
    base: Expression | None = None
    if is_duration(duty.deadline):
        base = _base_of(draft, duty)
    return _moment(draft, duty.deadline, base, duty.deadline)


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
        base = _subject_time(draft, condition.subject, condition)
    elif is_duration(limit):
        base = _base_of_act(draft, condition)
    last = _moment(draft, limit, base, condition.text)
    if is_delay(condition):
        delay = str(condition.value)
        return Binary("+", last, draft.duration(f"delay of {delay}", delay, condition.text))
    return last


def done_in_time(draft: Draft, at: Name, limit: Condition) -> Require:
    """That an act was done before its lack could be complained of."""
    last = broken_after(draft, limit)
    in_time: Expression = Binary("<=", at, last)
    if limit.value is not None and is_duration(limit.value) and limit.subject:
        base = _subject_time(draft, limit.subject, limit)
        in_time = Binary("or", Not(Binary(">", base, Number(0))), in_time)
    return Require(in_time, "DoneTooLate", (at, last))


def first_period(draft: Draft, duty: Obligation) -> Expression:
    """When the first period begins: on a date, with an act that is waited for, or at once.

    Raises:
        NotBuildable: a contract cannot tell.
    """
    named = duty.deadline_from or ""
    if named[:4].isdecimal():
        return draft.moment(f"date {named[:10]}", named)
    if named not in PERIODS:
        words = draft.specification.text[slice(*duty.span)]
        raise NotBuildable(words, f"when {named} is cannot be told by a contract")
    for condition in duty.conditions:
        if condition.kind == "event" and not condition.negated:
            return act_time(draft, condition, condition.text)
    begins = begins_on(duty)
    if begins is not None:
        return draft.turn(begins, ">=")
    loan = loan_of(draft.specification, duty)
    return draft.started() if loan is None else done_at(draft, *loan)


def begun(draft: Draft, duty: Obligation) -> list[Require]:
    """That what a series follows from has come: an act that it waits for, and what it pays back."""
    acts_ = [one for one in duty.conditions if one.kind == "event" and not one.negated]
    times = [act_time(draft, one, one.text) for one in acts_[:1]]
    done = [Require(Binary("!=", one, Number(0)), "NotDone") for one in times]
    return [*done, *lent(draft, duty)]


def begins_on(duty: Obligation) -> str | None:
    """The date from which on something is due again and again: "starting on 1 March"."""
    dates = [
        one.value
        for one in duty.conditions
        if one.kind == "time"
        and one.comparator in (">", ">=")
        and not one.negated
        and one.subject is None
        and not is_duration(one.value or "P")
    ]
    return dates[0] if len(dates) == 1 else None


def grace(draft: Draft, name: str, duty: Obligation) -> Expression:
    """How long into its period a payment is in time."""
    deadline, each = duty.deadline, str(duty.recurrence)
    within = deadline is not None and is_duration(deadline)
    if deadline is not None and within and seconds(deadline) < seconds(each):
        return draft.duration(f"{name} due", deadline)
    if falls_due_at_once(duty):
        return draft.duration(f"{name} due", "P1D")
    return draft.duration(f"{name} period", each)


def _arrears(draft: Draft, condition: Condition) -> list[Require]:
    """That the oldest payment of a series which is owed is late; nothing where it is no series."""
    paid = meant(draft.specification, condition)
    if paid is None or paid[1].recurrence is None:
        return []
    duty, name = paid[1], name_of(draft.specification, *paid)
    if condition.negated or (condition.value is not None and not is_delay(condition)):
        raise NotBuildable(condition.text, "which of the payments is meant is not clear")
    count = draft.variable(f"{name}Count", text="how often it was paid")
    period = draft.duration(f"{name} period", str(duty.recurrence))
    begins = Binary("+", first_period(draft, duty), Binary("*", count, period))
    due = Binary("+", begins, grace(draft, name, duty))
    if is_delay(condition):
        delay = str(condition.value)
        due = Binary("+", due, draft.duration(f"delay of {delay}", delay, condition.text))
    found = [*begun(draft, duty), Require(Binary(">", Now(), due), "TooEarly", (Now(), due))]
    if duty.occurrences is not None:
        times = draft.count(f"{name} times", duty.occurrences)
        found.append(Require(Binary("<", count, times), "AllPaid"))
    return found


def _event(draft: Draft, condition: Condition) -> list[Require]:
    if (series := whole_series(draft.specification, condition)) is not None:
        name = name_of(draft.specification, *series)
        count = draft.variable(f"{name}Count", text="how often it was paid")
        times = draft.count(f"{name} times", series[1].occurrences or 0)
        return [Require(Binary(">=", count, times), "NotAllPaid", (count, times))]
    at = act_time(draft, condition, condition.text)
    done = Binary("!=", at, Number(0))
    if condition.negated:
        if condition.value is not None:
            return _breach(draft, condition)
        return [Require(Binary("==", at, Number(0)), "DoneAlready", (at,))]
    found = [Require(done, "NotDone")]
    if condition.value is None:
        return found
    if condition.action == "notify" and is_duration(condition.value):
        after = _moment(draft, condition.value, at, condition.text)
        return [*found, Require(Binary(">=", Now(), after), "TooEarly", (Now(), after))]
    return [*found, _when_done(draft, condition, at)]


def _when_done(draft: Draft, condition: Condition, at: Name) -> Require:
    """That an act was done before its time, or after it: "if Kim cancels after 1 May"."""
    limit, comparator = broken_after(draft, condition), condition.comparator or "<="
    if not is_duration(condition.value or "P"):
        limit = draft.turn(str(condition.value), comparator, condition.text)
    if comparator in (">", ">="):
        return Require(Binary(_OPERATORS[comparator], at, limit), "DoneTooEarly", (at, limit))
    operator = _OPERATORS[comparator] if comparator == "<" else "<="
    return Require(Binary(operator, at, limit), "DoneTooLate", (at, limit))


def _breach(draft: Draft, condition: Condition) -> list[Require]:
    if condition.negated:
        raise NotBuildable(condition.text, "that a duty is not broken is no moment in time")
    arrears = _arrears(draft, condition)
    if arrears:
        return arrears
    at = act_time(draft, condition, condition.text)
    limit = broken_after(draft, condition)
    in_time = Binary("and", Binary("!=", at, Number(0)), Binary("<=", at, limit))
    found = lent(draft, (meant(draft.specification, condition) or (0, None))[1])
    if condition.value is not None and is_duration(condition.value) and condition.subject:
        base = _subject_time(draft, condition.subject, condition)
        found.append(Require(Binary("!=", base, Number(0)), "NotDone"))
    elif is_duration(deadline_of(draft.specification, condition) or ""):
        start = _base_of_act(draft, condition)
        if start is not None and start != draft.started():
            found.append(Require(Binary("!=", start, Number(0)), "NotDone"))
    return [
        *found,
        Require(Binary(">", Now(), limit), "TooEarly", (Now(), limit)),
        Require(Not(in_time), "DoneInTime", (at,)),
    ]


def _time(draft: Draft, condition: Condition) -> list[Require]:
    before = condition.comparator in ("<", "<=") and not condition.negated
    if condition.value is None and condition.subject and before:
        act = act_about(draft.specification, condition.subject, condition)
        if act is not None and meant(draft.specification, act) is not None:
            at = act_time(draft, act, condition.text)
            return [Require(Binary("==", at, Number(0)), "DoneAlready", (at,))]
    if condition.value is None or condition.comparator is None:
        raise NotBuildable(condition.text, "when that is is not said")
    base: Expression | None = None
    found: list[Require] = []
    if is_duration(condition.value) and condition.subject:
        base = _subject_time(draft, condition.subject, condition)
        if base != Name("startedAt"):
            found.append(Require(Binary("!=", base, Number(0)), "NotDone"))
    comparator = (_OPPOSITES if condition.negated else _OPERATORS)[condition.comparator]
    limit: Expression = (
        _moment(draft, condition.value, base, condition.text)
        if is_duration(condition.value)
        else draft.turn(condition.value, comparator, condition.text)
    )
    error = "TooEarly" if comparator in (">", ">=") else "TooLate"
    return [*found, Require(Binary(comparator, Now(), limit), error, (Now(), limit))]


def _moment(draft: Draft, iso: str, base: Expression | None, text: str) -> Expression:
    if not is_duration(iso):
        return draft.moment(f"date {iso[:10]}", iso, text)
    return Binary("+", base or draft.started(), draft.duration(f"period {iso}", iso, text))


def _subject_time(draft: Draft, subject: str, about: Act) -> Expression:
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


def _base_of(draft: Draft, duty: Obligation) -> Expression | None:
    """What a duty's deadline counts from: an act it waits for, what it names, else the signing."""
    if duty.deadline_from:
        return _subject_time(draft, duty.deadline_from, duty)
    for condition in duty.conditions:
        if condition.kind == "event" and not condition.negated:
            return act_time(draft, condition, condition.text)
        if condition.kind == "oracle" and not condition.negated:
            return reported_at(draft, condition)
    return broken_after(draft, breach) if (breach := breach_of(duty)) else None


def breach_of(duty: Obligation) -> Condition | None:
    """The failure by a date from which the time of a duty counts: "then within 30 days"."""
    found = [one for one in merged(duty) if one.kind == "breach" and not one.negated]
    late = is_late_fee(duty) or duty.recurrence is not None
    dated = len(found) == 1 and not is_duration(found[0].value or "P")
    return found[0] if dated and not late and not is_delay(found[0]) else None


def _base_of_act(draft: Draft, condition: Condition) -> Expression | None:
    """What the deadline of the duty counts from that a breach speaks of."""
    for _, duty in duties(draft.specification):
        if duty.modality == "must" and duty.deadline and acts.same(duty, condition):
            return _base_of(draft, duty)
    paid = meant(draft.specification, condition)
    return _base_of(draft, paid[1]) if paid else None


def _is_goods(specification: Specification, act: Act) -> bool:
    kinds = {one.name: one.kind for one in specification.assets}
    return kinds.get(act.asset or "") in ("goods", "document", "right", "service")
