"""Rights to end the agreement, where money waits for its end: each on grounds of its own.

    ended_at(draft, condition)   # when it was ended; 0 while it was not

"Party A may terminate once delivery is thirty days late" is a function that Party A can call then
and not before. All rights that a clause can mean write the same time, so that whatever follows from
the end follows whoever brought it about. A ground that a contract cannot see is left to people, and
is named among what they keep.
"""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.blocks.clauses.duties import Duty
from assay.authoring.blocks.clauses.rights import awaiting, name_of_right, rights, time_name
from assay.authoring.blocks.clauses.several import NOT_ONE
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.guards.checks import guards
from assay.authoring.blocks.guards.timing import due_at
from assay.authoring.blocks.model import Claim
from assay.authoring.blocks.naming import capitalised
from assay.authoring.model import Obligation, Specification
from assay.authoring.program.expressions import Binary, Name, Now, Number
from assay.authoring.program.model import Emit, Function, Require, Set, Statement


class Ending:
    """Lets whoever has a right to end the agreement do so once its conditions hold."""

    name = "ending"
    text = "Rights to terminate or cancel that money waits for, each under its own conditions."

    def claims(self, specification: Specification, free: frozenset[int]) -> tuple[Claim, ...]:
        """The rights that some clause waits for and whose grounds a contract can see."""
        found = {
            index
            for index, duty in rights(specification)
            if index in free
            and any(awaiting(specification, duty))
            and untold(specification, duty) is None
        }
        return tuple(Claim(self.name, (index,)) for index in sorted(found))

    def add(self, draft: Draft, claim: Claim) -> tuple[tuple[int, str], ...]:
        """A function for each, where another function asks for the time of the end."""
        kept = []
        for index, duty in rights(draft.specification):
            times = [Name(one) for one in _times(draft, duty)]
            if index in claim.obligations and times:
                kept.append((index, _add(draft, (index, duty), times)))
        return tuple(kept)


def untold(specification: Specification, duty: Obligation) -> str | None:
    """Words by which a contract cannot tell whether somebody has the right; None where it can."""
    if duty.actor in (None, "contract", *NOT_ONE):
        return specification.text[slice(*duty.span)]
    draft = Draft(specification, "Tried")
    try:
        guards(draft, duty, "end")
        due_at(draft, duty)
    except NotBuildable as refused:
        return refused.clause
    return None


def _times(draft: Draft, duty: Obligation) -> Iterator[str]:
    names = (time_name(draft.specification, one) for one in awaiting(draft.specification, duty))
    yield from (one for one in dict.fromkeys(names) if draft.has_variable(one))


def _add(draft: Draft, right: Duty, times: list[Name]) -> str:
    index, duty = right
    wanted = name_of_right(draft.specification, index, duty)
    name = draft.function_name(wanted)
    body: list[Statement] = [
        Require(Binary("==", at, Number(0)), "DoneAlready", (at,)) for at in times
    ]
    body += guards(draft, duty, wanted)
    last = due_at(draft, duty)
    if last is not None:
        body.append(Require(Binary("<=", Now(), last), "TooLate", (Now(), last)))
    body += [Set(at.name, Now()) for at in times]
    body.append(Emit(capitalised(f"{name}Recorded"), (("time", Now()),)))
    words = draft.specification.text[slice(*duty.span)]
    clauses = (duty.clause,) if duty.clause else ()
    callers = (draft.party(str(duty.actor)),)
    draft.add(Function(name, tuple(body), callers=callers, clauses=clauses, text=words))
    return name
