"""A word of folded Chinese text, with its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Token:
    """A word or entity, with its place in the folded text.

    Attributes:
        kind: the part that it may play.
        value: of an entity.
    """

    kind: str
    text: str
    start: int
    end: int
    value: Any = None

    def named(self, kind: str) -> Token:
        """The same word in another part."""
        return replace(self, kind=kind)
