"""Money that callers take without losing the claim to it, or without having one (SWC-105)."""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.audit.detectors.rule import Rule
from assay.authoring.audit.flow import (
    comes_from_caller,
    entries_of,
    guards_of,
    is_authorised,
    is_authority,
    is_parameter,
    sources_of,
    state_variable,
    steps_of,
    writes_of,
)
from assay.authoring.audit.model import Finding
from assay.authoring.audit.program import Contract, Function
from assay.authoring.audit.terms import Call, call_of, is_hash, is_sender, mentions_sender, stripped
from assay.authoring.audit.tree import Node

NO_DEBIT = Rule(
    "payment-without-debit",
    "access_control",
    "high",
    "medium",
    "Take the amount off what the caller has, or mark it as paid, before it is sent.",
)
_STAYS = "What the caller is paid stays theirs to be paid again, until the contract is empty."
INVERTED = Rule(
    "inverted-limit",
    "access_control",
    "high",
    "high",
    "Turn the comparison round: the amount must not be more than what the caller has.",
)


def find(contract: Contract) -> Iterator[Finding]:
    """Payments of claims that stay, and limits that hold back the wrong callers."""
    for function in entries_of(contract):
        for step in steps_of(function):
            call = call_of(step.node)
            if call is None or not _pays_caller(call, step.function):
                continue
            if is_authorised(function, step.node) and not _is_on_a_list(function, step.node):
                continue
            yield from _undebited(function, call, step.function)
            yield from _inverted(function, call)


def _pays_caller(call: Call, within: Function) -> bool:
    if call.sends_ether:
        receiver = call.receiver
    elif call.is_external and call.name in {"transfer", "safeTransfer"} and call.arguments:
        receiver = call.arguments[0]
    else:
        return False
    return receiver is not None and any(is_sender(one) for one in sources_of(receiver, within))


def _amount(call: Call) -> Node | None:
    return call.amount if call.sends_ether else call.arguments[-1]


def _undebited(function: Function, call: Call, within: Function) -> Iterator[Finding]:
    amount = _amount(call)
    if amount is None:
        return
    claims = {
        variable.id
        for one in sources_of(amount, within)
        if one.kind in {"IndexAccess", "MemberAccess"} and mentions_sender(one)
        for variable in (state_variable(one, within),)
        if variable is not None and "mapping" in variable.type
    }
    if not claims:
        if _is_proven(function, call, amount) and not writes_of(function):
            yield NO_DEBIT.at(call.node, function, _STAYS)
        return
    tested = {
        one.target
        for condition in guards_of(function, call.node)
        for one in sources_of(condition.test, function)
    }
    changed = {write.variable.id for write in writes_of(function)}
    if not changed & (claims | tested):
        yield NO_DEBIT.at(call.node, function, _STAYS)


def _is_on_a_list(function: Function, node: Node) -> bool:
    """Whether callers are told apart by a digest alone, as those on a list are by its root."""
    return all(
        any(is_hash(one) and mentions_sender(one) for one in condition.test.walk())
        for condition in guards_of(function, node)
        if is_authority(condition)
    )


def _is_proven(function: Function, call: Call, amount: Node) -> bool:
    """Whether the caller names the amount, and a digest of it and them is what entitles them."""
    return comes_from_caller(amount, function) and any(
        is_hash(one) and mentions_sender(one)
        for condition in guards_of(function, call.node)
        for one in sources_of(condition.test, function)
    )


def _inverted(function: Function, call: Call) -> Iterator[Finding]:
    amount = _amount(call)
    if amount is None or not comes_from_caller(amount, function):
        return
    wrong = None
    for condition in guards_of(function, call.node):
        operator = condition.test.get("operator")
        if operator not in {"<", "<=", ">", ">="}:
            continue
        low, high = map(stripped, condition.test.children)
        if (operator in {">", ">="}) is condition.holds:
            low, high = high, low
        if is_parameter(low, function) and stripped(amount).target == low.target:
            return
        is_asked = is_parameter(high, function) and stripped(amount).target == high.target
        variable = state_variable(low, function)
        if is_asked and mentions_sender(low) and variable is not None:
            wrong = condition.test
    if wrong is not None:
        yield INVERTED.at(
            wrong,
            function,
            "The test lets through just those who ask for more than they have: anybody empties "
            "the contract.",
        )
