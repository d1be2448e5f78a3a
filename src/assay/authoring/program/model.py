"""A program: who may call what, when, and which money moves then.

A block composes one, a printer writes it as Solidity or Vyper, the interpreter says what every call
must come to. It has no loops, no calls to strangers but the transfer of an asset, and changes its
own state before any money moves (`checked` refuses the rest), so that nobody gains by calling back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assay.authoring.program.expressions import Binary, Expression, Name, Operator, Type, parts


@dataclass(frozen=True, slots=True)
class Role:
    """One party, whose address is given when the contract is deployed."""

    name: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Parties of the same rights; their addresses are given when the contract is deployed.

    Attributes:
        size: how many there are; None where the text leaves it open.
    """

    name: str
    size: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Asset:
    """What moves.

    Attributes:
        kind: an ERC-20 `token` whose address is given at deployment, the chain's `native` money, or
            a token that is `issued` by the contract, which then is an ERC-20 itself.
        movable: of an issued token, what has to be so for its holders to move it; None for always.
    """

    name: str
    kind: Literal["token", "native", "issued"]
    decimals: int
    symbol: str = ""
    movable: Expression | None = None


@dataclass(frozen=True, slots=True)
class Constant:
    """A number that the text fixes.

    Attributes:
        unit: what it counts, so that code can spell it as people do: `5_000e6`, `30 days`; a
            `reading` is measured outside, and can be below 0.
        decimals: of an amount's asset, or of what is measured; `value` is in its smallest unit.
        text: the words.
    """

    name: str
    value: int
    unit: Literal["count", "amount", "seconds", "months", "time", "reading"] = "count"
    decimals: int = 0
    text: str = ""

    @property
    def type(self) -> Type:
        """As code declares it."""
        return Type.SIGNED if self.unit == "reading" else Type.NUMBER


@dataclass(frozen=True, slots=True)
class Variable:
    """State, readable by everybody.

    Attributes:
        key: of a mapping's keys; None for a single value.
        initial: computed at deployment; None for 0, false or nobody.
        fixed: never set again.
    """

    name: str
    type: Type
    key: Type | None = None
    initial: Expression | None = None
    fixed: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Require:
    """Undo the call with a named error unless it holds; the values explain why it did not."""

    condition: Expression
    error: str
    values: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Let:
    """Name a value within the function."""

    name: str
    value: Expression


@dataclass(frozen=True, slots=True)
class Set:
    """Change a variable, or what a mapping holds for a key."""

    variable: str
    value: Expression
    key: Expression | None = None


@dataclass(frozen=True, slots=True)
class If:
    """Do one or the other."""

    condition: Expression
    then: tuple[Statement, ...]
    otherwise: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Pull:
    """Take money from the caller: a token that the caller has allowed, or what came with the call.

    A function takes native money from its caller once at most, and then exactly the amount.
    """

    asset: str
    amount: Expression


@dataclass(frozen=True, slots=True)
class Push:
    """Send money that the contract holds."""

    asset: str
    recipient: Expression
    amount: Expression


@dataclass(frozen=True, slots=True)
class Pass:
    """Money of the caller goes straight to somebody else; the contract never holds it.

    Attributes:
        payer: a variable with who has agreed to be charged, where it is not the caller; of tokens
            only, and never more than the payer has allowed the contract.
    """

    asset: str
    recipient: Expression
    amount: Expression
    payer: Name | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """Create units of the token that the contract is."""

    recipient: Expression
    amount: Expression


@dataclass(frozen=True, slots=True)
class Emit:
    """Record that something has happened; by the first use the event has its types."""

    event: str
    values: tuple[tuple[str, Expression], ...] = ()


Moving = Pull | Push | Pass | Issue
Statement = Require | Let | Set | If | Moving | Emit


@dataclass(frozen=True, slots=True)
class Function:
    """What can be called.

    Attributes:
        callers: roles and groups that may; empty for everybody.
        clauses: numbers of the clauses that it carries out.
        text: what it does, in the writer's language.
    """

    name: str
    body: tuple[Statement, ...]
    arguments: tuple[tuple[str, Type], ...] = ()
    callers: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Invariant:
    """What holds between any two calls."""

    name: str
    condition: Expression
    text: str = ""


@dataclass(frozen=True, slots=True)
class Program:
    """A whole contract.

    Attributes:
        quotes: words of each clause by its number, for the documentation of the code.
        crowd: how many people it takes until all of it can happen; trials bring them along.
    """

    name: str
    text: str = ""
    roles: tuple[Role, ...] = ()
    groups: tuple[Group, ...] = ()
    assets: tuple[Asset, ...] = ()
    constants: tuple[Constant, ...] = ()
    variables: tuple[Variable, ...] = ()
    functions: tuple[Function, ...] = ()
    invariants: tuple[Invariant, ...] = ()
    quotes: tuple[tuple[str, str], ...] = ()
    crowd: int = 0

    @property
    def issued(self) -> Asset | None:
        """The token that the contract itself is."""
        return next((asset for asset in self.assets if asset.kind == "issued"), None)

    def asset(self, name: str) -> Asset:
        """By its name."""
        return next(asset for asset in self.assets if asset.name == name)

    def function(self, name: str) -> Function:
        """By its name."""
        return next(function for function in self.functions if function.name == name)


def statements(body: tuple[Statement, ...]) -> Iterator[Statement]:
    """All statements of a body in order, those inside branches too."""
    for statement in body:
        yield statement
        if isinstance(statement, If):
            yield from statements(statement.then)
            yield from statements(statement.otherwise)


def takes_native(program: Program, function: Function) -> bool:
    """Whether money of the chain comes with a call."""
    return any(
        isinstance(statement, Pull | Pass) and program.asset(statement.asset).kind == "native"
        for statement in statements(function.body)
    )


def expressions_of(program: Program) -> Iterator[Expression]:
    """Every value that a program computes."""
    if program.issued is not None and program.issued.movable is not None:
        yield program.issued.movable
    yield from (one.initial for one in program.variables if one.initial is not None)
    for function in program.functions:
        for statement in statements(function.body):
            match statement:
                case Require(condition, _, values):
                    yield from (condition, *values)
                case Let(_, value) | Set(_, value, _):
                    yield value
                case If(condition, _, _):
                    yield condition
                case (
                    Pull(_, amount) | Push(_, _, amount) | Pass(_, _, amount, _) | Issue(_, amount)
                ):
                    yield amount
                case Emit(_, named):
                    yield from (value for _, value in named)


def operators_of(program: Program) -> frozenset[Operator]:
    """All that it computes and compares with."""
    return frozenset(
        part.operator
        for expression in expressions_of(program)
        for part in parts(expression)
        if isinstance(part, Binary)
    )
