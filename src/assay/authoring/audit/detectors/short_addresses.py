"""Transfers that take an address cut short (solc checks the length of calls since 0.5.0)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from assay.authoring.audit.detectors.rule import Rule
from assay.authoring.audit.flow import is_parameter, steps_of, writes_of
from assay.authoring.audit.model import Finding
from assay.authoring.audit.program import Contract, Function

CHECKED_SINCE = (0, 5, 0)
SHORT_ADDRESS = Rule(
    "short-address",
    "short_addresses",
    "low",
    "medium",
    "Compile with 0.5 or later, or require(msg.data.length >= 4 + 32 * parameters).",
)


def find(contract: Contract) -> Iterator[Finding]:
    """Functions of old contracts that move an amount to an address of the caller's choice."""
    if contract.unit.version >= CHECKED_SINCE or contract.kind == "library":
        return
    for function in contract.own_functions:
        if function.is_entry and _moves_amount(function) and not _looks_at_length(function):
            yield SHORT_ADDRESS.at(
                function.node,
                function,
                "An address that ends in zeros and is given without them shifts the amount by a "
                "byte: the sender loses 256 times what they meant.",
            )


def _moves_amount(function: Function) -> bool:
    kinds = [one.type for one in function.parameters]
    pairs = pairwise(kinds)
    if not any(first == "address" and second.startswith("uint") for first, second in pairs):
        return False
    subtracts = any(step.node.get("operator") in {"-", "-="} for step in steps_of(function))
    given = any(
        is_parameter(node, write.step.function)
        for write in writes_of(function)
        if "mapping(address => uint" in write.variable.type
        for node in write.place.walk()
        if node.type == "address"
    )
    return subtracts and given and len(writes_of(function)) > 1


def _looks_at_length(function: Function) -> bool:
    return any(
        step.node.name == "length" and any(one.name == "data" for one in step.node.walk())
        for step in steps_of(function)
    )
