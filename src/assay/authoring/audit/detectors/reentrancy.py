"""Calls that hand over control before the books are right.

Atzei, Bartoletti, Cimoli: A survey of attacks on Ethereum smart contracts (2017), section 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from assay.authoring.audit.detectors.rule import Rule
from assay.authoring.audit.flow import (
    comes_from_caller,
    conditions_of,
    entries_of,
    internal_callee,
    is_authorised,
    is_for_few,
    is_parameter,
    sources_of,
    state_reads,
    state_variable,
    steps_of,
    writes_of,
)
from assay.authoring.audit.model import Finding
from assay.authoring.audit.program import Contract, Function
from assay.authoring.audit.terms import (
    Call,
    call_of,
    is_own_balance,
    is_sender,
    mentions_sender,
    stripped,
)
from assay.authoring.audit.tree import Node

_FIX = (
    "Change the state before the call (checks, effects, interactions), "
    "or guard every function that uses it with the same lock."
)
_ENFORCED_VIEWS = (0, 5, 0)
_HOOKS = {
    "send": 1,
    "operatorSend": 2,
    "transferAndCall": 1,
    "safeTransferFrom": 2,
    "safeMint": 1,
    "safeTransfer": 1,
    "safeBatchTransferFrom": 2,
}
"""Functions of other contracts that call a receiver back, and how many arguments may name them."""
STATE_AFTER_CALL = Rule("state-after-call", "reentrancy", "high", "high", _FIX)
SHARED_STATE = Rule("shared-state-after-call", "reentrancy", "high", "medium", _FIX)
BALANCE_TEST = Rule(
    "balance-tested-after-call",
    "reentrancy",
    "high",
    "medium",
    "Lock every function that credits callers for as long as a loan runs, or take repayment by a "
    "function of its own.",
)
VIEW_IN_BETWEEN = Rule("view-between-call-and-update", "reentrancy", "medium", "low", _FIX)


def find(contract: Contract) -> Iterator[Finding]:
    """Functions that call out, and write afterwards what somebody relies on meanwhile.

    Where the call stands in a helper, the finding is at the step of the function that writes too
    late: there the order has to be changed.
    """
    for function in entries_of(contract):
        if is_for_few(function):
            continue
        for index, step in enumerate(steps_of(function)):
            call = call_of(step.node)
            if call is None or not _is_risky(call, step.function, contract):
                continue
            found = _judge(contract, function, index) or _repaid(contract, function, index)
            if found is not None:
                yield found
                break


def locked_functions(contract: Contract) -> set[str]:
    """Labels of the functions that a lock keeps from being entered again."""
    return {one.label for one in contract.functions if _locks(one, None)}


def _judge(contract: Contract, function: Function, index: int) -> Finding | None:
    late = {
        write.variable.id: write.variable.name
        for write in writes_of(function)
        if write.index > index
    }
    early = {write.variable.id for write in writes_of(function) if write.index < index}
    open_late = {one: name for one, name in late.items() if one not in early}
    if not open_late:
        return None
    steps = steps_of(function)[:index]
    relied_on = {step.node.target for step in steps} & open_late.keys()
    locks = _locks(function, index)
    if relied_on and not locks:
        name = open_late[min(relied_on)]
        return STATE_AFTER_CALL.at(
            _place(function, index, relied_on),
            function,
            f"The called address can call back into {function.label} before {name} is updated, "
            "and be paid again and again.",
        )
    for other in entries_of(contract):
        shared = _decides(other) & open_late.keys()
        if other is not function and shared and not (locks & _locks(other, None)):
            name = open_late[min(shared)]
            return SHARED_STATE.at(
                _place(function, index, shared),
                function,
                f"During this call {other.label} can be entered while {name} is still the old one, "
                "so that the same money is used twice.",
            )
    return _read_meanwhile(contract, function, index, open_late)


def _repaid(contract: Contract, function: Function, index: int) -> Finding | None:
    """A loan that counts as repaid by what the contract has, which a deposit brings up as well."""
    tests = [
        one.test
        for one in conditions_of(function)
        if one.index > index and one.test.get("operator") in {"<", "<=", ">", ">=", "=="}
    ]
    if not any(is_own_balance(node) for test in tests for node in sources_of(test, function)):
        return None
    locks = _locks(function, index)
    for other in entries_of(contract):
        if other is function or not other.is_payable or locks & _locks(other, None):
            continue
        if any(mentions_sender(write.place) for write in writes_of(other)):
            return BALANCE_TEST.at(
                steps_of(function)[index].node,
                function,
                f"What is lent here can be brought back through {other.label}: the loan counts as "
                "repaid, and the borrower has it to their credit.",
            )
    return None


def _place(function: Function, index: int, late: Set[int]) -> Node:
    """The call, or that of the helper in which it stands, where the late change follows.

    Where a modifier calls and the function itself writes, the function has the wrong order.
    """
    steps = steps_of(function)
    writers = {
        write.step.function
        for write in writes_of(function)
        if write.index > index and write.variable.id in late
    }
    at = index
    while steps[at].depth and (steps[at].function not in writers or not steps[at].node.line):
        helper, depth = steps[at].function, steps[at].depth
        at -= 1
        while steps[at].depth >= depth or internal_callee(steps[at].node, function) is not helper:
            at -= 1
            if at < 0:
                return steps[index].node
    in_modifier = steps[at].function.node.kind == "ModifierDefinition"
    return function.node if in_modifier and function in writers else steps[at].node


def _read_meanwhile(
    contract: Contract, function: Function, index: int, late: dict[int, str]
) -> Finding | None:
    for view in (one for one in contract.functions if one.is_view and one.body is not None):
        divides = view.body is not None and any(
            one.get("operator") == "/" for one in view.body.every("BinaryOperation")
        )
        shared = state_reads(view) & late.keys()
        if shared and divides and view.node.get("visibility") in {"public", "external"}:
            return VIEW_IN_BETWEEN.at(
                _place(function, index, shared),
                function,
                f"During this call {view.label} shows a wrong figure, because "
                f"{late[min(shared)]} is not yet updated; who trusts it can be cheated.",
            )
    return None


def _is_risky(call: Call, function: Function, contract: Contract) -> bool:
    if call.receiver is None or not call.hands_over_control:
        return _only_promises(call, contract)
    if call.name in {"delegatecall", "callcode"}:
        return False
    if call.on_address or call.value is not None:
        return True
    if call.name in _HOOKS and any(
        is_sender(one) or is_parameter(one, function)
        for argument in call.arguments[: _HOOKS[call.name]]
        for one in sources_of(argument, function)
    ):
        return True
    sources = sources_of(call.receiver, function)
    if any(is_sender(one) for one in sources) or comes_from_caller(call.receiver, function):
        return True
    variable = state_variable(call.receiver, function)
    return variable is not None and any(
        write.variable is variable and not is_authorised(entry)
        for entry in entries_of(contract)
        for write in writes_of(entry)
    )


def _only_promises(call: Call, contract: Contract) -> bool:
    """Whether the caller's own code is asked, and no instruction holds it to changing nothing.

    Compilers enforce `view` since 0.5 (https://docs.soliditylang.org/en/v0.5.0/050-breaking-changes.html).
    """
    if contract.unit.version >= _ENFORCED_VIEWS or not call.is_external or call.receiver is None:
        return False
    return is_sender(stripped(call.receiver))


def _locks(function: Function, before: int | None) -> set[int]:
    """Plain variables that are tested and then set, before the call."""
    tested = {
        node.target
        for condition in conditions_of(function)
        if before is None or condition.index < before
        for node in condition.test.walk()
    }
    return {
        write.variable.id
        for write in writes_of(function)
        if write.variable.id in tested
        and (before is None or write.index < before)
        and write.variable.type in {"bool", "uint256", "uint8"}
        and write.step.node.get("operator") in {"=", None}
    }


def _decides(function: Function) -> set[int]:
    """Variables on which tests and payments of a function depend."""
    found = {node.target for one in conditions_of(function) for node in one.test.walk()}
    for step in steps_of(function):
        call = call_of(step.node)
        if call is not None and call.sends_ether and call.amount is not None:
            found |= {node.target for node in sources_of(call.amount, step.function)}
    return found
