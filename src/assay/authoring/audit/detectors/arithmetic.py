"""Numbers that wrap round (SWC-101)."""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.audit.detectors.rule import Rule
from assay.authoring.audit.flow import (
    conditions_of,
    guards_of,
    is_authorised,
    is_parameter,
    sources_of,
    state_variable,
    writes_of,
)
from assay.authoring.audit.model import Finding
from assay.authoring.audit.program import Contract, Function
from assay.authoring.audit.terms import (
    calls_in,
    is_loop,
    is_own_balance,
    is_paid,
    is_time,
    stripped,
)
from assay.authoring.audit.tree import Node

_COMPARISONS = frozenset({"<", ">", "<=", ">=", "==", "!="})
_OPERATORS = frozenset({"+", "-", "*", "+=", "-=", "*="})
_NARROW = frozenset({"uint8", "uint16", "uint24", "uint32", "int8", "int16"})
_FIX = "Compile with 0.8 or later, outside of unchecked; or require the bounds before."
WRAPS = Rule("overflow", "arithmetic", "high", "medium", _FIX)
COUNTER_WRAPS = Rule("narrow-counter", "arithmetic", "medium", "medium", _FIX)


def find(contract: Contract) -> Iterator[Finding]:
    """Sums, differences and products of what callers choose, without a bound."""
    for function in contract.own_functions:
        if function.body is None or function.is_constructor or is_authorised(function):
            continue
        seen: set[int] = set()
        for node in function.body.walk():
            found = _look_at(node, function)
            if found is not None and found.line not in seen:
                seen.add(found.line)
                yield found


def _look_at(node: Node, function: Function) -> Finding | None:
    if not _wraps_silently(node, function):
        return None
    if node.kind == "UnaryOperation":
        return _counter(node, function)
    operands = _operands(node)
    if operands is None:
        return None
    if _is_hazard(node, *operands, function) and not _is_bounded(node, *operands, function):
        what = {"+": "sum", "-": "difference", "*": "product"}[str(node.get("operator"))[0]]
        return WRAPS.at(
            node,
            function,
            f"This {what} wraps round for numbers that a caller can bring about: balances and "
            "limits that depend on it become worthless.",
        )
    return None


def _wraps_silently(node: Node, function: Function) -> bool:
    """Inner functions that leave checks out on purpose rely on their callers' bounds."""
    if not function.contract.unit.has_checked_arithmetic:
        return True
    return function.is_entry and any(above.kind == "UncheckedBlock" for above in node.walk_up())


def _operands(node: Node) -> tuple[Node, Node] | None:
    if node.get("operator") not in _OPERATORS or not node.type.startswith(("uint", "int")):
        return None
    if node.type.startswith("int_const") or node.kind not in {"BinaryOperation", "Assignment"}:
        return None
    names = ("leftExpression", "rightExpression")
    if node.kind == "Assignment":
        names = ("leftHandSide", "rightHandSide")
    left, right = node.part(names[0]), node.part(names[1])
    return (left, right) if left is not None and right is not None else None


def _is_hazard(node: Node, left: Node, right: Node, function: Function) -> bool:
    operator = str(node.get("operator"))[0]
    if operator == "-":
        return _is_hazardous_difference(left, right, function)
    if _is_small(left, function) and _is_small(right, function):
        return False
    if operator == "*":
        free = [one for one in (left, right) if _is_free(one, function)]
        return bool(free)
    return any(_is_free(one, function) for one in (left, right)) or (
        node.type in _NARROW and node.kind == "Assignment"
    )


def _is_hazardous_difference(left: Node, right: Node, function: Function) -> bool:
    if any(is_time(one) or is_own_balance(one) for one in left.walk()):
        return False
    if any(is_paid(one) for one in sources_of(left, function)):
        return False
    if stripped(left).name == "length" or _loop_variable(left, function):
        return False
    on_state = _is_state(left, function)
    return (
        _is_free(right, function)
        or _is_free(left, function)
        or (on_state and (stripped(right).kind == "Literal" or _is_state(right, function)))
    )


def _is_free(node: Node, function: Function) -> bool:
    """Whether a caller chooses how large it is."""
    for one in sources_of(node, function):
        if is_parameter(one, function) and one.type.startswith(("uint", "int")):
            if _is_given_small(one, function):
                continue
            above = one.parent
            is_key = above is not None and above.kind == "IndexAccess"
            if not (is_key and above is not None and above.part("indexExpression") is one):
                return True
    base = stripped(node)
    return base.kind == "IndexAccess" and is_parameter(_base(base), function)


