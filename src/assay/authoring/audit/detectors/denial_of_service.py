"""Work that one party can make impossible for all (SWC-113, 128, 132)."""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.audit.detectors.rule import Rule
from assay.authoring.audit.flow import (
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
    is_loop,
    is_own_balance,
    loop_of,
    mentions_sender,
)
from assay.authoring.audit.tree import Node

_PULL = "Keep what is owed and let each take their own (pull instead of push)."
PUSH_IN_LOOP = Rule("payments-in-loop", "denial_of_service", "medium", "high", _PULL)
BLOCKING_PAYMENT = Rule("blocking-payment", "denial_of_service", "medium", "medium", _PULL)
ENDLESS_LOOP = Rule(
    "loop-over-growing-list",
    "denial_of_service",
    "medium",
    "medium",
    "Bound the list, or work through it in parts of which the caller names the ends.",
)
EXACT_BALANCE = Rule(
    "exact-balance",
    "denial_of_service",
    "medium",
    "high",
    "Keep your own books, or compare with >=: ether can be forced into every contract.",
)
STARVED_CALL = Rule(
    "relayed-call-starved",
    "denial_of_service",
    "medium",
    "medium",
    "Require that the call worked, or that enough gas is left for it, before it counts as done.",
)
LARGEST_LOOP = 100


def find(contract: Contract) -> Iterator[Finding]:
    """Payments in loops, loops that grow, payments that block, exact balances."""
    growing, by_others = _growing(contract)
    for function in contract.own_functions:
        yield from _exact_balances(function)
    for function in entries_of(contract):
        blocked = False
        for step in steps_of(function):
            if is_loop(step.node):
                yield from _endless(function, step.node, step.function, growing, by_others)
            elif step.node.kind in {"Assignment", "UnaryOperation"}:
                yield from _clearing(function, step.node, step.function, growing)
            call = call_of(step.node)
            if call is not None and _can_be_starved(function, call, step.function):
                yield STARVED_CALL.at(
                    step.node,
                    function,
                    "Whoever relays this can leave too little gas for the call: it fails, and is "
                    "marked as done for ever.",
                )
            if call is not None and not blocked and _must_work(call, step.function):
                found = list(_payments(contract, function, call, step.function))
                blocked = any(one.rule == BLOCKING_PAYMENT.name for one in found)
                yield from found


def _growing(contract: Contract) -> tuple[set[int], set[int]]:
    """Ids of lists, and of counters, that anybody can make longer without an end.

    And of those among them that others can make longer for somebody.
    """
    found, by_others = set(), set()
    for function in entries_of(contract):
        if is_authorised(function):
            continue
        for write in writes_of(function):
            node = write.step.node
            is_list = "[] storage" in write.place.type or "[]" in write.variable.type
            grows = node.get("operator") == "++" or (
                node.get("operator") == "+="
                and (node.part("rightHandSide") or node).get("value") == "1"
            )
            call = call_of(node)
            by_length = grows and write.place.name == "length"
            if (
                (is_list and (by_length or (call is not None and call.name == "push")))
                or (grows and write.place.type.startswith("uint"))
            ) and not _has_cap(function, node, write.variable):
                found.add(write.variable.id)
                if write.place.kind == "IndexAccess" and not mentions_sender(write.place):
                    by_others.add(write.variable.id)
    return found, by_others


def _has_cap(function: Function, node: Node, variable: Node) -> bool:
    return any(
        condition.test.get("operator") in {"<", "<=", ">", ">=", "=="}
        and any(one.target == variable.id for one in condition.test.walk())
        for condition in guards_of(function, node)
    )


