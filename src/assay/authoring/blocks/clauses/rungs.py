"""Payments in rungs: "over 120 mm: 150 USDC; over 300 mm: 400 USDC".

    for ladder in ladders(specification): ...   # the lowest rung first

What passes the higher limit has passed the lower one too, so that both are owed unless words say
that the higher comes instead. Then a limit in all, under the fact itself, leaves of the higher sum
what the lower has not paid already, whichever is called first.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from assay.authoring.model import Condition, Obligation, Specification

Duty = tuple[int, Obligation]
_RUNGS = 2


def fact_of(duty: Obligation) -> Condition | None:
    """The one reported number that decides about a payment, above or below a limit."""
    facts = [one for one in duty.conditions if one.kind == "oracle"]
    if len(facts) != 1 or facts[0].negated or facts[0].subject is None:
        return None
    (fact,) = facts
    return fact if fact.comparator not in (None, "=") and _number(fact) is not None else None


def is_same_scale(one: Condition, other: Condition) -> bool:
    """Whether two limits are of one quantity, and both to be passed in one direction."""
    told = (one.actor, one.subject) == (other.actor, other.subject)
    return told and (one.comparator or "")[:1] == (other.comparator or "")[:1]


def ladders(specification: Specification) -> Iterator[tuple[Duty, ...]]:
    """All that are owed at once by one fact, each to pay more than the one below it."""
    groups: dict[tuple[object, ...], list[Duty]] = {}
    for index, duty in enumerate(specification.obligations):
        fact = fact_of(duty)
        plain = duty.modality == "must" and duty.limit == "exact" and duty.recurrence is None
        if fact is None or not plain or duty.action not in _PAYING or duty.amount is None:
            continue
        people = (duty.actor, duty.recipient, duty.action, duty.asset)
        key = (*people, fact.actor, fact.subject, (fact.comparator or "")[:1])
        groups.setdefault(key, []).append((index, duty))
    for group in groups.values():
        rungs = tuple(sorted(group, key=lambda one: Decimal(one[1].amount or "0")))
        if len(rungs) >= _RUNGS and _rises(rungs):
            yield rungs


_PAYING = frozenset({"pay", "transfer", "release"})


def _rises(rungs: tuple[Duty, ...]) -> bool:
    """Whether more is paid the further the limit is passed."""
    steps = [(fact, _number(fact)) for _, one in rungs if (fact := fact_of(one)) is not None]
    sign = -1 if (steps[0][0].comparator or "").startswith("<") else 1
    numbers = [sign * number for _, number in steps if number is not None]
    return all(low < high for low, high in pairwise(numbers))


def _number(fact: Condition) -> Decimal | None:
    try:
        return Decimal((fact.value or "").removesuffix("%"))
    except InvalidOperation:
        return None
