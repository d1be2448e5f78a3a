"""Until when a loan is taken back: once it was lent, and not beside the pledge that is lost for it.

"If it is not repaid by 20 July the pledge goes to the lender": who pays on 25 July would lose both,
so that nothing is taken any more then, where a pledge is held. Who misses an instalment may catch
up until the lender has taken the pledge.
"""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.blocks.clauses.duties import Duty, duties
from assay.authoring.blocks.clauses.remembering import remembered_of_each
from assay.authoring.blocks.clauses.sums import Pot, pots
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.guards.payments_made import (
    done_at,
    lent,
    loan_of,
    meant,
    name_of,
)
from assay.authoring.blocks.guards.timing import broken_after
from assay.authoring.model import Condition, Obligation, Specification
from assay.authoring.program.expressions import Binary, Not, Now, Number, Type
from assay.authoring.program.model import Require

_TAKING = frozenset({"withdraw", "keep", "claim"})


@remembered_of_each
def forfeits(specification: Specification, owed: Obligation) -> tuple[tuple[Pot, Duty], ...]:
    """The ways out by which what is held goes, as a whole, to whom a loan is not repaid."""
    if loan_of(specification, owed) is None:
        return ()
    return tuple(
        (pot, way)
        for pot in pots(specification)
        if pot.deposit.actor == owed.actor
        for way in pot.outflows
        if _goes_to(way[1]) == owed.recipient and way[1].amount in (None, pot.deposit.amount)
        if any(_is_about(specification, one, owed) for one in way[1].conditions)
    )


def breach_of(specification: Specification, way: Obligation, owed: Obligation) -> Condition:
    """That it was not repaid."""
    return next(one for one in way.conditions if _is_about(specification, one, owed))


def redeemable(draft: Draft, owed: Obligation) -> Iterator[Require]:
    """That a loan was lent, and what is pledged for it is not lost."""
    yield from lent(draft, owed)
    for pot, (index, way) in forfeits(draft.specification, owed):
        if owed.recurrence is not None:
            taken = done_at(draft, index, way)
            yield Require(Binary("==", taken, Number(0)), "PledgeLost")
        else:
            name = name_of(draft.specification, pot.index, pot.deposit)
            made = draft.variable(f"{name}Made", Type.TRUTH, text="whether it was paid in")
            last = broken_after(draft, breach_of(draft.specification, way, owed))
            in_time = Binary("<=", Now(), last)
            yield Require(Binary("or", Not(made), in_time), "PledgeLost")


def ends_series(specification: Specification, way: Duty) -> bool:
    """Whether instalments are taken no more once it was used."""
    return any(
        way == found
        for _, owed in duties(specification)
        if owed.recurrence is not None
        for _, found in forfeits(specification, owed)
    )


def _goes_to(way: Obligation) -> str | None:
    return way.recipient or (way.actor if way.action in _TAKING else None)


def _is_about(specification: Specification, one: Condition, owed: Obligation) -> bool:
    paid = meant(specification, one) if one.kind == "breach" else None
    return paid is not None and paid[1] == owed
