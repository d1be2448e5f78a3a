"""What a program can compute: whole numbers, truths and addresses, without side effects.

>>> deadline = Binary("+", Name("startedAt"), Name("PERIOD"))
>>> sorted(names_in(Binary("<=", Now(), deadline)))
['PERIOD', 'startedAt']
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Literal

Computing = Literal["+", "-", "*", "/", "min", "max", "months after", "months between"]
Operator = Computing | Literal["==", "!=", "<", "<=", ">", ">=", "and", "or"]
CALLED: tuple[Operator, ...] = ("min", "max", "months after", "months between")
"""Written like a function: "months after" of a moment and a number, "months between" of two
moments, the earlier first."""

ARITHMETIC: tuple[Operator, ...] = ("+", "-", "*", "/", *CALLED)
COMPARING: tuple[Operator, ...] = ("==", "!=", "<", "<=", ">", ">=")
LOGICAL: tuple[Operator, ...] = ("and", "or")


class Type(Enum):
    """Of a value. Amounts, times and counts are all whole numbers of 256 bits, never below 0.

    What is measured outside, like a temperature, can be below 0; it is compared, never computed.
    """

    NUMBER = "uint256"
    SIGNED = "int256"
    TRUTH = "bool"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number; one that the text fixes is a constant with a name."""

    value: int


@dataclass(frozen=True, slots=True)
class Truth:
    """True or false."""

    value: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A role, constant, variable, argument or local value."""

    name: str


@dataclass(frozen=True, slots=True)
class Nobody:
    """The zero address."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls the function."""


@dataclass(frozen=True, slots=True)
class Now:
    """The time of the block, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Held:
    """How much of an asset the contract itself holds; anybody may raise it by a gift."""

    asset: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a mapping holds for a key; 0, false or nobody where nothing was set."""

    mapping: str
    key: Expression


@dataclass(frozen=True, slots=True)
class Member:
    """Whether an address belongs to a group."""

    group: str
    who: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    """Two values joined. Arithmetic that leaves 256 bits or goes below 0, and division by 0,
    undo the whole call; `/` rounds down."""

    operator: Operator
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a truth."""

    value: Expression


Expression = Number | Truth | Name | Nobody | Caller | Now | Held | Lookup | Member | Binary | Not


def parts(expression: Expression) -> Iterator[Expression]:
    """An expression and everything inside it, the outermost first."""
    yield expression
    match expression:
        case Binary(_, left, right):
            yield from parts(left)
            yield from parts(right)
        case Not(inner) | Lookup(_, inner) | Member(_, inner):
            yield from parts(inner)
        case _:
            pass


def names_in(expression: Expression) -> frozenset[str]:
    """Names of values that it reads, mappings included."""
    found = set()
    for part in parts(expression):
        match part:
            case Name(name) | Lookup(name, _):
                found.add(name)
            case _:
                pass
    return frozenset(found)


def with_value(expression: Expression, name: str, value: Expression) -> Expression:
    """The same with a value in the place of its name."""
    match expression:
        case Name(own) if own == name:
            return value
        case Binary(operator, left, right):
            return Binary(operator, with_value(left, name, value), with_value(right, name, value))
        case Not(inner):
            return Not(with_value(inner, name, value))
        case Lookup(mapping, inner):
            return Lookup(mapping, with_value(inner, name, value))
        case Member(group, inner):
            return Member(group, with_value(inner, name, value))
        case _:
            return expression


def needs_brackets(inner: Expression, outer: Operator | None) -> bool:
    """Whether a value inside another is written in brackets; outside is None for `not`.

    Sums and products stand in comparisons, and comparisons beside `and` or `or`, without.
    """
    if not isinstance(inner, Binary) or inner.operator in CALLED:
        return False
    arithmetic = inner.operator in ARITHMETIC
    comparing = inner.operator in COMPARING
    return not ((arithmetic and outer in COMPARING) or (comparing and outer in LOGICAL))
