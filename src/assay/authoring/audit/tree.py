"""One small syntax tree for sources of every generation.

Nodes wrap the compiler's own (https://docs.soliditylang.org/en/latest/abi-spec.html has the types),
with parents and lines; spellings that changed between the generations are looked up in `terms`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any


class Lines:
    """Tells lines from offsets in bytes."""

    def __init__(self, source: str, *, is_own: bool = True) -> None:
        self._is_own = is_own
        self._starts = [0]
        for line in source.encode().splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def at(self, offset: int) -> int:
        """The line, from 1, in which a byte stands; 0 in a file that is only imported."""
        return max(1, bisect_right(self._starts, offset)) if self._is_own else 0


class Node:
    """One node of the tree.

    Attributes:
        kind: the compiler's `nodeType`.
        children: in the order of the source.
    """

    __slots__ = ("children", "kind", "line", "parent", "raw", "start")

    def __init__(self, raw: dict[str, Any], lines: Lines, parent: Node | None = None) -> None:
        self.raw = raw
        self.kind: str = raw["nodeType"]
        self.parent = parent
        self.start = int(str(raw.get("src", "0")).split(":", maxsplit=1)[0])
        self.line = lines.at(self.start)
        found = [Node(child, lines, self) for child in _raw_children(raw)]
        self.children = sorted(found, key=lambda child: child.start)

    @property
    def id(self) -> int:
        """By which declarations are referred to."""
        return int(self.raw.get("id", -1))

    @property
    def name(self) -> str:
        """What it declares or names; empty where it has none."""
        return str(self.raw.get("name") or self.raw.get("memberName") or "")

    @property
    def type(self) -> str:
        """Of an expression or a declaration, as the compiler writes it: `uint256[] memory`."""
        return str((self.raw.get("typeDescriptions") or {}).get("typeString") or "")

    @property
    def target(self) -> int:
        """The declaration that a name stands for; -1 where there is none."""
        found = self.raw.get("referencedDeclaration")
        return found if isinstance(found, int) and found >= 0 else -1

    def get(self, key: str) -> Any:
        """A plain attribute."""
        return self.raw.get(key)

    def part(self, key: str) -> Node | None:
        """The child in a role, as `condition` of an `IfStatement`."""
        wanted = self.raw.get(key)
        return next((child for child in self.children if child.raw is wanted), None)

    def parts(self, key: str) -> list[Node]:
        """The children in a role, as `arguments` of a `FunctionCall`, in their order."""
        wanted = [id(one) for one in self.raw.get(key) or () if isinstance(one, dict)]
        by_identity = {id(child.raw): child for child in self.children}
        return [by_identity[one] for one in wanted if one in by_identity]

    def walk(self) -> Iterator[Node]:
        """This and all below, each before what is below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def walk_up(self) -> Iterator[Node]:
        """All above, the nearest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def every(self, *kinds: str) -> Iterator[Node]:
        """All of some kinds, this included."""
        return (one for one in self.walk() if one.kind in kinds)

    def within(self, other: Node) -> bool:
        """Whether it is the other, or below it."""
        return self is other or any(above is other for above in self.walk_up())

    def same_as(self, other: Node) -> bool:
        """Whether both are written alike and name the same things."""
        return _shape(self) == _shape(other)


def _raw_children(raw: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for value in raw.values():
        if isinstance(value, dict) and "nodeType" in value:
            yield value
        elif isinstance(value, list):
            yield from (one for one in value if isinstance(one, dict) and "nodeType" in one)


def _shape(node: Node) -> tuple[Any, ...]:
    if node.kind == "TupleExpression" and len(node.children) == 1:
        return _shape(node.children[0])
    named = node.target if node.target >= 0 else node.name
    details = named, node.get("operator"), node.get("value"), node.get("hexValue")
    return node.kind, *details, *(_shape(child) for child in node.children)
