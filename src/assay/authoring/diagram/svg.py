"""A picture as SVG: parties are columns, obligations arrows between them; no script, no fonts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from xml.sax.saxutils import escape

from assay.authoring.diagram.arrows import Arrow, Picture

_COLUMN, _MARGIN, _TOP = 260, 90, 60
_LINE, _GAP = 17, 26
_LETTER = 7.2
_LONGEST = 46
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1c2733}.note{fill:#5b6b7b;font-size:12px}"
    ".party{font-weight:600}line,path{stroke:#1c2733;fill:none}.life{stroke:#c3ccd5}"
    "rect{fill:#eef3f8;stroke:#8aa0b5}"
)
_HEAD = (
    '<marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" '
    'orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" style="fill:#1c2733"/></marker>'
)


def svg(picture: Picture) -> str:
    """The whole image."""
    columns = {party: _MARGIN + number * _COLUMN for number, party in enumerate(picture.parties)}
    body: list[str] = []
    height = _TOP
    for arrow in picture.arrows:
        height += _GAP + _LINE * len(arrow.notes)
        body += _arrow(arrow, columns, height)
        height += _GAP // 2
    height += 2 * _GAP
    width = 2 * _MARGIN + _COLUMN * max(1, len(columns))
    lines = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" role="img">'
        ),
        f"<style>{_STYLE}</style><defs>{_HEAD}</defs>",
        *_parties(columns, height),
        *body,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _parties(columns: dict[str, int], height: int) -> Iterator[str]:
    for party, x in columns.items():
        shown = _short(party, 24)
        wide = max(60, _width(shown) + 24)
        yield f'<line class="life" x1="{x}" y1="40" x2="{x}" y2="{height - 10}"/>'
        yield f'<rect x="{x - wide / 2:.0f}" y="12" width="{wide:.0f}" height="28" rx="5"/>'
        yield f'<text class="party" x="{x}" y="31" text-anchor="middle">{escape(shown)}</text>'


def _arrow(arrow: Arrow, columns: dict[str, int], y: int) -> Iterator[str]:
    start, end = columns[arrow.sender], columns[arrow.recipient]
    dashes = ' stroke-dasharray="6 4"' if arrow.dashed else ""
    itself = start == end
    middle = start + 36 if itself else (start + end) / 2
    anchor = "start" if itself else "middle"
    for number, note in enumerate(reversed(arrow.notes)):
        at = y - 22 - _LINE * number
        shown = escape(_short(note, _LONGEST))
        yield f'<text class="note" x="{middle:.0f}" y="{at}" text-anchor="{anchor}">{shown}</text>'
    label = escape(_short(arrow.label, _LONGEST))
    yield f'<text x="{middle:.0f}" y="{y - 6}" text-anchor="{anchor}">{label}</text>'
    if itself:
        path = f"M{start} {y - 10}h26v12h-24"
        yield f'<path d="{path}" marker-end="url(#head)"{dashes}/>'
    else:
        yield f'<line x1="{start}" y1="{y}" x2="{end}" y2="{y}" marker-end="url(#head)"{dashes}/>'


def _short(text: str, longest: int) -> str:
    plain = "".join(one if one.isprintable() else " " for one in text)
    if _width(plain) <= longest * _LETTER:
        return plain
    while plain and _width(plain + "…") > longest * _LETTER:
        plain = plain[:-1]
    return plain + "…"


def _width(text: str) -> float:
    wide = sum(unicodedata.east_asian_width(one) in "WF" for one in text)
    return (len(text) + wide) * _LETTER
