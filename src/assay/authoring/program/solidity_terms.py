"""Values of a program as Solidity spells them."""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.program.expressions import (
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
    Operator,
    Truth,
    needs_brackets,
)
from assay.authoring.program.model import (
    Asset,
    Constant,
    Emit,
    If,
    Issue,
    Let,
    Pass,
    Program,
    Pull,
    Push,
    Require,
    Set,
    statements,
)

_OPPOSITES: dict[str, Operator] = {
    "==": "!=",
    "!=": "==",
    "<": ">=",
    "<=": ">",
    ">": "<=",
    ">=": "<",
}
_WORDS = {"and": "&&", "or": "||"}
_UNITS = (("weeks", 604_800), ("days", 86_400), ("hours", 3_600), ("minutes", 60))


class Terms:
    """Shows the expressions of one program."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def show(self, expression: Expression) -> str:
        match expression:
            case Not(value):
                return f"!{self._inner(value)}"
            case Binary("min" | "max" as operator, left, right):
                return f"Math.{operator}({self.show(left)}, {self.show(right)})"
            case Binary(operator, left, right):
                spelt = _WORDS.get(operator, operator)
                return f"{self._inner(left, operator)} {spelt} {self._inner(right, operator)}"
            case Lookup(name, key) | Member(name, key):
                return f"{name}[{self.show(key)}]"
            case Held(asset):
                return self._held(self._program.asset(asset))
            case _:
                return _leaf(expression)

    def _inner(self, expression: Expression, outer: Operator | None = None) -> str:
        shown = self.show(expression)
        return f"({shown})" if needs_brackets(expression, outer) else shown

    def _held(self, asset: Asset) -> str:
        return {
            "token": f"{asset.name}.balanceOf(address(this))",
            "native": "address(this).balance",
            "issued": "balanceOf(address(this))",
        }[asset.kind]


def _leaf(expression: Number | Truth | Name | Nobody | Caller | Now) -> str:
    match expression:
        case Number(value) | Truth(value):
            shown = str(value).lower()
        case Name(name):
            shown = name
        case Nobody():
            shown = "address(0)"
        case Caller():
            shown = "msg.sender"
        case Now():
            shown = "block.timestamp"
    return shown


def opposite(condition: Expression) -> Expression:
    match condition:
        case Not(value):
            return value
        case Binary(operator, left, right) if operator in _OPPOSITES:
            return Binary(_OPPOSITES[operator], left, right)
        case Binary("and", left, right):
            return Binary("or", opposite(left), opposite(right))
        case Binary("or", left, right):
            return Binary("and", opposite(left), opposite(right))
        case _:
            return Not(condition)


def spelt_constant(constant: Constant) -> str:
    """A constant as people would write it: `5_000e6`, `30 days`."""
    value, scale = constant.value, 10**constant.decimals
    if constant.unit == "amount" and constant.decimals and value and value % scale == 0:
        return f"{value // scale:_}e{constant.decimals}"
    if constant.unit == "seconds":
        for unit, seconds in _UNITS:
            if value and value % seconds == 0:
                return f"{value // seconds} {unit}"
    return f"{value:_}"


def expressions_of(program: Program) -> Iterator[Expression]:
    """Every value that a program computes."""
    for function in program.functions:
        for statement in statements(function.body):
            match statement:
                case Require(condition, _, values):
                    yield from (condition, *values)
                case Let(_, value) | Set(_, value, _):
                    yield value
                case If(condition, _, _):
                    yield condition
                case Pull(_, amount) | Push(_, _, amount) | Pass(_, _, amount) | Issue(_, amount):
                    yield amount
                case Emit(_, named):
                    yield from (value for _, value in named)
