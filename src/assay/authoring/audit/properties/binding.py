"""Who the parties of prose are in code: by names that are alike, and by what is left over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assay.authoring.audit.errors import PartyUnknown
from assay.authoring.audit.properties.arguments import every_duty
from assay.authoring.audit.properties.words import CROWDS, likeness, parts
from assay.authoring.model import Obligation, Specification

DEPLOYER = "deployer"
ANYONE = "anyone"
_EVERYBODY_NAMED = frozenset({"parties", "双方", "各方", "任何一方", "other party", "对方"})
_NOT_PEOPLE = frozenset({"contract", "合约", "智能合约"})
_STORES = frozenset(
    {"treasury", "escrow", "fund", "pool", "vault", "资金池", "金库", "国库", "托管"}
)
_SURE, _ALIKE, _RELATED = 4, 3, 1
_BY_SENDER = re.compile(r"(?:self\.)?(\w+)\s*=\s*(?:payable\s*\(\s*)?msg\.sender")
_INFLOWS = frozenset({"pay", "deposit", "contribute", "bid", "buy", "subscribe", "lock"})


@dataclass(frozen=True)
class Who:
    """A party of the prose.

    Attributes:
        people: names of those on the stage who are it; None where it may be anybody.
        where: how it was found in the code.
        is_sure: whether the names say so, and not only what is near or left over.
    """

    name: str
    people: frozenset[str] | None
    where: str
    is_sure: bool = True

    def includes(self, person: str) -> bool:
        """Whether somebody is it, or one of them."""
        return self.people is None or person in self.people


@dataclass(frozen=True)
class Bound:
    """All parties that were found, and those that were not, with the reason."""

    who: Mapping[str, Who]
    missing: Mapping[str, str]


def by_the_contract(specification: Specification, source: str) -> Specification:
    """With the contract for a treasury or an escrow, where the code has nothing of that name.

    Args:
        source: the code.
    """
    code = source.lower()
    stores = {
        party.name
        for party in specification.parties
        if party.name in _STORES and party.name not in code
    }

    def of(duty: Obligation | None) -> Obligation | None:
        if duty is None:
            return None
        changes = {
            field: "contract" for field in ("actor", "recipient") if getattr(duty, field) in stores
        }
        return duty.model_copy(update={**changes, "otherwise": of(duty.otherwise)})

    if not stores:
        return specification
    duties = tuple(filter(None, map(of, specification.obligations)))
    return specification.model_copy(update={"obligations": duties})


def names_in(specification: Specification) -> tuple[str, ...]:
    """Everybody whom the obligations and their conditions name."""
    found: dict[str, None] = {}
    for duty in every_duty(specification):
        for act in (duty, *duty.conditions):
            for name in (act.actor, act.recipient):
                if name and name.lower() not in _NOT_PEOPLE:
                    found[name] = None
        for one in duty.conditions:
            if one.kind == "approval" and one.subject:
                found[one.subject] = None
    for witness in specification.witnesses:
        found[witness.party] = None
    return tuple(found)


def constructor_of(source: str, name: str) -> str:
    """The text of a contract's constructor; empty where it has none."""
    begins = re.search(
        rf"\bconstructor\s*\(|def __init__\(|function\s+{re.escape(name)}\s*\(", source
    )
    if not begins:
        return ""
    rest = source[begins.start() :]
    if rest.startswith("def"):
        ends = re.search(r"\n(?=@|def |\w)", rest)
        return rest[: ends.start()] if ends else rest
    depth, opened = 0, False
    for index, letter in enumerate(rest):
        depth += (letter == "{") - (letter == "}")
        opened = opened or letter == "{"
        if opened and not depth:
            return rest[: index + 1]
    return rest


def names_of_deployer(constructor: str) -> tuple[str, ...]:
    """What a constructor calls whoever deploys."""
    return tuple(_BY_SENDER.findall(constructor))


