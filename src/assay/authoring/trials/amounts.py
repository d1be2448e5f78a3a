"""Amounts of a program's assets as people write them."""

from __future__ import annotations

from decimal import Decimal

from assay.authoring.program.model import Asset, Program
from assay.authoring.trials.cast import FUNDS

_AMOUNTS = frozenset({"amount", "price", "sum"})


def amount(units: int, asset: Asset) -> str:
    """With the asset's symbol, in its whole unit.

    >>> amount(1_500_000, Asset("usdc", "token", 6, "USDC"))
    '1.5 USDC'
    """
    return f"{Decimal(units).scaleb(-asset.decimals).normalize():f} {asset.symbol or asset.name}"


def native(units: int, program: Program) -> str:
    """Of the chain's own money."""
    found = next((one for one in program.assets if one.kind == "native"), None)
    return amount(units, found or Asset("ETH", "native", 18, "ETH"))


def argument(name: str, value: int, program: Program) -> str:
    """What a call names: a sum where its name says so and there is one asset that it may be of."""
    if name in _AMOUNTS and len(program.assets) == 1:
        return amount(value, program.assets[0])
    return str(value)


def balance(label: str, value: object, program: Program) -> str:
    """Of `usdc of buyer`, as gained or lost since the start; other values as they are."""
    name = label.partition(" of ")[0]
    asset = next((one for one in program.assets if one.name == name), None)
    if asset is not None and " of " in label and isinstance(value, int):
        if value < FUNDS // 2:
            return amount(value, asset)
        return f"{'+' if value >= FUNDS else ''}{amount(value - FUNDS, asset)} since the start"
    return str(value)
