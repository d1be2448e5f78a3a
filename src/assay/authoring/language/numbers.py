"""Numbers as a specification spells them.

>>> decimal_text(Decimal("1500000.00"))
'1500000'
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def decimal_text(number: Decimal) -> str:
    """The one spelling of a number: no exponent, separators or trailing zeros."""
    return format(number.normalize(), "f")


def terminates(numerator: int, denominator: int) -> bool:
    """Whether a fraction has a finite decimal spelling: 1/4 has, 1/3 has not."""
    rest = denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return numerator % rest == 0


def fraction_text(number: Fraction) -> str | None:
    """The spelling of a fraction; None where its decimal does not end."""
    if not terminates(number.numerator, number.denominator):
        return None
    return decimal_text(Decimal(number.numerator) / number.denominator)
