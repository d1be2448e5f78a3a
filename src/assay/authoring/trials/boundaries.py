"""Where a function's answer changes: moments and sums at which its comparisons turn round.

A mistake in a limit shows only at the limit itself, which chance alone seldom meets.
"""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.program.expressions import Binary, Expression, Name, Now, Number, parts
from assay.authoring.program.model import Function, If, Let, Require, Set, statements

_ORDERED = ("<", "<=", ">", ">=")
_MOMENTS = (*_ORDERED, "min", "max")


def moments_of(function: Function) -> tuple[Expression, ...]:
    """Expressions with which it compares the time."""
    return tuple(
        found
        for expression in _expressions(function)
        for part in parts(expression)
        if isinstance(part, Binary) and part.operator in _MOMENTS
        for found in _solved(part, Now())
    )


def limits_of(function: Function, argument: str) -> tuple[Expression, ...]:
    """Expressions with which it compares an argument, or a sum or multiple of it."""
    return tuple(
        found
        for expression in _expressions(function)
        for part in parts(expression)
        if isinstance(part, Binary) and part.operator in (*_ORDERED, "==")
        for found in _solved(part, Name(argument))
    )


def _expressions(function: Function) -> Iterator[Expression]:
    for statement in statements(function.body):
        match statement:
            case Require(condition, _, _) | If(condition, _, _):
                yield condition
            case Let(_, value) | Set(_, value, _):
                yield value
            case _:
                pass


def _solved(comparison: Binary, unknown: Expression) -> Iterator[Expression]:
    """What the unknown is where both sides are the same."""
    for side, other in (
        (comparison.left, comparison.right),
        (comparison.right, comparison.left),
    ):
        match side:
            case _ if side == unknown:
                yield other
            case Binary("+", left, right) if unknown in (left, right):
                yield Binary("-", other, right if left == unknown else left)
            case Binary("*", left, right) if unknown in (left, right):
                factor = right if left == unknown else left
                yield Binary("/", Binary("+", other, Binary("-", factor, Number(1))), factor)
            case _:
                pass
