"""What comes after money has fallen back to the other side no longer counts by itself.

"If the work is not delivered by 1 May, the price is refunded": work that is delivered on 3 May may
still be accepted, but neither its delivery nor silence about it takes the refund away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assay.authoring.blocks.clauses import acts
from assay.authoring.blocks.clauses.duties import is_late_fee
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.guards.merging import merged
from assay.authoring.blocks.guards.payments_made import act_about, meant, whole_series
from assay.authoring.blocks.guards.timing import act_time, done_in_time
from assay.authoring.model import Act, Condition, Obligation, Specification
from assay.authoring.program.model import Require


def lapses(ways: Iterable[Obligation]) -> tuple[Condition, ...]:
    """The acts whose lack lets money out, by any of these ways."""
    return tuple(
        condition
        for way in ways
        for condition in merged(way)
        if condition.kind == "breach" and not is_late_fee(way)
    )


def in_time(draft: Draft, duty: Obligation, ways: Iterable[Obligation]) -> list[Require]:
    """That whatever a duty waits for, or counts a silence from, came before its lack counted."""
    found: list[Require] = []
    limits = lapses(ways)
    for act in waited_for(draft.specification, duty):
        full = acts.canonical(draft.specification, act)
        for limit in limits:
            same = limit.action == act.action
            if same and acts.canonical(draft.specification, limit) == full:
                text = act.text if isinstance(act, Condition) else limit.text
                found.append(done_in_time(draft, act_time(draft, act, text), limit))
    return list(dict.fromkeys(found))


def waited_for(specification: Specification, duty: Obligation) -> Iterator[Act]:
    """Acts outside the chain, at whatever time, that it follows from."""
    for one in merged(duty):
        if one.kind == "event" and not one.negated and one.value is None:
            if one.action not in acts.ON_CHAIN and whole_series(specification, one) is None:
                yield one
        elif one.kind == "breach" and one.subject is not None and not one.subject[:4].isdecimal():
            begun = act_about(specification, one.subject, one)
            if begun is not None and meant(specification, begun) is None:
                yield begun
