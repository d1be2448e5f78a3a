"""Exchanges at whatever the rate is by the time that they are included (SWC-114)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assay.authoring.audit.detectors.rule import Rule
from assay.authoring.audit.flow import (
    comes_from_caller,
    conditions_of,
    entries_of,
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
    is_own_balance,
    is_paid,
    is_sender,
    mentions_sender,
    stripped,
)
from assay.authoring.audit.tree import Node

NO_LIMIT = Rule(
    "no-slippage-limit",
    "front_running",
    "medium",
    "medium",
    "Take the least amount that the caller accepts, and a deadline, and require both.",
)
_LEAST = re.compile(r"min(?!t|er|ute)|least", re.IGNORECASE)
_MESSAGE = (
    "Whoever sees this exchange coming moves the price before and back after it, and the caller "
    "gets next to nothing."
)


def find(contract: Contract) -> Iterator[Finding]:
    """Limits that are given as nothing, and trades that know no limit."""
    for function in entries_of(contract):
        for step in steps_of(function):
            if step.node.kind == "FunctionCall" and _gives_no_limit(step.node, step.function):
                yield NO_LIMIT.at(step.node, function, _MESSAGE)
        if not is_authorised(function):
            yield from _trade(function)
            yield from _sold_by_curve(function)


def _gives_no_limit(node: Node, within: Function) -> bool:
    """Whether zero is given for the least amount of an exchange elsewhere."""
    given = node.parts("arguments")
    callee = node.part("expression")
    if node.get("kind") == "structConstructorCall":
        names = list(node.get("names") or ()) or _members(callee, within)
        named = zip(names, given, strict=False)
        return any(_LEAST.search(name) and _is_nothing(one, within) for name, one in named)
    call = call_of(node)
    if call is None or not call.is_external:
        return False
    names = _parameters(call, within)
    if any(
        _LEAST.search(name) and _is_nothing(one, within)
        for name, one in zip(names, call.arguments, strict=False)
    ):
        return True
    trades = any(word in call.name.lower() for word in ("swap", "exchange"))
    return trades and any(one.get("value") == "0" for one in call.arguments[1:])


def _members(callee: Node | None, within: Function) -> list[str]:
    """Names of the fields of a structure."""
    for tree in within.contract.unit.contracts.values():
        for one in tree.node.every("StructDefinition"):
            if callee is not None and one.id == callee.target:
                return [member.name for member in one.parts("members")]
    return []


def _parameters(call: Call, within: Function) -> list[str]:
    found = within.contract.unit.functions.get(call.callee.target)
    return [one.name for one in found.parameters] if found is not None else []


def _is_nothing(given: Node, within: Function) -> bool:
    """Whether it is zero, or a local variable that is never anything else."""
    node = stripped(given)
    if node.kind == "Identifier":
        if is_parameter(node, within) or state_variable(node, within) is not None:
            return False
        values = [one for one in sources_of(node, within) if one is not node]
        return len(values) == 1 and values[0].get("value") in {"0", "1"}
    return node.get("value") in {"0", "1"}


def _trade(function: Function) -> Iterator[Finding]:
    """Something is taken and something else given, at a rate that each trade moves."""
    moved = {write.variable.id for write in writes_of(function)}
    taken = any(_takes(call_of(step.node)) for step in steps_of(function))
    for step in steps_of(function):
        call = call_of(step.node)
        amount = _paid_out(call, step.function) if call is not None else None
        if amount is None:
            continue
        sources = sources_of(amount, step.function)
        by_payment = any(map(is_paid, sources))
        if not by_payment and not (taken and comes_from_caller(amount, step.function)):
            continue
        quotients = [one for one in sources if one.get("operator") == "/"]
        rates = [one for divided in quotients for one in sources_of(divided, step.function)]
        moves = any(one.target in moved and _is_plain(one, function) for one in rates)
        if not (moves or any(_is_holding(one) for one in rates)):
            continue
        if not _is_limited(function, quotients):
            yield NO_LIMIT.at(step.node, function, _MESSAGE)
            return


def _sold_by_curve(function: Function) -> Iterator[Finding]:
    """What is paid buys less with each purchase, and the buyer does not say how much it must be."""
    moved = {write.variable.id for write in writes_of(function)}
    made = moved - {
        write.variable.id
        for write in writes_of(function)
        if write.step.node.get("operator") == "-="
    }
    for write in writes_of(function):
        right = write.step.node.part("rightHandSide")
        if right is None or not mentions_sender(write.place):
            continue
        quotients = [
            one
            for one in sources_of(right, write.step.function)
            if one.get("operator") == "/" and one.kind == "BinaryOperation"
        ]
        for quotient in quotients:
            above, below = (sources_of(side, write.step.function) for side in quotient.children)
            moves = any(one.target in moved and _is_plain(one, function) for one in below)
            shares = any(one.target in made for one in above)
            if moves and not shares and any(map(is_paid, above)):
                if not _is_limited(function, quotients):
                    yield NO_LIMIT.at(quotient, function, _MESSAGE)
                return


def _takes(call: Call | None) -> bool:
    if call is None or not call.is_external or not call.arguments:
        return False
    return "ransferFrom" in call.name and is_sender(stripped(call.arguments[0]))


def _paid_out(call: Call, within: Function) -> Node | None:
    """What the caller, or whom they name, is sent."""
    if call.sends_ether:
        receiver, amount = call.receiver, call.amount
    elif call.is_external and call.name in {"transfer", "safeTransfer"} and call.arguments:
        receiver, amount = call.arguments[0], call.arguments[-1]
    else:
        return None
    if receiver is None:
        return None
    to_caller = any(map(mentions_sender, sources_of(receiver, within)))
    return amount if to_caller or comes_from_caller(receiver, within) else None


def _is_plain(node: Node, function: Function) -> bool:
    """Whether it is one number for all, as a reserve is."""
    variable = function.contract.variables.get(node.target)
    return variable is not None and variable.type.startswith("uint")


def _is_holding(node: Node) -> bool:
    if is_own_balance(node):
        return True
    call = call_of(node)
    return call is not None and call.is_external and call.name in {"balanceOf", "getReserves"}


def _is_limited(function: Function, quotients: list[Node]) -> bool:
    """Whether what comes out is compared with what the caller names."""
    for condition in conditions_of(function):
        sides = condition.test.children
        if condition.test.get("operator") not in {"<", "<=", ">", ">="}:
            continue
        for mine, other in (sides, sides[::-1]):
            if not is_parameter(stripped(mine), function):
                continue
            if any(one is two for one in sources_of(other, function) for two in quotients):
                return True
    return False
