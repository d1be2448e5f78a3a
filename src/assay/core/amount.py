"""Amounts of a token: whole base units inside, decimal text outside, never a float.

>>> parse_amount("1.5", decimals=6)
1500000
>>> format_amount(1_500_000, decimals=6)
'1.5'
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation, localcontext

from assay.errors import InputError

_LARGEST = 2**256 - 1


def parse_amount(text: str, *, decimals: int) -> int:
    """Read a decimal amount into base units.

    Raises:
        InputError: not a plain non-negative number, too many decimals, or above 2**256 - 1.
    """
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise InputError(f"{text[:80]!r} is not an amount.", hint="Write it like 0.25.") from None
    if not number.is_finite() or number < 0 or number > Decimal(_LARGEST):
        raise InputError(f"{text[:80]!r} is not an amount that a token can hold.")
    with localcontext(prec=200):
        units = number.scaleb(decimals)
        whole = units == units.to_integral_value()
    if not whole:
        raise InputError(f"{text[:80]} has more than {decimals} decimals.")
    if units > _LARGEST:
        raise InputError(f"{text[:80]!r} is not an amount that a token can hold.")
    return int(units)


def format_amount(units: int, *, decimals: int) -> str:
    """Write base units as a decimal amount without trailing zeros."""
    whole, fraction = divmod(units, 10**decimals)
    tail = f"{fraction:0{decimals}d}".rstrip("0") if decimals else ""
    return f"{whole}.{tail}" if tail else str(whole)
