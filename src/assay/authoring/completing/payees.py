"""Who gets the price of a sale, where a clause of its own says so: 认购款归项目方.

with_payees(specification)
"""

from __future__ import annotations

from assay.authoring.blocks.clauses.sale_proceeds import is_held_for, is_refund_of_buyers, payee_of
from assay.authoring.model import Condition, Obligation, Specification


def with_payees(specification: Specification) -> Specification:
    """The same, with prices that go to nobody yet going to whoever gets the proceeds.

    They go into the contract where buyers are paid back if too little comes in.
    """
    if any(is_refund_of_buyers(one) for one in specification.obligations):
        return _held(specification)
    payees = {payee for one in specification.obligations if (payee := payee_of(one)) is not None}
    if len(payees) != 1 or any(_goes_back(one) for one in specification.obligations):
        return specification
    (payee,) = payees
    obligations = tuple(_paid_to(one, payee) for one in specification.obligations)
    changed = {
        index
        for index, one in enumerate(obligations)
        if one != specification.obligations[index] or payee_of(one) is not None
    }
    still = tuple(one for one in specification.questions if one.obligation not in changed)
    return specification.model_copy(update={"obligations": obligations, "questions": still})


def _held(specification: Specification) -> Specification:
    all_ = specification.obligations
    held = {
        index: one.model_copy(update={"recipient": "contract"})
        for index, one in enumerate(all_)
        if one.recipient is None and any(is_held_for(one, back) for back in all_)
    }
    obligations = tuple(held.get(index, one) for index, one in enumerate(all_))
    still = tuple(
        one
        for one in specification.questions
        if one.obligation not in held or one.field != "recipient"
    )
    return specification.model_copy(update={"obligations": obligations, "questions": still})


def _goes_back(one: Obligation) -> bool:
    """Whether buyers may be paid back, so that what they paid has to stay in the contract."""
    back = one.action in ("refund", "return") and one.modality != "must_not"
    return back and one.actor in (None, "contract")


def _paid_to(one: Obligation, payee: str) -> Obligation:
    if one.action == "pay" and one.share_of is not None and one.recipient in (None, "contract"):
        return one.model_copy(update={"recipient": payee}) if one.asset != "%" else one
    if one.action == "issue" and one.actor == "contract":
        conditions = tuple(_given_to(each, payee) for each in one.conditions)
        return one.model_copy(update={"conditions": conditions})
    return one


def _given_to(each: Condition, payee: str) -> Condition:
    paid = each.kind == "event" and each.action == "pay" and each.amount is not None
    return each.model_copy(update={"recipient": payee}) if paid and not each.recipient else each
