"""What a call of a function does, step by step, and under which conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from assay.authoring.audit.program import Contract, Function
from assay.authoring.audit.terms import (
    base_of,
    call_of,
    is_sender,
    mentions_sender,
    stripped,
    written_places,
)
from assay.authoring.audit.tree import Node

DEEPEST = 4
_TESTS = frozenset({"require", "assert"})
_ENDS = frozenset({"Throw", "Return", "RevertStatement"})


@dataclass(frozen=True, eq=False, slots=True)
class Step:
    """One node as it is run; operands come before what uses them.

    Attributes:
        function: in whose text the node stands.
        depth: 0 in the function itself, more in what it calls; modifiers have 0 too.
    """

    node: Node
    function: Function
    depth: int


@dataclass(frozen=True, eq=False, slots=True)
class Condition:
    """What must hold for the rest to be reached.

    Attributes:
        holds: whether the test is true (or false) where it lets through.
        scope: all that it guards; none where it guards all that comes after it.
    """

    test: Node
    holds: bool
    scope: Node | None
    index: int


@lru_cache(maxsize=4096)
def steps_of(function: Function) -> tuple[Step, ...]:
    """All that a call runs, through modifiers and functions of its own contracts."""
    return tuple(_run(function, 0, ()))


def _run(function: Function, depth: int, above: tuple[Function, ...]) -> Iterator[Step]:
    after: list[list[Step]] = []
    for modifier in function.modifiers:
        whole = list(_nodes(modifier.body, modifier, depth, (*above, function)))
        at = next((i for i, s in enumerate(whole) if s.node.kind == "PlaceholderStatement"), None)
        yield from whole[:at] if at is not None else whole
        if at is not None:
            after.append(whole[at + 1 :])
    yield from _nodes(function.body, function, depth, (*above, function))
    for part in reversed(after):
        yield from part


def _nodes(
    node: Node | None, function: Function, depth: int, above: tuple[Function, ...]
) -> Iterator[Step]:
    if node is None:
        return
    for child in node.children:
        yield from _nodes(child, function, depth, above)
    yield Step(node, function, depth)
    callee = internal_callee(node, function)
    if callee is not None and callee not in above and depth < DEEPEST:
        yield from _run(callee, depth + 1, above)


def internal_callee(node: Node, function: Function) -> Function | None:
    """The function of the same contracts, or of a library, that a node calls."""
    call = call_of(node)
    if call is None or call.is_external:
        return None
    found = function.contract.unit.functions.get(call.callee.target)
    return found if found is not None and found.node.kind == "FunctionDefinition" else None


@lru_cache(maxsize=4096)
def conditions_of(function: Function) -> tuple[Condition, ...]:
    """All tests that a call runs through, in their order."""
    steps = steps_of(function)
    found = [
        condition for index, step in enumerate(steps) for condition in _tests(step.node, index)
    ]
    return tuple(
        replace(one, scope=None, index=index_of(function, one.test)) if _lets_in(one) else one
        for one in found
    )


def _tests(node: Node, index: int) -> Iterator[Condition]:
    call = call_of(node)
    is_test = call is not None and call.callee.kind == "Identifier" and call.name in _TESTS
    if call is not None and is_test and call.arguments:
        yield from _split(call.arguments[0], holds=True, scope=None, index=index)
    if node.kind in {"IfStatement", "Conditional"}:
        test = node.part("condition")
        yes = node.part("trueBody") or node.part("trueExpression")
        no = node.part("falseBody") or node.part("falseExpression")
        if test is None:
            return
        leaves = yes is not None and _leaves(yes)
        if leaves:
            yield from _split(test, holds=False, scope=None, index=index)
        if yes is not None and not (leaves and len(yes.parts("statements")) <= 1):
            yield from _split(test, holds=True, scope=yes, index=index)
        if no is not None:
            ends = _leaves(no)
            yield from _split(test, holds=ends, scope=None if ends else no, index=index)
    if node.kind == "WhileStatement":
        test, body = node.part("condition"), node.part("body")
        if test is not None and body is not None:
            yield from _split(test, holds=True, scope=body, index=index)


def _lets_in(condition: Condition) -> bool:
    """`if (test) _;` of a modifier, which guards all that comes after the test."""
    return condition.scope is not None and any(condition.scope.every("PlaceholderStatement"))


def _split(test: Node, *, holds: bool, scope: Node | None, index: int) -> Iterator[Condition]:
    """Parts that all hold, of tests joined by `&&` (or by `||` where they must fail)."""
    test = stripped(test)
    joined = "&&" if holds else "||"
    if test.kind == "BinaryOperation" and test.get("operator") == joined:
        for child in test.children:
            yield from _split(child, holds=holds, scope=scope, index=index)
    elif test.kind == "UnaryOperation" and test.get("operator") == "!":
        yield from _split(test.children[0], holds=not holds, scope=scope, index=index)
    else:
        yield Condition(test, holds, scope, index)


def _leaves(body: Node) -> bool:
    last = body
    while last.kind in {"Block", "UncheckedBlock"}:
        statements = last.parts("statements")
        if not statements:
            return False
        last = statements[-1]
    if last.kind in _ENDS:
        return True
    if last.kind != "ExpressionStatement":
        return False
    call = call_of(last.children[0])
    return call is not None and call.name == "revert"


def index_of(function: Function, node: Node) -> int:
    """When a node is run."""
    return next((i for i, step in enumerate(steps_of(function)) if step.node is node), -1)


def guards_of(function: Function, node: Node) -> list[Condition]:
    """The conditions under which a node is reached."""
    at = index_of(function, node)
    return [
        one
        for one in conditions_of(function)
        if (one.scope is None and one.index < at)
        or (one.scope is not None and node.within(one.scope))
    ]


def is_authority(condition: Condition) -> bool:
    """Whether it asks who the caller is, rather than what the caller has."""
    return _names_caller(condition.test, holds=condition.holds)


def _names_caller(test: Node, *, holds: bool) -> bool:
    test = stripped(test)
    if test.kind == "UnaryOperation" and test.get("operator") == "!":
        return _names_caller(test.children[0], holds=not holds)
    if test.kind == "BinaryOperation" and test.get("operator") in {"==", "!="}:
        wants_equal = (test.get("operator") == "==") is holds
        sides = [stripped(child) for child in test.children]
        if any(is_sender(side) or side.name == "origin" for side in sides):
            other = sides[1] if is_sender(sides[0]) or sides[0].name == "origin" else sides[0]
            return wants_equal and not _is_zero(other)
        return wants_equal and _is_about_sender(test) and "uint" not in sides[0].type
    if test.kind == "BinaryOperation" and test.get("operator") in {"&&", "||"}:
        combine = all if (test.get("operator") == "||") is holds else any
        return combine(_names_caller(child, holds=holds) for child in test.children)
    if test.kind == "FunctionCall":
        call = call_of(test)
        acts = call is None or (call.is_external and " view" not in call.callee.type)
        given = any(mentions_sender(one) for one in test.parts("arguments"))
        return holds and given and not acts
    is_mark = test.kind in {"IndexAccess", "MemberAccess"} and test.type == "bool"
    return holds and is_mark and mentions_sender(test)


def _is_about_sender(node: Node) -> bool:
    """Whether the caller's address goes into it; what callers answer themselves tells nothing."""
    call = call_of(node)
    if call is not None and call.is_external and call.receiver is not None:
        return not mentions_sender(call.receiver) and mentions_sender(node)
    return is_sender(node) or any(map(_is_about_sender, node.children))


