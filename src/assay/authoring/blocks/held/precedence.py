"""What is due by an act comes before what happens by the lapse of time alone.

"What is left goes back 90 days after the deposit" is meant for money that nothing else became of.
Where acceptance was recorded and only nobody has sent the money yet, it belongs to the seller, and
no date takes it away. And "2,000 to Lee, the rest goes back" leaves Lee's part alone.

What was earned by an act, a consent or a report goes out before anything goes back to who paid it
in, whatever that is for: anybody could have sent it at once, and that nobody did changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assay.authoring.blocks.clauses import acts
from assay.authoring.blocks.clauses.duties import Duty, duties, is_late_fee
from assay.authoring.blocks.clauses.remembering import remembered_of_each
from assay.authoring.blocks.clauses.rights import is_deemed
from assay.authoring.blocks.clauses.sums import Pot, is_arrears, share_of_pot
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.guards.first_word import excludes
from assay.authoring.blocks.guards.merging import merged
from assay.authoring.blocks.guards.payments_made import act_about
from assay.authoring.model import Act, Condition, Obligation, Specification

_DEPOSIT = frozenset({None, "deposit", "signing", "存入", "签订", "签署"})


@remembered_of_each
def come_first(specification: Specification, pot: Pot, duty: Obligation) -> tuple[Duty, ...]:
    """The other ways out that a way out waits for while they are due."""
    if not _is_rest(duty):
        return ()
    timed = all(map(_passes, duty.conditions))
    return tuple(
        (index, other)
        for index, other in pot.outflows
        if other.recipient != duty.recipient
        and not is_late_fee(other)
        and not _is_penalty(other)
        # What is overdue goes out with the rest, if it has not before.
        and not is_arrears(specification, other)
        and (
            any(one.kind not in ("time", "state") for one in other.conditions)
            if timed
            # Due at once with a part of it, the rest is what that part leaves.
            else (other.amount is not None and _waits_for_all_of(other, duty))
            or _was_reported(other, duty)
        )
    )


@remembered_of_each
def earned_first(specification: Specification, pot: Pot, duty: Obligation) -> tuple[Duty, ...]:
    """The ways out that have to be used, once what they wait for is done, before all goes back.

    When it is time for them makes no difference: a part that is kept back for a year is earned too.
    """
    if not _goes_back(specification, pot, duty):
        return ()
    earned = tuple(
        (index, other)
        for index, other in pot.outflows
        if _gainer(pot, other) != pot.deposit.actor and _is_earned(specification, other)
        if not _excludes(specification, duty, other)
    )
    if not _takes_from(pot, duty, earned):
        return ()
    return (*earned, *_earned_by_silence(specification, duty, earned))


def refuse_taken_before(specification: Specification, pot: Pot) -> None:
    """Which comes first has to be said where a part goes back by the lapse of time alone, and what
    is earned later needs it: "2,000 may be withdrawn after 1 June" beside "5,000 on delivery".

    Raises:
        NotBuildable: a part takes away what another clause may still owe.
    """
    for index, part in pot.outflows:
        if not all(map(_passes, part.conditions)) or share_of_pot(pot, part) == 1:
            continue
        for number, other in earned_first(specification, pot, part):
            if other.amount is None or share_of_pot(pot, part) + share_of_pot(pot, other) <= 1:
                continue
            (mine, theirs) = (
                f"{one.amount} {one.asset} ({_gainer(pot, one)})" for one in (part, other)
            )
            raise NotBuildable(
                specification.text[slice(*part.span)],
                f"{mine} and {theirs} are more than is held, and which comes first is not said",
                "Say until when, or in which case, each of them may be taken.",
                (index, number),
            )


def as_agreed(pot: Pot, way: Duty) -> Obligation:
    """The clause of a way out, whose conditions may have been replaced by silence."""
    index, other = way
    return next(
        one
        for number, one in pot.outflows
        if number == index and one.model_copy(update={"conditions": other.conditions}) == other
    )


def _earned_by_silence(
    specification: Specification, duty: Obligation, earned: tuple[Duty, ...]
) -> Iterator[Duty]:
    """The same, with the silence that counts as the consent they wait for: it need not be recorded.

    While the time to object still runs, nothing goes back either.
    """
    held = [one for _, one in duties(specification) if is_deemed(one)]
    for index, other in earned:
        for said in other.conditions:
            for deemed in held:
                act = deemed.model_copy(update={"actor": said.actor})
                if said.kind != "event" or not acts.same(act, said):
                    continue
                kept = tuple(one for one in other.conditions if one != said)
                silent = other.model_copy(update={"conditions": (*kept, *deemed.conditions)})
                if not _excludes(specification, duty, silent):
                    yield index, silent


def _excludes(specification: Specification, duty: Obligation, other: Obligation) -> bool:
    """Whether never both are due: one waits for the lack of an act, for it at another time, or for
    a word that the other's word excludes."""
    for lack in merged(duty):
        for one in merged(other):
            acts_ = _acts(specification, lack, one) if one.kind == "event" else None
            if acts_ is None:
                continue
            mine, its = acts_
            contrary = lack.kind == "event" and not lack.negated
            contrary = contrary and excludes(specification, mine, its)
            if contrary and excludes(specification, its, mine):
                return True
            if mine == its and _is_apart(lack, one):
                return True
    return False


