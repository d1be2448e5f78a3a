"""A program while blocks add to it.

    draft = Draft(specification, "Purchase")
    price = draft.amount("price", "5000", "USDC", text="5,000 USDC")
    pull = Pull(draft.asset("USDC").name, price)
    draft.add(Function("pay", (pull,), callers=(draft.party("buyer"),)))
    program = draft.program()

Names are made once and never clash; the same party, asset, constant or variable is there once,
whichever blocks speak of it: that is how blocks compose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.moments import moment, months, seconds, turn
from assay.authoring.blocks.naming import constant, identifier
from assay.authoring.model import Act, Obligation, Party, Specification
from assay.authoring.model import Asset as SpecifiedAsset
from assay.authoring.program.expressions import Binary, Caller, Expression, Name, Now, Number, Type
from assay.authoring.program.model import (
    Asset,
    Constant,
    Function,
    Group,
    Invariant,
    Program,
    Role,
    Variable,
)
from assay.authoring.program.reserved import RESERVED

DEFAULT_DECIMALS = 18
STARTED = "startedAt"
ONCE = Number(1)
ANYBODY = frozenset({"user", "anyone", "anybody", "everyone", "customer", "buyer of tokens"}) | {
    "用户",
    "任何人",
    "客户",
}
"""Names that stand for whoever calls, where no party has them as a defined term."""


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody can say, or is held to have said.

    Attributes:
        function: by which it is recorded, in
        variable: that holds when.
        act: with the actor and the object that the clauses name.
        deemed: whether it is held to be said by silence.
    """

    function: str
    variable: str
    act: Act
    deemed: bool = False


