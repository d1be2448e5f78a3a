"""Entitlements told in turn, of which only the first has its verb, written out for each.

"The author is entitled to 60% of the royalties and the editor to 20%" is "... and the editor is
entitled to 20% of the royalties".
"""

from __future__ import annotations

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexing.made import word
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.phrases.noun_phrases import phrase_at

_LONGEST = 6
_ENTITLED = "entitled to"
_REST = ("the rest", "the remainder", "the balance", "the remaining")


def entitled_in_turn(context: Context) -> None:
    """Gives everybody who is named with an amount alone the verb of the first, and its whole."""
    text = context.text
    first = next((at for at in range(1, len(text) - 1) if text.match(at, _ENTITLED)), None)
    if first is None or text.kind(first + 2) != "amount":
        return
    whole = phrase_at(text, first + 4, context.names) if text.lower(first + 3) == "of" else None
    of_it = text.nodes[first + 3 : whole[1]] if whole is not None else []
    at = first + 3
    while at < len(text) - 2:
        found = _next_one(context, at)
        if found is None:
            at += 1
            continue
        here = text.nodes[found]
        verb = [word(here, one) for one in ("is", "entitled", "to")]
        rest = [word(here, one.text) if one.kind == "word" else one for one in of_it]
        alone = "%" in text.nodes[found + 1].text and text.lower(found + 2) != "of"
        text.nodes[found : found + 2] = [*verb, text.nodes[found + 1], *(rest if alone else [])]
        _join(text, at)
        at = found + 4


def _next_one(context: Context, index: int) -> int | None:
    """The index of "to" in ", the editor to 20%" and "and the editor to 20%"."""
    text = context.text
    if text.lower(index) not in (",", "and"):
        return None
    start = text.skip(index + 1, ("and",))
    ahead = range(start + 1, min(start + _LONGEST, len(text) - 1))
    to = next((at for at in ahead if text.lower(at) == "to"), None)
    if to is None or not (text.kind(to + 1) == "amount" or text.match_any(to + 1, _REST)):
        return None
    found = phrase_at(Line(text.nodes[:to]), start, context.names)
    named = found is not None and found[1] == to and found[0].quantity is None
    return to if named else None


def _join(text: Line, index: int) -> None:
    """Puts "and" where a comma alone led to the next one."""
    if text.lower(index) == "," and text.lower(index + 1) != "and":
        text.nodes[index] = word(text.nodes[index], "and")
