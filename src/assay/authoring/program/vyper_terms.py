"""Values of a program as Vyper spells them."""

from __future__ import annotations

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
from assay.authoring.program.model import Asset, Constant, Program

_DAY_S = 86_400
_SPELT = {"/": "//"}
_CALLED = {
    "min": "min",
    "max": "max",
    "months after": "self._months_after",
    "months between": "self._months_between",
}


class Terms:
    """Shows the expressions of one program."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._stored = {one.name for one in program.variables if not one.fixed}

    def show(self, expression: Expression) -> str:
        """The value as code."""
        match expression:
            case Not(value):
                return f"not {self._inner(value)}"
            case Binary(operator, left, right) if operator in _CALLED:
                return f"{_CALLED[operator]}({self.show(left)}, {self.show(right)})"
            case Binary(operator, left, right):
                spelt = _SPELT.get(operator, operator)
                return f"{self._inner(left, operator)} {spelt} {self._inner(right, operator)}"
            case Lookup(name, key) | Member(name, key):
                return f"self.{name}[{self.show(key)}]"
            case Held(asset):
                return self._held(self._program.asset(asset))
            case _:
                return self._leaf(expression)

    def _inner(self, expression: Expression, outer: Operator | None = None) -> str:
        shown = self.show(expression)
        return f"({shown})" if needs_brackets(expression, outer) else shown

    def _leaf(self, expression: Number | Truth | Name | Nobody | Caller | Now) -> str:
        match expression:
            case Number(value) | Truth(value):
                shown = str(value)
            case Name(name):
                shown = f"self.{name}" if name in self._stored else name
            case Nobody():
                shown = "empty(address)"
            case Caller():
                shown = "msg.sender"
            case Now():
                shown = "block.timestamp"
        return shown

    def _held(self, asset: Asset) -> str:
        return {
            "token": f"staticcall {asset.name}.balanceOf(self)",
            "native": "self.balance",
            "issued": "self.balanceOf[self]",
        }[asset.kind]


def spelt_constant(constant: Constant) -> str:
    """A constant as people would write it: `5_000 * 10**6`, `30 * 86_400`."""
    value, scale = constant.value, 10**constant.decimals
    if constant.unit == "amount" and constant.decimals and value and value % scale == 0:
        return f"{value // scale:_} * 10**{constant.decimals}"
    if constant.unit == "seconds" and value > _DAY_S and value % _DAY_S == 0:
        return f"{value // _DAY_S:_} * {_DAY_S:_}"
    return f"{value:_}"
