"""Quotients that lose what they leave out: divided too early, to nothing, or by a gift."""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.audit.detectors.rule import Rule
from assay.authoring.audit.flow import (
    comes_from_caller,
    conditions_of,
    entries_of,
    sources_of,
    state_variable,
    steps_of,
    values_given,
    writes_of,
)
from assay.authoring.audit.model import Finding
from assay.authoring.audit.program import Contract, Function
from assay.authoring.audit.terms import (
    call_of,
    is_own_balance,
    is_paid,
    is_sender,
    is_time,
    mentions_sender,
    stripped,
)
from assay.authoring.audit.tree import Node

_SCALE = 10**6
DIVIDED_FIRST = Rule(
    "division-before-multiplication",
    "arithmetic",
    "medium",
    "medium",
    "Multiply first and divide last, with a wider type where the product needs it.",
)
PRICED_AT_NOTHING = Rule(
    "price-rounds-to-nothing",
    "arithmetic",
    "medium",
    "medium",
    "Round in favour of the contract, and refuse amounts for which nothing would be paid.",
)
DONATED_PRICE = Rule(
    "share-price-by-donation",
    "arithmetic",
    "high",
    "medium",
    "Keep a book of what was deposited instead of reading the balance, or add virtual shares and "
    "refuse deposits that give none.",
)


def find(contract: Contract) -> Iterator[Finding]:
    """Early divisions, purchases for nothing, shares whose price a donation moves."""
    for function in contract.own_functions:
        if function.body is not None and not function.is_constructor:
            yield from _divided_first(function)
    for function in entries_of(contract):
        yield from _priced_at_nothing(function)
        yield from _donated(function)


def _divided_first(function: Function) -> Iterator[Finding]:
    for node in function.node.every("BinaryOperation", "Assignment"):
        if node.get("operator") not in {"*", "*="} or node.type.startswith("int_const"):
            continue
        for factor, other in (node.children, node.children[::-1]):
            quotient = _quotient(factor, function)
            if quotient is not None and _loses(quotient, other, function):
                yield DIVIDED_FIRST.at(
                    node,
                    function,
                    "What the division leaves out is multiplied too: small amounts become "
                    "nothing, and large ones lose what is due.",
                )
                break


def _quotient(factor: Node, function: Function) -> Node | None:
    """The division whose result a factor is, directly or by a local variable set once."""
    node = stripped(factor)
    declared = function.contract.unit.declarations.get(node.target)
    if node.kind == "Identifier" and declared is not None and not declared.get("stateVariable"):
        values = values_given(declared, function)
        node = stripped(values[0]) if len(values) == 1 else node
    is_quotient = node.kind == "BinaryOperation" and node.get("operator") == "/"
    return node if is_quotient and not node.type.startswith("int_const") else None


def _loses(quotient: Node, other: Node, function: Function) -> bool:
    """Whether what is left out matters: nothing was scaled up before, and no whole is meant."""
    above, below = map(stripped, quotient.children)
    if below.same_as(stripped(other)):
        return False
    if _scales(other) and _is_part(quotient, function):
        return True
    inner = [one for one in sources_of(above, function, 2) if one.get("operator") in {"*", "**"}]
    if inner or "**" in {one.get("operator") for one in other.walk()}:
        return bool(not inner and _is_part(quotient, function))
    counts_periods = any(is_time(one) for one in sources_of(above, function))
    return not (counts_periods and not _is_moving(below, function))


def _scales(factor: Node) -> bool:
    """Whether it is there to keep decimals, as `1e12` is: after a division it is too late."""
    digits = factor.type.removeprefix("int_const ")
    return factor.type.startswith("int_const") and digits.isdigit() and int(digits) >= _SCALE


def _is_part(quotient: Node, function: Function) -> bool:
    """Whether it divides by something that moves, so that it may well be less than one."""
    return _is_moving(stripped(quotient.children[1]), function)


def _is_moving(divisor: Node, function: Function) -> bool:
    """Whether callers change it by amounts, as they do a total."""
    variable = state_variable(divisor, function)
    return variable is not None and any(
        write.variable is variable and write.step.node.get("operator") in {"+=", "-="}
        for one in function.contract.functions
        for write in writes_of(one)
    )


