"""State that says who may do what, or what things cost, and that anybody can set."""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.audit.detectors.rule import Rule
from assay.authoring.audit.flow import (
    Condition,
    Write,
    comes_from_caller,
    conditions_of,
    entries_of,
    guards_of,
    is_authorised,
    is_authority,
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
    is_paid,
    mentions_sender,
    stores_by_assembly,
    stripped,
)
from assay.authoring.audit.tree import Node

_FIX = "Let only the owner, a role, or governance set it; set the first owner in the constructor."
OPEN_OWNER = Rule("open-owner", "access_control", "high", "high", _FIX)
OPEN_SETTING = Rule("open-setting", "access_control", "high", "medium", _FIX)
OPEN_CREDIT = Rule("open-credit", "access_control", "high", "medium", _FIX)


def find(contract: Contract) -> Iterator[Finding]:
    """Open changes of owners, of what payments depend on, and of what others have."""
    owners, money = _authorities(contract), _settings(contract)
    for function in entries_of(contract):
        yield from _open_slots(function)
        for write in writes_of(function):
            if _is_guarded(function, write):
                if _is_gift(contract, function, write) and not _is_asked_for(function, write):
                    yield _gift(function, write)
                continue
            if write.variable.id in owners and _gives_rights(write):
                yield OPEN_OWNER.at(
                    write.step.node,
                    function,
                    f"Anybody can call {function.label} and set {write.variable.name}, which "
                    "decides who may do what.",
                )
            elif write.variable.id in money and _is_chosen(write, function):
                yield OPEN_SETTING.at(
                    write.step.node,
                    function,
                    f"Anybody can set {write.variable.name}, on which payments depend.",
                )
            elif _is_gift(contract, function, write):
                yield _gift(function, write)


def _open_slots(function: Function) -> Iterator[Finding]:
    """Storage that assembly writes, as proxies do with the address of their code."""
    for step in steps_of(function):
        if not stores_by_assembly(step.node) or is_authorised(function, step.node):
            continue
        asks = any(
            mentions_sender(one) or is_paid(one)
            for condition in guards_of(function, step.node)
            for one in sources_of(condition.test, function)
        )
        if function.parameters and not asks and not _is_set_once(function):
            yield OPEN_SETTING.at(
                step.node if step.depth == 0 else function.node,
                function,
                f"Anybody can call {function.label} and overwrite storage: in a proxy, the code "
                "that it runs.",
            )
            return


def _is_set_once(function: Function) -> bool:
    """Whether it tests what it changes, and so works only once."""
    tested = {one.target for c in conditions_of(function) for one in c.test.walk()}
    return any(write.variable.id in tested for write in writes_of(function))


def _names(node: Node, write: Write) -> bool:
    """Whether the caller says it, and does not just say where it is looked up."""
    sources = sources_of(node, write.step.function, with_keys=False)
    return any(is_parameter(one, write.step.function) for one in sources)


def _gift(function: Function, write: Write) -> Finding:
    return OPEN_CREDIT.at(
        write.step.node,
        function,
        f"Anybody can change what others have in {write.variable.name}, without paying or owning "
        "anything.",
    )


def _is_asked_for(function: Function, write: Write) -> bool:
    """Whether a test asks for more than that numbers stay within bounds."""
    if is_authorised(function, write.step.node) or _is_own(write):
        return True
    return any(
        (
            condition.test.get("operator") not in {"<", "<=", ">", ">="}
            and not _is_about_addresses(condition.test)
        )
        or any(
            mentions_sender(one) or is_paid(one) or call_of(one) is not None
            for one in sources_of(condition.test, function)
        )
        for condition in guards_of(function, write.step.node)
    )


def _is_about_addresses(test: Node) -> bool:
    """`to != address(0)`: whom it is given to, and not by whom."""
    return test.get("operator") in {"==", "!="} and any(
        stripped(one).get("value") == "0" and "address" in test.children[0].type
        for one in test.children
    )


def _authorities(contract: Contract) -> set[int]:
    """Ids of the state variables by which callers are told apart."""
    found: set[int] = set()
    modifiers = [
        one
        for one in contract.unit.functions.values()
        if one.contract is contract and one.node.kind == "ModifierDefinition"
    ]
    for function in (*contract.functions, *modifiers):
        for condition in conditions_of(function):
            if is_authority(condition):
                found |= {one.target for one in condition.test.walk()}
    return {
        one
        for one in found & contract.variables.keys()
        if "address" in contract.variables[one].type.replace("address =>", "")
        or "=> bool" in contract.variables[one].type
    }


