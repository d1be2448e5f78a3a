"""What counts as done where nobody speaks up: "not rejected within ten days, deemed accepted".

Once the conditions hold anybody can have it recorded, at the very place where the party itself
would have said so; whatever waits for the act then goes on. Silence about what came after its lack
had already let the money go back counts as nothing.
"""

from __future__ import annotations

from assay.authoring.blocks.clauses import acts
from assay.authoring.blocks.clauses.approving import ASSENTING
from assay.authoring.blocks.clauses.duties import duties
from assay.authoring.blocks.clauses.rights import is_deemed, name_of_deeming
from assay.authoring.blocks.clauses.silence import counts_from_nothing
from assay.authoring.blocks.clauses.sums import all_ways
from assay.authoring.blocks.draft import Draft, Word
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.guards.checks import guards
from assay.authoring.blocks.guards.lapsing import in_time
from assay.authoring.blocks.guards.payments_made import act_of
from assay.authoring.blocks.model import Claim
from assay.authoring.blocks.naming import capitalised
from assay.authoring.model import Act, Condition, Obligation, Specification
from assay.authoring.program.expressions import Binary, Name, Now, Number
from assay.authoring.program.model import Emit, Function, Require, Set, Statement


class Deeming:
    """Records what a clause deems to be done."""

    name = "deeming"
    text = "Acts that count as done where nobody objects in time: deemed acceptance or approval."

    def claims(self, specification: Specification, free: frozenset[int]) -> tuple[Claim, ...]:
        """Clauses by which the contract itself accepts, confirms or approves."""
        return tuple(
            Claim(self.name, (index,))
            for index, duty in duties(specification)
            if index in free and is_deemed(duty) and _is_clear(specification, index)
        )

    def add(self, draft: Draft, claim: Claim) -> tuple[tuple[int, str], ...]:
        """A function for anybody, where another function asks for the act."""
        (index,) = claim.obligations
        duty = next(one for number, one in duties(draft.specification) if number == index)
        at = Name(f"{acts.record_name(draft.specification, duty)}At")
        if not draft.has_variable(at.name):
            return ()
        wanted = name_of_deeming(draft.specification, duty)
        name = draft.function_name(wanted)
        body: tuple[Statement, ...] = (
            Require(Binary("==", at, Number(0)), "DoneAlready", (at,)),
            *guards(draft, duty, wanted),
            *in_time(draft, duty, all_ways(draft.specification)),
            Set(at.name, Now()),
            Emit(capitalised(f"{name}Recorded"), (("time", Now()),)),
        )
        words = draft.specification.text[slice(*duty.span)]
        clauses = (duty.clause,) if duty.clause else ()
        draft.add(Function(name, body, clauses=clauses, text=words))
        said = acts.canonical(draft.specification, duty)
        draft.say(Word(name, at.name, said, deemed=True))
        return ((index, name),)


def _is_clear(specification: Specification, index: int) -> bool:
    duty = next(one for number, one in duties(specification) if number == index)
    try:
        acts.record_name(specification, duty)
        if counts_from_nothing(duty) is not None:
            return False
        guards(Draft(specification, "Tried"), duty, "deem")
    except NotBuildable:
        return False
    return True


def is_awaited_silence(specification: Specification, duty: Obligation) -> bool:
    """Whether something counts as said by silence that other clauses wait for, or count from."""
    return is_deemed(duty) and any(
        act is not None and act.action in (None, duty.action, *ASSENTING)
        for _, other in duties(specification)
        for act in map(_waited_for, other.conditions)
    )


def _waited_for(one: Condition) -> Act | None:
    if one.kind in ("event", "approval"):
        return one
    return act_of(one.subject) if one.kind == "time" and one.subject else None