class Draft:
    """Collects the parts of one program.

    Attributes:
        stopping: payments of the specification that stop when somebody ends the agreement.
    """

    def __init__(
        self,
        specification: Specification,
        name: str,
        text: str = "",
        stopping: tuple[tuple[int, Obligation], ...] = (),
    ) -> None:
        self.specification = specification
        self.stopping = stopping
        self._name = name
        self._text = text
        self._roles: dict[str, Role] = {}
        self._groups: dict[str, Group] = {}
        self._assets: dict[str, Asset] = {}
        self._constants: dict[str, Constant] = {}
        self._variables: dict[str, Variable] = {}
        self._functions: dict[str, Function] = {}
        self._invariants: list[Invariant] = []
        self._words: list[Word] = []
        self._crowd = 0

    def party(self, name: str) -> str:
        """The role of a party, by its name in the specification."""
        if name not in self._roles:
            introduced = {one.name: one.text for one in self.specification.parties}
            role = Role(self._free(identifier(name)), introduced.get(name, name))
            self._roles[name] = role
        return self._roles[name].name

    def is_anybody(self, name: str | None) -> bool:
        """Whether a name stands for whoever calls, like `user`, since nobody is defined by it."""
        defined = {one.name for one in self.specification.parties if _is_defined(one)}
        return name in ANYBODY and name not in defined

    def caller_of(self, name: str | None) -> tuple[str, ...]:
        """Who may call for a party: its role, or everybody for `user`."""
        return () if name is None or self.is_anybody(name) else (self.party(name),)

    def payers_of(self, name: str | None) -> tuple[str, ...]:
        """Who may take part as one of many: everybody for "members", and for "any player"."""
        many = name is not None and _is_many(self.specification, name)
        return () if many else self.caller_of(name)

    def expression_of(self, name: str) -> Expression:
        """A party's address; for `user` that of the caller."""
        return Caller() if self.is_anybody(name) else Name(self.party(name))

    def group(self, name: str, size: int | None = None) -> str:
        """A group of parties with the same rights."""
        if name not in self._groups:
            self._groups[name] = Group(self._free(identifier(name, "group")), size, name)
        return self._groups[name].name

    def asset(self, name: str) -> Asset:
        """What moves, by its name in the specification.

        Raises:
            NotBuildable: a contract cannot move it.
        """
        if name not in self._assets:
            found = next((one for one in self.specification.assets if one.name == name), None)
            self._assets[name] = self._asset(name, found)
        return self._assets[name]

    def issued(self, name: str, decimals: int = DEFAULT_DECIMALS) -> Asset:
        """The token that the contract itself issues."""
        if name not in self._assets:
            made = Asset(self._free(identifier(name, "token")), "issued", decimals)
            self._assets[name] = made
        return self._assets[name]

    def move_only(self, name: str, movable: Expression) -> None:
        """Holders of a token that the contract issues can move it only while that is so."""
        known = self.issued(name)
        before = known.movable
        both = movable if before is None else Binary("and", before, movable)
        self._assets[name] = replace(known, movable=both)

    def amount(self, name: str, amount: str, asset: str, text: str = "") -> Name:
        """A constant sum of an asset; the same sum of the same name is one constant.

        Raises:
            NotBuildable: it is finer than the asset's smallest unit.
        """
        decimals = self.asset(asset).decimals
        units = Decimal(amount).scaleb(decimals)
        if units != units.to_integral_value():
            raise NotBuildable(f"{amount} {asset}", f"{asset} has {decimals} decimals only")
        wanted = Constant(constant(name), int(units), "amount", decimals, text)
        return self._constant(wanted)

    def units(self, name: str, units: int, asset: str, text: str = "") -> Name:
        """A constant sum in the asset's smallest unit."""
        decimals = self.asset(asset).decimals
        return self._constant(Constant(constant(name), units, "amount", decimals, text))

    def duration(self, name: str, iso: str, text: str = "") -> Name:
        """A constant span of time."""
        return self._constant(Constant(constant(name), seconds(iso), "seconds", text=text or iso))

    def later(
        self, since: Expression, name: str, iso: str, text: str = "", *, times: Expression = ONCE
    ) -> Expression:
        """A moment that is so many durations after another, by the calendar where it has months.

        What counts months from deployment is reckoned once, then.
        """
        length = self.length(name, iso, text)
        many = length if times == ONCE else Binary("*", times, length)
        if months(iso) is None:
            return Binary("+", since, many)
        reckoned = Binary("months after", since, many)
        begun = self._variables.get(STARTED)
        known = times == ONCE or (isinstance(times, Name) and times.name in self._constants)
        if begun is None or since != Name(begun.name) or not known:
            return reckoned
        counted = f"{times.name} " if isinstance(times, Name) else ""
        words = f"{counted}{length.name} ends at".lower().replace("_", " ")
        return self.variable(identifier(words), initial=reckoned, fixed=True, text=text or iso)

    def passed(self, since: Expression, name: str, iso: str, until: Expression) -> Expression:
        """How many whole durations have passed until a moment that is not before the other."""
        length, counted = self.length(name, iso), months(iso)
        if counted is None:
            return Binary("/", Binary("-", until, since), length)
        whole = Binary("months between", since, until)
        return whole if counted == 1 else Binary("/", whole, length)

    def length(self, name: str, iso: str, text: str = "") -> Name:
        """A constant span of time, in months where it is so many, else in seconds."""
        counted = months(iso)
        if counted is None:
            return self.duration(name, iso, text)
        words = f"{text or iso}, counted in months"
        return self._constant(Constant(constant(name), counted, "months", text=words))

    def moment(self, name: str, iso: str, text: str = "") -> Name:
        """A constant point in time."""
        return self._constant(Constant(constant(name), moment(iso), "time", text=text or iso))

    def turn(self, iso: str, comparator: str, text: str = "") -> Name:
        """A constant point in time that a clause compares with: the first second, or the last."""
        name = f"date {iso[:10]}{' begins' if turn(iso, comparator) != moment(iso) else ''}"
        value = turn(iso, comparator)
        return self._constant(Constant(constant(name), value, "time", text=text or iso))

    def reading(self, name: str, value: int, text: str = "", decimals: int = 0) -> Name:
        """A constant with which something measured is compared, which can be below 0."""
        return self._constant(Constant(constant(name), value, "reading", decimals, text))

    def count(self, name: str, value: int, text: str = "", decimals: int = 0) -> Name:
        """A constant number, like how many must approve, basis points, or something measured."""
        return self._constant(Constant(constant(name), value, "count", decimals, text))

    def started(self) -> Name:
        """When the contract was deployed: what durations count from where nothing else is said."""
        return self.variable(STARTED, initial=Now(), fixed=True)

    def variable(
        self,
        name: str,
        kind: Type = Type.NUMBER,
        *,
        key: Type | None = None,
        initial: Expression | None = None,
        fixed: bool = False,
        text: str = "",
    ) -> Name:
        """State by a name that the blocks agree on; made at its first mention."""
        if name not in self._variables:
            wanted = Variable(self._free(name), kind, key, initial, fixed, text)
            self._variables[name] = wanted
        return Name(self._variables[name].name)

    def has_variable(self, name: str) -> bool:
        """Whether some block has asked for state of this name."""
        return name in self._variables

    def has_function(self, name: str) -> bool:
        """Whether some block has added a function of this name."""
        return name in self._functions

    def add(self, function: Function) -> None:
        """A function; its name must be free."""
        if function.name in self._functions or self._taken(function.name):
            raise NotBuildable(function.name, "two clauses need a function of the same name")
        self._functions[function.name] = function

    def function(self, name: str) -> Function:
        """One that some block has added."""
        return self._functions[name]

    def change(self, function: Function) -> None:
        """Another of the same name instead of one that was added."""
        self._functions[function.name] = function

    @property
    def words(self) -> tuple[Word, ...]:
        """Whatever can be said by now, in the order of the clauses."""
        return tuple(self._words)

    def say(self, word: Word) -> None:
        """That a function which was added records what somebody says."""
        self._words.append(word)

    def function_name(self, wanted: str) -> str:
        """A free name for a function."""
        return self._free(identifier(wanted, "act"))

    def keep(self, invariant: Invariant) -> None:
        """What holds between any two calls."""
        self._invariants.append(invariant)

    def need(self, people: int) -> None:
        """So many have to take part until all that the program can do is within reach."""
        self._crowd = max(self._crowd, people)

    def program(self) -> Program:
        """All of it."""
        text = self.specification.text
        quotes = tuple(
            (clause.number, text[slice(*clause.span)]) for clause in self.specification.clauses
        )
        return Program(
            self._name,
            self._text,
            tuple(self._roles.values()),
            tuple(self._groups.values()),
            tuple(self._assets.values()),
            tuple(self._constants.values()),
            self._packed(),
            tuple(self._functions.values()),
            tuple(self._invariants),
            quotes,
            self._crowd,
        )

    def _packed(self) -> tuple[Variable, ...]:
        """Truths beside each other, so that Solidity keeps many in one slot."""
        variables = self._variables.values()
        return tuple(sorted(variables, key=lambda one: one.type is Type.TRUTH and one.key is None))

    def _asset(self, name: str, found: SpecifiedAsset | None) -> Asset:
        kind = found.kind if found else "token"
        if kind == "native":
            return Asset(self._free(f"{identifier(name)}Coin"), "native", DEFAULT_DECIMALS, name)
        if kind != "token":
            raise NotBuildable(name, f"a contract cannot move {kind}")
        decimals = DEFAULT_DECIMALS
        if found is not None and found.decimals is not None:
            decimals = found.decimals
        symbol = symbol_of(name, found)
        return Asset(self._free(identifier(name, "token")), "token", decimals, symbol)

    def _constant(self, wanted: Constant) -> Name:
        name, number = wanted.name, 1
        while name in self._constants or self._taken(name):
            there = self._constants.get(name)
            if there is not None and (there.value, there.unit) == (wanted.value, wanted.unit):
                return Name(name)
            number += 1
            name = f"{wanted.name}_{number}"
        self._constants[name] = Constant(
            name, wanted.value, wanted.unit, wanted.decimals, wanted.text
        )
        return Name(name)

    def _free(self, wanted: str) -> str:
        name, number = wanted, 1
        while self._taken(name) or name in self._constants:
            number += 1
            name = f"{wanted}{number}"
        return name

    def _taken(self, name: str) -> bool:
        parts = (self._roles, self._groups, self._assets, self._variables, self._functions)
        return (
            name in RESERVED
            or name == self._name
            or any(one.name == name for part in parts for one in part.values())
        )


def symbol_of(name: str, found: SpecifiedAsset | None) -> str:
    """By what people know a token: where a noun stands for it, what an answer says that it is."""
    return found.text if found is not None and found.text.isupper() and not name.isupper() else name


def _is_many(specification: Specification, name: str) -> bool:
    """Whether a noun stands for whoever comes: in the plural, or with "any" or "whenever a"."""
    party = next((one for one in specification.parties if one.name == name), None)
    if party is not None and _is_defined(party):
        return False
    noun = re.escape(name)
    many = rf"\b(?:any|each|every|whenever an?|anyone who is an?) {noun}\b|\b{noun}s\b"
    return re.search(many, specification.text, re.IGNORECASE) is not None


def _is_defined(party: Party) -> bool:
    """Whether the text says who it is: `ABC Ltd (the "User")`, and not only `the user`."""
    return party.address is not None or len(party.text.split()) > len(party.name.split()) + 1
