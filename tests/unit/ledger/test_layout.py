"""The layout: everything on the paper, nothing on top of anything else."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings

from assay.ledger.layout import BOX_HEIGHT, BOX_WIDTH, LABEL_HEIGHT, draw, label_width
from assay.ledger.lineage import trace
from tests.fakes.lineage import GraphSource, node
from tests.unit.ledger.test_lineage import GRAPHS


@settings(deadline=None)
@given(GRAPHS)
def test_boxes_and_labels_lie_on_the_paper_and_never_overlap(edges: dict[int, list[int]]) -> None:
    lineage = trace(node(0), [GraphSource(edges)])

    drawing = draw(lineage)

    shapes = [(box.x, box.y, BOX_WIDTH, BOX_HEIGHT) for box in drawing.boxes]
    for wire in drawing.wires:
        left = min(wire.label_in[0], wire.label_out[0])
        top = wire.label_in[1] - LABEL_HEIGHT / 2
        shapes.append((left, top, label_width(wire.link), LABEL_HEIGHT))
    assert len(shapes) == len(lineage.nodes) + len(lineage.links)
    for x, y, width, height in shapes:
        assert x >= 0
        assert y >= 0
        assert x + width <= drawing.width
        assert y + height <= drawing.height
    for (x, y, width, height), (a, b, other_width, other_height) in combinations(shapes, 2):
        apart = x + width <= a or a + other_width <= x or y + height <= b or b + other_height <= y
        assert apart


@settings(deadline=None)
@given(GRAPHS)
def test_no_link_spans_more_than_neighbouring_columns(edges: dict[int, list[int]]) -> None:
    drawing = draw(trace(node(0), [GraphSource(edges)]))

    columns = sorted({box.x for box in drawing.boxes})
    column_of = {box.node.id: columns.index(box.x) for box in drawing.boxes}
    for wire in drawing.wires:
        assert abs(column_of[wire.link.source] - column_of[wire.link.target]) <= 1


def test_the_subject_stands_at_the_left() -> None:
    drawing = draw(trace(node(0), [GraphSource({0: [1], 1: [0, 2], 2: []})]))

    assert min(drawing.boxes, key=lambda box: box.x).node.id == "0"
