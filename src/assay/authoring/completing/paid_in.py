"""Sums that are paid into the contract and that other clauses give: "deposits the price".

    with_paid_in_sums(specification)

Only what one payer puts in for one payee is filled in; what he pays that payee in parts is then
paid by the contract, out of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assay.authoring.blocks.clauses.prices import is_single_payment, prices, put_in
from assay.authoring.blocks.clauses.sums import is_held_sum, is_moved
from assay.authoring.language.numbers import decimal_text
from assay.authoring.model import Condition, Obligation, Specification

_PUT_IN = frozenset({"deposit", "lock"})
_OWN = frozenset(
    {"deposit", "security deposit", "collateral", "stake", "security", "pledge", "bond", "balance"}
    | {
        "rest",
        "remainder",
        "remaining balance",
        "押金",
        "保证金",
        "定金",
        "订金",
        "质押",
        "余款",
        "余额",
    }
)
"""Sums of their own, which are no price that another clause gives."""
_SOME_PARTS = 2


def with_paid_in_sums(specification: Specification) -> Specification:
    """The same, where "the price" that is put in has its amount, and pays what it is for."""
    found = list(specification.obligations)
    for index, deposit in enumerate(specification.obligations):
        if deposit.action not in _PUT_IN or deposit.actor is None or deposit.share_of is not None:
            continue
        owed = tuple(_owed(specification, deposit))
        given = _sum_of(owed) if _is_named(deposit) else None
        if given is not None:
            found[index] = deposit.model_copy(update={"amount": given, "asset": owed[0][1].asset})
        if len(owed) >= _SOME_PARTS and found[index].amount == _sum_of(owed):
            for place, part in owed:
                if part.conditions:
                    found[place] = part.model_copy(update={"actor": "contract"})
    obligations = tuple(found)
    return _counted_from(specification.model_copy(update={"obligations": obligations}))


_PAYING = frozenset({"payment", "paying"})


def _counted_from(specification: Specification) -> Specification:
    """Where the price is paid by putting it in, "within 14 days of paying" counts from that."""
    if len({deposit for _, deposit in put_in(specification)}) != 1:
        return specification
    obligations = tuple(
        one.model_copy(update={"conditions": tuple(map(_from_deposit, one.conditions))})
        for one in specification.obligations
    )
    return specification.model_copy(update={"obligations": obligations})


def _from_deposit(one: Condition) -> Condition:
    counted = one.kind in ("breach", "event", "time") and one.subject in _PAYING and one.value
    return one.model_copy(update={"subject": "deposit"}) if counted else one


def _is_named(deposit: Obligation) -> bool:
    named = deposit.amount is None and deposit.asset is not None and is_held_sum(deposit)
    return named and (deposit.asset or "").casefold() not in _OWN


def _owed(specification: Specification, deposit: Obligation) -> Iterator[tuple[int, Obligation]]:
    """What the payer owes one payee: a price, or the parts that make it up."""
    parts = {index for _, made_of in prices(specification) for index, _ in made_of}
    every = [
        (index, one)
        for index, one in enumerate(specification.obligations)
        if index not in parts
        and one.actor == deposit.actor
        and is_single_payment(one)
        and one.share_of is None
        and one.recipient not in (None, "contract")
        and is_moved(specification, one.asset)
    ]
    if len({(one.recipient, one.asset) for _, one in every}) == 1:
        yield from every


def _sum_of(owed: tuple[tuple[int, Obligation], ...]) -> str | None:
    amounts = [Decimal(one.amount) for _, one in owed if one.amount is not None]
    return decimal_text(sum(amounts, Decimal(0))) if amounts else None
