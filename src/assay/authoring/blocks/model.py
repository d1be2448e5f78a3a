"""What a building block is, and what composing gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from assay.authoring.blocks.draft import Draft
from assay.authoring.model import Specification
from assay.authoring.program.model import Program


@dataclass(frozen=True, slots=True)
class Claim:
    """What a block takes upon itself.

    Attributes:
        block: its name.
        obligations: indices of those that it carries out, ascending.
    """

    block: str
    obligations: tuple[int, ...]


class Block(Protocol):
    """One kind of mechanism that clauses can ask for."""

    @property
    def name(self) -> str:
        """As `assay author blocks` lists it."""

    @property
    def text(self) -> str:
        """What it does, in a sentence."""

    def claims(self, specification: Specification, free: frozenset[int]) -> tuple[Claim, ...]:
        """What it can carry out of the obligations that no block before it has taken."""

    def add(self, draft: Draft, claim: Claim) -> tuple[tuple[int, str], ...]:
        """Put it into the program; gives (obligation, name of the function that keeps it).

        Raises:
            NotBuildable: what the clauses say cannot be carried out.
        """


@dataclass(frozen=True)
class Composition:
    """A program, and how it keeps what was agreed.

    Attributes:
        kept: names of the functions by which each obligation is carried out, by its index.
        outside: obligations that no code can enforce, with the reason; people keep these.
    """

    program: Program
    claims: tuple[Claim, ...]
    kept: Mapping[int, tuple[str, ...]]
    outside: Mapping[int, str]
