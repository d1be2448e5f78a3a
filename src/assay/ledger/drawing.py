"""A lineage as one SVG picture that needs nothing else: for a README, a report or a page.

The verdict of a link is told by glyph, line and colour at once (a tick on a solid blue line, a
cross on a dashed vermilion one: two colours of the palette of Okabe and Ito, which colour-blind
readers tell apart). Light or dark follows the reader's system.
"""

from __future__ import annotations

from html import escape

from assay.ledger.layout import (
    BOX_HEIGHT,
    BOX_WIDTH,
    LABEL_COLUMNS,
    LABEL_HEIGHT,
    Box,
    Wire,
    draw,
    label_width,
)
from assay.ledger.lineage import Lineage
from assay.ledger.printable import abbreviated, printable, shortened

_TITLE_COLUMNS = 24
_ARROW = 9
_TICK, _CROSS = "✓", "✗"

STYLE = """
.lineage{--paper:#ffffff;--ink:#1b1f24;--soft:#57606a;--line:#c3c9d0;--box:#f6f8fa;
--holds:#0072b2;--fails:#b94700;font-family:ui-sans-serif,system-ui,"Segoe UI",sans-serif}
@media (prefers-color-scheme:dark){.lineage{--paper:#0d1117;--ink:#e6edf3;--soft:#9da7b3;
--line:#444c56;--box:#161b22;--holds:#56b4e9;--fails:#ff9a57}}
.lineage .paper{fill:var(--paper)}
.lineage .box{fill:var(--box);stroke:var(--line)}
.lineage .box.first{stroke:var(--ink);stroke-width:2}
.lineage .box.broken{stroke:var(--fails);stroke-width:2;stroke-dasharray:5 3}
.lineage .kind{fill:var(--soft);font-size:11px;letter-spacing:.04em}
.lineage .title{fill:var(--ink);font-size:12.5px;font-weight:600}
.lineage .wire{fill:none;stroke-width:1.6}
.lineage .holds{stroke:var(--holds)}
.lineage .fails{stroke:var(--fails);stroke-dasharray:6 4;stroke-width:2}
.lineage .label{fill:var(--paper);stroke:var(--line);stroke-width:1}
.lineage .mark{font-size:13px;font-weight:700}
.lineage .mark.holds,.lineage .arrow.holds{fill:var(--holds);stroke:none}
.lineage .mark.fails,.lineage .arrow.fails{fill:var(--fails);stroke:none}
.lineage .relation{fill:var(--ink);font-size:11px}
.lineage a:hover .box,.lineage a:focus .box{stroke:var(--holds);stroke-width:2.5}
"""


def svg(lineage: Lineage, *, anchors: bool = False) -> str:
    """The picture as an SVG document; with `anchors`, nodes and links lead to `#node-N`, `#link-N`.

    N counts in the order of the lineage.
    """
    drawing = draw(lineage)
    node_number = {node.id: index for index, node in enumerate(lineage.nodes)}
    link_number = {id(link): index for index, link in enumerate(lineage.links)}
    broken = {end for link in lineage.faults for end in (link.source, link.target)}
    across, down = f"{drawing.width:.0f}", f"{drawing.height:.0f}"
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" class="lineage" role="img"',
        f'viewBox="0 0 {across} {down}" width="{across}" height="{down}">',
        f"<title>Lineage of {_safe(lineage.start.title)}</title>",
        f"<style>{STYLE}</style>",
        '<rect class="paper" width="100%" height="100%"/>',
    ]
    parts += [_curve(wire) for wire in drawing.wires]
    for wire in drawing.wires:
        parts.append(_anchored(_label(wire), "link", link_number[id(wire.link)], anchors))
    for box in drawing.boxes:
        look = "first" if box.node.id == lineage.start.id else ""
        look = "broken" if box.node.id in broken else look
        parts.append(_anchored(_box(box, look), "node", node_number[box.node.id], anchors))
    return "\n".join([*parts, "</svg>"])


def _safe(text: str) -> str:
    return escape(printable(text))


def _anchored(shape: str, kind: str, number: int, anchors: bool) -> str:
    return f'<a href="#{kind}-{number}">{shape}</a>' if anchors else f"<g>{shape}</g>"


def _box(box: Box, look: str) -> str:
    title = escape(shortened(abbreviated(box.node.title), _TITLE_COLUMNS))
    kind = escape(shortened(printable(box.node.kind), _TITLE_COLUMNS))
    return (
        f"<title>{_safe(box.node.id)}</title>"
        f'<rect class="box {look}" x="{box.x:.1f}" y="{box.y:.1f}" rx="7" '
        f'width="{BOX_WIDTH}" height="{BOX_HEIGHT}"/>'
        f'<text class="kind" x="{box.x + 12:.1f}" y="{box.y + 19:.1f}">{kind}</text>'
        f'<text class="title" x="{box.x + 12:.1f}" y="{box.y + 38:.1f}">{title}</text>'
    )


def _curve(wire: Wire) -> str:
    look = "holds" if wire.link.ok else "fails"
    x, y = wire.end
    back = _ARROW if wire.label_out[0] < x else -_ARROW
    ways = _bend(wire.start, wire.label_in) + _bend(wire.label_out, (x - back, y))
    return (
        f'<path class="wire {look}" d="{ways}"/>'
        f'<path class="arrow {look}" d="M{x:.1f} {y:.1f}l{-back} -4.5v9z"/>'
    )


def _bend(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A curve that leaves and arrives level."""
    (x0, y0), (x1, y1) = start, end
    half = (x0 + x1) / 2
    return f"M{x0:.1f} {y0:.1f}C{half:.1f} {y0:.1f} {half:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"


def _label(wire: Wire) -> str:
    kind = escape(shortened(printable(wire.link.kind), LABEL_COLUMNS))
    look, mark = ("holds", _TICK) if wire.link.ok else ("fails", _CROSS)
    said = wire.link.evidence if wire.link.ok else wire.link.reason
    x, y = min(wire.label_in[0], wire.label_out[0]), wire.label_in[1]
    return (
        f"<title>{_safe(said)}</title>"
        f'<rect class="label" x="{x:.1f}" y="{y - LABEL_HEIGHT / 2:.1f}" rx="11" '
        f'width="{label_width(wire.link):.1f}" height="{LABEL_HEIGHT}"/>'
        f'<text class="mark {look}" x="{x + 8:.1f}" y="{y + 5:.1f}">{mark}</text>'
        f'<text class="relation" x="{x + 23:.1f}" y="{y + 4:.1f}">{kind}</text>'
    )
