"""What the readers of both languages hand over."""

from __future__ import annotations

from dataclasses import dataclass, field

from assay.authoring.language.quantities import Quantity
from assay.authoring.payments.model import OpenQuestion


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount in the text; `rank` is how sure the words make it that this is to be paid."""

    quantity: Quantity
    start: int
    end: int
    rank: int = 0


@dataclass(slots=True)
class Fields:
    """The fields of a request as one language's words give them."""

    payees: list[str] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    due: str | None = None
    reason: str | None = None
    reference: str | None = None
    questions: list[OpenQuestion] = field(default_factory=list)


LABELLED, ASKED, MENTIONED = 3, 2, 1
"""Ranks: behind a label such as "Total", beside a verb of paying, anywhere."""


def chosen(sums: list[Sum]) -> tuple[Quantity | None, OpenQuestion | None]:
    """The amount to pay, or what has to be asked about it."""
    if not sums:
        return None, OpenQuestion(field="amount", text="No amount is named.")
    best = max(one.rank for one in sums)
    first = {(one.quantity.amount, one.quantity.asset): one for one in sums if one.rank == best}
    if len({amount for amount, _ in first}) == 1:
        assets = {asset for _, asset in first if asset}
        amount = next(iter(first))[0]
        quantity = next(iter(first.values())).quantity
        if len(assets) <= 1 and amount is not None and quantity.limit == "exact":
            return Quantity(amount, next(iter(assets), None)), None
    values = tuple(f"{amount or '?'} {asset or ''}".strip() for amount, asset in first)
    return None, OpenQuestion(
        field="amount",
        text="The text leaves open which amount is to be paid.",
        suggestions=values,
    )


REFERENCE = r"(?P<value>(?=[\w/.-]*\d)[A-Za-z0-9][\w/.-]*[A-Za-z0-9]|\d)"
"""What a number of a document looks like: at least one digit in it."""
