"""What must hold for every program before it is written as code.

Names are known, of the right type and not used twice; state is changed before money moves; and what
a program takes in, some function of it can send out again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assay.authoring.program.errors import ProgramWrong
from assay.authoring.program.expressions import (
    ARITHMETIC,
    COMPARING,
    LOGICAL,
    Binary,
    Caller,
    Expression,
    Held,
    Lookup,
    Member,
    Name,
    Nobody,
    Not,
    Now,
    Number,
    Truth,
    Type,
)
from assay.authoring.program.model import (
    Emit,
    Function,
    If,
    Issue,
    Let,
    Moving,
    Pass,
    Program,
    Pull,
    Push,
    Require,
    Set,
    Statement,
    statements,
)
from assay.authoring.program.reserved import RESERVED

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*\Z")
_ORDERED: tuple[str, ...] = ("<", "<=", ">", ">=")


def check(program: Program) -> None:
    """Refuse a program that code must not be written from.

    Raises:
        ProgramWrong: with the place and the reason.
    """
    _check_names(program)
    scope = scope_of(program)
    for variable in program.variables:
        if variable.initial is not None:
            if variable.key is not None:
                raise ProgramWrong(variable.name, "a mapping starts empty")
            _expect(program, scope, variable.initial, variable.type, variable.name)
    for function in program.functions:
        _check_function(program, function, scope)
    if program.issued is not None and program.issued.movable is not None:
        _expect(program, scope, program.issued.movable, Type.TRUTH, program.issued.name)
    for invariant in program.invariants:
        _expect(program, scope, invariant.condition, Type.TRUTH, invariant.name)
    _check_ways_out(program)


def _check_names(program: Program) -> None:
    names = list(_declared(program))
    for name in names:
        if not _WORD.match(name) or name in RESERVED:
            raise ProgramWrong(name, "it cannot be a name in both Solidity and Vyper")
    repeated = {name for name in names if names.count(name) > 1}
    if repeated:
        raise ProgramWrong(min(repeated), "it is declared twice")
    if sum(asset.kind == "issued" for asset in program.assets) > 1:
        raise ProgramWrong(program.name, "it can be one token only")


def _declared(program: Program) -> Iterator[str]:
    yield program.name
    yield from (role.name for role in program.roles)
    yield from (group.name for group in program.groups)
    yield from (asset.name for asset in program.assets)
    yield from (constant.name for constant in program.constants)
    yield from (variable.name for variable in program.variables)
    yield from (function.name for function in program.functions)


def scope_of(program: Program) -> dict[str, Type]:
    """The names that every function can read, with their types."""
    scope = {role.name: Type.ADDRESS for role in program.roles}
    scope |= {constant.name: constant.type for constant in program.constants}
    return scope | {one.name: one.type for one in program.variables if one.key is None}


def _check_function(program: Program, function: Function, scope: Mapping[str, Type]) -> None:
    callers = {one.name for one in program.roles} | {one.name for one in program.groups}
    for caller in function.callers:
        if caller not in callers:
            raise ProgramWrong(function.name, f"its caller {caller} is no role or group")
    inner = dict(scope)
    for name, kind in function.arguments:
        if name in inner or not _WORD.match(name) or name in RESERVED:
            raise ProgramWrong(function.name, f"its argument {name} cannot be named so")
        inner[name] = kind
    _check_body(program, function.name, function.body, inner)
    _check_order(function)
    natives = [
        one
        for one in statements(function.body)
        if isinstance(one, Pull | Pass) and program.asset(one.asset).kind == "native"
    ]
    if len(natives) > 1 or any(one not in function.body for one in natives):
        raise ProgramWrong(function.name, "it takes native money twice, or only at times")


def _check_body(
    program: Program, where: str, body: tuple[Statement, ...], scope: dict[str, Type]
) -> None:
    for statement in body:
        match statement:
            case Require(condition, _, values):
                _expect(program, scope, condition, Type.TRUTH, where)
                for value in values:
                    type_of(program, scope, value, where)
            case Let(name, value):
                if name in scope:
                    raise ProgramWrong(where, f"{name} is named already")
                scope[name] = type_of(program, scope, value, where)
            case If(condition, then, otherwise):
                _expect(program, scope, condition, Type.TRUTH, where)
                _check_body(program, where, then, dict(scope))
                _check_body(program, where, otherwise, dict(scope))
            case Emit(_, values):
                for _, value in values:
                    type_of(program, scope, value, where)
            case Set():
                _check_set(program, scope, statement, where)
            case _:
                _check_moving(program, scope, statement, where)


def _check_set(program: Program, scope: Mapping[str, Type], change: Set, where: str) -> None:
    variable = next((one for one in program.variables if one.name == change.variable), None)
    if variable is None or variable.fixed:
        raise ProgramWrong(where, f"{change.variable} cannot be changed")
    if (variable.key is None) != (change.key is None):
        raise ProgramWrong(where, f"{change.variable} is, or is not, a mapping")
    if variable.key is not None and change.key is not None:
        _expect(program, scope, change.key, variable.key, where)
    _expect(program, scope, change.value, variable.type, where)


def _check_moving(
    program: Program, scope: Mapping[str, Type], statement: Moving, where: str
) -> None:
    _expect(program, scope, statement.amount, Type.NUMBER, where)
    if not isinstance(statement, Pull):
        _expect(program, scope, statement.recipient, Type.ADDRESS, where)
    if isinstance(statement, Pass) and statement.payer is not None:
        _expect(program, scope, statement.payer, Type.ADDRESS, where)
        if program.asset(statement.asset).kind != "token":
            raise ProgramWrong(where, "only a token can be taken from somebody else")
    if isinstance(statement, Issue):
        if program.issued is None:
            raise ProgramWrong(where, "there is no token to issue")
    elif statement.asset not in {asset.name for asset in program.assets}:
        raise ProgramWrong(where, f"{statement.asset} is no asset")


def _check_order(function: Function) -> None:
    """Whoever receives money may call back: by then everything must be settled."""
    _money_moves(function.name, function.body, moved=False)


def _money_moves(where: str, body: tuple[Statement, ...], *, moved: bool) -> bool:
    """Whether money has moved after these statements; each branch is a way of its own."""
    for statement in body:
        if isinstance(statement, Moving):
            moved = True
        elif isinstance(statement, If):
            branches = (statement.then, statement.otherwise)
            after = [_money_moves(where, branch, moved=moved) for branch in branches]
            moved = any(after)
        elif moved and isinstance(statement, Set | Require | Let):
            raise ProgramWrong(where, "it changes or asks something after money moved")
    return moved


def _check_ways_out(program: Program) -> None:
    everything = [one for function in program.functions for one in statements(function.body)]
    taken = {one.asset for one in everything if isinstance(one, Pull)}
    sent = {one.asset for one in everything if isinstance(one, Push)}
    stuck = taken - sent
    if stuck:
        raise ProgramWrong(min(stuck), "it can be paid in, and no function ever sends it out")


def type_of(
    program: Program, scope: Mapping[str, Type], expression: Expression, where: str
) -> Type:
    """Of what an expression computes.

    Raises:
        ProgramWrong: its parts do not fit, or a name is unknown.
    """
    match expression:
        case Number(value):
            if not 0 <= value < 2**256:
                raise ProgramWrong(where, f"{value} does not fit 256 bits")
            return Type.NUMBER
        case Name(name):
            if name not in scope:
                raise ProgramWrong(where, f"{name} is unknown")
            return scope[name]
        case Binary() | Not() | Lookup() | Member():
            return _type_of_compound(program, scope, expression, where)
        case Held(asset):
            program.asset(asset)
            return Type.NUMBER
        case _:
            return _leaf_type(expression)


def _leaf_type(expression: Truth | Nobody | Caller | Now) -> Type:
    match expression:
        case Truth():
            return Type.TRUTH
        case Now():
            return Type.NUMBER
        case _:
            return Type.ADDRESS


def _type_of_compound(
    program: Program,
    scope: Mapping[str, Type],
    expression: Binary | Not | Lookup | Member,
    where: str,
) -> Type:
    match expression:
        case Not(value):
            _expect(program, scope, value, Type.TRUTH, where)
            return Type.TRUTH
        case Lookup(mapping, key):
            variable = next((one for one in program.variables if one.name == mapping), None)
            if variable is None or variable.key is None:
                raise ProgramWrong(where, f"{mapping} is no mapping")
            _expect(program, scope, key, variable.key, where)
            return variable.type
        case Member(group, who):
            if group not in {one.name for one in program.groups}:
                raise ProgramWrong(where, f"{group} is no group")
            _expect(program, scope, who, Type.ADDRESS, where)
            return Type.TRUTH
        case Binary():
            return _type_of_binary(program, scope, expression, where)


def _type_of_binary(
    program: Program, scope: Mapping[str, Type], binary: Binary, where: str
) -> Type:
    if binary.operator in LOGICAL:
        wanted = Type.TRUTH
    elif binary.operator in ARITHMETIC:
        wanted = Type.NUMBER
    elif binary.operator in _ORDERED:
        signed = type_of(program, scope, binary.left, where) is Type.SIGNED
        wanted = Type.SIGNED if signed else Type.NUMBER
    else:
        wanted = type_of(program, scope, binary.left, where)
    _expect(program, scope, binary.left, wanted, where)
    _expect(program, scope, binary.right, wanted, where)
    return Type.TRUTH if binary.operator in (*COMPARING, *LOGICAL) else Type.NUMBER


def _expect(
    program: Program, scope: Mapping[str, Type], expression: Expression, wanted: Type, where: str
) -> None:
    found = type_of(program, scope, expression, where)
    if found is not wanted:
        raise ProgramWrong(where, f"a {found.name.lower()} stands for a {wanted.name.lower()}")
