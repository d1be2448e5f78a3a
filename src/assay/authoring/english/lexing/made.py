"""Nodes that rules make, and what they tell of those that stand in a line."""

from __future__ import annotations

from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.language.quantities import Quantity

ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "last", "next", "final"})


def word(node: Node, text: str) -> Node:
    """A word in the place of a node."""
    return Node("word", text, text, node.start, node.end)


def mark(node: Node, text: str) -> Node:
    """A punctuation mark in the place of a node."""
    return Node("punct", text, text, node.start, node.end)


def is_money_amount(text: Line, index: int) -> bool:
    """Whether an amount of a token or a currency stands at an index, not one of things."""
    value = text.nodes[index].value if 0 <= index < len(text) else None
    asset = value.asset if isinstance(value, Quantity) else None
    return asset is not None and asset != asset.lower()
