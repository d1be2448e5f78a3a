"""Accounts kept beside a contract: what each call ought to move, reckoned from the clauses alone.

An `Account` is told every call of a history in turn. It says which money should change hands, or
that the call should be refused, and remembers what it allowed. It knows nothing of the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Protocol

from assay.authoring.blocks.draft import symbol_of
from assay.authoring.blocks.moments import DAY_S, is_duration, later, moment
from assay.authoring.model import Obligation, Specification
from assay.authoring.program.interpreter import Call
from assay.authoring.program.model import Program
from assay.authoring.trials.cast import START_S, Cast

Flows = dict[tuple[str, str], int]
"""What each holder gains of each asset; the contract's own gain is the rest."""


@dataclass(frozen=True)
class Terms:
    """What the clauses name, as addresses, units and seconds."""

    specification: Specification
    program: Program
    cast: Cast
    obligations: tuple[int, ...]

    @property
    def duties(self) -> tuple[Obligation, ...]:
        """Those that the account is about."""
        return tuple(self.specification.obligations[index] for index in self.obligations)

    def address(self, party: str | None) -> str:
        """Of a party; empty where it is nobody's in particular."""
        introduced = {one.name: one.text for one in self.specification.parties}
        text = introduced.get(party or "", party or "")
        roles = [role.name for role in self.program.roles if role.text == text]
        return self.cast.roles[roles[0]] if roles else ""

    def asset(self, name: str) -> str:
        """As balances name it."""
        assets = self.program.assets
        found = next((one for one in self.specification.assets if one.name == name), None)
        named = [one.name for one in assets if one.symbol == symbol_of(name, found)]
        return named[0] if named else next(one.name for one in assets if one.kind == "issued")

    def units(self, amount: str, name: str) -> int:
        """Of an amount of an asset."""
        held = self.asset(name)
        decimals = next(one.decimals for one in self.program.assets if one.name == held)
        return int(Decimal(amount).scaleb(decimals))

    def last_second(self, iso: str) -> int:
        """Of a date, or of a duration since the deployment."""
        return later(START_S, iso) if is_duration(iso) else moment(iso)

    def first_second(self, iso: str) -> int:
        """Of a date, or of what follows a duration since the deployment."""
        whole_day = len(iso) == len("2026-12-31") and not is_duration(iso)
        return self.last_second(iso) - (DAY_S - 1 if whole_day else 0)


class Account(Protocol):
    """Of one mechanism.

    Attributes:
        parts: what the functions are called, and which method expects what of them.
    """

    parts: ClassVar[Mapping[str, str]]

    def expect(self, part: str, call: Call) -> Flows | None:
        """What the call should move; None where it should be refused."""


def number(call: Call) -> int:
    """The only argument of a call."""
    (value,) = call.arguments
    assert isinstance(value, int)
    return value