def _priced_at_nothing(function: Function) -> Iterator[Finding]:
    """What is paid for an amount of the caller's choice can be rounded down to nothing."""
    for price, place in _prices(function):
        quotients = [
            one
            for one in sources_of(price, function)
            if one.get("operator") == "/" and one.kind == "BinaryOperation"
        ]
        for quotient in quotients[:1]:
            above, below = quotient.children
            if not comes_from_caller(above, function) or not _is_constant(below, function):
                continue
            if any(one.get("operator") == "+" for one in above.walk()):
                continue
            if not _is_tested(quotient, price, function) and _gives_by_choice(function):
                yield PRICED_AT_NOTHING.at(
                    quotient if quotient.line else place,
                    function,
                    "For small amounts this price is rounded down to zero: whoever buys often "
                    "enough in small parts pays nothing.",
                )
                return


def _prices(function: Function) -> Iterator[tuple[Node, Node]]:
    """What the caller must pay, in ether or in tokens."""
    for condition in conditions_of(function):
        sides = condition.test.children
        if condition.test.get("operator") not in {"<", ">", "<=", ">=", "==", "!="}:
            continue
        for paid, price in (sides, sides[::-1]):
            if is_paid(stripped(paid)):
                yield price, condition.test
    for step in steps_of(function):
        call = call_of(step.node)
        if call is None or not call.is_external or len(call.arguments) != 3:
            continue
        if "ransferFrom" in call.name and is_sender(stripped(call.arguments[0])):
            yield call.arguments[2], step.node


def _gives_by_choice(function: Function) -> bool:
    """Whether the caller gets as much as they name."""
    return any(
        write.step.node.get("operator") in {"+=", "="}
        and "uint" in write.place.type
        and mentions_sender(write.place)
        and comes_from_caller(right, write.step.function)
        for write in writes_of(function)
        for right in (write.step.node.part("rightHandSide"),)
        if right is not None
    )


def _is_constant(node: Node, function: Function) -> bool:
    variable = state_variable(node, function)
    fixed = variable is not None and bool(variable.get("constant"))
    return fixed or node.type.startswith("int_const")


def _is_tested(quotient: Node, price: Node, function: Function) -> bool:
    """Whether a test asks that something be paid, or that nothing is left out."""
    name = stripped(price).target
    for condition in conditions_of(function):
        test = condition.test
        if any(one.get("operator") == "%" for one in test.walk()):
            return True
        sides = [stripped(one) for one in test.children]
        against_zero = any(one.get("value") in {"0", "1"} for one in sides)
        if against_zero and any(
            one.same_as(quotient) or (name >= 0 and one.target == name) for one in sides
        ):
            return True
    return False


def _donated(function: Function) -> Iterator[Finding]:
    for step in steps_of(function):
        node = step.node
        if node.kind != "BinaryOperation" or node.get("operator") != "/" or not node.line:
            continue
        above, below = node.children
        if not any(one.get("operator") == "*" for one in sources_of(above, step.function)):
            continue
        if not any(_is_held(one) for one in sources_of(below, step.function)):
            continue
        given = sources_of(above, step.function)
        chosen = comes_from_caller(above, step.function) or any(map(is_paid, given))
        if chosen and _becomes_shares(node, function) and not _is_offset(node, step.function):
            yield DONATED_PRICE.at(
                node,
                function,
                "Whoever is first can give the contract so much that the deposits of the others "
                "are rounded down to no shares, and then take it all.",
            )
            return


def _is_held(node: Node) -> bool:
    """Whether it is what the contract happens to have, in ether or in a token."""
    if is_own_balance(node):
        return True
    call = call_of(node)
    return (
        call is not None
        and call.is_external
        and call.name == "balanceOf"
        and any(one.name == "this" for argument in call.arguments for one in argument.walk())
    )


def _becomes_shares(quotient: Node, function: Function) -> bool:
    for step in steps_of(function):
        node = step.node
        right = node.part("rightHandSide") if node.get("operator") == "+=" else None
        given = [right] if right is not None else []
        call = call_of(node)
        if call is not None and "mint" in call.name.lower():
            given += call.arguments
        if any(quotient is one for part in given for one in sources_of(part, step.function)):
            return True
    return False


def _is_offset(quotient: Node, function: Function) -> bool:
    """Whether virtual shares are added, or what comes out is tested."""
    for one in sources_of(quotient, function):
        if one.get("operator") == "+" and any(
            _is_constant(side, function) for side in one.children
        ):
            return True
    return any(
        quotient is one
        for condition in conditions_of(function)
        for side in condition.test.children
        for one in sources_of(side, function)
    )
