"""Who gets all that buyers pay, where a clause of its own says so: "the proceeds go to X".

What may have to be paid back because too little was sold stays in the contract until that is known.
"""

from __future__ import annotations

from assay.authoring.blocks.clauses.nouns import CONTRIBUTION, GOAL, PROCEEDS
from assay.authoring.model import Obligation, Specification


def is_paid_by_buyers(specification: Specification, one: Obligation) -> bool:
    """Whether whoever gets the proceeds by a clause is paid by every buyer already."""
    payee = payee_of(one)
    return payee is not None and any(
        price.action == "pay" and price.share_of is not None and price.recipient == payee
        for price in specification.obligations
    )


def is_held_for(price: Obligation, refund: Obligation) -> bool:
    """Whether what buyers pay has to stay in the contract until a goal is reached or missed."""
    each = price.action == "pay" and price.share_of is not None and price.asset != "%"
    return each and is_refund_of_buyers(refund) and price.actor in (refund.actor, refund.recipient)


def is_refund_of_buyers(one: Obligation) -> bool:
    """Whether buyers get back what they paid where too little has come in."""
    told = one.action in ("refund", "return") and one.actor in (None, "contract")
    taken = one.action in ("claim", "withdraw") and one.modality == "may"
    plain = one.modality != "must_not" and one.amount is None
    missed = any(
        each.kind == "comparison"
        and each.subject in GOAL
        and each.negated != (each.comparator in ("<", "<="))
        for each in one.conditions
    )
    return (told or taken) and plain and missed and one.asset in {None, *CONTRIBUTION}


def payee_of(one: Obligation) -> str | None:
    """Who gets the proceeds by a clause; None where it says something else."""
    if one.asset not in PROCEEDS or one.amount is not None or one.conditions:
        return None
    if one.modality != "must" or one.deadline is not None or one.recurrence is not None:
        return None
    if one.action == "keep":
        return one.actor
    paid = one.action in ("pay", "transfer") and one.actor in (None, "contract")
    return one.recipient if paid else None
