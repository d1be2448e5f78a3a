"""A contract deployed for the trials of a specification: people, money, and who is whom."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from eth_abi.abi import encode
from eth_abi.exceptions import EncodingError

from assay.authoring.audit.errors import NotOnStage
from assay.authoring.audit.properties.arguments import (
    Terms,
    as_given,
    is_guess,
    is_token,
    terms_of,
    value_for,
)
from assay.authoring.audit.properties.binding import (
    DEPLOYER,
    Bound,
    bind,
    constructor_of,
    names_of_deployer,
)
from assay.authoring.audit.properties.stage import (
    CONTRACT,
    ETHER,
    OWN_TOKEN,
    Entry,
    Stage,
    entries_of,
)
from assay.authoring.audit.sources.binaries import Binary
from assay.authoring.compiling.model import Compiled
from assay.authoring.model import Specification
from assay.authoring.trials.cast import FUNDS, START_S
from assay.authoring.trials.machine import Machine

STRANGERS = ("stranger 1", "stranger 2")
_FIRST_ADDRESS = 0xA55A_0000_0000_1001
_MEMBERS = 3
_MOST_MEMBERS = 12
_EMPTY_CONTRACT = bytes.fromhex("60006000f3")
_NOBODY = "0x" + "00" * 20
_TOKEN_VIEWS = frozenset({"balanceOf", "totalSupply", "transfer"})


@dataclass(frozen=True)
class Setting:
    """Everything that trials need.

    Attributes:
        decimals: of each asset on the stage.
        given: arguments of the constructor, by name, as shown.
        guessed: names of those that the prose gives nothing for.
        constructor_paid: ether that the deployer paid at the start.
        deployer: address of whoever deployed it.
    """

    name: str
    stage: Stage
    entries: tuple[Entry, ...]
    bound: Bound
    decimals: Mapping[str, int]
    terms: Terms
    given: tuple[tuple[str, str], ...]
    guessed: tuple[str, ...]
    constructor_paid: int
    deployer: str

    @property
    def views(self) -> tuple[Entry, ...]:
        """What can be asked without an argument."""
        return tuple(one for one in self.entries if one.is_view and not one.inputs)

    @property
    def actions(self) -> tuple[Entry, ...]:
        """What changes something."""
        return tuple(one for one in self.entries if not one.is_view)

    def asset(self, name: str | None, specification: Specification) -> str | None:
        """The asset on the stage for one of the prose; None where it is not known which."""
        kinds = {one.name: one.kind for one in specification.assets}
        kind = kinds.get(name or "")
        if kind == "native" or (name or "").upper() in ("ETH", "ETHER", "WEI", "以太币"):
            return ETHER
        if name in self.stage.tokens:
            return name
        if kind == "token":
            if self.stage.tokens:
                return next(iter(self.stage.tokens))
            return OWN_TOKEN if OWN_TOKEN in self.decimals else None
        return None


def set_up(
    binary: Binary,
    source: str,
    specification: Specification,
    coin: Compiled,
    *,
    parties: Mapping[str, str],
    arguments: Mapping[str, str],
) -> Setting:
    """Deploy a contract with the terms of the prose, and find its parties in it.

    Raises:
        NotOnStage: its constructor refuses.
        PartyUnknown, InputError: what the user said has no place.
    """
    given = parties, arguments
    return _Making(binary, source, specification, coin, given=given).made()


class _Making:
    def __init__(
        self,
        binary: Binary,
        source: str,
        specification: Specification,
        coin: Compiled,
        *,
        given: tuple[Mapping[str, str], Mapping[str, str]],
    ) -> None:
        self._binary, self._source, self._specification = binary, source, specification
        self._coin, (self._parties, self._arguments) = coin, given
        self._machine = Machine(START_S)
        self._addresses = (f"0x{number:040x}" for number in itertools.count(_FIRST_ADDRESS))
        self._aliases: dict[str, tuple[str, ...]] = {}
        self._people = {DEPLOYER: next(self._addresses)}
        self._groups: dict[str, tuple[str, ...]] = {}
        self._tokens: dict[str, str] = {}
        self._guessed: list[str] = []
        symbols = [one for one in specification.assets if one.kind == "token"]
        self._symbol = symbols[0].name if symbols else ""
        self._token_decimals = next((one.decimals for one in symbols if one.decimals), 18)
        decimals = {one.name: one.decimals or 18 for one in specification.assets
                    if one.kind in ("token", "native")}  # fmt: skip
        self._terms = terms_of(specification, decimals)

    def made(self) -> Setting:
        compiled = self._binary.compiled
        inputs: list[dict[str, Any]] = next(
            (one["inputs"] for one in compiled.abi if one["type"] == "constructor"), []
        )
        self._machine.give(self._people[DEPLOYER], FUNDS)
        values = [self._value(one, index) for index, one in enumerate(inputs)]
        if self._symbol and not self._tokens and _takes_tokens(compiled.abi):
            self._token()
        for party in self._specification.parties:
            if party.address:
                self._people.setdefault(party.name, party.address)
        for one in STRANGERS:
            self._people[one] = next(self._addresses)
        address, paid = self._deploy(inputs, values)
        entries = entries_of(compiled)
        decimals = {ETHER: 18, **dict.fromkeys(self._tokens, self._token_decimals)}
        names = {one.name for one in entries}
        if names >= _TOKEN_VIEWS:
            decimals[OWN_TOKEN] = 18
        stage = Stage(self._machine, address, self._people, self._tokens)
        later = self._look_around(stage, entries)
        bound = bind(self._specification, self._aliases, self._groups, later, given=self._parties)
        people, bound = self._renamed(bound)
        stage = Stage(self._machine, address, people, self._tokens)
        shown = tuple(
            (str(one["name"] or one["type"]), _shown(value, stage, self._tokens))
            for one, value in zip(inputs, values, strict=True)
        )
        gifts = tuple(Entry("", (("amount", "uint256"),), token=one) for one in self._tokens)
        return Setting(
            compiled.name, stage, (*entries, *gifts), bound, decimals, self._terms, shown,
            tuple(self._guessed), paid, self._people[DEPLOYER],
        )  # fmt: skip

    def _value(self, one: Mapping[str, Any], index: int) -> Any:
        kind, name = str(one["type"]), str(one["name"]) or f"argument{index}"
        if is_token(one):
            return self._token()
        if kind == "address":
            given = self._arguments.get(name)
            return self._person(name, given)
        if kind == "address[]":
            return self._list(name)
        if kind.startswith("uint") and kind.endswith("[]"):
            return self._numbers(name, self._arguments.get(name))
        if is_guess(one, self._terms, self._source) and name not in self._arguments:
            self._guessed.append(name)
        return value_for(one, self._terms, self._source, self._arguments.get(name))

    def _person(self, name: str, given: str | None) -> str:
        person = name.strip("_")
        self._people[person] = given or next(self._addresses)
        self._aliases[person] = (name,)
        return self._people[person]

    def _numbers(self, name: str, given: str | None) -> list[int]:
        """Shares of a group, or else the sums that the contract pays one after the other."""
        if given is not None:
            return [as_given("uint256", name, one.strip()) for one in given.split(",")]
        shares = [int(share) for share in self._terms.shares]
        members = next((len(one) for one in self._groups.values()), None)
        if shares and members in (None, len(shares)):
            return shares
        if members is None and self._terms.parts:
            return list(self._terms.parts)
        self._guessed.append(name)
        return [1] * (members or _MEMBERS)

    def _list(self, name: str) -> list[str]:
        shared = [one.recipient for one in self._specification.obligations
                  if one.asset == "%" and one.recipient]  # fmt: skip
        label = name.strip("_")
        members = tuple(dict.fromkeys(shared)) or tuple(
            f"{label} {number}" for number in range(1, _MEMBERS + 1)
        )
        for one in members:
            self._person(one, None)
        self._groups[label] = members
        return [self._people[one] for one in members]

    def _token(self) -> str:
        symbol = self._symbol or "token"
        while symbol in self._tokens:
            symbol += "'"
        code = self._coin.bytecode + encode(["uint8"], [self._token_decimals])
        address = self._machine.create(code, self._people[DEPLOYER])
        assert address is not None, "the token of trials can be deployed"
        self._tokens[symbol] = address
        return address

    def _deploy(self, inputs: Sequence[Mapping[str, Any]], values: list[Any]) -> tuple[str, int]:
        """Where it is, and what was paid in at once."""
        deployer = self._people[DEPLOYER]
        mark = self._machine.mark()
        coming = self._machine.create(_EMPTY_CONTRACT, deployer)
        self._machine.back_to(mark)
        for address in self._people.values():
            self._machine.give(address, FUNDS)
            for token in self._tokens.values():
                self._machine.call(self._coin, token, "mint", address, (address, FUNDS))
                self._machine.call(self._coin, token, "approve", address, (coming, 2**256 - 1))
        types = [str(one["type"]) for one in inputs]
        try:
            code = self._binary.compiled.bytecode + encode(types, values)
        except EncodingError as error:
            raise NotOnStage(self._binary.compiled.name, str(error), "") from None
        for sent in self._payments():
            created = self._machine.create(code, deployer, sent)
            if created is not None:
                return created, sent
        given = ", ".join(
            f"{one['name']}={value}" for one, value in zip(inputs, values, strict=True)
        )
        raise NotOnStage(
            self._binary.compiled.name,
            f"its constructor refuses {given or 'without arguments'}",
            "Name other arguments, like --argument goal=100 (amounts in the smallest unit).",
        )

    def _payments(self) -> Iterator[int]:
        compiled = self._binary.compiled
        takes = any(
            one["type"] == "constructor" and one.get("stateMutability") == "payable"
            for one in compiled.abi
        )
        if takes:
            yield from (one.units for one in self._terms.amounts)
        yield 0

    def _look_around(self, stage: Stage, entries: Sequence[Entry]) -> list[str]:
        """Add what the code calls everybody; the names of those whom it does not know yet."""
        later = []
        self._listed(stage, entries)
        constructor = constructor_of(self._source, self._binary.compiled.name)
        self._aliases[DEPLOYER] = (DEPLOYER, *names_of_deployer(constructor))
        for one in entries:
            if not one.is_view or one.inputs:
                continue
            for name, address in _addresses(stage, one):
                if address == _NOBODY:
                    later.append(name)
                elif address not in self._tokens.values():
                    self._call(name, address, stage)
        return later

    def _call(self, name: str, address: str, stage: Stage) -> None:
        """Note that the code has a name for whoever has an address."""
        person = stage.name_of(address)
        if person == CONTRACT or self._machine.has_code(address):
            return
        if person is None:
            person = name
            self._people[person] = address
            self._machine.give(address, FUNDS)
        self._aliases[person] = (*self._aliases.get(person, ()), name)

    def _listed(self, stage: Stage, entries: Sequence[Entry]) -> None:
        """Groups that the code keeps as a list of people, whom its constructor may take singly."""
        for one in entries:
            if not one.is_view or one.outputs != ("address",):
                continue
            if [kind for _, kind in one.inputs] != ["uint256"] or one.name in self._groups:
                continue
            members: list[str] = []
            for index in range(_MOST_MEMBERS):
                person = stage.name_of(str(stage.read(one, index) or _NOBODY))
                if person is None or person == CONTRACT or person in members:
                    break
                members.append(person)
            if len(members) > 1:
                self._groups[one.name] = tuple(members)

    def _renamed(self, bound: Bound) -> tuple[dict[str, str], Bound]:
        """People under the names that the prose has for them."""
        names: dict[str, str] = {}
        for name, who in bound.who.items():
            if who.people is not None and len(who.people) == 1:
                names.setdefault(next(iter(who.people)), name)
        people = {names.get(person, person): one for person, one in self._people.items()}
        renamed = {
            name: one
            if one.people is None
            else replace(one, people=frozenset(names.get(p, p) for p in one.people))
            for name, one in bound.who.items()
        }
        return people, Bound(renamed, bound.missing)


def _addresses(stage: Stage, view: Entry) -> Iterator[tuple[str, str]]:
    """What a view says of people: alone by its own name, in a struct by the field's."""
    if view.outputs == ("address",):
        names: tuple[str, ...] = (view.name,)
    else:
        names = view.output_names
    for name, kind, value in zip(names, view.outputs, stage.read_all(view), strict=False):
        if kind == "address" and name:
            yield name, str(value)


def _takes_tokens(abi: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a function is told which token it is about."""
    functions = [
        one for one in abi if one["type"] == "function" and one["name"] not in _TOKEN_VIEWS
    ]
    return any(is_token(given) for one in functions for given in one["inputs"])


def _shown(value: Any, stage: Stage, tokens: Mapping[str, str]) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(one, stage, tokens) for one in value)
    if isinstance(value, str):
        symbols = {address: name for name, address in tokens.items()}
        return symbols.get(value) or stage.name_of(value) or value
    return str(value)
