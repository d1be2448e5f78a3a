"""What a call breaks, and how amounts are written where that is told."""

from __future__ import annotations

from dataclasses import dataclass

from assay.authoring.audit.properties.stage import ETHER, OWN_TOKEN

WHOLE = -1
"""Number of what belongs to no rule."""


@dataclass(frozen=True)
class Breach:
    """A call that a rule forbids.

    Attributes:
        rule: its number; `WHOLE` for none.
        name: of the property that is broken.
        is_of_payee: somebody gets what is due to another.
        is_by_elimination: nothing but that no clause explains it speaks for it.
    """

    rule: int
    name: str
    reason: str
    is_of_payee: bool = False
    is_by_elimination: bool = False


def money(units: int, asset: str, decimals: int) -> str:
    """An amount of an asset as people write it.

    >>> money(1_500_000_000_000_000_000, "ETH", 18), money(3, "ETH", 18)
    ('1.5 ETH', '3 wei')
    """
    if asset == ETHER and 0 < abs(units) < 10**9:
        return f"{units} wei"
    whole, rest = divmod(abs(units), 10**decimals)
    digits = f"{rest:0{decimals}d}".rstrip("0")
    sign = "-" if units < 0 else ""
    name = "of its own token" if asset == OWN_TOKEN else asset
    return f"{sign}{whole}{'.' + digits if digits else ''} {name}"
