"""How much of what.

>>> Quantity("5", "%", share_of="sale price").asset
'%'
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from assay.authoring.language.numbers import fraction_text

Limit = Literal["exact", "most", "least"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount of something.

    Attributes:
        amount: plain decimal digits; None where the words give a range or no number.
        asset: symbol, currency code, `%`, or a noun; None for a bare number.
        problem: why the words leave the amount open: `range`, `contradiction`, `fraction`,
            `point`.
        recurrence: of a rate like "1,000 USDC a month".
        exact: the share itself where its percentage has no exact decimal: a third.
    """

    amount: str | None
    asset: str | None = None
    limit: Limit = "exact"
    share_of: str | None = None
    problem: str | None = None
    recurrence: str | None = None
    exact: Fraction | None = None


def part_of(share: Quantity, whole: Quantity) -> Quantity | None:
    """What a share of a sum comes to; None where that has no decimal, or the sum is open."""
    part = share.exact if share.amount is None else Fraction(share.amount) / 100
    known = whole.amount is not None and whole.limit == "exact" and whole.problem is None
    if part is None or whole.asset == "%" or not known:
        return None
    amount = fraction_text(part * Fraction(whole.amount or 0))
    return replace(whole, amount=amount, limit=share.limit) if amount is not None else None
