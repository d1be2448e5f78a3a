"""Rights to end the agreement: each on grounds of its own, at once or after a notice.

    ending_rights(specification)      # those whose grounds a contract can see
    stopping(specification)           # payments that nobody owes after such an end

"Party A may terminate once delivery is thirty days late" is a function that Party A can call then
and not before; "on 30 days' notice" is one by which notice is given, and the end comes 30 days
later. All rights that a clause can mean write the same time, so that whatever follows from the end
follows whoever brought it about; a later one counts only where it makes the end an earlier one. A
ground that a contract cannot see is left to people, and is named among what they keep.
"""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.blocks.clauses.duties import Duty, duties
from assay.authoring.blocks.clauses.endings import (
    ends_all,
    for_periods,
    notice_period,
    on_grounds,
)
from assay.authoring.blocks.clauses.nouns import SUBSCRIPTION
from assay.authoring.blocks.clauses.remembering import remembered
from assay.authoring.blocks.clauses.rights import awaiting, name_of_right, rights, time_name
from assay.authoring.blocks.clauses.several import NOT_ONE, is_right_to_end
from assay.authoring.blocks.clauses.sums import is_arrears
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.guards.checks import guards
from assay.authoring.blocks.guards.lasting import ends_at
from assay.authoring.blocks.guards.timing import due_at
from assay.authoring.blocks.held.penalties import fees_for
from assay.authoring.blocks.model import Claim
from assay.authoring.blocks.naming import capitalised
from assay.authoring.model import Obligation, Specification
from assay.authoring.program.expressions import Binary, Expression, Name, Now, Number
from assay.authoring.program.model import Emit, Function, Let, Require, Set, Statement

_END = Name("end")


class Ending:
    """Lets whoever has a right to end the agreement do so once its conditions hold."""

    name = "ending"
    text = (
        "Rights to terminate or cancel, at once or by notice, each under its own conditions, where "
        "money waits for the end or payments stop with it."
    )

    def claims(self, specification: Specification, free: frozenset[int]) -> tuple[Claim, ...]:
        """The rights that some clause waits for, or that payments stop by."""
        stops = bool(stopping(specification))
        found = {
            index
            for index, duty in ending_rights(specification)
            if index in free
            and not is_enough_to_stop(specification, duty)
            and ((stops and ends_all(duty)) or any(awaiting(specification, duty)))
        }
        return tuple(Claim(self.name, (index,)) for index in sorted(found))

    def add(self, draft: Draft, claim: Claim) -> tuple[tuple[int, str], ...]:
        """A function for each, where another function asks for the time of the end."""
        kept = []
        for index, duty in ending_rights(draft.specification):
            times = [Name(one) for one in _times(draft, duty)]
            stops = bool(draft.stopping) and ends_all(duty)
            if index in claim.obligations and (times or stops):
                kept.append((index, _add(draft, (index, duty), times, stops=stops)))
        return tuple(kept)


@remembered
def ending_rights(specification: Specification) -> tuple[Duty, ...]:
    """All whose grounds a contract can see."""
    return tuple(one for one in rights(specification) if untold(specification, one[1]) is None)


@remembered
def stopping(specification: Specification) -> tuple[Duty, ...]:
    """The payments for periods, where somebody can end the whole agreement."""
    ended = any(ends_all(duty) for _, duty in ending_rights(specification))
    return for_periods(specification) if ended else ()


def is_enough_to_stop(specification: Specification, right: Obligation) -> bool:
    """Whether it is the plain right to end what the same party pays for, and nobody can take it."""
    plain = is_right_to_end(right) and not right.conditions and right.asset in SUBSCRIPTION
    paid = [one for _, one in for_periods(specification) if one.actor == right.actor]
    if not plain or not paid or any(awaiting(specification, right)):
        return False
    taken = any(is_arrears(specification, one) for _, one in duties(specification))
    return not taken and not any(fees_for(specification, one) for one in paid)


def untold(specification: Specification, duty: Obligation) -> str | None:
    """Words by which a contract cannot tell whether somebody has the right; None where it can."""
    if duty.actor in (None, "contract", *NOT_ONE):
        return specification.text[slice(*duty.span)]
    draft = Draft(specification, "Tried")
    try:
        guards(draft, on_grounds(duty), "end")
        due_at(draft, on_grounds(duty))
    except NotBuildable as refused:
        return refused.clause
    return None


def _times(draft: Draft, duty: Obligation) -> Iterator[str]:
    names = (time_name(draft.specification, one) for one in awaiting(draft.specification, duty))
    yield from (one for one in dict.fromkeys(names) if draft.has_variable(one))


def _add(draft: Draft, right: Duty, times: list[Name], *, stops: bool) -> str:
    index, duty = right
    wanted = name_of_right(draft.specification, index, duty)
    name = draft.function_name(wanted)
    end: Expression = Now()
    body: list[Statement] = []
    if later := _comes_later(draft.specification):
        end = _END
        body.append(Let(_END.name, _end(draft, duty)))
    if stops:
        agreed = ends_at(draft)
        body.append(Require(Binary("<", end, agreed), "EndsByThen", (agreed,)))
    for at in times:
        open_: Expression = Binary("==", at, Number(0))
        if later:
            open_ = Binary("or", open_, Binary("<", end, at))
        body.append(Require(open_, "DoneAlready", (at,)))
    body += guards(draft, on_grounds(duty), wanted)
    last = due_at(draft, on_grounds(duty))
    if last is not None:
        body.append(Require(Binary("<=", Now(), last), "TooLate", (Now(), last)))
    body += [Set(at.name, end) for at in ([ends_at(draft)] if stops else []) + times]
    body.append(Emit(capitalised(f"{name}Recorded"), (("end" if later else "time", end),)))
    words = draft.specification.text[slice(*duty.span)]
    clauses = (duty.clause,) if duty.clause else ()
    callers = (draft.party(str(duty.actor)),)
    draft.add(Function(name, tuple(body), callers=callers, clauses=clauses, text=words))
    return name


def _comes_later(specification: Specification) -> bool:
    """Whether some end comes after it was made known, so that an earlier one can overtake it."""
    return any(notice_period(duty) is not None for _, duty in ending_rights(specification))


def _end(draft: Draft, duty: Obligation) -> Expression:
    """When the end comes that is brought about now."""
    period = notice_period(duty)
    if period is None:
        return Now()
    words = draft.specification.text[slice(*duty.span)]
    return draft.later(Now(), f"notice {period}", period, words)
