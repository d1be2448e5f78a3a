"""Who gets all that buyers pay, where a clause of its own says so: "the proceeds go to X"."""

from __future__ import annotations

from assay.authoring.blocks.clauses.nouns import PROCEEDS
from assay.authoring.model import Obligation, Specification


def is_paid_by_buyers(specification: Specification, one: Obligation) -> bool:
    """Whether whoever gets the proceeds by a clause is paid by every buyer already."""
    payee = payee_of(one)
    return payee is not None and any(
        price.action == "pay" and price.share_of is not None and price.recipient == payee
        for price in specification.obligations
    )


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