def _settings(contract: Contract) -> set[int]:
    """Ids of the plain state variables on which amounts and receivers of payments depend."""
    found: set[int] = set()
    for function in contract.functions:
        for step in steps_of(function):
            call = call_of(step.node)
            if call is None:
                continue
            is_call_out = call.is_external or call.sends_ether or call.is_low_level
            parts = [call.receiver, call.amount, *call.arguments] if is_call_out else []
            for part in parts:
                if part is not None:
                    found |= {one.target for one in sources_of(part, step.function)}
        pays = any(_moves_money(call_of(step.node)) for step in steps_of(function))
        for condition in conditions_of(function):
            if pays or (function.is_payable and any(map(is_paid, condition.test.walk()))):
                found |= {one.target for one in condition.test.walk()}
    return {
        one
        for one in found & contract.variables.keys()
        if not contract.variables[one].type.startswith(("mapping", "struct"))
        and "[]" not in contract.variables[one].type
    }


def _moves_money(call: Call | None) -> bool:
    if call is None:
        return False
    anything = call.on_address and call.name == "call" and bool(call.arguments)
    return call.sends_ether or anything or (call.is_external and "ransfer" in call.name)


def _is_guarded(function: Function, write: Write) -> bool:
    """Whether not everybody gets there: by who they are, what they paid, or only once."""
    if is_authorised(function, write.step.node) or _is_own(write):
        return True
    return any(
        _asks(condition.test, write, function)
        for condition in guards_of(function, write.step.node)
        if not _is_missing_mark(condition, write)
    )


def _is_missing_mark(condition: Condition, write: Write) -> bool:
    """`!member[who]`: that somebody whom the caller names has no right yet entitles nobody."""
    test = stripped(condition.test)
    is_mark = test.kind == "IndexAccess" and test.type == "bool" and not condition.holds
    return is_mark and test.same_as(write.place) and comes_from_caller(test, write.step.function)


def _asks(test: Node, write: Write, function: Function) -> bool:
    if any(is_paid(one) for one in test.walk()):
        return True
    if call_of(stripped(test)) is not None:
        return True
    if test.get("operator") == "==" and any(
        is_parameter(stripped(side), function) for side in test.children
    ):
        return False
    sources = sources_of(test, function)
    if any(mentions_sender(one) for one in sources):
        return True
    tested = {one.target for one in sources} & function.contract.variables.keys()
    return any(other.variable.id in tested for other in writes_of(function)) or (
        write.variable.id in tested
    )


def _is_own(write: Write) -> bool:
    """Whether it changes what belongs to the caller alone."""
    return write.place.kind in {"IndexAccess", "MemberAccess"} and mentions_sender(write.place)


def _gives_rights(write: Write) -> bool:
    node = write.step.node
    if node.kind != "Assignment":
        return False
    right = node.part("rightHandSide")
    if right is None:
        return False
    by_key = comes_from_caller(write.place, write.step.function)
    if write.place.kind == "IndexAccess" and not by_key:
        return False
    given = sources_of(right, write.step.function)
    return by_key or any(
        mentions_sender(one) or is_parameter(one, write.step.function) for one in given
    )


def _is_chosen(write: Write, function: Function) -> bool:
    right = write.step.node.part("rightHandSide")
    if right is None or function.is_payable or write.step.node.get("operator") != "=":
        return False
    stands_alone = stripped(right)
    return is_parameter(stands_alone, write.step.function)


def _is_gift(contract: Contract, function: Function, write: Write) -> bool:
    """An amount of the caller's choice, for whom they choose, out of nothing."""
    node = write.step.node
    if "mapping(address => uint" not in write.variable.type or node.kind != "Assignment":
        return False
    if write.variable.type.count("mapping") > 1 or function.is_payable:
        return False
    right = node.part("rightHandSide")
    key = write.place.part("indexExpression")
    if right is None or key is None or not _names(right, write) or not _names(key, write):
        return False
    changes = [one for one in writes_of(function) if one.variable is write.variable]
    calls = (call_of(step.node) for step in steps_of(function))
    pulls = any(call is not None and call.is_external for call in calls)
    return len(changes) == 1 and not pulls and contract.kind == "contract"
