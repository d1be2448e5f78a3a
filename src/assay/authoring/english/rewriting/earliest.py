"""Times before which nothing happens, brought in front of them as "not before".

"On 1 May 2027 at the earliest" and "at the earliest on 1 May 2027" are not before 1 May 2027, "10
days after payment at the earliest" is no sooner than 10 days after payment.
"""

from __future__ import annotations

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexing.made import word
from assay.authoring.english.lexing.nodes import Line

_EARLIEST = ("at the earliest", "at the very earliest", "at earliest", "earliest")
_TIMES = frozenset({"date", "duration"})
_FARTHEST = 8


def not_before(context: Context) -> None:
    """Rewrites the nodes of a sentence that says when something may happen at the earliest."""
    text = context.text
    for index in range(len(text) - 1):
        found = text.match_any(index, _EARLIEST)
        if found is None or (found[0] == "earliest" and text.lower(index - 1) == "the"):
            continue
        ahead = text.skip(found[1], ("on", "from"))
        if text.kind(ahead) in _TIMES:
            text.nodes[index:ahead] = []
            _bound(text, index)
            return
        behind = next((at for at in range(index - 1, max(index - _FARTHEST, -1), -1)
                       if text.kind(at) in _TIMES), None)  # fmt: skip
        if behind is not None:
            del text.nodes[index : found[1]]
            _bound(text, behind)
        return


def _bound(text: Line, index: int) -> None:
    """Puts what bounds a time from below in front of it."""
    here = text.nodes[index]
    start = index - (text.lower(index - 1) in ("on", "from"))
    said = ("not", "before") if here.kind == "date" else ("no", "sooner", "than")
    text.nodes[start:index] = [word(here, one) for one in said]
