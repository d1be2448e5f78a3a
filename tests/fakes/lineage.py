"""A lineage source over a graph in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from assay.errors import UnavailableError
from assay.ledger.lineage import Link, Node


class GraphSource:
    """Nodes named by numbers; `edges` lists what each leads to.

    Args:
        broken: edges whose check fails.
        dead: nodes about which nothing can be told.
    """

    def __init__(
        self,
        edges: Mapping[int, Sequence[int]],
        *,
        broken: Collection[tuple[int, int]] = (),
        dead: Collection[int] = (),
    ) -> None:
        self.edges = edges
        self.broken = broken
        self.dead = dead
        self.asked: list[list[str]] = []

    def resolve(self, subject: str) -> Node | None:
        return node(int(subject)) if subject.isdigit() and int(subject) in self.edges else None

    def expand(self, nodes: Sequence[Node]) -> Sequence[tuple[Link, Node]]:
        self.asked.append([each.id for each in nodes])
        pairs = []
        for each in nodes:
            number = int(each.id)
            if number in self.dead:
                raise UnavailableError(f"nothing answers about {number}", hint="Ask again.")
            for target in self.edges.get(number, ()):
                ok = (number, target) not in self.broken
                reason = "" if ok else f"{target} is not what {number} says"
                link = Link(each.id, str(target), "leads to", ok, f"compared {target}", reason)
                pairs.append((link, node(target)))
        return pairs


def node(number: int) -> Node:
    return Node(str(number), "thing", f"Thing {number}", {"number": str(number)})