def _is_given_small(parameter: Node, function: Function) -> bool:
    """Whether an inner function is given nothing there that a caller chooses."""
    if function.node.get("visibility") not in {"internal", "private"}:
        return False
    place = next(
        index for index, one in enumerate(function.parameters) if one.id == parameter.target
    )
    given = [
        (call.arguments[place], other)
        for other in function.contract.functions
        if other is not function and other.body is not None
        for call in calls_in(other.body)
        if call.callee.target == function.node.id and len(call.arguments) > place
    ]
    return bool(given) and not any(
        is_parameter(one, other) for node, other in given for one in sources_of(node, other)
    )


def _base(node: Node) -> Node:
    below = node.part("baseExpression")
    return below if below is not None else node


def _is_small(node: Node, function: Function) -> bool:
    """Ether, time, constants: never near the largest number."""
    base = stripped(node)
    if base.kind == "Literal" or node.type.startswith("int_const"):
        return True
    if any(is_paid(one) or is_time(one) for one in base.walk()):
        return not _is_free(base, function)
    return not _is_free(base, function)


def _is_state(node: Node, function: Function) -> bool:
    variable = state_variable(node, function)
    return variable is not None and not variable.get("constant")


def _loop_variable(node: Node, function: Function) -> bool:
    name = stripped(node)
    return any(
        is_loop(above) and any(one.target == name.target for one in above.every("Identifier"))
        for above in node.walk_up()
    ) and not _is_state(node, function)


def _is_bounded(node: Node, left: Node, right: Node, function: Function) -> bool:
    operator = str(node.get("operator"))[0]
    if operator in "+-" and _moves_what_was_checked(node, right, function):
        return True
    tests = [
        one.test for one in conditions_of(function) if one.test.get("operator") in _COMPARISONS
    ]
    if any(_settles(test, node, (left, right), function) for test in tests):
        return True
    if operator == "+":
        if _is_part_of_tested_total(right, tests, function) or _is_factor(right, tests, function):
            return True
        return _has_ceiling(right, function) and not _is_free(left, function)
    if operator == "-":
        return _is_share(right, function)
    free = [one for one in (left, right) if _is_free(one, function)]
    return all(_has_ceiling(one, function) for one in free)


def _settles(test: Node, node: Node, operands: tuple[Node, Node], function: Function) -> bool:
    """Whether a comparison makes sure that a result fits, before or after it is computed."""
    if node.within(test):
        return any(_same(side, one) for side in test.children for one in operands)
    operator = str(node.get("operator"))[0]
    sources = list(test.walk()) if operator == "*" else sources_of(test, function)
    has_left, has_right = (_stands_in(one, sources) for one in operands)
    if operator == "-":
        return has_left and (has_right or stripped(operands[1]).kind == "Literal")
    results = _results(node)
    has_result = any(one.target in results for one in test.walk())
    return (has_left and has_right) or (has_result and (has_left or has_right))


def _moves_what_was_checked(node: Node, moved: Node, function: Function) -> bool:
    """Whether the compiler checks that the same can be taken from somebody's part of the whole."""
    if not function.contract.unit.has_checked_arithmetic:
        return False
    return any(
        write.step.node is not node
        and write.step.node.get("operator") == "-="
        and not any(above.kind == "UncheckedBlock" for above in write.step.node.walk_up())
        and right is not None
        and _same(right, moved)
        for write in writes_of(function)
        for right in (write.step.node.part("rightHandSide"),)
    )


def _is_part_of_tested_total(added: Node, tests: list[Node], function: Function) -> bool:
    """Whether the same is added to a total whose sum is tested: no part is more than the whole."""
    for test in tests:
        sources = sources_of(test, function)
        for one in sources:
            if one.get("operator") != "+" or one.kind != "BinaryOperation":
                continue
            total, same = one.children
            is_total = _is_state(total, function) and stripped(total).kind == "Identifier"
            stands = any(side.same_as(stripped(total)) for side in map(stripped, test.children))
            if is_total and stands and _same(same, added):
                return True
    return False


def _is_factor(added: Node, tests: list[Node], function: Function) -> bool:
    """Whether a product of it is tested: where that wraps round, the product is to blame."""
    return any(
        one.kind == "BinaryOperation"
        and one.get("operator") == "*"
        and any(_same(factor, added) for factor in one.children)
        for test in tests
        for one in sources_of(test, function)
    )


