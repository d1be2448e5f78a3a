"""Advantages of whoever sees a transaction before it is included (SWC-114)."""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.audit.detectors.rule import Rule
from assay.authoring.audit.flow import (
    Write,
    conditions_of,
    entries_of,
    guards_of,
    is_authorised,
    is_for_few,
    is_parameter,
    sources_of,
    steps_of,
    writes_of,
)
from assay.authoring.audit.model import Finding
from assay.authoring.audit.program import Contract, Function
from assay.authoring.audit.terms import (
    Call,
    call_of,
    is_hash,
    is_paid,
    is_sender,
    mentions_sender,
    stripped,
)
from assay.authoring.audit.tree import Node

APPROVAL = Rule(
    "approval-race",
    "front_running",
    "medium",
    "medium",
    "Let allowances be raised and lowered by amounts, or only be set from and to zero.",
)
OPEN_ANSWER = Rule(
    "answer-in-the-open",
    "front_running",
    "high",
    "medium",
    "Let callers commit to hash(answer, sender, salt) first, and reveal in a later block.",
)
CHANGED_TERMS = Rule(
    "terms-change-before-payment",
    "front_running",
    "medium",
    "medium",
    "Let the caller name the worst terms they accept, and refuse others.",
)
SETTER = Rule(
    "terms-set-in-front",
    "front_running",
    "low",
    "low",
    "Announce new terms and let them count after a delay, or let buyers name what they accept.",
)
FIRST_COMER = Rule(
    "name-taken-in-the-open",
    "front_running",
    "medium",
    "medium",
    "Let callers commit to hash(name, sender, salt) first, and register in a later block.",
)
OPEN_MOVE = Rule(
    "move-in-the-open",
    "front_running",
    "medium",
    "medium",
    "Let players commit to hash(move, salt) first, and reveal when all have committed.",
)


def find(contract: Contract) -> Iterator[Finding]:
    """Races of approvals, open answers and moves, terms that change."""
    for function in entries_of(contract):
        yield from _approvals(contract, function)
        yield from _answers(function)
        yield from _moves(function)
        yield from _first_comers(function)
    yield from _terms(contract)


def _approvals(contract: Contract, function: Function) -> Iterator[Finding]:
    names = {one.name.lower() for one in contract.functions}
    if any(name.startswith(("increase", "decrease")) for name in names):
        return
    if function.name.lower() not in {"approve", "setallowance"}:
        return
    for write in writes_of(function):
        node = write.step.node
        nested = write.variable.type.count("mapping") == 2
        right = node.part("rightHandSide")
        if not nested or node.get("operator") != "=" or right is None:
            continue
        if not node.type.startswith("uint") or not is_parameter(stripped(right), function):
            continue
        tests = (one.test for one in conditions_of(function))
        is_tested = any(node.target == write.variable.id for test in tests for node in test.walk())
        if not is_tested:
            yield APPROVAL.at(
                node,
                function,
                "A spender who sees the change coming spends the old allowance first, and the new "
                "one after it.",
            )


def _answers(function: Function) -> Iterator[Finding]:
    """Whoever gives the right answer is paid, and the answer can be copied."""
    for condition in conditions_of(function):
        if not _is_open_answer(condition.test, function):
            continue
        rewards = [call for call in _payments(function) if _to_caller(call, function)]
        claims = [
            write.step.node
            for write in writes_of(function)
            if _sets_sender(write.step.node) and write.place.kind == "Identifier"
        ]
        places = [call.node for call in rewards] or claims
        if places and not _is_bound_to_sender(function, places[0]):
            yield OPEN_ANSWER.at(
                condition.test,
                function,
                "The answer stands in the open before it is included: somebody else sends the same "
                "with more gas, and takes the reward.",
            )
            return


