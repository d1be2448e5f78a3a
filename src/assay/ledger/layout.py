"""Where the nodes and links of a lineage stand on paper: columns by distance from the start.

Layered drawing after Sugiyama, Tagawa and Toda (1981), with barycentre ordering. Distance is
counted along links in either direction, so no link spans more than two neighbouring columns and
none needs a detour. Every link runs through its own label; the labels of one gap stand in one
column and never touch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assay.ledger.lineage import Lineage, Link, Node
from assay.ledger.printable import printable, width

BOX_WIDTH, BOX_HEIGHT = 232, 52
LABEL_HEIGHT = 22
LABEL_COLUMNS = 34
MARGIN = 24
_ROW = 78
_SWEEPS = 4
_COLUMN_WIDTH = 6.4  # of one character in a label, at 11 px


@dataclass(frozen=True, slots=True)
class Box:
    """A node's rectangle by its upper left corner, in pixels."""

    node: Node
    x: float
    y: float

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.y + BOX_HEIGHT / 2


@dataclass(frozen=True, slots=True)
class Wire:
    """A link's way: out of its source, into its label, out of the label, into its target."""

    link: Link
    start: tuple[float, float]
    label_in: tuple[float, float]
    label_out: tuple[float, float]
    end: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Drawing:
    """All boxes and wires, and the size of the paper in pixels."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]


def draw(lineage: Lineage) -> Drawing:
    """Lay the graph out, left to right from its start; O((nodes + links) log) per sweep."""
    columns = _ordered(_columns(lineage), lineage.links)
    column_of = {node.id: index for index, column in enumerate(columns) for node in column}
    gaps: dict[int, list[Link]] = defaultdict(list)
    for link in lineage.links:
        gaps[min(column_of[link.source], column_of[link.target])].append(link)
    rows = max(len(column) for column in columns) * _ROW
    height = max(rows, *(len(links) * (LABEL_HEIGHT + 4) for links in gaps.values()), _ROW)
    boxes: dict[str, Box] = {}
    starts, x = [], float(MARGIN)
    for index, column in enumerate(columns):
        starts.append(x)
        top = MARGIN + (height - len(column) * _ROW + _ROW - BOX_HEIGHT) / 2
        for row, node in enumerate(column):
            boxes[node.id] = Box(node, x, top + row * _ROW)
        x += BOX_WIDTH + (_gap_width(gaps[index]) if index in gaps else 0)
    wires: list[Wire] = []
    for index, links in sorted(gaps.items()):
        label_x = starts[index] + BOX_WIDTH + _gap_width(links) / 2
        wires += _wires(links, boxes, column_of, label_x, height)
    return Drawing(x + MARGIN, height + 2 * MARGIN, tuple(boxes.values()), tuple(wires))


def _columns(lineage: Lineage) -> list[list[Node]]:
    neighbours: dict[str, list[str]] = defaultdict(list)
    for link in lineage.links:
        neighbours[link.source].append(link.target)
        neighbours[link.target].append(link.source)
    distance = {lineage.start.id: 0}
    queue = [lineage.start.id]
    for current in queue:  # grows while it is walked
        for neighbour in neighbours[current]:
            if neighbour not in distance:
                distance[neighbour] = distance[current] + 1
                queue.append(neighbour)
    columns: dict[int, list[Node]] = defaultdict(list)
    for node in lineage.nodes:
        columns[distance.get(node.id, 0)].append(node)
    return [columns[index] for index in sorted(columns)]


def _ordered(columns: list[list[Node]], links: Sequence[Link]) -> list[list[Node]]:
    """Move each node towards the mean row of its neighbours, sweeping there and back."""
    neighbours: dict[str, list[str]] = defaultdict(list)
    for link in links:
        neighbours[link.source].append(link.target)
        neighbours[link.target].append(link.source)
    row = _rows(columns)
    for sweep in range(_SWEEPS):
        order = range(len(columns)) if sweep % 2 == 0 else range(len(columns) - 1, -1, -1)
        for index in order:
            centre = {
                node.id: sum(row[n] for n in neighbours[node.id]) / len(neighbours[node.id])
                if neighbours[node.id]
                else row[node.id]
                for node in columns[index]
            }
            columns[index].sort(key=lambda node: centre[node.id])
            row.update(_rows([columns[index]]))
    return columns


def _rows(columns: Sequence[Sequence[Node]]) -> dict[str, float]:
    return {
        node.id: place - len(column) / 2 for column in columns for place, node in enumerate(column)
    }


def label_width(link: Link) -> float:
    """Pixels of a link's label: its mark and its kind."""
    return min(width(printable(link.kind)), LABEL_COLUMNS) * _COLUMN_WIDTH + 30


def _gap_width(links: Sequence[Link]) -> float:
    return max(label_width(link) for link in links) + 110


def _wires(
    links: Sequence[Link],
    boxes: dict[str, Box],
    column_of: dict[str, int],
    label_x: float,
    height: float,
) -> list[Wire]:
    middles = [(boxes[link.source].middle + boxes[link.target].middle) / 2 for link in links]
    order = sorted(range(len(links)), key=lambda index: middles[index])
    heights = _spread([middles[index] for index in order], LABEL_HEIGHT + 4, MARGIN + height)
    wires = []
    for index, label_y in zip(order, heights, strict=True):
        link = links[index]
        source, target = boxes[link.source], boxes[link.target]
        step = column_of[link.target] - column_of[link.source]
        start = (source.x + (BOX_WIDTH if step >= 0 else 0), source.middle)
        end = (target.x + (0 if step > 0 else BOX_WIDTH), target.middle)
        left = (label_x - label_width(link) / 2, label_y)
        right = (label_x + label_width(link) / 2, label_y)
        into, out = (left, right) if step > 0 else (left, left) if step == 0 else (right, left)
        wires.append(Wire(link, start, into, out, end))
    return wires


def _spread(heights: Sequence[float], step: float, bottom: float) -> list[float]:
    """Ascending `heights`, moved as little as keeps them `step` apart and inside the paper."""
    placed: list[float] = []
    for wanted in heights:
        placed.append(max(wanted, placed[-1] + step) if placed else wanted)
    shift = sum(p - w for p, w in zip(placed, heights, strict=True)) / len(placed)
    top, last = MARGIN + LABEL_HEIGHT / 2, len(placed) - 1
    bottom -= LABEL_HEIGHT / 2
    return [
        min(max(height - shift, top + place * step), bottom - (last - place) * step)
        for place, height in enumerate(placed)
    ]