def _has_ceiling(node: Node, function: Function) -> bool:
    """Whether a test keeps it below something that is not of the caller's choice."""
    named = {one.target for one in node.walk() if is_parameter(one, function)}
    for condition in conditions_of(function):
        test = condition.test
        if test.get("operator") not in {"<", ">", "<=", ">=", "=="}:
            continue
        low, high = test.children
        if (test.get("operator") in {">", ">="}) is condition.holds:
            low, high = high, low
        is_low = stripped(low).target in named and named
        if is_low and not _is_free(high, function) and not _is_zero(high):
            return _is_kept_book(high, function)
    return False


def _is_kept_book(high: Node, function: Function) -> bool:
    """Whether what somebody has is a bound: it comes from somewhere, and not for the asking."""
    variable = state_variable(high, function)
    if variable is None or not variable.type.startswith("mapping(address => uint"):
        return True
    additions = [
        (write.step.node, one)
        for one in function.contract.functions
        for write in writes_of(one)
        if write.variable is variable
        and write.step.node.get("operator") in {"=", "+="}
        and write.step.node.kind == "Assignment"
    ]
    grounded = False
    for node, one in additions:
        right = node.part("rightHandSide")
        if right is None or any(
            source.target == variable.id
            for condition in conditions_of(one)
            for source in condition.test.walk()
        ):
            continue
        if node.get("operator") == "+=" and _is_free(right, one) and one.is_entry:
            tests = [
                condition.test
                for condition in conditions_of(one)
                if condition.test.get("operator") in {"<", "<=", ">", ">="}
            ]
            sums = any(_settles(test, node, (node.children[0], right), one) for test in tests)
            part = _is_part_of_tested_total(right, tests, one) or _is_factor(right, tests, one)
            if not sums and not part and not is_authorised(one, node):
                return False
        grounded = True
    return grounded


def _is_zero(node: Node) -> bool:
    base = stripped(node)
    return base.kind == "Literal" and base.get("value") in {"0", "1"}


def _is_share(node: Node, function: Function) -> bool:
    """`x - x * 3 / 100`: parts of a whole."""
    return any(one.get("operator") == "/" for one in sources_of(node, function))


def _results(node: Node) -> set[int]:
    """Ids of the local variables that hold the result."""
    for above in (node, *node.walk_up()):
        if above.kind == "VariableDeclarationStatement":
            return {one["id"] for one in above.get("declarations") or () if one}
        if above.kind == "Assignment":
            place = above.part("leftHandSide")
            return {place.target} if place is not None and place.kind == "Identifier" else set()
        if above.kind in {"ExpressionStatement", "Return", "IfStatement"}:
            break
    return set()


def _stands_in(operand: Node, sources: list[Node]) -> bool:
    wanted = stripped(operand)
    return any(one.same_as(wanted) for one in sources)


def _same(one: Node, other: Node) -> bool:
    return stripped(one).same_as(stripped(other))


def _counter(node: Node, function: Function) -> Finding | None:
    place = node.part("subExpression")
    if place is None:
        return None
    operator = node.get("operator")
    tested = any(
        _stands_in(place, sources_of(one.test, function)) for one in conditions_of(function)
    )
    is_counted = operator == "--" and _is_state(place, function) and place.name != "length"
    if is_counted and not tested and not _counts_what_was_counted(node, place, function):
        return WRAPS.at(
            node, function, "Below zero this counter becomes the largest number there is."
        )
    if operator == "++" and place.type in _NARROW:
        loop = next((above for above in node.walk_up() if is_loop(above)), None)
        test = loop.part("condition") if loop is not None else None
        wide = test is not None and any(
            child.type not in _NARROW and not child.type.startswith("int_const")
            for child in test.children
        )
        if wide or (loop is None and _is_state(place, function) and not tested):
            return COUNTER_WRAPS.at(
                node,
                function,
                f"This counter is a {place.type} and starts again from zero before it gets where "
                "it should: what it counts is overwritten, or never ends.",
            )
    return None


def _counts_what_was_counted(node: Node, place: Node, function: Function) -> bool:
    """Whether it takes one off for an entry that is there, and that counted when it was made."""
    counted = state_variable(place, function)
    made = {
        write.variable.id
        for other in function.contract.functions
        if any(
            one.variable is counted and one.step.node.get("operator") == "++"
            for one in writes_of(other)
        )
        for write in writes_of(other)
        if write.variable is not counted
    }
    asked = {
        one.target
        for condition in guards_of(function, node)
        for one in sources_of(condition.test, function)
    }
    return bool(made & asked & {write.variable.id for write in writes_of(function)})
