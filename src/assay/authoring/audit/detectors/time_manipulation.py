"""Outcomes that whoever makes the block can bend with its time (SWC-116)."""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.audit.detectors.rule import Rule
from assay.authoring.audit.flow import (
    Condition,
    conditions_of,
    entries_of,
    is_authorised,
    sources_of,
    steps_of,
    writes_of,
)
from assay.authoring.audit.model import Finding
from assay.authoring.audit.program import Contract, Function
from assay.authoring.audit.terms import (
    Call,
    call_of,
    is_mined,
    is_time,
    loop_of,
    mentions_sender,
    stripped,
)
from assay.authoring.audit.tree import Node

LONGEST_BEND_S = 900
"""Within which the time of a block can be off."""
HOUR_S = 3600
_FIX = "Let nothing of worth hang on single seconds: use a committed secret, or windows of hours."
TIME_DRAWS = Rule("time-as-chance", "time_manipulation", "high", "high", _FIX)
TIME_EQUAL = Rule("time-equality", "time_manipulation", "medium", "medium", _FIX)
LAST_WINS = Rule("last-before-time-wins", "time_manipulation", "medium", "medium", _FIX)
SHORT_WINDOW = Rule("short-time-window", "time_manipulation", "low", "medium", _FIX)


def find(contract: Contract) -> Iterator[Finding]:
    """Remainders of the time, equality with it, short windows, and races against it."""
    for function in contract.own_functions:
        yield from _draws(function)
        yield from _comparisons(function)
    for function in entries_of(contract):
        yield from _races(contract, function)


def _draws(function: Function) -> Iterator[Finding]:
    for node in function.node.every("BinaryOperation"):
        if node.get("operator") != "%" or _is_calendar(node):
            continue
        sources = sources_of(node.children[0], function)
        times = [one for one in sources if is_time(one)]
        if times and not any(is_mined(one) for one in sources) and not mentions_hash(sources):
            yield TIME_DRAWS.at(
                node,
                function,
                "Whoever makes the block picks its time, and with it the outcome that is drawn "
                "from it here.",
            )


def _comparisons(function: Function) -> Iterator[Finding]:
    for node in function.node.every("BinaryOperation"):
        operator = node.get("operator")
        if operator not in {"==", "!=", "<", ">", "<=", ">="}:
            continue
        direct = [one for one in node.walk() if is_time(one)] or _elapsed(node, function)
        if not direct or any(one.get("operator") == "%" for one in node.walk()):
            continue
        if any("rand" in one.name.lower() for one in node.every("Identifier")):
            yield TIME_DRAWS.at(
                node,
                function,
                "Whoever makes the block picks its time, and with it what is meant to be chance.",
            )
        elif operator in {"==", "!="}:
            yield TIME_EQUAL.at(
                node,
                function,
                "Equality with the time of a block is what its maker wants it to be, and may never "
                "come about for anybody else.",
            )
        elif _is_short(node, function):
            yield SHORT_WINDOW.at(
                node,
                function,
                f"The time of a block can be off by seconds to minutes, which decides here: the "
                f"window is shorter than {LONGEST_BEND_S} s.",
            )


def _elapsed(test: Node, function: Function) -> list[Node]:
    """The time in a local variable that says how much of it went by, beside a number."""
    sides = [stripped(child) for child in test.children]
    if test.get("operator") in {"==", "!="} or not any(one.kind == "Literal" for one in sides):
        return []
    return [
        one
        for side in sides
        if side.kind == "Identifier"
        for found in sources_of(side, function, 1)
        if found.get("operator") == "-"
        for one in found.children
        if is_time(one)
    ]


def _races(contract: Contract, function: Function) -> Iterator[Finding]:
    """A payment to whoever was last before some time, which every newcomer puts off."""
    if is_authorised(function):
        return
    pushed, last = set(), set()
    for entry in entries_of(contract):
        writes = [] if is_authorised(entry) else writes_of(entry)
        times = {
            write.variable.id
            for write in writes
            if write.variable.type.startswith("uint") and _sets_time(write.step.node)
        }
        pushed |= times
        last |= {
            write.variable.id
            for write in writes
            if times and write.step.node.kind == "Assignment" and mentions_sender(write.step.node)
        }
    tests = [
        one
        for one in conditions_of(function)
        if any(is_time(node) for node in one.test.walk())
        and any(node.target in pushed for node in one.test.walk())
    ]
    pays = [
        call
        for call in _sends(function)
        if call.receiver is not None
        and not mentions_sender(call.receiver)
        and any(one.target in last for one in sources_of(call.receiver, function))
        and not loop_of(call.node)
    ]
    if tests and pays:
        yield LAST_WINS.at(
            _first(tests).test,
            function,
            "Whoever makes the block decides by its time whether the last one wins, and can be the "
            "last one.",
        )


def mentions_hash(nodes: list[Node]) -> bool:
    """Whether a digest is among them."""
    return any(one.name in {"keccak256", "sha3", "sha256"} for one in nodes)


def _is_calendar(node: Node) -> bool:
    """Remainders by an hour or more tell days and weeks, not chances."""
    divisor = _seconds(node.children[1])
    return divisor is not None and divisor >= HOUR_S


def _is_short(node: Node, function: Function) -> bool:
    literals = [
        found
        for one in sources_of(node, function)
        for found in (_seconds(one),)
        if found is not None and one.kind == "Literal"
    ]
    variables = [
        one
        for one in node.walk()
        if one.kind in {"Identifier", "IndexAccess"}
        and one.type.startswith("uint")
        and not is_time(one)
    ]
    return (
        bool(literals) and bool(variables) and max(literals) <= LONGEST_BEND_S and min(literals) > 0
    )


def _seconds(node: Node) -> int | None:
    """A number that is written out, or that the compiler knows."""
    text = node.type.removeprefix("int_const ")
    return int(text) if node.type.startswith("int_const") and text.isdigit() else None


def _sets_time(node: Node) -> bool:
    right = node.part("rightHandSide") if node.kind == "Assignment" else None
    return right is not None and any(is_time(one) for one in right.walk())


def _sends(function: Function) -> Iterator[Call]:
    for step in steps_of(function):
        call = call_of(step.node)
        if call is not None and call.sends_ether:
            yield call


def _first(tests: list[Condition]) -> Condition:
    return min(tests, key=lambda one: one.test.start)
