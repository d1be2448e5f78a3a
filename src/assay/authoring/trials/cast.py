"""Who plays whom in a trial: an address for every role, every member of a group, and strangers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assay.authoring.program.interpreter import World
from assay.authoring.program.model import Program

START_S = 1_735_718_400
"""When trials begin: January 2025, so that what is agreed today lies ahead."""

FUNDS = 10**36
"""What everybody has of each asset: more than any clause asks for."""

_FIRST_ADDRESS = 0xA55A_0000_0000_0001
_USUAL_MEMBERS = 3
_STRANGERS = 3


@dataclass(frozen=True)
class Cast:
    """Addresses by what they stand for.

    Attributes:
        crowd: more strangers, who only take part where a goal needs many.
    """

    roles: Mapping[str, str]
    groups: Mapping[str, tuple[str, ...]]
    strangers: tuple[str, ...]
    crowd: tuple[str, ...] = ()

    @property
    def everybody(self) -> tuple[str, ...]:
        """All addresses but those of the crowd."""
        members = [one for group in self.groups.values() for one in group]
        return (*self.roles.values(), *members, *self.strangers)

    def name(self, address: str) -> str:
        """What an address stands for, as a report says it."""
        for role, one in self.roles.items():
            if one == address:
                return role
        for group, members in self.groups.items():
            if address in members:
                return f"{group} {members.index(address) + 1}"
        if address in self.strangers:
            return f"stranger {self.strangers.index(address) + 1}"
        if address in self.crowd:
            return f"one of the crowd {self.crowd.index(address) + 1}"
        return address

    def may_call(self, callers: tuple[str, ...]) -> tuple[str, ...]:
        """Who may call a function of these callers."""
        if not callers:
            return self.everybody
        found: list[str] = []
        for caller in callers:
            found += [self.roles[caller]] if caller in self.roles else self.groups[caller]
        return tuple(found)


def cast_of(program: Program) -> Cast:
    """The same addresses every time."""
    numbers = iter(range(_FIRST_ADDRESS, _FIRST_ADDRESS + 10_000))

    def address() -> str:
        return f"0x{next(numbers):040x}"

    roles = {role.name: address() for role in program.roles}
    groups = {
        # A quorum needs as many members as the crowd that it calls for.
        group.name: tuple(
            address() for _ in range(group.size or max(_USUAL_MEMBERS, program.crowd))
        )
        for group in program.groups
    }
    strangers = tuple(address() for _ in range(_STRANGERS))
    return Cast(roles, groups, strangers, tuple(address() for _ in range(program.crowd)))


def opening_world(program: Program, cast: Cast, start_s: int = START_S) -> World:
    """The contract just deployed, and everybody with money."""
    balances = {
        (asset.name, person): FUNDS
        for asset in program.assets
        if asset.kind != "issued"
        for person in (*cast.everybody, *cast.crowd)
    }
    return World.deployed(
        program,
        roles=cast.roles,
        groups={name: frozenset(members) for name, members in cast.groups.items()},
        balances=balances,
        now_s=start_s,
        deployer=cast.strangers[0],
    )