def _is_apart(one: Condition, other: Condition) -> bool:
    """ "Cancelled before May" and "after May", or an act and that it was not done."""
    if one.kind == "breach":
        return True
    dated = one.kind == "event" and one.value is not None and one.value == other.value
    sides = (one.comparator or "<")[0], (other.comparator or "<")[0]
    return dated and sides[0] != sides[1]


def _acts(specification: Specification, one: Condition, other: Condition) -> tuple[Act, Act] | None:
    """Two acts by their full names; None where it is not clear which are meant."""
    try:
        return acts.canonical(specification, one), acts.canonical(specification, other)
    except NotBuildable:
        return None


def _goes_back(specification: Specification, pot: Pot, duty: Obligation) -> bool:
    waits = bool(duty.conditions) or duty.deadline is not None
    if is_late_fee(duty) or is_arrears(specification, duty) or not waits:
        return False
    return _gainer(pot, duty) == pot.deposit.actor


def _takes_from(pot: Pot, duty: Obligation, earned: tuple[Duty, ...]) -> bool:
    """Whether what is left would not do for what others have earned."""
    asked = (share_of_pot(pot, one) for _, one in earned if one.amount is not None)
    return share_of_pot(pot, duty) + sum(asked, Decimal(0)) > 1


def _is_earned(specification: Specification, duty: Obligation) -> bool:
    """Whether it is due by what was done, and anybody may send it: nobody can hold up the rest."""
    by_anybody = duty.actor in (None, "contract") or duty.modality == "must"
    if not by_anybody or is_late_fee(duty) or is_arrears(specification, duty):
        return False
    conditions = merged(duty)
    done = [
        one
        for one in conditions
        if one.kind in ("event", "approval", "oracle") or _counts_from_act(specification, one)
    ]
    return bool(done) and all(
        not one.negated and (one in done or (one.kind == "time" and one.comparator in (">", ">=")))
        for one in conditions
    )


def _counts_from_act(specification: Specification, one: Condition) -> bool:
    """ "A year after the acceptance": once it is accepted it is only a matter of time."""
    if one.kind != "time" or one.subject is None or one.comparator not in (">", ">="):
        return False
    act = act_about(specification, one.subject, one)
    return act is not None and act.action != "deposit"


def _gainer(pot: Pot, duty: Obligation) -> str | None:
    taken = duty.actor if duty.action in ("withdraw", "keep", "claim") else None
    back = pot.deposit.actor if duty.action in ("refund", "return") else None
    return duty.recipient or taken or back


def _waits_for_all_of(other: Obligation, duty: Obligation) -> bool:
    """Whether the one is never due before the other, by the words of their conditions."""
    needed = {(one.kind, one.text, one.span) for one in duty.conditions}
    return needed <= {(one.kind, one.text, one.span) for one in other.conditions}


def _was_reported(other: Obligation, duty: Obligation) -> bool:
    """Whether what a source has reported decides, and the lack of anything else does not."""
    told = any(one.kind == "oracle" and not one.negated for one in other.conditions)
    owed = other.actor == "contract" and other.modality == "must"
    turns = any(one.kind == "oracle" or one.action == "report" for one in duty.conditions)
    return told and owed and not turns


def _is_penalty(duty: Obligation) -> bool:
    """Whether somebody may keep the money for a breach, which nobody has to."""
    return duty.modality == "may" and any(one.kind == "breach" for one in duty.conditions)


def _is_rest(duty: Obligation) -> bool:
    """Whether the contract lets out all that is left, once something is so or on a date."""
    whole = duty.actor == "contract" and duty.modality == "must" and duty.amount is None
    return whole and (bool(duty.conditions) or duty.deadline is not None)


def _passes(condition: Condition) -> bool:
    return condition.kind == "time" and condition.subject in _DEPOSIT