def is_authorised(function: Function, node: Node | None = None) -> bool:
    """Whether only callers of a certain identity reach a node, or the function's end."""
    conditions = conditions_of(function) if node is None else guards_of(function, node)
    return any(is_authority(one) and not _is_for_the_asking(one, function) for one in conditions)


def is_for_few(function: Function) -> bool:
    """Whether only somebody whom the contract itself names can call it.

    The owner of one item among many is anybody.
    """
    return is_authorised(function) and not all(
        any(
            one.kind == "IndexAccess" and not mentions_sender(one)
            for one in sources_of(condition.test, function)
        )
        for condition in conditions_of(function)
        if is_authority(condition)
    )


def _is_for_the_asking(condition: Condition, function: Function) -> bool:
    """Whether it asks for a mark of the caller that anybody can give themselves."""
    test = stripped(condition.test)
    variable = state_variable(test, function) if test.type == "bool" else None
    if variable is None or test.kind not in {"IndexAccess", "MemberAccess"}:
        return False
    return variable.id in _given_to_anybody(function.contract)


@lru_cache(maxsize=1024)
def _given_to_anybody(contract: Contract) -> frozenset[int]:
    """Ids of the variables in which callers mark themselves, and nobody asks who they are."""
    found = set()
    for entry in entries_of(contract):
        if any(is_authority(one) for one in conditions_of(entry)):
            continue
        for write in writes_of(entry):
            right = write.step.node.part("rightHandSide")
            marks = right is not None and right.get("value") != "false"
            if marks and mentions_sender(write.place):
                found.add(write.variable.id)
    return frozenset(found)


