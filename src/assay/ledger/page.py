"""A lineage as one HTML page: the drawing, and below it every node and link in words.

The page carries everything it needs, loads nothing and runs nothing: its content security policy
forbids scripts outright, so a hostile title stays text even if an escape were missed. A click on a
node or a link of the drawing jumps to its evidence, by plain anchors.
"""

from __future__ import annotations

from html import escape

from assay.ledger.drawing import svg
from assay.ledger.lineage import Lineage, Link, Node
from assay.ledger.printable import printable

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

_STYLE = """
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--soft:#57606a;--line:#d0d7de;
--holds:#0072b2;--fails:#b94700;--glow:#fff3c4}
@media (prefers-color-scheme:dark){:root{--paper:#0d1117;--ink:#e6edf3;--soft:#9da7b3;
--line:#30363d;--holds:#56b4e9;--fails:#ff9a57;--glow:#3a3000}}
body{margin:0 auto;max-width:1500px;padding:1.5rem;background:var(--paper);color:var(--ink);
font:15px/1.5 ui-sans-serif,system-ui,"Segoe UI",sans-serif;overflow-wrap:anywhere}
h1{font-size:1.35rem;margin:0}h2{font-size:1.05rem;margin:2rem 0 .5rem}
.verdict{font-weight:700;margin:.3rem 0 1rem}.holds{color:var(--holds)}.fails{color:var(--fails)}
.drawing{overflow:auto;max-height:75vh;border:1px solid var(--line);border-radius:8px}
.drawing svg{display:block}
article{border:1px solid var(--line);border-radius:8px;padding:.6rem .9rem;margin:.5rem 0}
article:target{background:var(--glow);border-color:var(--ink)}
article p{margin:.15rem 0}dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem;margin:0}
dt,.soft{color:var(--soft)}dd{margin:0}code{font-size:.88em}a{color:inherit}
"""


def html(lineage: Lineage) -> str:
    """The page as a complete HTML document."""
    number = {node.id: index for index, node in enumerate(lineage.nodes)}
    look = "holds" if lineage.verified else "fails"
    parts = [
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>Lineage of {_safe(lineage.start.title)}</title><style>{_STYLE}</style></head>",
        f"<body><h1>Lineage of {_safe(lineage.start.title)}</h1>",
        f'<p class="verdict {look}">{escape(verdict(lineage))}</p>',
        f'<div class="drawing" tabindex="0">{svg(lineage, anchors=True)}</div>',
        "<h2>Links</h2>",
        *(_link(index, link, lineage, number) for index, link in enumerate(lineage.links)),
        "<h2>Nodes</h2>",
        *(_node(index, node) for index, node in enumerate(lineage.nodes)),
        "</body></html>\n",
    ]
    return "\n".join(parts)


def verdict(lineage: Lineage) -> str:
    """One sentence for a person: does the lineage hold?"""
    count, faults = len(lineage.links), len(lineage.faults)
    if not count:
        return "✗ Not verified: nothing is recorded about it."
    if faults:
        return f"✗ Not verified: {faults} of {count} links {'fails' if faults == 1 else 'fail'}."
    return f"✓ Verified: {'its one link holds' if count == 1 else f'all {count} links hold'}."


def _safe(text: str) -> str:
    return escape(printable(text))


def _link(index: int, link: Link, lineage: Lineage, number: dict[str, int]) -> str:
    look, mark = ("holds", "✓") if link.ok else ("fails", "✗")
    source, target = number[link.source], number[link.target]
    reason = f'<p class="fails">{_safe(link.reason)}</p>' if link.reason else ""
    return (
        f'<article id="link-{index}"><p><b class="{look}">{mark}</b> '
        f'<a href="#node-{source}">{_safe(lineage.nodes[source].title)}</a> '
        f"<b>{_safe(link.kind)}</b> "
        f'<a href="#node-{target}">{_safe(lineage.nodes[target].title)}</a></p>'
        f'<p class="soft">{_safe(link.evidence)}</p>{reason}</article>'
    )


def _node(index: int, node: Node) -> str:
    facts = "".join(
        f"<dt>{_safe(name)}</dt><dd>{_safe(value)}</dd>" for name, value in node.facts.items()
    )
    return (
        f'<article id="node-{index}"><p><span class="soft">{_safe(node.kind)}</span> '
        f"<b>{_safe(node.title)}</b></p><p><code>{_safe(node.id)}</code></p>"
        f"{f'<dl>{facts}</dl>' if facts else ''}</article>"
    )
