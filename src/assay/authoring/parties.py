"""Who is who on the chain: the constructor's arguments out of what somebody gives by name.

    given = Given(parties={"buyer": buyer, "卖方": seller}, tokens={"USDC": usdc})
    constructor_arguments(specification, program, given)

A party goes by its name in the agreement or in the code. Nobody is left out, taken twice or taken
for somebody else: a contract keeps its parties for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from assay.authoring.blocks.naming import identifier
from assay.authoring.deployment_errors import PartyMissing, PartyUnfit, PartyUnknown
from assay.authoring.model import Specification
from assay.authoring.program.expressions import Caller
from assay.authoring.program.model import Asset, Program
from assay.authoring.program.vyper import LARGEST_GROUP
from assay.core.address import ZERO_ADDRESS, Address, parse_address

Kind = Literal["party", "token", "group"]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Given:
    """Addresses by name, as somebody gives them."""

    parties: Mapping[str, Address] = field(default_factory=dict)
    groups: Mapping[str, tuple[Address, ...]] = field(default_factory=dict)
    tokens: Mapping[str, Address] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a constructor.

    Attributes:
        name: in the code.
        text: in the agreement.
        addresses: of a group all members, else one.
        decimals: that a token has to have.
    """

    kind: Kind
    name: str
    text: str
    addresses: tuple[Address, ...]
    decimals: int | None = None

    @property
    def value(self) -> Any:
        """As the constructor takes it."""
        return list(self.addresses) if self.kind == "group" else self.addresses[0]

    def as_json(self) -> dict[str, Any]:
        """As records have it."""
        return {"kind": self.kind, "name": self.name, "text": self.text, "value": self.value}


def constructor_arguments(
    specification: Specification, program: Program, given: Given
) -> tuple[Argument, ...]:
    """The arguments in the constructor's order: parties, tokens, groups.

    Raises:
        PartyMissing: somebody, or a token, is not given.
        PartyUnknown: nobody of that name is in the contract.
        PartyUnfit: an address is given twice, is nobody's, or is not the agreement's.
        InputError: an address in the agreement is none.
    """
    spelt = {identifier(one.name): one.name for one in specification.parties}
    tokens = [asset for asset in program.assets if asset.kind == "token"]
    parties = {role.name: (role.name, spelt.get(role.name, role.text)) for role in program.roles}
    coins = {asset.name: (asset.name, asset.symbol) for asset in tokens}
    groups = {group.name: (group.name, group.text) for group in program.groups}
    named = _with_stated(specification, parties, _by_name("party", parties, given.parties))
    by_token = _by_name("token", coins, given.tokens)
    by_group = _by_name("group", groups, given.groups)
    missing = [
        *_missing("party", parties, named),
        *_missing("token", coins, by_token),
        *_missing("group", groups, by_group),
    ]
    if missing:
        raise PartyMissing(missing)
    arguments = (
        *(Argument("party", one, parties[one][1], (named[one],)) for one in parties),
        *(_token(one, by_token[one.name]) for one in tokens),
        *(Argument("group", one, groups[one][1], by_group[one]) for one in groups),
    )
    _refuse_unfit(program, arguments)
    return arguments


def takes_deployer(program: Program) -> bool:
    """Whether the contract remembers who deploys it, which would be the contract of records."""
    return any(_mentions_caller(variable.initial) for variable in program.variables)


def _missing(
    kind: Kind, names: Mapping[str, tuple[str, str]], found: Mapping[str, object]
) -> list[str]:
    """The options that are to be given, as somebody would type them."""
    return [f"--{kind} {text or code}=..." for code, text in names.values() if code not in found]


def _token(asset: Asset, address: Address) -> Argument:
    return Argument("token", asset.name, asset.symbol or asset.name, (address,), asset.decimals)


def _by_name(
    kind: Kind, names: Mapping[str, tuple[str, str]], given: Mapping[str, Value]
) -> dict[str, Value]:
    """What is given, by the names in the code."""
    found: dict[str, Value] = {}
    for name, value in given.items():
        code = next((code for code, known in names.items() if name in known), None)
        if code is None:
            known = [" or ".join(dict.fromkeys(one)) for one in names.values()]
            raise PartyUnknown(kind, name, known)
        if code in found:
            raise PartyUnfit(name, "it is given twice, under two names")
        found[code] = value
    return found


def _with_stated(
    specification: Specification, names: Mapping[str, object], given: Mapping[str, Address]
) -> dict[str, Address]:
    """The addresses that the agreement itself gives, beside the given ones."""
    found = dict(given)
    for one in specification.parties:
        code = identifier(one.name)
        if one.address is None or code not in names:
            continue
        stated = parse_address(one.address)
        if found.setdefault(code, stated) != stated:
            raise PartyUnfit(one.name, f"the agreement says {stated}")
    return found


def _refuse_unfit(program: Program, arguments: tuple[Argument, ...]) -> None:
    sizes = {group.name: group.size for group in program.groups}
    single: dict[Address, str] = {}
    for argument in arguments:
        if ZERO_ADDRESS in argument.addresses:
            raise PartyUnfit(argument.text, "0x0 is nobody's address")
        if argument.kind == "group":
            _refuse_group(argument, sizes[argument.name])
            continue
        [address] = argument.addresses
        if address in single:
            reason = f"{single[address]} has the same address {address}"
            raise PartyUnfit(argument.text, reason)
        single[address] = argument.text


def _refuse_group(argument: Argument, size: int | None) -> None:
    count = len(argument.addresses)
    if len(set(argument.addresses)) != count:
        raise PartyUnfit(argument.text, "a member is named twice")
    if size is not None and count != size:
        raise PartyUnfit(argument.text, f"it has {size} members, and {count} are given")
    if not 0 < count <= LARGEST_GROUP:
        raise PartyUnfit(argument.text, f"a group has 1 to {LARGEST_GROUP} members")


def _mentions_caller(expression: object) -> bool:
    return any(isinstance(one, Caller) for one in _parts(expression))


def _parts(expression: object) -> Iterator[object]:
    yield expression
    for name in getattr(type(expression), "__dataclass_fields__", ()):
        yield from _parts(getattr(expression, name))
