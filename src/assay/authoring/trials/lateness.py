"""Whether what a way out waits for came when its lack had already opened another way out."""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.blocks.clauses import acts
from assay.authoring.blocks.clauses.duties import is_late_fee
from assay.authoring.blocks.clauses.sums import Pot
from assay.authoring.blocks.guards.merging import merged
from assay.authoring.blocks.guards.payments_made import whole_series
from assay.authoring.model import Obligation
from assay.authoring.trials.steps import Step
from assay.authoring.trials.times import Times


def came_too_late(
    times: Times, pots: Sequence[Pot], duty: Obligation, done: Sequence[Step]
) -> bool:
    """Whether an act of its conditions no longer counts."""
    pot = next((one for one in pots if duty in outflows(one)), None)
    if pot is None:
        return False
    for one in merged(duty):
        if one.kind != "event" or one.negated or one.value or one.action in acts.ON_CHAIN:
            continue
        if whole_series(times.specification, one) is not None:
            continue
        at = times.of(one, done)
        for other in outflows(pot):
            for lack in merged(other):
                fee = is_late_fee(other)
                if fee or lack.kind != "breach" or not acts.same(lack, one):
                    continue
                limit = times.limit_or_none(lack, done)
                if at is not None and limit is not None and at > limit:
                    return True
    return False


def outflows(pot: Pot) -> tuple[Obligation, ...]:
    """What lets it out."""
    return tuple(duty for _, duty in pot.outflows)
