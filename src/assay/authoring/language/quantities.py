"""How much of what.

>>> Quantity("5", "%", share_of="sale price").asset
'%'
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
    """

    amount: str | None
    asset: str | None = None
    limit: Limit = "exact"
    share_of: str | None = None
    problem: str | None = None
    recurrence: str | None = None
