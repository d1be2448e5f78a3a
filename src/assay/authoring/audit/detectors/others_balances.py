"""What others have, and what there is at all, that anybody can change (SWC-105)."""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.audit.detectors.rule import Rule
from assay.authoring.audit.flow import (
    Write,
    entries_of,
    guards_of,
    internal_callee,
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
    calls_in,
    is_paid,
    is_sender,
    is_time,
    mentions_sender,
    stripped,
)
from assay.authoring.audit.tree import Node

_FIX = "Let only a role, or those whom it concerns, call it, or take an allowance they gave."
OPEN_SUPPLY = Rule("open-supply", "access_control", "high", "medium", _FIX)
OPEN_DEBIT = Rule("open-debit", "access_control", "high", "medium", _FIX)
_INHERITED = {"_mint": "made for", "_burn": "taken from", "_transfer": "taken from"}
"""What OpenZeppelin's tokens leave to whoever inherits them to guard."""
_COMPARISONS = frozenset({"<", "<=", ">", ">=", "==", "!="})


def find(contract: Contract) -> Iterator[Finding]:
    """Inherited changes of balances handed on unguarded, and debits of whom the caller names."""
    for function in entries_of(contract):
        if is_authorised(function) or function.contract is not contract:
            continue
        yield from _open_supply(function)
        yield from _open_debits(function)


def _open_supply(function: Function) -> Iterator[Finding]:
    if function.is_payable or function.body is None:
        return
    for call in calls_in(function.body):
        callee = internal_callee(call.node, function)
        if callee is None or call.name not in _INHERITED or len(call.arguments) < 2:
            continue
        who, amount = stripped(call.arguments[0]), stripped(call.arguments[-1])
        named = is_parameter(who, function) or (call.name == "_mint" and is_sender(who))
        if not named or not is_parameter(amount, function) or not _books_amount(callee):
            continue
        if not _is_entitled(function, call):
            yield OPEN_SUPPLY.at(
                call.node,
                function,
                f"Anybody can call {function.label}: as many tokens as they like are "
                f"{_INHERITED[call.name]} whom they name.",
            )


def _books_amount(callee: Function) -> bool:
    """Whether amounts are booked, and not items counted."""
    return any(
        write.variable.type.startswith("mapping(address => uint")
        and any(is_parameter(one, write.step.function) for one in sources_of(right, callee))
        for write in writes_of(callee)
        for right in (write.step.node.part("rightHandSide"),)
        if right is not None
    )


def _is_entitled(function: Function, call: Call) -> bool:
    """Whether something asks for the caller, a payment or a proof, or takes something of theirs."""
    tests = [one.test for one in guards_of(function, call.node)]
    asked = any(
        mentions_sender(one) or is_paid(one) for test in tests for one in sources_of(test, function)
    )
    proven = any(call_of(stripped(test)) is not None for test in tests)
    others = (
        other
        for step in steps_of(function)
        if step.depth == 0
        for other in (call_of(step.node),)
        if other is not None and other.node is not call.node
    )
    takes = any(any(map(mentions_sender, other.arguments)) for other in others)
    return asked or proven or takes


def _open_debits(function: Function) -> Iterator[Finding]:
    for write in writes_of(function):
        who = _debited(write, function)
        if who is None or _has_a_say(function, write, who) or _is_paid_to(function, who):
            continue
        yield OPEN_DEBIT.at(
            write.step.node,
            function,
            f"Anybody can call {function.label} and take from {write.variable.name} of whom they "
            "name: nothing asks whether that one agreed.",
        )
        return


def _debited(write: Write, function: Function) -> Node | None:
    """Whom the caller names and who then has less."""
    node, place = write.step.node, write.place
    if write.step.function is not function or place.kind != "IndexAccess":
        return None
    right = node.part("rightHandSide")
    lessens = node.get("operator") == "-=" or (
        node.get("operator") == "="
        and right is not None
        and any(one.get("operator") == "-" or one.name == "sub" for one in right.walk())
    )
    key = place.part("indexExpression")
    if not lessens or key is None or not write.variable.type.startswith("mapping(address => uint"):
        return None
    who = stripped(key)
    return who if is_parameter(who, function) and who.type.startswith("address") else None


def _has_a_say(function: Function, write: Write, who: Node) -> bool:
    """Whether a test asks for the caller, a proof, or the state of whoever is debited."""
    if any(mentions_sender(one.place) for one in writes_of(function)):
        return True
    for condition in guards_of(function, write.step.node):
        test = condition.test
        sources = sources_of(test, function)
        if any(mentions_sender(one) or is_paid(one) for one in sources):
            return True
        if test.get("operator") not in _COMPARISONS or any(map(is_time, sources)):
            if call_of(stripped(test)) is not None or _concerns(test, who, write, function):
                return True
        elif _concerns(test, who, write, function) or _is_recovered(sources):
            return True
    return False


def _concerns(test: Node, who: Node, write: Write, function: Function) -> bool:
    """Whether it looks up something else of theirs, but for when it was last done."""
    sources = sources_of(test, function)
    return not any(map(is_time, sources)) and any(
        variable is not None and variable is not write.variable
        for one in sources
        if one.kind in {"IndexAccess", "MemberAccess"}
        and any(below.target == who.target for below in one.walk())
        for variable in (state_variable(one, function),)
    )


def _is_recovered(sources: list[Node]) -> bool:
    return any(one.name in {"ecrecover", "recover", "tryRecover"} for one in sources)


def _is_paid_to(function: Function, who: Node) -> bool:
    """Whether what is taken goes to the same one."""
    for step in steps_of(function):
        call = call_of(step.node)
        if call is None:
            continue
        to = call.receiver if call.sends_ether else (call.arguments or (None,))[0]
        out = call.sends_ether or (call.is_external and "ransfer" in call.name)
        if (
            out
            and to is not None
            and any(one.target == who.target for one in sources_of(to, step.function))
        ):
            return True
    return False
