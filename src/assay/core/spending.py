"""What stands in the way of spending, whatever is paid for.

>>> tokens_text(1_500_000)
'1.5 ASSAY'
"""

from __future__ import annotations

from assay.core.address import Address
from assay.core.amount import format_amount
from assay.errors import RefusedError

_DECIMALS = 6


def tokens_text(units: int) -> str:
    """An amount of the payment token for people."""
    return f"{format_amount(units, decimals=_DECIMALS)} ASSAY"


class BalanceTooSmall(RefusedError):
    """The account does not hold the amount."""

    def __init__(self, address: Address, balance: int, needed: int) -> None:
        super().__init__(
            f"{address} holds {tokens_text(balance)} and needs {tokens_text(needed)}.",
            hint="Nothing was paid. Send it tokens (on the local chain: assay account fund NAME), "
            "or pay from another account (--account).",
        )
        self.address = address
        self.balance = balance
        self.needed = needed
