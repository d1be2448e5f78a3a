"""Values of a program as Solidity spells them."""

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
    parts,
)
from assay.authoring.program.model import (
    Asset,
    Constant,
    Program,
    expressions_of,
    operators_of,
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
_CALLED = {
    "min": "Math.min",
    "max": "Math.max",
    "months after": "_monthsAfter",
    "months between": "_monthsBetween",
}
_UNITS = (("weeks", 604_800), ("days", 86_400), ("hours", 3_600), ("minutes", 60))


PERIODS = (
    "/// @dev Only whole periods count, so dividing before a rate is applied loses nothing agreed.",
    "function _whole(uint256 time, uint256 period) private pure returns (uint256) {",
    "    return time / period;",
    "}",
)
"""What counts the periods that have passed."""


class Terms:
    """Shows the expressions of one program."""

    def __init__(self, program: Program) -> None:
        self._program = program

    @property
    def counts_periods(self) -> bool:
        """Whether something is reckoned for each whole period that has passed, like months."""
        return bool(operators_of(self._program) & {"months after", "months between"}) or any(
            _whole_periods(part) is not None
            for expression in expressions_of(self._program)
            for part in parts(expression)
        )

    def show(self, expression: Expression) -> str:
        match expression:
            case Not(value):
                return f"!{self._inner(value)}"
            case Binary():
                return self._computed(expression)
            case Lookup(name, key) | Member(name, key):
                return f"{name}[{self.show(key)}]"
            case Held(asset):
                return self._held(self._program.asset(asset))
            case _:
                return _leaf(expression)

    def _computed(self, expression: Binary) -> str:
        operator, left, right = expression.operator, expression.left, expression.right
        if operator in _CALLED:
            return f"{_CALLED[operator]}({self.show(left)}, {self.show(right)})"
        periods = _whole_periods(expression)
        if periods is not None:
            times = f"_whole({self.show(periods.left)}, {self.show(periods.right)})"
            return f"{self._inner(right if left is periods else left, '*')} * {times}"
        spelt = _WORDS.get(operator, operator)
        return f"{self._inner(left, operator)} {spelt} {self._inner(right, operator)}"

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


def _whole_periods(expression: Expression) -> Binary | None:
    """What is divided within a product: a number of periods, of which only whole ones count."""
    if not isinstance(expression, Binary) or expression.operator != "*":
        return None
    for side in (expression.right, expression.left):
        if isinstance(side, Binary) and side.operator == "/":
            return side
    return None


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
