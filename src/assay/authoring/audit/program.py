"""Contracts, functions, state variables and modifiers of one syntax tree."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from assay.authoring.audit.sources.pragma import Version, parse_version
from assay.authoring.audit.sources.solidity import Parsed
from assay.authoring.audit.tree import Lines, Node

_ENTRIES = ("public", "external")


@dataclass(frozen=True, eq=False)
class Function:
    """A function, or a modifier, of one contract."""

    node: Node
    contract: Contract

    @cached_property
    def name(self) -> str:
        """Empty for a constructor and for what takes money without a name."""
        return self.node.name

    @property
    def label(self) -> str:
        """`Contract.function`, for people and for matching."""
        kind = "constructor" if self.is_constructor else self.node.get("kind") or "fallback"
        return f"{self.contract.name}.{self.name or kind}"

    @cached_property
    def is_constructor(self) -> bool:
        """Whether it runs once, at deployment."""
        by_kind = self.node.get("kind") == "constructor"
        return bool(self.node.get("isConstructor")) or by_kind

    @cached_property
    def is_entry(self) -> bool:
        """Whether anybody can call it to change something."""
        visible = self.node.get("visibility") in _ENTRIES or self.node.get("visibility") is None
        return visible and not self.is_constructor and not self.is_view and self.body is not None

    @cached_property
    def is_view(self) -> bool:
        """Whether it promises to change nothing."""
        promised = self.node.get("stateMutability") in {"view", "pure"}
        return promised or bool(self.node.get("isDeclaredConst"))

    @cached_property
    def is_payable(self) -> bool:
        """Whether ether can come with a call."""
        return self.node.get("stateMutability") == "payable" or bool(self.node.get("payable"))

    @cached_property
    def body(self) -> Node | None:
        """Its statements; none where it is only declared."""
        return self.node.part("body")

    @cached_property
    def parameters(self) -> list[Node]:
        """Their declarations."""
        listed = self.node.part("parameters")
        return listed.parts("parameters") if listed else []

    @cached_property
    def modifiers(self) -> list[Function]:
        """Those that it runs through, the outermost first."""
        found = []
        for invocation in self.node.parts("modifiers"):
            named = invocation.part("modifierName")
            modifier = self.contract.unit.functions.get(named.target) if named else None
            if modifier and modifier.node.kind == "ModifierDefinition":
                found.append(modifier)
        return found


@dataclass(frozen=True, eq=False)
class Contract:
    """A contract, a library or an interface."""

    node: Node
    unit: Unit

    @property
    def name(self) -> str:
        """As it is declared."""
        return self.node.name

    @cached_property
    def kind(self) -> str:
        """`contract`, `library` or `interface`."""
        return str(self.node.get("contractKind") or "contract")

    @cached_property
    def line_of_bases(self) -> list[Contract]:
        """Itself and what it inherits, the most derived first."""
        ids = self.node.get("linearizedBaseContracts") or [self.node.id]
        return [self.unit.contracts[one] for one in ids if one in self.unit.contracts]

    @cached_property
    def own_functions(self) -> list[Function]:
        """Written in it."""
        return [
            self.unit.functions[child.id]
            for child in self.node.children
            if child.kind == "FunctionDefinition"
        ]

    @cached_property
    def functions(self) -> list[Function]:
        """Its own and those that it inherits, without those that are overridden."""
        found: dict[tuple[str, ...], Function] = {}
        for contract in self.line_of_bases:
            for function in contract.own_functions:
                kind = "" if function.name else str(function.node.get("kind"))
                signature = (kind, function.name, *(one.type for one in function.parameters))
                if not function.is_constructor or contract is self:
                    found.setdefault(signature, function)
        return list(found.values())

    @cached_property
    def variables(self) -> dict[int, Node]:
        """State variables, its own and inherited ones, by their ids."""
        return {
            child.id: child
            for contract in self.line_of_bases
            for child in contract.node.children
            if child.kind == "VariableDeclaration"
        }

    @cached_property
    def is_leaf(self) -> bool:
        """Whether no other contract of the file inherits it."""
        others = (one for one in self.unit.contracts.values() if one is not self)
        return not any(self in one.line_of_bases for one in others)


@dataclass(eq=False)
class Unit:
    """A file with what it imports.

    Attributes:
        version: of the language.
        contracts, functions, declarations: by the compiler's ids; of imported files too.
        own: the contracts that the file itself has.
    """

    version: Version
    contracts: dict[int, Contract] = field(default_factory=dict)
    functions: dict[int, Function] = field(default_factory=dict)
    declarations: dict[int, Node] = field(default_factory=dict)
    own: list[Contract] = field(default_factory=list)

    @property
    def has_checked_arithmetic(self) -> bool:
        """Whether the language itself refuses overflow."""
        return self.version >= (0, 8, 0)


def unit_of(parsed: Parsed) -> Unit:
    """The contracts of a file."""
    unit = Unit(parse_version(parsed.version))
    for tree in parsed.trees:
        is_own = tree is parsed.tree
        _add(unit, Node(tree, Lines(parsed.source, is_own=is_own)), is_own=is_own)
    return unit


def _add(unit: Unit, tree: Node, *, is_own: bool) -> None:
    for node in tree.children:
        if node.kind != "ContractDefinition":
            continue
        contract = Contract(node, unit)
        unit.contracts[node.id] = contract
        if is_own:
            unit.own.append(contract)
        for child in node.children:
            if child.kind in {"FunctionDefinition", "ModifierDefinition"}:
                unit.functions[child.id] = Function(child, contract)
    unit.declarations.update((one.id, one) for one in tree.every("VariableDeclaration"))
