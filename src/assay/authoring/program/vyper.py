"""A program as Vyper 0.4.

    source = write_vyper(program)

The same functions, checks and order as the Solidity of the same program. Vyper has no named errors
with values, so a call that is refused says the error's name as its reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.program.calendar import VYPER, helpers
from assay.authoring.program.checking import check, type_of
from assay.authoring.program.expressions import Type
from assay.authoring.program.interpreter import CALLER_ERROR, PAYMENT_ERROR
from assay.authoring.program.model import (
    Asset,
    Emit,
    Function,
    If,
    Issue,
    Let,
    Moving,
    Pass,
    Program,
    Pull,
    Require,
    Set,
    Statement,
    Variable,
    operators_of,
    takes_native,
)
from assay.authoring.program.signatures import (
    ADDRESS_ERROR,
    MEMBERS_ERROR,
    MOVE_ERROR,
    Signature,
    events,
    quoted,
    scoped,
)
from assay.authoring.program.vyper_terms import Terms, spelt_constant
from assay.authoring.program.vyper_token import EVENTS, STATE, functions

LARGEST_GROUP = 128
_WIDTH = 100


def write_vyper(program: Program) -> str:
    """The whole source file.

    Raises:
        ProgramWrong: no code may be written from it.
    """
    check(program)
    return "\n".join(_Writer(program).lines()) + "\n"


class _Writer:
    def __init__(self, program: Program) -> None:
        self._program = program
        self._terms = Terms(program)
        self._quotes = dict(program.quotes)
        self._groups = {group.name for group in program.groups}
        self._tokens = [asset for asset in program.assets if asset.kind == "token"]

    def lines(self) -> Iterator[str]:
        program = self._program
        yield "# pragma version ~=0.4.3"
        yield '"""'
        yield f"@title {program.name}"
        yield "@license MIT"
        if program.text:
            yield f"@notice {quoted(program.text)}"
        yield '"""'
        yield ""
        if self._tokens or program.issued:
            yield "from ethereum.ercs import IERC20"
            yield ""
        if program.issued:
            yield "implements: IERC20"
            yield ""
            yield EVENTS
            yield ""
        for name, values in events(program).items():
            yield from _event(name, values)
        yield from self._state()
        yield ""
        yield from self._constructor()
        for function in program.functions:
            yield from ("", "")
            yield from self._function(function)
        for helper in helpers(VYPER, operators_of(program)):
            yield from ("", "", *helper.splitlines())
        if program.issued:
            yield from ("", "")
            yield functions(self._movable(program.issued))

    def _movable(self, issued: Asset) -> str:
        """What is asked before a holder moves tokens."""
        if issued.movable is None:
            return ""
        return f'assert {self._terms.show(issued.movable)}, "{MOVE_ERROR}"'

    def _state(self) -> Iterator[str]:
        program = self._program
        for constant in program.constants:
            yield from _remark(constant.text)
            kind = constant.type.value
            yield f"{constant.name}: public(constant({kind})) = {spelt_constant(constant)}"
        for role in program.roles:
            yield from _remark(role.text)
            yield f"{role.name}: public(immutable(address))"
        for asset in self._tokens:
            yield from _remark(asset.symbol)
            yield f"{asset.name}: public(immutable(IERC20))"
        for group in program.groups:
            yield from _remark(group.text)
            yield f"{group.name}: public(HashMap[address, bool])"
        for variable in program.variables:
            yield from _remark(variable.text)
            yield _variable(variable)
        if program.issued:
            yield from _token_state(program.issued)

    def _constructor(self) -> Iterator[str]:
        program = self._program
        given = [f"{role.name}_: address" for role in program.roles]
        given += [f"{asset.name}_: IERC20" for asset in self._tokens]
        given += [f"{one.name}_: DynArray[address, {LARGEST_GROUP}]" for one in program.groups]
        yield ""
        yield "@deploy"
        line = f"def __init__({', '.join(given)}):"
        if len(line) <= _WIDTH:
            yield line
        else:
            yield "def __init__("
            yield from (f"    {one}," for one in given)
            yield "):"
        body = list(self._constructor_body())
        yield from _indented(body or ["pass"])

    def _constructor_body(self) -> Iterator[str]:
        program = self._program
        for role in program.roles:
            yield f'assert {role.name}_ != empty(address), "{ADDRESS_ERROR}"'
        for asset in self._tokens:
            yield f'assert {asset.name}_.address != empty(address), "{ADDRESS_ERROR}"'
        for name in [*(one.name for one in program.roles), *(one.name for one in self._tokens)]:
            yield f"{name} = {name}_"
        for group in program.groups:
            if group.size is not None:
                yield f'assert len({group.name}_) == {group.size}, "{MEMBERS_ERROR}"'
            yield f"for who: address in {group.name}_:"
            wanted = f"who != empty(address) and not self.{group.name}[who]"
            yield f'    assert {wanted}, "{MEMBERS_ERROR}"'
            yield f"    self.{group.name}[who] = True"
        for variable in program.variables:
            if variable.initial is not None:
                target = variable.name if variable.fixed else f"self.{variable.name}"
                yield f"{target} = {self._terms.show(variable.initial)}"

    def _function(self, function: Function) -> Iterator[str]:
        yield "@external"
        if takes_native(self._program, function):
            yield "@payable"
        arguments = ", ".join(f"{name}: {kind.value}" for name, kind in function.arguments)
        yield f"def {function.name}({arguments}):"
        notes = [f"@notice {quoted(function.text)}"] if function.text else []
        notes += [
            f"@dev Clause {one}: {quoted(self._quotes.get(one, ''))}" for one in function.clauses
        ]
        if notes:
            yield from _indented(['"""', *notes[:1]])
            yield from _indented(
                [
                    f"     {note.removeprefix('@dev ')}" if at else note
                    for at, note in enumerate(notes[1:])
                ]
            )
            yield from _indented(['"""'])
        yield from _indented([*self._guard(function), *self._body(function, function.body)])

    def _guard(self, function: Function) -> Iterator[str]:
        if function.callers:
            allowed = [
                f"self.{name}[msg.sender]" if name in self._groups else f"msg.sender == {name}"
                for name in function.callers
            ]
            yield f'assert {" or ".join(allowed)}, "{CALLER_ERROR}"'

    def _body(self, function: Function, body: tuple[Statement, ...]) -> Iterator[str]:
        for statement in body:
            match statement:
                case Require(condition, error, _):
                    yield f'assert {self._terms.show(condition)}, "{error}"'
                case If(condition, then, otherwise):
                    yield f"if {self._terms.show(condition)}:"
                    yield from _indented(self._body(function, then))
                    if otherwise:
                        yield "else:"
                        yield from _indented(self._body(function, otherwise))
                case Let(name, value):
                    kind = self._type_of_let(function, statement)
                    yield f"{name}: {kind.value} = {self._terms.show(value)}"
                case Set(variable, value, key):
                    at = "" if key is None else f"[{self._terms.show(key)}]"
                    yield f"self.{variable}{at} = {self._terms.show(value)}"
                case Emit(event, values):
                    shown = (f"{name}={self._terms.show(value)}" for name, value in values)
                    yield f"log {event}({', '.join(shown)})"
                case _:
                    yield from self._move(statement)

    def _type_of_let(self, function: Function, wanted: Let) -> Type:
        """Of a value that may speak of values named before it."""
        scope = next(known for one, known in scoped(self._program, function) if one is wanted)
        return type_of(self._program, scope, wanted.value, function.name)

    def _move(self, statement: Moving) -> Iterator[str]:
        amount = self._terms.show(statement.amount)
        if isinstance(statement, Issue):
            yield f"self._mint({self._terms.show(statement.recipient)}, {amount})"
            return
        asset = self._program.asset(statement.asset)
        if isinstance(statement, Pull | Pass) and asset.kind == "native":
            yield f'assert msg.value == {amount}, "{PAYMENT_ERROR}"'
        if isinstance(statement, Pull):
            yield from _take(asset, "self", amount)
        elif isinstance(statement, Pass) and asset.kind != "native":
            payer = "msg.sender" if statement.payer is None else self._terms.show(statement.payer)
            yield from _take(asset, self._terms.show(statement.recipient), amount, payer)
        else:
            to = self._terms.show(statement.recipient)
            yield {
                "token": _checked(f"{asset.name}.transfer({to}, {amount}"),
                "native": f'raw_call({to}, b"", value={amount})',
                "issued": f"self._move(self, {to}, {amount})",
            }[asset.kind]


