"""Prices that a trade in the same transaction moves."""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.audit.detectors.rule import Rule
from assay.authoring.audit.flow import (
    conditions_of,
    entries_of,
    is_for_few,
    sources_of,
    state_variable,
    steps_of,
)
from assay.authoring.audit.model import Finding
from assay.authoring.audit.program import Contract, Function
from assay.authoring.audit.terms import call_of
from assay.authoring.audit.tree import Node

SPOT_PRICE = Rule(
    "price-of-one-moment",
    "other",
    "high",
    "medium",
    "Ask an oracle, or the average of a time, instead of what a pool holds right now.",
)
_HOLDINGS = frozenset({"getReserves", "slot0", "getAmountOut", "getAmountsOut", "get_dy"})
"""What pools of Uniswap and Curve, and those that are made like them, say of this moment."""


def find(contract: Contract) -> Iterator[Finding]:
    """Books that are held against what a pool has at the moment."""
    for function in entries_of(contract):
        if is_for_few(function) or not _gives(function):
            continue
        for condition in conditions_of(function):
            sources = sources_of(condition.test, function)
            asked = next((one for one in sources if _is_holding(one)), None)
            if asked is not None and _looks_up(sources, function):
                yield SPOT_PRICE.at(
                    asked,
                    function,
                    f"Whoever borrows enough for one transaction makes this price what they like, "
                    f"and {function.label} believes it.",
                )
                return


def _gives(function: Function) -> bool:
    """Whether money leaves by it."""
    return any(
        call is not None
        and (call.sends_ether or (call.is_external and call.name in {"transfer", "safeTransfer"}))
        for call in (call_of(step.node) for step in steps_of(function))
    )


def _is_holding(node: Node) -> bool:
    call = call_of(node)
    return call is not None and call.is_external and call.name in _HOLDINGS


def _looks_up(sources: list[Node], function: Function) -> bool:
    """Whether somebody's entry in the books is part of the test."""
    return any(
        variable is not None and "mapping" in variable.type
        for one in sources
        if one.kind == "IndexAccess"
        for variable in (state_variable(one, function),)
    )
