"""What a program's errors, events and texts look like, whatever language it is written in."""

from __future__ import annotations

from collections.abc import Mapping

from assay.authoring.program.checking import scope_of, type_of
from assay.authoring.program.expressions import Caller, Expression, Lookup, Name, Now, Type
from assay.authoring.program.interpreter import CALLER_ERROR, PAYMENT_ERROR
from assay.authoring.program.model import (
    Emit,
    Function,
    If,
    Let,
    Program,
    Require,
    Statement,
    takes_native,
)

Signature = tuple[tuple[str, Type], ...]
ADDRESS_ERROR = "NobodyGiven"
MEMBERS_ERROR = "WrongMembers"
MOVE_ERROR = "NotTransferable"


def errors(program: Program) -> dict[str, Signature]:
    """Every named error with its values, in the order of their first use."""
    found: dict[str, Signature] = {}
    if program.roles or any(asset.kind == "token" for asset in program.assets):
        found[ADDRESS_ERROR] = ()
    if program.groups:
        found[MEMBERS_ERROR] = ()
    if any(function.callers for function in program.functions):
        found[CALLER_ERROR] = (("caller", Type.ADDRESS),)
    if any(takes_native(program, function) for function in program.functions):
        found[PAYMENT_ERROR] = (("sent", Type.NUMBER), ("due", Type.NUMBER))
    if program.issued is not None and program.issued.movable is not None:
        found[MOVE_ERROR] = ()
    for function in program.functions:
        for statement, scope in scoped(program, function):
            if isinstance(statement, Require) and statement.error not in found:
                found[statement.error] = _named(program, statement.values, scope, function)
    return found


def events(program: Program) -> dict[str, Signature]:
    """Every event with its values, in the order of their first use."""
    found: dict[str, Signature] = {}
    for function in program.functions:
        for statement, scope in scoped(program, function):
            if isinstance(statement, Emit) and statement.event not in found:
                found[statement.event] = tuple(
                    (name, type_of(program, scope, value, function.name))
                    for name, value in statement.values
                )
    return found


def scoped(program: Program, function: Function) -> list[tuple[Statement, Mapping[str, Type]]]:
    """Every statement of a function with the names that it can read."""
    scope = scope_of(program) | dict(function.arguments)
    return _scoped(program, function, function.body, scope)


def _scoped(
    program: Program, function: Function, body: tuple[Statement, ...], outer: Mapping[str, Type]
) -> list[tuple[Statement, Mapping[str, Type]]]:
    scope = dict(outer)
    found: list[tuple[Statement, Mapping[str, Type]]] = []
    for statement in body:
        found.append((statement, dict(scope)))
        if isinstance(statement, Let):
            scope[statement.name] = type_of(program, scope, statement.value, function.name)
        elif isinstance(statement, If):
            for branch in (statement.then, statement.otherwise):
                found += _scoped(program, function, branch, scope)
    return found


def _named(
    program: Program, values: tuple[Expression, ...], scope: Mapping[str, Type], function: Function
) -> Signature:
    named: dict[str, Type] = {}
    for value in values:
        label = _label(value)
        while label in named:
            label += "Too"
        named[label] = type_of(program, scope, value, function.name)
    return tuple(named.items())


def _label(value: Expression) -> str:
    match value:
        case Name(name):
            words = name.split("_")
            plain = (
                name
                if not name.isupper()
                else words[0].lower() + "".join(word.capitalize() for word in words[1:])
            )
            return f"{plain}Value"
        case Now():
            return "time"
        case Caller():
            return "caller"
        case Lookup(mapping, _):
            return f"{mapping}Value"
        case _:
            return "value"


def quoted(text: str) -> str:
    """Words of the agreement as they may stand in a comment: one line, nothing that hides.

    Characters that turn the direction of text or end a comment would let code differ from what a
    reader sees (Boucher and Anderson 2021, "Trojan Source").
    """
    visible = "".join(one if one.isprintable() else " " for one in text)
    return " ".join(visible.replace("*/", "* /").replace('"""', "'''").replace("\\", "/").split())
