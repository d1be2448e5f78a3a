"""Numbers that lose their upper part in a smaller type; no compiler checks conversions."""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.audit.detectors.rule import Rule
from assay.authoring.audit.flow import (
    conditions_of,
    entries_of,
    is_authorised,
    is_parameter,
    sources_of,
    steps_of,
    values_given,
)
from assay.authoring.audit.model import Finding
from assay.authoring.audit.program import Contract, Function
from assay.authoring.audit.terms import stripped
from assay.authoring.audit.tree import Node

CUT_SHORT = Rule(
    "narrowing-conversion",
    "arithmetic",
    "medium",
    "medium",
    "Require that the number fits before it is converted, as OpenZeppelin's SafeCast does.",
)
_GROWING = frozenset({"+", "*", "**", "<<", "-"})


def find(contract: Contract) -> Iterator[Finding]:
    """Conversions to smaller types of what a caller makes as large as they like."""
    for function in entries_of(contract):
        if is_authorised(function):
            continue
        for step in steps_of(function):
            if step.function.contract is contract and _cuts_short(step.node, step.function):
                yield CUT_SHORT.at(
                    step.node,
                    step.function,
                    "A larger number loses its upper part here, and another one is booked.",
                )


def _cuts_short(node: Node, function: Function) -> bool:
    if node.kind != "FunctionCall" or node.get("kind") != "typeConversion":
        return False
    given = node.parts("arguments")
    if not given or not (_is_number(node) and _is_number(given[0])):
        return False
    narrow, width = _bits(node.type), _bits(given[0].type)
    if narrow >= width or narrow < 8:
        return False
    summands = _summands(stripped(given[0]), function)
    chosen = [one for one in summands if is_parameter(one, function)]
    free = [one for one in chosen if _bits(one.type) > narrow and not _has_ceiling(one, function)]
    return bool(free) and not _fits_by_test(node, given[0], function)


def _is_number(node: Node) -> bool:
    return node.type.removeprefix("u").startswith("int") and "_const" not in node.type


def _bits(type_name: str) -> int:
    digits = type_name.removeprefix("u").removeprefix("int")
    return int(digits) if digits.isdigit() else 256


def _summands(node: Node, function: Function, left: int = 2) -> Iterator[Node]:
    """What a number grows with: parts of sums and products, and of quotients of products.

    Through local variables, too, that have one value.
    """
    node = stripped(node)
    declared = function.contract.unit.declarations.get(node.target)
    if node.kind == "BinaryOperation" and node.get("operator") in _GROWING:
        for child in node.children:
            yield from _summands(child, function, left)
    elif node.kind == "BinaryOperation" and node.get("operator") == "/":
        above = stripped(node.children[0])
        if above.get("operator") == "*":
            yield from _summands(above, function, left)
    elif left and declared is not None and not declared.get("stateVariable"):
        values = values_given(declared, function)
        if len(values) == 1:
            yield from _summands(values[0], function, left - 1)
        else:
            yield node
    else:
        yield node


def _has_ceiling(chosen: Node, function: Function) -> bool:
    """Whether a test keeps it, or what is made of it, from being large."""
    for condition in conditions_of(function):
        test = condition.test
        if test.get("operator") not in {"<", "<=", ">", ">=", "=="}:
            continue
        low, high = test.children
        if test.get("operator") == "==":
            if any(one.target == chosen.target for one in test.walk()):
                return True
            continue
        if (test.get("operator") in {">", ">="}) is condition.holds:
            low, high = high, low
        is_low = any(
            one.target == chosen.target and not _is_cut(one) for one in sources_of(low, function)
        )
        if is_low and stripped(high).get("value") != "0":
            return True
    return False


def _is_cut(node: Node) -> bool:
    """Whether it is compared after it has lost its upper part."""
    above = node.parent
    is_conversion = above is not None and above.get("kind") == "typeConversion"
    return is_conversion and above is not None and _bits(above.type) < _bits(node.type)


def _fits_by_test(node: Node, given: Node, function: Function) -> bool:
    """Whether the result is compared with what was converted."""
    return any(
        node.within(condition.test)
        or any(one.same_as(stripped(given)) for one in condition.test.children)
        for condition in conditions_of(function)
    )
