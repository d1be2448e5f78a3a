"""A program as Solidity 0.8 with OpenZeppelin 5.

    source = write_solidity(program)

Every function carries the words of the clauses that it keeps. Amounts, times and checks stand as
the program has them, so that the code reads as the agreement does.
"""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.program.calendar import SOLIDITY, helpers
from assay.authoring.program.checking import check, scope_of, type_of
from assay.authoring.program.expressions import (
    Binary,
    Expression,
    Type,
)
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
    Push,
    Require,
    Set,
    Statement,
    Variable,
    operators_of,
    statements,
    takes_native,
)
from assay.authoring.program.signatures import (
    ADDRESS_ERROR,
    MEMBERS_ERROR,
    MOVE_ERROR,
    Signature,
    errors,
    events,
    quoted,
)
from assay.authoring.program.solidity_terms import (
    PERIODS,
    Terms,
    opposite,
    spelt_constant,
)

_WIDTH = 100
_BASE = "@openzeppelin/contracts"


def write_solidity(program: Program) -> str:
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

    def lines(self) -> Iterator[str]:
        program = self._program
        yield "// SPDX-License-Identifier: MIT"
        yield "pragma solidity ^0.8.27;"
        yield ""
        yield from self._imports()
        yield from _comment(f"@title {program.name}", f"@notice {program.text}", indent="")
        base = " is ERC20" if program.issued else ""
        yield f"contract {program.name}{base} {{"
        yield from _indented(self._state())
        yield from _indented(self._declarations("event", events(program)))
        yield from _indented(self._declarations("error", errors(program)))
        yield from _indented(self._constructor())
        for function in program.functions:
            yield ""
            yield from _indented(self._function(function))
        if self._terms.counts_periods:
            yield ""
            yield from _indented(iter(PERIODS))
        for helper in helpers(SOLIDITY, operators_of(self._program)):
            yield ""
            yield from _indented(iter(helper.splitlines()))
        if program.issued and program.issued.movable is not None:
            yield ""
            yield from _indented(self._transfer_rule(program.issued.movable))
        if program.issued and program.issued.decimals != 18:
            yield ""
            yield "    /// @inheritdoc ERC20"
            yield "    function decimals() public pure override returns (uint8) {"
            yield f"        return {program.issued.decimals};"
            yield "    }"
        yield "}"

    def _transfer_rule(self, movable: Expression) -> Iterator[str]:
        """Holders move tokens only while it holds; what the contract issues or sends is free."""
        yield "/// @dev Holders can move tokens only once that is allowed."
        yield "function _update(address from, address to, uint256 value) internal override {"
        yield "    bool between = from != address(0) && from != address(this) && to != address(0);"
        refused = self._terms.show(opposite(movable))
        yield f"    if (between && ({refused})) revert {self._spelt('error', MOVE_ERROR)}();"
        yield "    super._update(from, to, value);"
        yield "}"

    def _imports(self) -> Iterator[str]:
        program = self._program
        everything = [one for function in program.functions for one in statements(function.body)]
        kinds = {asset.kind for asset in program.assets}
        pushes_native = any(
            isinstance(one, Push | Pass) and program.asset(one.asset).kind == "native"
            for one in everything
        )
        if program.issued:
            yield f'import {{ERC20}} from "{_BASE}/token/ERC20/ERC20.sol";'
        if "token" in kinds:
            yield f'import {{IERC20}} from "{_BASE}/token/ERC20/IERC20.sol";'
            yield f'import {{SafeERC20}} from "{_BASE}/token/ERC20/utils/SafeERC20.sol";'
        if pushes_native:
            yield f'import {{Address}} from "{_BASE}/utils/Address.sol";'
        if operators_of(self._program) & {"min", "max"}:
            yield f'import {{Math}} from "{_BASE}/utils/math/Math.sol";'
        if kinds - {"native"} or pushes_native:
            yield ""

    def _state(self) -> Iterator[str]:
        program = self._program
        if any(asset.kind == "token" for asset in program.assets):
            yield "using SafeERC20 for IERC20;"
            yield ""
        for constant in program.constants:
            yield from _comment(f"@notice {constant.text}" if constant.text else "")
            spelt = spelt_constant(constant)
            yield f"{constant.type.value} public constant {constant.name} = {spelt};"
        for role in program.roles:
            yield from _comment(f"@notice {role.text}" if role.text else "")
            yield f"address public immutable {role.name};"
        for asset in _tokens(program):
            yield from _comment(f"@notice {asset.symbol}" if asset.symbol else "")
            yield f"IERC20 public immutable {asset.name};"
        for group in program.groups:
            yield from _comment(f"@notice {group.text}" if group.text else "")
            yield f"mapping(address who => bool belongs) public {group.name};"
        for variable in program.variables:
            yield from _comment(f"@notice {variable.text}" if variable.text else "")
            yield _variable(variable)
        yield ""

    def _declarations(self, keyword: str, signatures: dict[str, Signature]) -> Iterator[str]:
        for name, values in signatures.items():
            yield f"{keyword} {self._spelt(keyword, name)}({_parameters(values, keyword)});"
        if signatures:
            yield ""

    def _spelt(self, keyword: str, name: str) -> str:
        return f"{self._program.name}{name}" if keyword == "error" else name

    def _constructor(self) -> Iterator[str]:
        program = self._program
        given = [f"address {role.name}_" for role in program.roles]
        given += [f"IERC20 {asset.name}_" for asset in _tokens(program)]
        given += [f"address[] memory {group.name}_" for group in program.groups]
        base = (
            f' ERC20("{_title(program.issued)}", "{_symbol(program.issued)}")'
            if (program.issued)
            else ""
        )
        line = f"constructor({', '.join(given)}){base} {{"
        if len(line) <= _WIDTH - 4:
            yield line
        else:
            yield "constructor("
            yield from (f"    {one}," for one in given[:-1])
            yield f"    {given[-1]}"
            yield f"){base} {{"
        yield from _indented(self._constructor_body())
        yield "}"

    def _constructor_body(self) -> Iterator[str]:
        program = self._program
        names = [role.name for role in program.roles]
        checked = [f"{name}_ == address(0)" for name in names]
        checked += [f"address({asset.name}_) == address(0)" for asset in _tokens(program)]
        for condition in checked:
            yield f"if ({condition}) revert {self._spelt('error', ADDRESS_ERROR)}();"
        for name in [*names, *(asset.name for asset in _tokens(program))]:
            yield f"{name} = {name}_;"
        for group in program.groups:
            wrong = f"revert {self._spelt('error', MEMBERS_ERROR)}();"
            if group.size is not None:
                yield f"if ({group.name}_.length != {group.size}) {wrong}"
            yield f"for (uint256 i = 0; i < {group.name}_.length; ++i) {{"
            yield f"    address who = {group.name}_[i];"
            yield f"    if (who == address(0) || {group.name}[who]) {wrong}"
            yield f"    {group.name}[who] = true;"
            yield "}"
        for variable in program.variables:
            if variable.initial is not None:
                yield f"{variable.name} = {self._terms.show(variable.initial)};"

    def _function(self, function: Function) -> Iterator[str]:
        notes = [f"@notice {function.text}"] if function.text else []
        notes += [f"@dev Clause {one}: {self._quotes.get(one, '')}" for one in function.clauses]
        yield from _comment(*notes)
        arguments = ", ".join(f"{kind.value} {name}" for name, kind in function.arguments)
        payable = " payable" if takes_native(self._program, function) else ""
        yield f"function {function.name}({arguments}) external{payable} {{"
        yield from _indented(self._guard(function))
        yield from _indented(self._body(function, function.body))
        yield "}"

    def _guard(self, function: Function) -> Iterator[str]:
        if not function.callers:
            return
        others = [
            f"!{name}[msg.sender]" if name in self._groups else f"msg.sender != {name}"
            for name in function.callers
        ]
        error = self._spelt("error", CALLER_ERROR)
        yield f"if ({' && '.join(others)}) revert {error}(msg.sender);"

    def _body(self, function: Function, body: tuple[Statement, ...]) -> Iterator[str]:
        for statement in body:
            match statement:
                case Require(condition, error, values):
                    yield from self._require(condition, error, values)
                case If(condition, then, otherwise):
                    yield f"if ({self._terms.show(condition)}) {{"
                    yield from _indented(self._body(function, then))
                    if otherwise:
                        yield "} else {"
                        yield from _indented(self._body(function, otherwise))
                    yield "}"
                case Let(name, value):
                    kind = self._type_of_let(function, statement)
                    yield f"{kind.value} {name} = {self._terms.show(value)};"
                case Set(variable, value, key):
                    target = variable if key is None else f"{variable}[{self._terms.show(key)}]"
                    yield f"{target} = {self._terms.show(value)};"
                case Emit(event, values):
                    shown = ", ".join(self._terms.show(value) for _, value in values)
                    yield f"emit {event}({shown});"
                case _:
                    yield from self._move(statement)

    def _type_of_let(self, function: Function, wanted: Let) -> Type:
        scope = scope_of(self._program) | dict(function.arguments)
        for statement in statements(function.body):
            if isinstance(statement, Let):
                scope[statement.name] = type_of(
                    self._program, scope, statement.value, function.name
                )
        return scope[wanted.name]

    def _require(
        self, condition: Expression, error: str, values: tuple[Expression, ...]
    ) -> Iterator[str]:
        shown = ", ".join(map(self._terms.show, values))
        undone = f"{self._spelt('error', error)}({shown})"
        if isinstance(condition, Binary) and condition.operator == "!=":
            # Said so, what is left of a time is never compared with `==`, which is fragile.
            yield f"require({self._terms.show(condition)}, {undone});"
            return
        opposed = self._terms.show(opposite(condition))
        line = f"if ({opposed}) revert {undone};"
        if len(line) <= _WIDTH - 8:
            yield line
        else:
            yield f"if ({opposed}) {{"
            yield f"    revert {undone};"
            yield "}"

    def _move(self, statement: Moving) -> Iterator[str]:
        amount = self._terms.show(statement.amount)
        if isinstance(statement, Issue):
            yield f"_mint({self._terms.show(statement.recipient)}, {amount});"
            return
        asset = self._program.asset(statement.asset)
        if isinstance(statement, Pull | Pass) and asset.kind == "native":
            error = self._spelt("error", PAYMENT_ERROR)
            yield f"if (msg.value != {amount}) revert {error}(msg.value, {amount});"
        if isinstance(statement, Pull):
            yield from _take(asset, "address(this)", amount)
        elif isinstance(statement, Pass) and asset.kind != "native":
            payer = "msg.sender" if statement.payer is None else self._terms.show(statement.payer)
            yield from _take(asset, self._terms.show(statement.recipient), amount, payer)
        else:
            to = self._terms.show(statement.recipient)
            yield {
                "token": f"{asset.name}.safeTransfer({to}, {amount});",
                "native": f"Address.sendValue(payable({to}), {amount});",
                "issued": f"_transfer(address(this), {to}, {amount});",
            }[asset.kind]


