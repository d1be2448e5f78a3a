"""Conditions of a clause as checks of a function: acts, times, consents and reported values.

    body = (*guards(draft, duty, "releaseToSeller"), Set(...), Push(...))

Every condition becomes a requirement with a named error, whatever kind of clause it stands in, so
that kinds mix: two of three directors, a date and a confirmation in one release.
"""

from __future__ import annotations

from assay.authoring.blocks.clauses.endings import gives_notice
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.guards.approvals import approved
from assay.authoring.blocks.guards.each_time import refuse_each_time
from assay.authoring.blocks.guards.merging import merged
from assay.authoring.blocks.guards.payments_made import (
    act_about,
    lent,
    meant,
    whole_series,
)
from assay.authoring.blocks.guards.reports import reported
from assay.authoring.blocks.guards.series import all_paid, series_overdue
from assay.authoring.blocks.guards.timing import (
    act_time,
    base_of_act,
    broken_after,
    deadline_of,
    moment_at,
    subject_time,
)
from assay.authoring.blocks.moments import is_duration
from assay.authoring.model import Comparator, Condition, Obligation
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
        refuse_each_time(draft.specification, duty, condition)
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


def _event(draft: Draft, condition: Condition) -> list[Require]:
    if (series := whole_series(draft.specification, condition)) is not None:
        return [all_paid(draft, series)]
    at = act_time(draft, condition, condition.text)
    done = Binary("!=", at, Number(0))
    comes_later = gives_notice(draft.specification, condition)
    if condition.negated:
        if condition.value is not None:
            return _breach(draft, condition)
        undone: Expression = Binary("==", at, Number(0))
        if comes_later:
            undone = Binary("or", undone, Binary("<", Now(), at))
        return [Require(undone, "DoneAlready", (at,))]
    found = [Require(done, "NotDone")]
    if comes_later:
        found.append(Require(Binary(">=", Now(), at), "TooEarly", (Now(), at)))
    if condition.value is None:
        return found
    if condition.action == "notify" and is_duration(condition.value):
        after = moment_at(draft, condition.value, at, condition.text)
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
    arrears = series_overdue(draft, condition)
    if arrears:
        return arrears
    at = act_time(draft, condition, condition.text)
    limit = broken_after(draft, condition)
    in_time = Binary("and", Binary("!=", at, Number(0)), Binary("<=", at, limit))
    found = lent(draft, (meant(draft.specification, condition) or (0, None))[1])
    if condition.value is not None and is_duration(condition.value) and condition.subject:
        base = subject_time(draft, condition.subject, condition)
        found.append(Require(Binary("!=", base, Number(0)), "NotDone"))
    elif is_duration(deadline_of(draft.specification, condition) or ""):
        start = base_of_act(draft, condition)
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
        base = subject_time(draft, condition.subject, condition)
        if base != Name("startedAt"):
            found.append(Require(Binary("!=", base, Number(0)), "NotDone"))
    comparator = (_OPPOSITES if condition.negated else _OPERATORS)[condition.comparator]
    limit: Expression = (
        moment_at(draft, condition.value, base, condition.text)
        if is_duration(condition.value)
        else draft.turn(condition.value, comparator, condition.text)
    )
    error = "TooEarly" if comparator in (">", ">=") else "TooLate"
    return [*found, Require(Binary(comparator, Now(), limit), error, (Now(), limit))]
