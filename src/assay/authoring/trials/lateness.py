"""Whether what a way out waits for came too late for it, or a delay has to be paid for first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assay.authoring.blocks.clauses import acts
from assay.authoring.blocks.clauses.duties import is_late_fee
from assay.authoring.blocks.clauses.rights import is_deemed
from assay.authoring.blocks.clauses.sums import Pot
from assay.authoring.blocks.guards.lapsing import lapses, waited_for
from assay.authoring.model import Obligation
from assay.authoring.trials.steps import Step
from assay.authoring.trials.times import Times


def came_too_late(
    times: Times, ways: Sequence[Obligation], waiting: Sequence[Obligation], done: Sequence[Step]
) -> bool:
    """Whether an act that they wait for, or count a silence from, no longer counts."""
    limits = lapses(ways)
    for act in (one for duty in waiting for one in waited_for(times.specification, duty)):
        at = times.of(act, done)
        for lack in limits:
            if at is None or not acts.same(lack, act):
                continue
            limit = times.limit_or_none(lack, done)
            if limit is not None and at > limit:
                return True
    return False


def ways_beside(pots: Sequence[Pot], duty: Obligation) -> tuple[Obligation, ...]:
    """Where the lack of what a duty waits for may have let the money out."""
    if is_deemed(duty):
        return tuple(one for pot in pots for one in outflows(pot))
    return next((outflows(pot) for pot in pots if duty in outflows(pot)), ())


def owes_fee(
    times: Times,
    pots: Sequence[Pot],
    duty: Obligation,
    done: Sequence[Step],
    paid: Callable[[int, Obligation, Sequence[Step]], int],
) -> bool:
    """Whether a delay has cost something that goes out first, by how often each was paid."""
    pot = next((one for one in pots if duty in outflows(one)), None)
    if pot is None or is_late_fee(duty):
        return False
    for index, fee in pot.outflows:
        if is_late_fee(fee) and not paid(index, fee, done):
            breach = next(one for one in fee.conditions if one.kind == "breach")
            at = times.of(breach, done)
            if at is not None and at > times.limit(breach, done):
                return True
    return False


def outflows(pot: Pot) -> tuple[Obligation, ...]:
    """What lets it out."""
    return tuple(duty for _, duty in pot.outflows)