def _take(asset: Asset, recipient: str, amount: str, payer: str = "msg.sender") -> Iterator[str]:
    if asset.kind == "token":
        yield f"{asset.name}.safeTransferFrom({payer}, {recipient}, {amount});"
    elif asset.kind == "issued":
        yield f"_transfer(msg.sender, {recipient}, {amount});"


def _variable(variable: Variable) -> str:
    if variable.key is not None:
        return f"mapping({variable.key.value} => {variable.type.value}) public {variable.name};"
    fixed = " immutable" if variable.fixed else ""
    return f"{variable.type.value} public{fixed} {variable.name};"


def _parameters(values: Signature, keyword: str) -> str:
    return ", ".join(
        f"{kind.value}{' indexed' if keyword == 'event' and kind is Type.ADDRESS else ''} {name}"
        for name, kind in values
    )


def _tokens(program: Program) -> list[Asset]:
    return [asset for asset in program.assets if asset.kind == "token"]


def _title(asset: Asset | None) -> str:
    return "" if asset is None else asset.name.replace("_", " ").title()


def _symbol(asset: Asset | None) -> str:
    return "" if asset is None else asset.symbol or asset.name.upper()[:6]


def _comment(*lines: str, indent: str = "") -> Iterator[str]:
    for line in lines:
        if line.strip():
            yield f"{indent}/// {quoted(line)}"


def _indented(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield f"    {line}" if line else ""
