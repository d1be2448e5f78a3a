"""Money, and calls in the contract's name, that anybody can have for the asking (SWC-105)."""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.audit.detectors.rule import Rule
from assay.authoring.audit.flow import (
    Condition,
    comes_from_caller,
    conditions_of,
    entries_of,
    guards_of,
    index_of,
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
    Call,
    call_of,
    is_hash,
    is_own_balance,
    is_paid,
    is_sender,
    mentions_sender,
    stripped,
)
from assay.authoring.audit.tree import Node

OPEN_PAYMENT = Rule(
    "open-payment",
    "access_control",
    "high",
    "medium",
    "Let only the owner, a role, or governance call it: a modifier that requires msg.sender.",
)
OPEN_CLAIM = Rule(
    "open-claim",
    "access_control",
    "high",
    "medium",
    "Require that the caller is whoever the entry belongs to, or pay that address instead.",
)
OPEN_CALL = Rule(
    "open-call",
    "access_control",
    "high",
    "medium",
    "Let only an owner or a vote choose what is called, or keep a list of targets and functions.",
)


def find(contract: Contract) -> Iterator[Finding]:
    """Payments that nobody is entitled to, and calls that the caller makes up."""
    for function in entries_of(contract):
        for step in steps_of(function):
            call = call_of(step.node)
            if call is None:
                continue
            if (call.sends_ether or _sends_tokens(call)) and _is_open_payment(function, step.node):
                yield OPEN_PAYMENT.at(
                    step.node,
                    function,
                    f"Anybody who calls {function.label} is paid from what belongs to others.",
                )
            elif _is_open_claim(function, call, step.function):
                yield OPEN_CLAIM.at(
                    step.node,
                    function,
                    f"Whoever calls {function.label} first is paid what was put down for somebody "
                    "else: nothing compares the caller with its owner.",
                )
            elif _is_open_call(function, call, step.function):
                yield OPEN_CALL.at(
                    step.node,
                    function,
                    "The caller chooses who is called and with what, in the contract's name: "
                    "whatever others allow this contract to do, anybody can do.",
                )


def _is_open_claim(function: Function, call: Call, within: Function) -> bool:
    """Whether the caller is paid by an entry of their choice, which is marked with another."""
    if not (call.sends_ether or _sends_tokens(call)) or call.receiver is None:
        return False
    to, amount = (
        (call.receiver, call.amount) if call.sends_ether else (call.arguments[0], call.arguments[1])
    )
    if amount is None or not is_sender(stripped(to)) or is_authorised(function, call.node):
        return False
    sources = sources_of(amount, within)
    tests = [
        one
        for condition in guards_of(function, call.node)
        for one in sources_of(condition.test, function)
        if not call.node.within(condition.test)
    ]
    if any(mentions_sender(one) or is_paid(one) or is_hash(one) for one in (*sources, *tests)):
        return False
    entries = {
        variable.id
        for one in sources
        if one.kind == "MemberAccess"
        for variable in (state_variable(one, within),)
        if variable is not None and "struct" in variable.type
    }
    by_choice = any(is_parameter(one, function) for one in sources)
    return by_choice and any(
        write.variable.id in entries and mentions_sender(write.step.node)
        for entry in entries_of(function.contract)
        for write in writes_of(entry)
    )


def _is_open_call(function: Function, call: Call, within: Function) -> bool:
    if not call.on_address or call.name != "call" or call.receiver is None or not call.arguments:
        return False
    data = call.arguments[-1]
    if not data.type.startswith("bytes ") or not _is_chosen(data, within):
        return False
    if not _is_chosen(call.receiver, within) or is_authorised(function, call.node):
        return False
    return not any(
        _entitles(one, function)
        for one in guards_of(function, call.node)
        if not call.node.within(one.test)
    )


def _is_chosen(node: Node, function: Function) -> bool:
    return any(is_parameter(one, function) for one in sources_of(node, function, with_keys=False))


def _entitles(condition: Condition, function: Function) -> bool:
    """Whether a test asks for what not everybody has: not for ether, nor for what is not yet."""
    test = condition.test
    if any(is_paid(one) for one in test.walk()) or _is_missing_mark(condition):
        return False
    asked = call_of(stripped(test))
    if asked is not None and _sends_tokens(asked):
        return False
    sources = sources_of(test, function)
    if any(mentions_sender(one) for one in sources) or call_of(stripped(test)) is not None:
        return True
    return any(one.target in function.contract.variables for one in sources)


