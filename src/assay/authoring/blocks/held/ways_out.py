"""Whether held money always finds a way out, whatever the parties do or leave undone.

Time passes by itself; acts, consents and reports may never come. A pot is safe if for every choice
of what happens and what does not, the duties that then apply let out all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from math import prod

from assay.authoring.blocks.clauses import acts
from assay.authoring.blocks.clauses.duties import is_late_fee
from assay.authoring.blocks.clauses.endings import can_be_ended
from assay.authoring.blocks.clauses.sums import Pot, is_arrears, share_of_pot
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.guards.merging import merged
from assay.authoring.blocks.guards.payments_made import act_about, lent_before, meant
from assay.authoring.blocks.guards.readings import is_word, number_of, period_of, report_of
from assay.authoring.model import Act, Condition, Obligation, Specification

ENDED = frozenset({"end", "ended", "expired", "over", "届满", "结束", "期满", "到期"})
"""What is said of a lease or a term when its time is up."""

_MOST_CASES = 50_000
NEVER = "never"
LATE = "late"
"""An act that was done after the time in which a clause wants it."""
_DONE = "done"
_Fact = str | Decimal
"""What becomes of an act or a report: nothing, done, or a reported value."""


@dataclass(frozen=True)
class _Needs:
    """A fact that has to be one of some; without a name it may fail for ever."""

    name: str
    fits: frozenset[_Fact]


Case = tuple[tuple[str, str], ...]
"""What happens, with `never` or the reported value, where money stays behind."""


def open_case(specification: Specification, pot: Pot) -> Case | None:
    """A case in which money stays for ever; None where all of it gets out whatever happens.

    Empty where no duty lets anything out by itself.
    """
    values = _reported(specification, pot)
    ways = [
        (_share(specification, pot, duty), tuple(_needs(specification, duty, values)))
        for _, duty in pot.outflows
        if _is_certain(duty)
    ]
    names = sorted({need.name for _, needs in ways for need in needs if need.name})
    limited = _limited(specification, pot)
    facts: list[tuple[_Fact, ...]] = [
        (NEVER, *values[name])
        if name in values
        else (NEVER, *((LATE,) if name in limited else ()), _DONE)
        for name in names
    ]
    if prod(map(len, facts)) > _MOST_CASES:
        return tuple((name, NEVER) for name in names)
    for chosen in product(*(reversed(one) for one in facts)):
        became = dict(zip(names, chosen, strict=True))
        if _let_out(ways, became) < 1:
            return tuple(
                (name, fact if isinstance(fact, str) else f"{fact:f}")
                for name, fact in became.items()
                if fact != _DONE
            )
    return None


def _let_out(
    ways: Sequence[tuple[Decimal, tuple[_Needs, ...]]], became: Mapping[str, _Fact]
) -> Decimal:
    open_ = [
        share
        for share, needs in ways
        if all(need.name and became[need.name] in need.fits for need in needs)
    ]
    return sum(open_, Decimal(0))


def _is_certain(duty: Obligation) -> bool:
    """Whether somebody who gains by it, or anybody, can make it happen."""
    if duty.modality == "may" and duty.deadline is not None:
        return False
    if duty.modality == "may":
        return duty.actor in ("contract", duty.recipient) or duty.recipient is None
    return duty.actor == "contract" or bool(duty.conditions) or duty.actor == duty.recipient


def _share(specification: Specification, pot: Pot, duty: Obligation) -> Decimal:
    if is_late_fee(duty) or is_arrears(specification, duty):
        # It takes something only where there is a delay, and never all for certain.
        return Decimal(0)
    return share_of_pot(pot, duty)


def _reported(specification: Specification, pot: Pot) -> dict[str, tuple[Decimal, ...]]:
    """Values at and around every limit that a report is compared with, by its fact."""
    limits: dict[str, set[Decimal]] = {}
    for _, duty in pot.outflows:
        for one in duty.conditions:
            if one.kind == "oracle" and one.value and not is_word(one):
                limits.setdefault(_told(specification, one), set()).add(number_of(one))
    # The limits themselves come last, since the last is looked at first and is told to people.
    near = (Decimal("-1e-18"), Decimal("1e-18"), Decimal(0))
    return {
        name: tuple(value + step for step in near for value in sorted(values))
        for name, values in limits.items()
    }


def _needs(
    specification: Specification, duty: Obligation, values: Mapping[str, tuple[Decimal, ...]]
) -> Iterator[_Needs]:
    """What has to be so for a duty to apply, time aside."""
    for condition in _open(specification, duty):
        base = act_about(specification, condition.subject or "", condition)
        match condition.kind:
            case "event":
                yield _event(specification, condition, values)
            case "breach":
                fact = _fact(specification, condition, values, done=False)
                yield replace(fact, fits=fact.fits | {LATE})
                for act in _before_breach(specification, condition, base):
                    yield _fact(specification, act, values, done=True)
            case "time":
                later = condition.comparator in (">", ">=", "=") and not condition.negated
                if not later:
                    yield _Needs("", frozenset())
                elif base is not None and base.action != "deposit":
                    yield _fact(specification, base, values, done=True)
            case "oracle" if condition.value:
                yield _fact_told(specification, condition, values)
            case "state" if is_end(condition):
                continue
            case _:
                yield _Needs(condition.text, frozenset({_DONE}))


def _open(specification: Specification, duty: Obligation) -> Iterator[Condition]:
    """Its conditions, but for an end that whoever is paid can always bring about."""
    for condition in merged(duty):
        if not can_be_ended(specification, condition, duty.recipient):
            yield condition


def _event(
    specification: Specification, condition: Condition, values: Mapping[str, tuple[Decimal, ...]]
) -> _Needs:
    """An act at its time: in time, later than that, or at any."""
    fact = _fact(specification, condition, values, done=not condition.negated)
    if condition.negated:
        return replace(fact, fits=fact.fits | {LATE}) if condition.value else fact
    if condition.value is None:
        return replace(fact, fits=fact.fits | {LATE})
    after = condition.comparator in (">", ">=")
    return replace(fact, fits=frozenset({LATE})) if after else fact


def _limited(specification: Specification, pot: Pot) -> frozenset[str]:
    """Acts that can come after the time in which a way out wants them."""
    return frozenset(
        _name(specification, one)
        for _, duty in pot.outflows
        for one in merged(duty)
        if one.kind == "event" and one.value is not None and not one.negated
        if one.action != "notify"
    )


def _before_breach(
    specification: Specification, breach: Condition, base: Act | None
) -> Iterator[Act]:
    """What must have been done before an act can be late: what its time counts from, or a loan."""
    if base is not None and base.action != "deposit":
        yield base
    if (loan := lent_before(specification, breach)) is not None:
        yield loan


def _fact_told(
    specification: Specification, condition: Condition, values: Mapping[str, tuple[Decimal, ...]]
) -> _Needs:
    """What a source has to report, or must not."""
    name = _told(specification, condition)
    if is_word(condition):
        return _Needs(name, frozenset({NEVER if condition.negated else _DONE}))
    return _Needs(name, frozenset(one for one in values[name] if _holds(condition, one)))


def is_end(condition: Condition) -> bool:
    """Whether it is the end of something, which comes with time."""
    return condition.kind == "state" and (condition.value or "").casefold() in ENDED


def _fact(
    specification: Specification,
    act: Act,
    values: Mapping[str, tuple[Decimal, ...]],
    *,
    done: bool,
) -> _Needs:
    name = _name(specification, act)
    all_done: tuple[_Fact, ...] = values.get(name, (_DONE,))
    return _Needs(name, frozenset(all_done) if done else frozenset({NEVER}))


def _name(specification: Specification, act: Act) -> str:
    if act.action == "report":
        source = report_of(specification, act.actor, act.asset)
        if source is not None:
            return _told(specification, source)
    movement = meant(specification, act)
    if movement is not None:
        return f"{act.action} {movement[1].amount or ''} {movement[1].asset or ''}".strip()
    try:
        act = acts.canonical(specification, act)
    except NotBuildable:
        return ""
    return " ".join(word for word in (act.actor, act.action, act.asset) if word)


def _told(specification: Specification, condition: Condition) -> str:
    """A report, in words."""
    fact = condition.value if is_word(condition) else ""
    period = period_of(specification, condition)
    words = condition.actor, "report", condition.subject, fact, period
    return " ".join(word for word in words if word)


def _holds(condition: Condition, value: Decimal) -> bool:
    limit = number_of(condition)
    found = {
        "<": value < limit,
        "<=": value <= limit,
        "=": value == limit,
        ">=": value >= limit,
        ">": value > limit,
    }[condition.comparator or "="]
    return found != condition.negated
