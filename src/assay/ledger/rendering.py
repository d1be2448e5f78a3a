"""The forms in which a lineage leaves Assay.

`tree` for a terminal, `dot` for Graphviz, `svg` for a document, `html` for a browser, `as_json` for
a program.
"""

from __future__ import annotations

from typing import Any

from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.text import Text
from rich.tree import Tree

from assay.ledger.drawing import svg
from assay.ledger.lineage import Lineage, Link, Node
from assay.ledger.page import html, verdict
from assay.ledger.printable import abbreviated, printable

__all__ = ["as_json", "dot", "html", "svg", "tree", "verdict"]

_DEEPEST = 12


def as_json(lineage: Lineage) -> dict[str, Any]:
    """`{"verified", "nodes": [{"id", "kind", "title"}], "links": [{"from", "to", ...}]}`."""
    return {
        "verified": lineage.verified,
        "nodes": [
            {"id": _utf8(node.id), "kind": _utf8(node.kind), "title": _utf8(node.title)}
            for node in lineage.nodes
        ],
        "links": [
            {
                "from": _utf8(link.source),
                "to": _utf8(link.target),
                "kind": _utf8(link.kind),
                "ok": link.ok,
                "evidence": _utf8(link.evidence),
                "reason": _utf8(link.reason),
            }
            for link in lineage.links
        ],
    }


def dot(lineage: Lineage) -> str:
    """A Graphviz digraph; failed links are dashed and marked with a cross."""
    number = {node.id: index for index, node in enumerate(lineage.nodes)}
    lines = ["digraph lineage {", "  rankdir=LR;", '  node [shape=box, fontname="sans-serif"];']
    for index, node in enumerate(lineage.nodes):
        label = _quoted(f"{node.kind}: {node.title}")
        lines.append(f"  n{index} [label={label}, tooltip={_quoted(node.id)}];")
    for link in lineage.links:
        mark, look = ("✓", '"#0072b2"') if link.ok else ("✗", '"#b94700", style=dashed')
        said = _quoted(link.evidence if link.ok else link.reason)
        lines.append(
            f"  n{number[link.source]} -> n{number[link.target]} "
            f"[label={_quoted(f'{mark} {link.kind}')}, tooltip={said}, color={look}];"
        )
    return "\n".join([*lines, "}", ""])


def tree(lineage: Lineage) -> Tree:
    """Every link once, under the node that it was found from, with its evidence and reason.

    A node is opened where it is first met. Lines deeper than twelve levels are not indented
    further, so that a long line of versions stays readable. Digests, addresses and CIDs are
    abbreviated, for a person to compare; the other forms have them whole.
    """
    node_of = {node.id: node for node in lineage.nodes}
    root = Tree(_heading(lineage))
    branches = {lineage.start.id: (root, 0)}
    openers = {link.source for link in lineage.links}
    for link in lineage.links:
        near, far = link.source, link.target
        if near not in branches:
            near, far = far, near
        branch, depth = branches.get(near, (root, 0))
        again = far in branches and far in openers
        label = _link_text(link, node_of[far], backwards=far == link.source, again=again)
        child = branch.add(label)
        if far not in branches:
            branches[far] = (child, depth + 1) if depth < _DEEPEST else (branch, depth)
    return root


def _heading(lineage: Lineage) -> Text:
    look = "bold green" if lineage.verified else "bold red"
    return Text.assemble(_node_text(lineage.start), "\n", (verdict(lineage), look))


def _node_text(node: Node) -> Text:
    return Text.assemble((abbreviated(node.title), "bold"), (f"  {abbreviated(node.kind)}", "dim"))


def _link_text(link: Link, other: Node, *, backwards: bool, again: bool) -> Group:
    mark, look = ("✓", "green") if link.ok else ("✗", "bold red")
    arrow = "←" if backwards else "→"
    line = Text.assemble(
        (f"{mark} ", look), f"{abbreviated(link.kind)} {arrow} ", _node_text(other)
    )
    if again:
        line.append("  (opened elsewhere)", style="dim italic")
    said = [(link.evidence, "dim"), (link.reason, "red")]
    return Group(line, *(_Indented(abbreviated(text), style) for text, style in said if text))


class _Indented:
    """Text that is indented where it wraps, too, without blanks at the ends of lines."""

    def __init__(self, text: str, style: str) -> None:
        self._text = Text(text, style)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self._text.wrap(console, max(options.max_width - 2, 1)):
            line.rstrip()
            yield Text("  ").append_text(line)


def _quoted(text: str) -> str:
    return '"' + printable(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _utf8(text: str) -> str:
    """Half a surrogate pair, which JSON can smuggle into a title, cannot be written as UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")