@dataclass(frozen=True, eq=False, slots=True)
class Write:
    """A change of a state variable."""

    variable: Node
    place: Node
    step: Step
    index: int


@lru_cache(maxsize=4096)
def writes_of(function: Function) -> tuple[Write, ...]:
    """All changes of state that a call makes, through pointers to storage too."""
    found = []
    for index, step in enumerate(steps_of(function)):
        for place in written_places(step.node):
            variable = state_variable(place, step.function)
            if variable is not None:
                found.append(Write(variable, place, step, index))
    return tuple(found)


def state_variable(place: Node, function: Function) -> Node | None:
    """The state variable in which a place lies."""
    base = base_of(place)
    declared = function.contract.unit.declarations.get(base.target)
    if declared is None:
        return None
    if declared.get("stateVariable"):
        return declared
    value = initial_value(declared) if _is_pointer(declared) and place is not base else None
    return state_variable(value, function) if value is not None and value is not place else None


def _is_pointer(declared: Node) -> bool:
    """Whether a local variable stands for a place in storage; `var` does not say so itself."""
    identifier = str((declared.get("typeDescriptions") or {}).get("typeIdentifier") or "")
    said = declared.get("storageLocation") == "storage" or "storage" in declared.type
    return said or identifier.endswith("_storage_ptr")


def initial_value(declared: Node) -> Node | None:
    """What a local variable is declared with."""
    statement = declared.parent
    if statement is None or statement.kind != "VariableDeclarationStatement":
        return None
    return statement.part("initialValue")


@lru_cache(maxsize=4096)
def state_reads(function: Function) -> frozenset[int]:
    """Ids of the state variables that a call looks at."""
    known = function.contract.variables
    return frozenset(step.node.target for step in steps_of(function) if step.node.target in known)


def sources_of(
    expression: Node, function: Function, depth: int = DEEPEST, *, with_keys: bool = True
) -> list[Node]:
    """All nodes that an expression is computed from: through local variables and own functions.

    Without `with_keys`, under which key something is looked up does not count.
    """
    found: list[Node] = []
    seen: set[int] = set()

    def visit(node: Node, within: Function, left: int) -> None:
        for one in node.walk() if with_keys else _without_keys(node):
            found.append(one)
            if left == 0:
                continue
            declared = within.contract.unit.declarations.get(one.target)
            is_local = declared is not None and not declared.get("stateVariable")
            if declared is not None and is_local and declared.id not in seen:
                seen.add(declared.id)
                for value in values_given(declared, within):
                    visit(value, within, left - 1)
            callee = internal_callee(one, within)
            if callee is not None and callee.body is not None and callee.node.id not in seen:
                seen.add(callee.node.id)
                for returned in callee.body.every("Return"):
                    visit(returned, callee, left - 1)

    visit(expression, function, depth)
    return found


def _without_keys(node: Node) -> Iterator[Node]:
    yield node
    key = node.part("indexExpression") if node.kind == "IndexAccess" else None
    for child in node.children:
        if child is not key:
            yield from _without_keys(child)


def values_given(declared: Node, function: Function) -> list[Node]:
    """What a local variable is set to anywhere in a function.

    What is written through a pointer to storage is a change of state, and not of the variable.
    """
    found = [value for value in (initial_value(declared),) if value is not None]
    is_pointer = _is_pointer(declared)
    for assignment in function.node.every("Assignment"):
        places = [place if is_pointer else base_of(place) for place in written_places(assignment)]
        if any(place.target == declared.id for place in places if place.kind == "Identifier"):
            right = assignment.part("rightHandSide")
            found += [right] if right is not None else []
    return found


def is_parameter(node: Node, function: Function) -> bool:
    """Whether the caller chooses it freely."""
    return any(node.target == one.id for one in function.parameters)


def comes_from_caller(expression: Node, function: Function) -> bool:
    """Whether a parameter of the function goes into an expression."""
    return any(is_parameter(one, function) for one in sources_of(expression, function))


def entries_of(contract: Contract) -> list[Function]:
    """What anybody can call to change something, inherited functions too."""
    return [one for one in contract.functions if one.is_entry]


def _is_zero(node: Node) -> bool:
    return node.kind == "Literal" and node.get("value") in {"0", "0x0"}
