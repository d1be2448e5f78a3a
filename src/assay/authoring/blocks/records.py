"""Acts that money waits for, like to deliver or accept; somebody says when they are done.

The functions are made by the clauses that wait for the acts; this block takes the clauses that
demand or allow the acts themselves, so that each is kept by the function that records it.
"""

from __future__ import annotations

from assay.authoring.blocks.clauses import acts
from assay.authoring.blocks.clauses.duties import duties
from assay.authoring.blocks.clauses.rights import is_deemed
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.model import Claim
from assay.authoring.model import Obligation, Specification


class Records:
    """Lets those who are named say that an act was done."""

    name = "records"
    text = "Acts outside the chain that clauses wait for: each is recorded once, with its time."

    def claims(self, specification: Specification, free: frozenset[int]) -> tuple[Claim, ...]:
        """Duties and rights to do what some clause waits for."""
        return tuple(
            Claim(self.name, (index,))
            for index in sorted(free)
            if _is_awaited(specification, specification.obligations[index])
        )

    def add(self, draft: Draft, claim: Claim) -> tuple[tuple[int, str], ...]:
        """The function that records it, where a clause of this contract has made one."""
        (index,) = claim.obligations
        duty = draft.specification.obligations[index]
        name = acts.record_name(draft.specification, duty)
        return ((index, name),) if draft.has_function(name) else ()


def _is_awaited(specification: Specification, duty: Obligation) -> bool:
    if duty.action in acts.ON_CHAIN or duty.modality == "must_not" or duty.otherwise is not None:
        return False
    if is_deemed(duty) or any(one.kind == "event" for one in duty.conditions):
        # What counts as done is not what its doer records, and who records asks for nothing.
        return False
    try:
        act = acts.canonical(specification, duty)
        return any(
            condition.kind in ("event", "breach")
            and condition.action == act.action
            and acts.canonical(specification, condition) == act
            for _, other in duties(specification)
            for condition in other.conditions
        )
    except NotBuildable:
        return False
