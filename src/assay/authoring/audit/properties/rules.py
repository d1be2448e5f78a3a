"""Obligations as rules over calls and money: who pays in, who is paid, who says what, what never.

A rule has everything of the stage in it: names of people, assets, smallest units, tests of its
conditions. What could not be mapped stands in it with the reason, and is never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from assay.authoring.audit.properties.binding import Who
from assay.authoring.audit.properties.conditions import Lacking, Test
from assay.authoring.model import Obligation

Kind = Literal["in", "out", "act", "never", "outside"]


@dataclass(frozen=True)
class Schedule:
    """Of what vests: from when to when, and nothing before the cliff.

    Attributes:
        length: shortest and longest, in seconds.
        cliff: shortest and longest.
    """

    units: int
    length: tuple[int, int]
    cliff: tuple[int, int]


@dataclass(frozen=True)
class Rule:
    """One obligation on the stage.

    Attributes:
        number: of the rule.
        index: of the obligation in the specification.
        asset: None where it is whatever the contract holds.
        units: None where it is all of it, or unknown.
        share: of what is divided, in percent.
        actor: who may make it happen; None for anybody.
        recipient: who gains.
        decides: whether nobody but the actor may make it happen.
        tests: conditions, all of which must hold; those of time in `times`.
        functions: that state the act, or do what is forbidden.
        missing: why it cannot be tried; empty where it can.
        restricts: whether it says only who may, and other rules say what and when.
        is_derived: what a payment to another party lets that party get.
        doubt: words or questions that may change what it says; empty where there are none.
    """

    number: int
    index: int
    duty: Obligation
    kind: Kind
    asset: str | None = None
    units: int | None = None
    share: Decimal | None = None
    schedule: Schedule | None = None
    actor: Who | None = None
    recipient: Who | None = None
    decides: bool = False
    tests: tuple[Test, ...] = ()
    times: tuple[Test, ...] = ()
    functions: frozenset[str] = field(default_factory=frozenset)
    missing: str = ""
    restricts: bool = False
    is_derived: bool = False
    doubt: str = ""

    @property
    def conditions(self) -> tuple[Test, ...]:
        """All of them."""
        return (*self.tests, *self.times)

    @property
    def is_charged(self) -> bool:
        """Whether it is paid on top where something was not done: a fee for lateness, a penalty."""
        return self.kind == "in" and any(isinstance(one, Lacking) for one in self.tests)

    @property
    def is_whole(self) -> bool:
        """Whether it moves all that is there."""
        return self.units is None and self.share is None and self.schedule is None


@dataclass(frozen=True)
class Statement:
    """Functions by which somebody states an act, and who may call them.

    Attributes:
        index: of the obligation that speaks of it.
        who: None where anybody may.
    """

    index: int
    text: str
    functions: frozenset[str]
    who: Who | None


@dataclass(frozen=True)
class RuleSet:
    """All rules of a specification.

    Attributes:
        unread: why money may be due that no rule knows of; empty where all was read and mapped.
    """

    rules: tuple[Rule, ...]
    statements: tuple[Statement, ...]
    unread: str = ""

    def of_kind(self, kind: Kind) -> tuple[Rule, ...]:
        """Those that can be tried."""
        return tuple(one for one in self.rules if one.kind == kind and not one.missing)

    def allowed(self, function: str) -> frozenset[str] | None:
        """Who may call a function that states acts; None for anybody, or where nobody is named."""
        said = [one for one in self.statements if function in one.functions]
        people: set[str] = set()
        for one in said:
            if one.who is None or one.who.people is None:
                return None
            people |= one.who.people
        return frozenset(people) if said else None


Fulfilments = Mapping[int, int]