def _endless(
    function: Function, loop: Node, within: Function, growing: set[int], by_others: set[int]
) -> Iterator[Finding]:
    test = loop.part("condition")
    if test is None:
        return
    sources = sources_of(test, within)
    by_caller = any(is_parameter(one, within) for one in sources_of(test, within, with_keys=False))
    by_gas = any(one.name in {"gasleft", "gas"} for one in sources)
    variables = function.contract.variables
    names = {one.target for one in sources} & growing & variables.keys()
    if any(mentions_sender(one) for one in sources):
        names &= by_others
    if names and not by_caller and not by_gas:
        name = variables[min(names)].name
        yield ENDLESS_LOOP.at(
            loop,
            within,
            f"Anybody can make {name} so long that {function.label} needs more gas than a block "
            "has, and never works again.",
        )
    elif _pushes_much(loop, test, within):
        yield ENDLESS_LOOP.at(
            loop, within, f"One call of {function.label} fills storage beyond what a block can pay."
        )


def _pushes_much(loop: Node, test: Node, within: Function) -> bool:
    bounds = [
        int(one.type.removeprefix("int_const "))
        for one in sources_of(test, within)
        if one.kind == "Literal" and one.type.removeprefix("int_const ").isdigit()
    ]
    writes = [one for one in writes_of(within) if one.step.node.within(loop)]
    stores = [one for one in writes if one.place.kind != "Identifier" or "[]" in one.place.type]
    return bool(bounds) and max(bounds) >= LARGEST_LOOP and bool(stores)


def _clearing(
    function: Function, node: Node, within: Function, growing: set[int]
) -> Iterator[Finding]:
    right = node.part("rightHandSide")
    clears = node.get("operator") == "delete" or (
        right is not None
        and any(one.kind == "NewExpression" for one in right.walk())
        and "[]" in right.type
    )
    if not clears:
        return
    place = node.children[0]
    variable = state_variable(place, within)
    if variable is None or variable.id not in growing or place.kind != "Identifier":
        return
    if "[]" in variable.type:
        yield ENDLESS_LOOP.at(
            node,
            within,
            f"Clearing {variable.name} costs gas for each entry, and anybody adds entries: "
            f"{function.label} stops working.",
        )


def _can_be_starved(function: Function, call: Call, within: Function) -> bool:
    """Whether a call that may fail counts as done, and its gas is up to the caller."""
    if not call.on_address or call.name != "call" or call.has_gas_limit or call.sends_ether:
        return False
    if not call.arguments or is_authorised(function, call.node):
        return False
    marks = {
        one.target
        for condition in guards_of(function, call.node)
        if not condition.holds or condition.test.get("operator") == "=="
        for one in condition.test.walk()
    }
    at = index_of(function, call.node)
    marked = any(
        write.variable.id in marks and write.place.kind == "IndexAccess" and write.index < at
        for write in writes_of(function)
    )
    tests = [one.test for one in conditions_of(within)]
    kept = _kept(call)
    looked_at = any(
        call.node.within(test) or any(node.target in kept for node in test.walk()) for test in tests
    )
    by_gas = any(node.name == "gasleft" for test in tests for node in test.walk())
    return marked and not looked_at and not by_gas


def _is_own_tokens(node: Node) -> bool:
    call = call_of(node)
    named = call is not None and call.is_external and call.name == "balanceOf"
    return named and any(
        one.name == "this" for argument in node.parts("arguments") for one in argument.walk()
    )


def _must_work(call: Call, within: Function) -> bool:
    """Whether its failure undoes everything."""
    if call.on_address and call.name == "transfer" and len(call.arguments) == 1:
        return True
    if call.is_external and call.name in {"transfer", "transferFrom", "safeTransfer", "send"}:
        return True
    if not call.sends_ether:
        return False
    tests = [one for one in conditions_of(within) if one.scope is None and one.holds]
    kept = _kept(call)
    return any(
        call.node.within(one.test) or any(node.target in kept for node in one.test.walk())
        for one in tests
    )


def _kept(call: Call) -> set[int]:
    above = call.node.parent
    if above is None:
        return set()
    if above.kind == "VariableDeclarationStatement":
        return {one["id"] for one in above.get("declarations") or () if one}
    if above.kind == "Assignment":
        place = above.part("leftHandSide")
        return {one.target for one in place.walk() if one.target > 0} if place else set()
    return set()