def _is_open_answer(test: Node, function: Function) -> bool:
    if test.get("operator") not in {"==", "!="}:
        return False
    for mine, other in (test.children, test.children[::-1]):
        sources = sources_of(mine, function)
        given = any(is_parameter(one, function) for one in sources)
        if not given or any(mentions_sender(one) for one in sources):
            continue
        known = sources_of(other, function)
        plain = sources_of(other, function, with_keys=False)
        chosen = any(is_parameter(one, function) for one in plain)
        if chosen or any(mentions_sender(one) for one in known):
            continue
        hidden = any(is_hash(one) for one in sources)
        is_state = any(one.target in function.contract.variables for one in known)
        computed = any(one.get("operator") in {"*", "%", "+", "**"} for one in sources)
        if hidden or ((computed or mine.type.startswith(("bytes", "string"))) and is_state):
            return True
    return False


def _is_bound_to_sender(function: Function, place: Node) -> bool:
    return is_authorised(function, place) or any(
        mentions_sender(one)
        for condition in guards_of(function, place)
        for one in sources_of(condition.test, function)
    )


def _first_comers(function: Function) -> Iterator[Finding]:
    """What is worth having, by a word of the caller's choice, goes to who is included first."""
    for write in writes_of(function):
        key = write.place.part("indexExpression") if write.place.kind == "IndexAccess" else None
        right = write.step.node.part("rightHandSide")
        if key is None or right is None or not mentions_sender(right):
            continue
        words = [one for one in sources_of(key, write.step.function) if _is_word(one, function)]
        guards = [one.test for one in guards_of(function, write.step.node)]
        asked = any(one.target == write.variable.id for test in guards for one in test.walk())
        bound = any(mentions_sender(one) for test in guards for one in sources_of(test, function))
        if words and asked and not bound:
            yield FIRST_COMER.at(
                write.step.node,
                function,
                "Whoever sees this registration coming sends the same with more gas, and has the "
                "name.",
            )
            return


def _is_word(node: Node, function: Function) -> bool:
    return is_parameter(node, function) and node.type.startswith(("string", "bytes "))


def _moves(function: Function) -> Iterator[Finding]:
    """Moves of a paid game that others can read before they move."""
    is_for_stakes = any(one.is_payable for one in entries_of(function.contract))
    if not is_for_stakes or is_for_few(function):
        return
    names = {
        one.id: one for one in function.parameters if one.type.startswith(("uint", "bool", "enum"))
    }
    for write in writes_of(function):
        right = write.step.node.part("rightHandSide")
        given = [right] if right is not None else write.step.node.parts("arguments")
        stored = [
            one for part in given if part is not None for one in part.walk() if one.target in names
        ]
        by_seat = write.place.kind in {"IndexAccess", "MemberAccess"}
        if not function.is_payable and not by_seat:
            continue
        if stored and _decides_a_game(function.contract, write.variable):
            yield OPEN_MOVE.at(
                write.step.node,
                function,
                "Whoever moves later reads this move on the chain, and answers it so that they "
                "win.",
            )
            return


def _decides_a_game(contract: Contract, variable: Node) -> bool:
    """Whether stored moves are put together to find who is paid."""
    for function in contract.functions:
        pays = [call for call in _payments(function) if not _only_sender(call)]
        if not pays or function.is_view:
            continue
        for condition in conditions_of(function):
            sources = sources_of(condition.test, function)
            on_variable = [one for one in sources if one.target == variable.id]
            combined = any(one.get("operator") in {"+", "%", "^"} for one in sources)
            if on_variable and (combined or len(on_variable) > 1):
                return True
    return False


