"""A picture in Mermaid (https://mermaid.js.org/syntax/sequenceDiagram.html)."""

from __future__ import annotations

from assay.authoring.diagram.arrows import Picture


def mermaid(picture: Picture) -> str:
    """The source of a sequence diagram."""
    names = {party: f"p{number}" for number, party in enumerate(picture.parties)}
    lines = ["sequenceDiagram"]
    lines += [f"    participant {name} as {_plain(party)}" for party, name in names.items()]
    for arrow in picture.arrows:
        line = "-->>" if arrow.dashed else "->>"
        sender, recipient = names[arrow.sender], names[arrow.recipient]
        lines.append(f"    {sender}{line}{recipient}: {_plain(arrow.label)}")
        if arrow.notes:
            notes = "<br/>".join(map(_plain, arrow.notes))
            lines.append(f"    Note over {sender},{recipient}: {notes}")
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Text that Mermaid takes as text: `#`, `;` and brackets mean something to it."""
    escaped = {"#": "#35;", ";": "#59;", "<": "#lt;", ">": "#gt;", ":": "#58;"}
    return "".join(escaped.get(one, one) for one in " ".join(text.split()))