def _is_open_payment(function: Function, node: Node) -> bool:
    """Ether goes to the caller, or where they say, and nothing asks what they are entitled to."""
    call = call_of(node)
    if call is None or call.receiver is None:
        return False
    in_tokens = not call.sends_ether
    to, sum_ = (call.arguments[0], call.arguments[1]) if in_tokens else (call.receiver, call.amount)
    if sum_ is None or (in_tokens and _pulls_from_caller(function)):
        return False
    receiver = sources_of(to, function)
    chosen = any(map(mentions_sender, receiver)) or comes_from_caller(to, function)
    if not chosen or is_authorised(function, node):
        return False
    amount = sources_of(sum_, function)
    is_entitled = (
        any(map(mentions_sender, amount))
        or any(map(is_paid, amount))
        or _is_share_of(to, amount)
        or _is_paid_back(function, node)
    )
    takes = any(map(_is_holding, amount)) or any(
        is_parameter(one, function) for one in sources_of(sum_, function, with_keys=False)
    )
    if is_entitled or not takes or function.is_payable or _is_debited(function):
        return False
    return not any(
        mentions_sender(one.test)
        or one.test.kind == "FunctionCall"
        or (_asks_something(one.test, function) and not _is_missing_mark(one))
        for one in guards_of(function, node)
        if not call_of(one.test) or not one.test.within(node)
    )


def _is_share_of(receiver: Node, amount: list[Node]) -> bool:
    """Whether the amount is what the books say of the receiver, whoever asks for it."""
    named = stripped(receiver)
    return any(
        key.same_as(named)
        for one in amount
        for key in map(stripped, one.children[1:])
        if one.kind == "IndexAccess"
        or (one.kind == "FunctionCall" and one.get("kind") != "typeConversion")
    )


def _is_paid_back(function: Function, node: Node) -> bool:
    """Whether a test of what the contract has follows: a loan within one call."""
    at = index_of(function, node)
    return any(
        _is_holding(one)
        for condition in conditions_of(function)
        if condition.index > at and condition.test.get("operator") in {"<", "<=", ">", ">=", "=="}
        for one in sources_of(condition.test, function)
    )


def _sends_tokens(call: Call) -> bool:
    two = call.name in {"transfer", "safeTransfer"} and len(call.arguments) == 2
    return two and call.is_external and not call.on_address


def _is_holding(node: Node) -> bool:
    """Whether it is all that the contract has, in ether or in a token."""
    call = call_of(node)
    return is_own_balance(node) or (
        call is not None
        and call.name == "balanceOf"
        and any(one.name == "this" for argument in call.arguments for one in argument.walk())
    )


def _pulls_from_caller(function: Function) -> bool:
    calls = (call_of(step.node) for step in steps_of(function))
    return any(
        call is not None and "ransferFrom" in call.name and mentions_sender(call.arguments[0])
        for call in calls
        if call is not None and call.arguments
    )


def _is_missing_mark(condition: Condition) -> bool:
    """`!done[id]`: that something has not happened yet entitles nobody."""
    test = stripped(condition.test)
    return test.kind == "IndexAccess" and test.type == "bool" and not condition.holds


def _is_debited(function: Function) -> bool:
    """Whether something of the caller's own gets less by the call."""
    return any(
        mentions_sender(write.place)
        and (
            write.step.node.get("operator") in {"-=", "--", "delete"}
            or any(
                one.get("operator") == "-" or one.name in {"sub", "trySub"}
                for one in write.step.node.walk()
            )
        )
        for write in writes_of(function)
        if write.place.kind == "IndexAccess"
    )


def _asks_something(test: Node, function: Function) -> bool:
    """Whether it asks for more than that there is enough money, or an address at all."""
    if any(is_own_balance(one) for one in sources_of(test, function)):
        return False
    sides = [stripped(child) for child in test.children]
    is_zero = any(side.kind == "Literal" for side in sides)
    return not (is_zero and comes_from_caller(test, function))
