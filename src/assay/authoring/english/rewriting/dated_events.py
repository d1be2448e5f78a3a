"""What begins or ends on a date that stands beside it, brought into the date.

"Before the sale starts on 4 June 2027" is before 4 June 2027, "until my daughter turns 18 on 3
March 2031" is until 3 March 2031: what happens then says why, and not when.
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon.words import DETERMINERS
from assay.authoring.english.lexing.made import word
from assay.authoring.english.lexing.nodes import Line

_SIDES = {"before": "before", "until": "until", "till": "until", "prior to": "before",
          "after": "from", "once": "from", "as soon as": "from", "when": "on"}  # fmt: skip
_TURNING = frozenset(
    "starts start begins begin opens open commences commence launches launch ends end closes close "
    "finishes finish expires expire concludes conclude lapses matures mature started begun opened "
    "ended closed finished expired starting ending opening closing turns retires graduates".split()
)
_HELPING = frozenset({"is", "has", "have", "will", "shall", "due", "scheduled", "to", "are"})
_LONGEST = 7


def told_by_dates(context: Context) -> None:
    """Rewrites what begins or ends on a date, where a clause is bounded by it."""
    text = context.text
    for index in range(1, len(text) - 3):
        verb = index
        if text.lower(index) not in _TURNING:
            continue
        number = text.lower(index) == "turns" and text.kind(index + 1) == "amount"
        on = index + 1 + number
        if text.lower(on) not in ("on", "at") or text.kind(on + 1) not in ("date", "clock"):
            continue
        while text.lower(verb - 1) in _HELPING:
            verb -= 1
        marker = _marker(text, verb)
        if marker is None:
            continue
        start, (side, subject) = marker
        here = text.nodes[start]
        date = replace(text.nodes[on + 1], start=text.nodes[subject].start)
        text.nodes[start : on + 2] = [word(here, side), date]
        return


def _marker(text: Line, verb: int) -> tuple[int, tuple[str, int]] | None:
    """Where "before the public sale" begins, the side of its date, and where its subject begins."""
    for at in range(verb - 1, max(verb - _LONGEST, 0) - 2, -1):
        if at < 0 or text.kind(at) not in ("word", "possessive"):
            return None
        found = text.match_any(at, _SIDES)
        if found is None:
            continue
        named = text.lower(found[1]) in DETERMINERS or text.nodes[found[1]].text[:1].isupper()
        return (at, (_SIDES[found[0]], found[1])) if named and found[1] < verb else None
    return None
