"""Chance that everybody can compute (SWC-120)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from assay.authoring.audit.detectors.rule import Rule
from assay.authoring.audit.detectors.time_manipulation import TIME_DRAWS
from assay.authoring.audit.flow import (
    comes_from_caller,
    conditions_of,
    entries_of,
    is_authorised,
    is_parameter,
    sources_of,
    state_variable,
    writes_of,
)
from assay.authoring.audit.model import Finding
from assay.authoring.audit.program import Contract, Function
from assay.authoring.audit.terms import is_hash, is_mined, is_time
from assay.authoring.audit.tree import Node

PREDICTABLE = Rule(
    "predictable-chance",
    "bad_randomness",
    "high",
    "high",
    "Draw from a verifiable random function, or from secrets that all sides commit to first.",
)
_STATEMENTS = frozenset(
    {
        "ExpressionStatement",
        "VariableDeclarationStatement",
        "Return",
        "IfStatement",
        "VariableDeclaration",
        "WhileStatement",
        "ForStatement",
    }
)


_CHANCE = re.compile(r"rand(?!s)|shuffle|dice|lucky", re.IGNORECASE)


def find(contract: Contract) -> Iterator[Finding]:
    """Draws from values of the block, where they are taken."""
    seen: set[int] = set()
    for function in contract.own_functions:
        promised = list(_promised(function))
        for draw in (*_draws(function), *promised):
            sources = _with_first_values(sources_of(draw, function), contract)
            if _is_of_known_things(draw, function, contract):
                if draw.start not in seen:
                    seen.add(draw.start)
                    yield _predictable(PREDICTABLE, draw, function)
                continue
            mined = [one for one in sources if is_mined(one)]
            times = [one for one in sources if is_time(one)]
            if not mined and not times:
                continue
            places = {_statement((mined or times)[0])}
            places |= {_statement(draw)} if draw in promised else set()
            mixed = [one for one in function.node.walk() if is_mined(one)]
            others = any(
                one.name in {"sender", "origin"}
                or is_parameter(one, function)
                or one.target in contract.variables
                for digest in sources
                if is_hash(digest)
                for one in digest.walk()
            )
            rule = PREDICTABLE if mined or mixed or others else TIME_DRAWS
            for place in sorted(places, key=lambda one: one.start):
                if place.start in seen:
                    continue
                seen.add(place.start)
                yield _predictable(rule, place, function)


def _predictable(rule: Rule, place: Node, function: Function) -> Finding:
    return rule.at(
        place,
        function,
        "Everybody can compute this chance in the same block before they bet, and whoever makes "
        "the block can choose it: the game is won at will.",
    )


def _is_of_known_things(draw: Node, function: Function, contract: Contract) -> bool:
    """Whether it is drawn from a digest of state and caller alone, which are no secrets."""
    if draw.get("operator") != "%" or not function.is_entry:
        return False
    sources = sources_of(draw.children[0], function)
    drawn = {one.target for one in sources} & contract.variables.keys()
    for write in writes_of(function):
        right = write.step.node.part("rightHandSide")
        if write.variable.id in drawn and right is not None:
            sources += sources_of(right, write.step.function)
    if _is_generated(function, drawn):
        return True
    known = any(one.name in {"sender", "gasleft"} for one in sources)
    free = any(is_parameter(one, function) or is_mined(one) or is_time(one) for one in sources)
    hidden = any(
        write.variable.id in {one.target for one in sources}
        for entry in entries_of(contract)
        if is_authorised(entry) or entry.parameters
        for write in writes_of(entry)
    )
    return any(map(is_hash, sources)) and known and not free and not hidden


def _is_generated(function: Function, drawn: Set[int]) -> bool:
    """Whether the next number is made of the last one alone, which anybody reads and computes."""
    for write in writes_of(function):
        right = write.step.node.part("rightHandSide")
        if write.variable.id not in drawn or right is None or right.get("operator") != "+":
            continue
        below = list(right.walk())
        if any(one.target == write.variable.id for one in below) and "*" in {
            one.get("operator") for one in below
        }:
            return not comes_from_caller(right, write.step.function)
    return False


def _promised(function: Function) -> Iterator[Node]:
    """What a function computes that gives a number and is named after chance."""
    returned = function.node.part("returnParameters")
    gives = returned is not None and any(
        one.type.startswith("uint") for one in returned.every("VariableDeclaration")
    )
    if function.body is None or not gives or not _CHANCE.search(function.name):
        return
    for node in function.body.every("VariableDeclarationStatement", "Return", "Assignment"):
        value = node.part("initialValue") or node.part("expression") or node.part("rightHandSide")
        if value is not None:
            yield value


def _with_first_values(sources: list[Node], contract: Contract) -> list[Node]:
    """With what the state variables among them are declared with."""
    declared = {one.target for one in sources} & contract.variables.keys()
    values = (contract.variables[one].part("value") for one in declared)
    return [*sources, *(node for value in values if value is not None for node in value.walk())]


def _draws(function: Function) -> Iterator[Node]:
    body = function.body
    if body is None:
        return
    for node in body.walk():
        operator = node.get("operator")
        if node.kind == "BinaryOperation" and operator == "%":
            sources = sources_of(node.children[0], function)
            if any(is_mined(one) or is_hash(one) for one in sources) or _on_state(node, function):
                yield node
        elif node.kind == "BinaryOperation" and operator in {"&", ">>", "/"}:
            if any(_is_secretive(one) for one in sources_of(node.children[0], function)):
                yield node
        elif _is_number_of_hash(node, function):
            yield node
    for condition in conditions_of(function):
        test = condition.test
        if test.kind == "BinaryOperation" and test.within(body) and _is_guess(test, function):
            yield test


def _on_state(node: Node, function: Function) -> bool:
    return state_variable(node.children[0], function) is not None


def _is_secretive(node: Node) -> bool:
    return is_mined(node) and node.name in {
        "blockhash",
        "difficulty",
        "prevrandao",
        "coinbase",
    }


def _is_number_of_hash(node: Node, function: Function) -> bool:
    """`uint(keccak256(...))` and `uint(blockhash(...))`: numbers, not names of things."""
    if node.kind != "FunctionCall" or node.get("kind") != "typeConversion":
        return False
    given = node.parts("arguments")
    if not given or not node.type.startswith("uint"):
        return False
    return any(
        _is_secretive(one) or (is_hash(one) and _has_block_value(one, function))
        for one in sources_of(given[0], function)
    )


def _has_block_value(node: Node, function: Function) -> bool:
    return any(is_mined(one) or is_time(one) for one in sources_of(node, function))


def _is_guess(test: Node, function: Function) -> bool:
    """A digest of the block that is compared, or a value of the block with what a caller says."""
    sources = sources_of(test, function, with_keys=False)
    if any(_is_secretive(one) for one in sources):
        return True
    hashes = [one for one in sources if is_hash(one)]
    if any(_has_block_value(one, function) for one in hashes):
        return True
    is_equality = test.get("operator") == "=="
    return (
        is_equality and any(is_mined(one) for one in sources) and comes_from_caller(test, function)
    )


def _statement(node: Node) -> Node:
    return next((above for above in node.walk_up() if above.kind in _STATEMENTS), node)