def bind(
    specification: Specification,
    aliases: Mapping[str, tuple[str, ...]],
    groups: Mapping[str, tuple[str, ...]],
    later: Iterable[str],
    given: Mapping[str, str],
) -> Bound:
    """Find each party.

    Args:
        aliases: what the code calls everybody on the stage, by a key for each person.
        groups: people by the name of the list that has them.
        later: names in the code of people who are not known before somebody calls.
        given: names in the code by names in the prose, as the user says.

    Raises:
        PartyUnknown: what the user says is in neither.
    """
    wanted = names_in(specification)
    who: dict[str, Who] = {}
    for name, place in given.items():
        who[name] = _as_given(name, place, wanted, aliases, groups)
    left = [one for one in wanted if one not in who and one.lower() not in _EVERYBODY_NAMED]
    _by_likeness(left, who, aliases, groups, later)
    _crowds(left, who)
    _by_elimination(left, who, aliases, specification)
    named = frozenset(one for each in who.values() if each.people for one in each.people)
    for name in wanted:
        if name.lower() in _EVERYBODY_NAMED and name not in who:
            who[name] = Who(name, named, "all parties")
    known = sorted({one for names in aliases.values() for one in names} | set(groups))
    missing = {
        name: f"{name!r} is nobody in the code; say who it is: --party {name}=NAME "
        f"(names there: {', '.join(known)})"
        for name in wanted
        if name not in who
    }
    return Bound(who, missing)


def _as_given(
    name: str,
    place: str,
    wanted: tuple[str, ...],
    aliases: Mapping[str, tuple[str, ...]],
    groups: Mapping[str, tuple[str, ...]],
) -> Who:
    if name not in wanted:
        raise PartyUnknown(name, "the prose", wanted)
    if place.lower() == ANYONE:
        return Who(name, None, "anybody, as you say")
    plain = "".join(parts(place))
    for person, names in aliases.items():
        if plain in ("".join(parts(one)) for one in (*names, person)):
            return Who(name, frozenset({person}), f"{place}, as you say")
    if place in groups:
        return Who(name, frozenset(groups[place]), f"{place}, as you say")
    known = sorted({one for names in aliases.values() for one in names})
    raise PartyUnknown(place, "the code", (*known, *groups, ANYONE))


def _by_likeness(
    left: list[str],
    who: dict[str, Who],
    aliases: Mapping[str, tuple[str, ...]],
    groups: Mapping[str, tuple[str, ...]],
    later: Iterable[str],
) -> None:
    places = [
        *(
            (person, alias, frozenset({person}))
            for person, all_ in aliases.items()
            for alias in all_
        ),
        *((name, name, frozenset(people)) for name, people in groups.items()),
        *(("", name, None) for name in later),
    ]
    # Who is only numbered in a list is one of the list.
    places = [one for one in places if one[0].rpartition(" ")[0] not in groups]
    scored = sorted(
        (
            (-likeness(name, alias), place, alias, name, people)
            for name in left
            for place, alias, people in places
        ),
        key=lambda one: (one[0], left.index(one[3])),
    )
    taken = {person for one in who.values() if one.people for person in one.people}
    for minus, place, alias, name, people in scored:
        if -minus < _RELATED or name in who or (place and place in taken):
            continue
        crowd = name.split()[-1] in CROWDS or name in CROWDS
        if -minus < _ALIKE and (crowd or alias == DEPLOYER):
            continue
        where = f"{alias} of the code" if people is not None else f"whoever becomes {alias}"
        who[name] = Who(name, people, where, is_sure=-minus >= _ALIKE)
        taken |= {place} - {""}


def _crowds(left: list[str], who: dict[str, Who]) -> None:
    for name in left:
        singular = name.split()[-1] if name.split() else name
        if name not in who and (name in CROWDS or singular in CROWDS):
            who[name] = Who(name, None, "anybody")


def _by_elimination(
    left: list[str],
    who: dict[str, Who],
    aliases: Mapping[str, tuple[str, ...]],
    specification: Specification,
) -> None:
    taken = {person for one in who.values() if one.people for person in one.people}
    parties = [name for name in left if name not in who]
    people = [one for one in aliases if one not in taken and one != DEPLOYER]
    if len(parties) == 1 and len(people) == 1:
        alias = aliases[people[0]][0]
        where = f"{alias}, who is left over"
        is_sure = bool(who) and all(one.is_sure for one in who.values())
        who[parties[0]] = Who(parties[0], frozenset(people), where, is_sure=is_sure)
        return
    payers = {one.actor for one in every_duty(specification) if one.action in _INFLOWS}
    for name in parties:
        if name in payers and not people:
            who[name] = Who(name, None, "whoever pays")
    rest = [name for name in parties if name not in who]
    if len(rest) == 1 and not people and DEPLOYER not in taken:
        who[rest[0]] = Who(rest[0], frozenset({DEPLOYER}), "who deploys it, who is left over",
                           is_sure=False)  # fmt: skip
