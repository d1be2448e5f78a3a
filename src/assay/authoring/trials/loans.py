"""Whether a loan is still to be taken back, as the clauses say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assay.authoring.blocks.guards.payments_made import loan_of
from assay.authoring.blocks.held.redeeming import breach_of, forfeits
from assay.authoring.model import Obligation
from assay.authoring.trials.steps import Step
from assay.authoring.trials.times import Times


def is_redeemable(
    times: Times,
    owed: Obligation,
    done: Sequence[Step],
    now_s: int,
    made: Callable[[int, Obligation, Sequence[Step]], int],
) -> bool:
    """Whether it was lent, and what is pledged for it is not lost; True of what is no loan."""
    loan = loan_of(times.specification, owed)
    if loan is not None and times.of(loan[1], done) is None:
        return False
    for pot, (index, way) in forfeits(times.specification, owed):
        if owed.recurrence is not None:
            if made(index, way, done):
                return False
        elif made(pot.index, pot.deposit, done):
            limit = times.limit_or_none(breach_of(times.specification, way, owed), done)
            if limit is not None and now_s > limit:
                return False
    return True
