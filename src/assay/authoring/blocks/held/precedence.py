"""What is due by an act comes before what happens by the lapse of time alone.

"What is left goes back 90 days after the deposit" is meant for money that nothing else became of.
Where acceptance was recorded and only nobody has sent the money yet, it belongs to the seller, and
no date takes it away. And "2,000 to Lee, the rest goes back" leaves Lee's part alone.
"""

from __future__ import annotations

from assay.authoring.blocks.clauses.duties import Duty, is_late_fee
from assay.authoring.blocks.clauses.sums import Pot, is_arrears
from assay.authoring.model import Condition, Obligation, Specification

_DEPOSIT = frozenset({None, "deposit", "signing", "存入", "签订", "签署"})


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
    """Whether the contract lets out all that is left, once something is so."""
    whole = duty.actor == "contract" and duty.modality == "must" and duty.amount is None
    return whole and bool(duty.conditions)


def _passes(condition: Condition) -> bool:
    return condition.kind == "time" and condition.subject in _DEPOSIT