def _take(asset: Asset, recipient: str, amount: str, payer: str = "msg.sender") -> Iterator[str]:
    if asset.kind == "token":
        yield _checked(f"{asset.name}.transferFrom({payer}, {recipient}, {amount}")
    elif asset.kind == "issued":
        yield f"self._move(msg.sender, {recipient}, {amount})"


def _checked(call: str) -> str:
    """A call to a token that may return nothing, as some do, but not false."""
    return f'assert extcall {call}, default_return_value=True), "Transfer"'


def _token_state(token: Asset) -> Iterator[str]:
    title = token.name.replace("_", " ").title()
    symbol = token.symbol or token.name.upper()[:6]
    yield f'name: public(constant(String[64])) = "{title}"'
    yield f'symbol: public(constant(String[16])) = "{symbol}"'
    yield f"decimals: public(constant(uint8)) = {token.decimals}"
    yield STATE


def _variable(variable: Variable) -> str:
    kind = variable.type.value
    if variable.key is not None:
        return f"{variable.name}: public(HashMap[{variable.key.value}, {kind}])"
    if variable.fixed:
        return f"{variable.name}: public(immutable({kind}))"
    return f"{variable.name}: public({kind})"


def _event(name: str, values: Signature) -> Iterator[str]:
    yield f"event {name}:"
    for value, kind in values:
        shown = f"indexed({kind.value})" if kind is Type.ADDRESS else kind.value
        yield f"    {value}: {shown}"
    if not values:
        yield "    pass"
    yield ""
    yield ""


def _remark(text: str) -> Iterator[str]:
    if text:
        yield f"# {quoted(text)}"


def _indented(lines: Iterator[str] | list[str]) -> Iterator[str]:
    for line in lines:
        yield f"    {line}" if line else ""
