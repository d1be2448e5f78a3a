"""Sums that go back and that an earlier clause gives: "refund the premium", a premium of 180 USDC.

    with_named_sums(specification)
    with_held_sums(specification)

Only what goes back to who has paid it is filled in, and only where one payment alone is meant.
"""

from __future__ import annotations

from assay.authoring.blocks.clauses.sums import is_held_sum, pots
from assay.authoring.checking.whole import questions
from assay.authoring.model import Obligation, Specification

_OUT = frozenset({"pay", "transfer", "return", "refund", "release"})
_GIVEN = frozenset({"pay", "transfer", "contribute"})


def with_held_payers(specification: Specification) -> Specification:
    """The same, where a deposit that is held is paid by the contract, which alone can."""
    found = tuple(
        one.model_copy(update={"actor": "contract"}) if _pays_held(specification, one) else one
        for one in specification.obligations
    )
    known = {
        index
        for index, one in enumerate(found)
        if one.actor != specification.obligations[index].actor
    }
    questions = tuple(
        one
        for one in specification.questions
        if not (one.obligation in known and one.field in ("actor", "amount"))
    )
    return specification.model_copy(update={"obligations": found, "questions": questions})


def _pays_held(specification: Specification, one: Obligation) -> bool:
    plain = one.actor is None and one.amount is None and one.modality == "must"
    if not plain or one.action not in ("pay", "transfer") or one.recipient is None:
        return False
    return (
        any(
            deposit.action in ("deposit", "lock")
            and deposit.recipient in (None, "contract")
            and deposit.amount is not None
            and one.recipient != "contract"
            for deposit in specification.obligations
        )
        and (one.asset or "").casefold() in _HELD
    )


_HELD = frozenset(
    {"deposit", "security deposit", "collateral", "stake", "escrow", "escrowed amount", "reserve"}
    | {"押金", "保证金", "托管款", "托管资金", "托管款项"}
)
"""What can only be what the contract holds."""

_PAID_OVER = frozenset({"deposit", "security deposit", "押金", "保证金", "定金", "订金"})
"""What whoever was paid it has to give back."""


def with_named_sums(specification: Specification) -> Specification:
    """The same, where a refund has the amount of the payment that it undoes."""
    held = {index for pot in pots(specification) for index, _ in pot.outflows}
    found = tuple(
        one if index in held else _with_amount(specification, one)
        for index, one in enumerate(specification.obligations)
    )
    known = {
        (index, "amount")
        for index, one in enumerate(found)
        if one != specification.obligations[index]
    }
    still = tuple(
        one for one in specification.questions if (one.obligation, one.field) not in known
    )
    return specification.model_copy(update={"obligations": found, "questions": still})


def with_held_sums(specification: Specification) -> Specification:
    """The same, where the contract itself lets out what it holds and no clause names who does.

    "Once accepted, the price is paid to the Seller", of a price that was paid in, is for the
    contract to do: nobody else has the money.
    """
    if not pots(specification):
        return specification
    let_out = {
        index: one.model_copy(update={"actor": "contract"})
        for index, one in enumerate(specification.obligations)
        if one.actor is None
        and one.modality == "must"
        and one.action in _OUT
        and is_held_sum(one)
        # Whose money "the payment" is can be told only where somebody gets it or it goes back.
        and (one.recipient is not None or one.action in ("refund", "return"))
    }
    obligations = tuple(
        let_out.get(index, one) for index, one in enumerate(specification.obligations)
    )
    found = specification.model_copy(update={"obligations": obligations})
    outward = {index for pot in pots(found) for index, _ in pot.outflows} & set(let_out)
    kept = tuple(
        one if index in outward else specification.obligations[index]
        for index, one in enumerate(obligations)
    )
    # What follows from the whole is asked again of the changed whole.
    before = {one.id for one in questions(specification)} if outward else set()
    still = tuple(
        one
        for one in specification.questions
        if one.id not in before
        and (one.obligation not in outward or one.field not in ("actor", "amount"))
    )
    return specification.model_copy(update={"obligations": kept, "questions": still})


def _with_amount(specification: Specification, one: Obligation) -> Obligation:
    undoes = one.action in ("refund", "return") and one.amount is None and one.asset is not None
    if not undoes or one.recipient is None:
        return one
    # What was paid to a party and not put into the contract only that party can give back.
    nobody = one.actor in (None, "contract")
    if nobody and (one.asset or "").casefold() not in _PAID_OVER:
        return one
    given = [
        other
        for other in specification.obligations
        if other.actor == one.recipient
        and (
            other.recipient not in (None, "contract")
            if nobody
            else other.recipient in (one.actor, None)
        )
        and other.action in _GIVEN
        and other.modality == "must"
        and (one.asset or "").casefold() in specification.text[slice(*other.span)].casefold()
    ]
    if len(given) != 1 or given[0].amount is None or given[0].limit != "exact":
        return one
    if given[0].asset == "%" or given[0].recurrence is not None:
        return one
    sum_ = {"amount": given[0].amount, "asset": given[0].asset}
    return one.model_copy(update={**sum_, "actor": given[0].recipient if nobody else one.actor})
