"""What anybody can do, and only some should (SWC-105, 106, 112, 115, 118)."""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.audit.detectors.rule import Rule
from assay.authoring.audit.flow import (
    comes_from_caller,
    entries_of,
    guards_of,
    is_authorised,
    is_parameter,
    sources_of,
    state_variable,
    steps_of,
    writes_of,
)
from assay.authoring.audit.model import Finding
from assay.authoring.audit.program import Contract, Function
from assay.authoring.audit.terms import (
    call_of,
    is_origin,
    mentions_sender,
    stripped,
)
from assay.authoring.audit.tree import Node

_FIX = "Let only the owner, a role, or governance call it: a modifier that requires msg.sender."
DESTRUCTION = Rule("open-selfdestruct", "access_control", "high", "high", _FIX)
FOREIGN_CODE = Rule("open-delegatecall", "access_control", "high", "high", _FIX)
LENT_CODE = Rule(
    "open-library-call",
    "access_control",
    "high",
    "medium",
    "Call a library that is linked at compile time, or let only known functions of it be called "
    "and keep its storage layout the same.",
)
ORIGIN = Rule(
    "authority-by-origin",
    "access_control",
    "medium",
    "high",
    "Ask for msg.sender; tx.origin is also the victim who was lured into calling another contract.",
)
SET_LENGTH = Rule(
    "array-length-by-caller",
    "access_control",
    "high",
    "high",
    "Let arrays grow by push alone, and shrink only after require(array.length > 0).",
)


def find(contract: Contract) -> Iterator[Finding]:
    """Destruction, foreign code, authority by origin, free array lengths."""
    for function in contract.own_functions:
        yield from _origins(function)
    for modifier in contract.unit.functions.values():
        if modifier.contract is contract and modifier.node.kind == "ModifierDefinition":
            yield from _origins(modifier)
    for function in entries_of(contract):
        for step in steps_of(function):
            yield from _acts(function, step.node, step.function)


def _origins(function: Function) -> Iterator[Finding]:
    for node in function.node.every("BinaryOperation"):
        if node.get("operator") not in {"==", "!="}:
            continue
        sides = [stripped(child) for child in node.children]
        if any(is_origin(side) for side in sides) and not any(map(mentions_sender, sides)):
            yield ORIGIN.at(
                node,
                function,
                "A contract that the owner is lured into calling passes this test, and acts with "
                "the owner's rights.",
            )
            return


def _acts(function: Function, node: Node, within: Function) -> Iterator[Finding]:
    call = call_of(node)
    if call is not None and call.name in {"selfdestruct", "suicide"} and not call.on_address:
        if not is_authorised(function, node):
            yield DESTRUCTION.at(
                node, function, "Anybody can destroy the contract, and what it holds is gone."
            )
    elif call is not None and call.on_address and call.name in {"delegatecall", "callcode"}:
        if _runs_foreign_code(function, node, within):
            yield FOREIGN_CODE.at(
                node,
                function,
                "The caller chooses which code runs as this contract: it can take its money and "
                "overwrite its owner.",
            )
        elif _lends_storage(function, node, within):
            yield LENT_CODE.at(
                node,
                function,
                "Whatever the library writes lands in this contract's own storage, by place and "
                "not by name: anybody can overwrite what payments and rights depend on.",
            )
    elif _sets_length(node) and not is_authorised(function, node):
        place = node.children[0]
        if _is_bounded(function, node, place):
            return
        yield SET_LENGTH.at(
            node,
            function,
            "A length that wraps round makes the array cover all storage: whoever writes to it "
            "overwrites the owner.",
        )


def _runs_foreign_code(function: Function, node: Node, within: Function) -> bool:
    call = call_of(node)
    if call is None or call.receiver is None or is_authorised(function, node):
        return False
    receiver = sources_of(call.receiver, within, with_keys=False)
    if any(is_parameter(one, within) for one in receiver):
        return not _is_listed(function, node)
    given = [one for argument in call.arguments for one in sources_of(argument, within)]
    by_message = any(one.name == "data" for one in given) and not function.name
    is_fixed = _is_fixed(call.receiver, within)
    return not is_fixed and by_message and function.is_entry


def _lends_storage(function: Function, node: Node, within: Function) -> bool:
    """Whether code at a stored address does as the message says, or decides what is paid."""
    call = call_of(node)
    if call is None or call.receiver is None or is_authorised(function, node):
        return False
    stored = state_variable(call.receiver, within)
    if stored is None or not function.is_entry:
        return False
    given = [one for argument in call.arguments for one in sources_of(argument, within)]
    if any(one.name == "data" for one in given) and not function.name:
        return True
    written = {write.variable.id for one in function.contract.functions for write in writes_of(one)}
    return any(
        source.target in function.contract.variables and source.target not in written
        for step in steps_of(function)
        for payment in (call_of(step.node),)
        if payment is not None and payment.sends_ether and payment.amount is not None
        for source in sources_of(payment.amount, step.function)
    )


def _is_fixed(receiver: Node, function: Function) -> bool:
    """Whether the address is one that only the owner changes."""
    variable = state_variable(receiver, function)
    if variable is None:
        return True
    return all(
        is_authorised(entry, write.step.node)
        for entry in entries_of(function.contract)
        for write in writes_of(entry)
        if write.variable is variable
    )


def _is_listed(function: Function, node: Node) -> bool:
    """Whether what the caller names must be on a list."""
    return any(
        condition.holds
        and stripped(condition.test).kind == "IndexAccess"
        and condition.test.type == "bool"
        for condition in guards_of(function, node)
    )


def _sets_length(node: Node) -> bool:
    is_change = node.kind == "Assignment" or node.get("operator") == "--"
    if not is_change or not node.children:
        return False
    place = node.children[0]
    return (
        place.kind == "MemberAccess"
        and place.name == "length"
        and (node.get("operator") in {"--", "-="} or _is_free(node))
    )


def _is_free(node: Node) -> bool:
    right = node.part("rightHandSide")
    return (
        right is not None
        and right.kind != "Literal"
        and not any(one.name == "length" for one in right.walk())
    )


def _is_bounded(function: Function, node: Node, place: Node) -> bool:
    """Whether a test keeps the length from wrapping below zero, or from growing by choice."""
    shrinks = node.get("operator") in {"--", "-="}
    for condition in guards_of(function, node):
        operator = condition.test.get("operator")
        if operator not in {"<", "<=", ">", ">=", "==", "!="}:
            continue
        low, high = map(stripped, condition.test.children)
        if operator in {"==", "!="}:
            if shrinks and (low.same_as(place) or high.same_as(place)):
                return True
            continue
        if (operator in {">", ">="}) is condition.holds:
            low, high = high, low
        allows_equal = (operator in {"<=", ">="}) is condition.holds
        if high.same_as(place):
            return not (shrinks and allows_equal and low.get("value") == "0")
        capped = is_parameter(low, function) and not comes_from_caller(high, function)
        if not shrinks and capped and not low.same_as(place):
            return True
    return False