def _terms(contract: Contract) -> Iterator[Finding]:
    """What a caller pays or gets depends on state that another transaction changes."""
    changed = {
        write.variable.id: (function, write)
        for function in entries_of(contract)
        for write in writes_of(function)
        if write.step.node.get("operator") == "="
        and _is_price(write)
        and _is_set_freely(write.step.node, function)
        and not _is_capped(write.step.node, function)
    }
    for function in entries_of(contract):
        if is_authorised(function):
            continue
        for node, amount in _exchanges(function):
            used = {one.target for one in sources_of(amount, function)} & changed.keys()
            sets_it = {write.variable.id for write in writes_of(function)} & used
            for one in sorted(used - sets_it):
                if _is_limited(function, one):
                    continue
                name = contract.variables[one].name if one in contract.variables else "it"
                yield CHANGED_TERMS.at(
                    node,
                    function,
                    f"{name} can be changed by a transaction that is put in front of this one: the "
                    "caller pays more, or gets less, than they saw.",
                )
                setter, write = changed[one]
                yield SETTER.at(
                    write.step.node,
                    setter,
                    f"Whoever may set {name} sees a call of {function.label} coming, and changes "
                    "its terms in front of it.",
                )
                break


def _is_price(write: Write) -> bool:
    """Whether it is one number for all callers, or one for each thing."""
    kind = write.variable.type
    by_thing = kind.startswith("mapping(uint") and kind.count("mapping") == 1
    return kind.startswith("uint") or (by_thing and kind.endswith("=> uint256)"))


def _is_set_freely(node: Node, function: Function) -> bool:
    right = node.part("rightHandSide")
    if right is None:
        return False
    given = stripped(right)
    return is_parameter(given, function) or is_paid(given)


def _is_capped(node: Node, function: Function) -> bool:
    """Whether what is set stays below a number that the code names."""
    right = node.part("rightHandSide")
    for condition in guards_of(function, node):
        if right is None or condition.test.get("operator") not in {"<", "<=", ">", ">="}:
            continue
        low, high = map(stripped, condition.test.children)
        if (condition.test.get("operator") in {">", ">="}) is condition.holds:
            low, high = high, low
        declared = function.contract.variables.get(high.target)
        is_named = high.kind == "Literal" or bool(declared and declared.get("constant"))
        if is_named and low.same_as(stripped(right)):
            return True
    return False


def _exchanges(function: Function) -> Iterator[tuple[Node, Node]]:
    for step in steps_of(function):
        call = call_of(step.node)
        if call is None:
            continue
        pulls = call.is_external and call.name in {"transferFrom", "safeTransferFrom"}
        if call.sends_ether and call.amount is not None and _to_caller(call, step.function):
            yield step.node, call.amount
        elif pulls and call.arguments and mentions_sender(call.arguments[0]):
            yield step.node, call.arguments[-1]
    if not function.is_payable:
        return
    for write in writes_of(function):
        right = write.step.node.part("rightHandSide")
        if right is None or not mentions_sender(write.place):
            continue
        if any(is_paid(one) for one in sources_of(right, function)):
            yield write.step.node, right


def _is_limited(function: Function, variable: int) -> bool:
    """Whether a parameter bounds what comes out, or the terms must be those that are named."""
    for condition in conditions_of(function):
        sides = condition.test.children
        if condition.test.get("operator") not in {"<", "<=", ">", ">=", "=="} or len(sides) != 2:
            continue
        for mine, other in (sides, sides[::-1]):
            if not is_parameter(stripped(mine), function):
                continue
            if any(one.target == variable for one in sources_of(other, function)):
                return True
    return False


def _payments(function: Function) -> Iterator[Call]:
    for step in steps_of(function):
        call = call_of(step.node)
        if call is None:
            continue
        if call.sends_ether or (call.is_external and call.name in {"transfer", "mint"}):
            yield call


def _to_caller(call: Call, function: Function) -> bool:
    receiver = call.receiver if call.on_address else (call.arguments or (None,))[0]
    return receiver is not None and any(is_sender(one) for one in sources_of(receiver, function))


def _only_sender(call: Call) -> bool:
    return call.receiver is not None and is_sender(stripped(call.receiver))


def _sets_sender(node: Node) -> bool:
    right = node.part("rightHandSide")
    return right is not None and is_sender(stripped(right))