def _payments(
    contract: Contract, function: Function, call: Call, within: Function
) -> Iterator[Finding]:
    receiver = call.receiver if call.on_address else (call.arguments or (None,))[0]
    if receiver is None or any(map(mentions_sender, sources_of(receiver, within))):
        return
    loop = loop_of(call.node)
    if loop is not None and call.on_address and _goes_over_state(loop, receiver, within):
        yield PUSH_IN_LOOP.at(
            call.node,
            within,
            "One receiver who refuses the money makes the payment of all the others fail.",
        )
    elif (
        loop is None
        and call.sends_ether
        and _is_anybody(contract, receiver, within)
        and any(_displaces(function, receiver, within))
    ):
        yield BLOCKING_PAYMENT.at(
            call.node,
            within,
            f"Whoever stands there can refuse the money, and then nobody can call "
            f"{function.label} any more.",
        )


def _goes_over_state(loop: Node, receiver: Node, within: Function) -> bool:
    test = loop.part("condition")
    if test is not None and any(is_parameter(one, within) for one in sources_of(test, within)):
        return False
    return any(
        state_variable(one, within) is not None
        for one in sources_of(receiver, within)
        if one.kind in {"IndexAccess", "Identifier", "MemberAccess"}
    )


def _is_anybody(contract: Contract, receiver: Node, within: Function) -> bool:
    """Whether everybody can put themselves there."""
    variables = {
        found.id
        for one in sources_of(receiver, within)
        for found in (state_variable(one, within),)
        if found is not None and one.kind in {"Identifier", "MemberAccess", "IndexAccess"}
    }
    return any(
        write.variable.id in variables and _puts_sender(write.step.node)
        for entry in entries_of(contract)
        if not is_authorised(entry)
        for write in writes_of(entry)
    )


def _puts_sender(node: Node) -> bool:
    right = node.part("rightHandSide")
    given = [right] if right is not None else list(node.parts("arguments"))
    return any(mentions_sender(one) for one in given)


def _displaces(function: Function, receiver: Node, within: Function) -> Iterator[bool]:
    """Whether the same call replaces who is paid, goes on to the next, or sees to others too."""
    variables = {
        found
        for one in sources_of(receiver, within)
        for found in (state_variable(one, within),)
        if found is not None and one.kind in {"Identifier", "MemberAccess", "IndexAccess"}
    }
    yield any(
        write.variable in variables and _puts_sender(write.step.node)
        for write in writes_of(function)
    )
    keys = {
        key.target
        for one in sources_of(receiver, within)
        if one.kind == "IndexAccess"
        for key in one.children[1:]
    }
    yield any(
        write.variable.id in keys and write.place.kind == "Identifier"
        for write in writes_of(function)
    )
    sends = [
        call for step in steps_of(function) if (call := call_of(step.node)) and call.sends_ether
    ]
    yield any(
        not _exclude_each_other(one.node, receiver)
        for one in sends
        if not receiver.within(one.node)
    )


def _exclude_each_other(one: Node, other: Node) -> bool:
    """Whether they stand in different branches, so that only one of them is run."""
    for above in one.walk_up():
        if above.kind != "IfStatement":
            continue
        yes, no = above.part("trueBody"), above.part("falseBody")
        if yes is not None and no is not None:
            first, second = one.within(yes), other.within(yes)
            if first != second and (other.within(no) or one.within(no)) and other.within(above):
                return True
    return False


def _exact_balances(function: Function) -> Iterator[Finding]:
    for node in function.node.every("BinaryOperation"):
        if node.get("operator") not in {"==", "!="}:
            continue
        sides = [sources_of(child, function, 2) for child in node.children]
        in_ether = any(is_own_balance(one) for side in sides for one in side)
        in_tokens = [any(map(_is_own_tokens, side)) for side in sides]
        is_zero = "0" in [one.get("value") for one in node.children]
        if not is_zero and (in_ether or sum(in_tokens) == 1):
            yield EXACT_BALANCE.at(
                node,
                function,
                "Somebody who forces a wei into the contract makes this test come out wrong for "
                "ever.",
            )
