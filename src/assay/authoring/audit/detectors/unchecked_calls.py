"""Calls whose failure nobody notices (SWC-104)."""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.audit.detectors.rule import Rule
from assay.authoring.audit.model import Finding
from assay.authoring.audit.program import Contract, Function
from assay.authoring.audit.terms import Call, calls_in
from assay.authoring.audit.tree import Node

UNCHECKED = Rule(
    "unchecked-low-level-call",
    "unchecked_calls",
    "medium",
    "high",
    "Test what the call returns: require(success), or keep what was not sent for a withdrawal.",
)
NEVER_MADE = Rule(
    "call-never-made",
    "unchecked_calls",
    "medium",
    "high",
    "Add the parentheses of the call itself, and test what it returns.",
)
UNCHECKED_TOKEN = Rule(
    "unchecked-token-answer",
    "unchecked_calls",
    "medium",
    "medium",
    "Require the answer, or call tokens through OpenZeppelin's SafeERC20.",
)


def find(contract: Contract) -> Iterator[Finding]:
    """Calls whose answer is dropped, or kept and never looked at."""
    for function in contract.own_functions:
        if function.body is None:
            continue
        for node in function.body.every("ExpressionStatement"):
            if _is_never_made(node.children[0]):
                yield NEVER_MADE.at(
                    node,
                    function,
                    "This names the ether and the gas of a call, and never makes it: nothing is "
                    f"sent, and {function.label} goes on as if it had been.",
                )
        for call in calls_in(function.body):
            if _answers_of_tokens(call) and _is_ignored(call, function):
                yield UNCHECKED_TOKEN.at(
                    call.node,
                    function,
                    f"A contract that answers false instead of reverting lets {function.label} go "
                    "on as if it had been paid.",
                )
            elif call.is_low_level and _is_ignored(call, function):
                yield UNCHECKED.at(
                    call.node,
                    function,
                    f"When this {call.name} fails, {function.label} goes on as if it had worked: "
                    "the books say paid, and nothing was.",
                )


def _is_never_made(node: Node) -> bool:
    """`a.call.value(1)`: the options of a call, without the call."""
    return node.kind in {"FunctionCall", "FunctionCallOptions"} and node.type.startswith("function")


def _answers_of_tokens(call: Call) -> bool:
    """Whether another contract is asked to move or do something, and says whether it did."""
    if not call.is_external or (call.on_address and "returns" in call.callee.type):
        return False
    counts = {"transfer": 2, "transferFrom": 3}
    if call.callee.type.endswith("returns (bool)"):
        return call.hands_over_control and call.name != "approve"
    is_vyper = call.callee.type.startswith("function () ")
    return is_vyper and counts.get(call.name) == len(call.arguments)


def _is_ignored(call: Call, function: Function) -> bool:
    above = call.node.parent
    if above is None:
        return False
    if above.kind == "ExpressionStatement":
        return True
    kept = _kept_in(call.node, above)
    if kept is None or kept < 0:
        return kept is not None
    returned = function.node.part("returnParameters")
    if returned is not None and any(one.id == kept for one in returned.children):
        return False
    return not any(
        one.target == kept and not _is_written(one) for one in function.node.every("Identifier")
    )


def _kept_in(call: Node, above: Node) -> int | None:
    """The variable that holds whether it worked; -1 for none; None where it is used at once."""
    if above.kind == "VariableDeclarationStatement":
        declared = above.get("declarations") or [None]
        return int(declared[0]["id"]) if declared[0] is not None else -1
    if above.kind == "Assignment" and above.part("rightHandSide") is call:
        left = above.part("leftHandSide")
        if left is not None and left.kind == "TupleExpression":
            components = left.get("components") or [None]
            return int(components[0].get("referencedDeclaration", -1)) if components[0] else -1
        return left.target if left is not None and left.kind == "Identifier" else None
    return None


def _is_written(name: Node) -> bool:
    above = name.parent
    if above is not None and above.kind == "TupleExpression":
        above = above.parent
        name = name.parent or name
    return above is not None and above.kind == "Assignment" and above.part("leftHandSide") is name
