"""Arrears as people and lawyers tell them, brought into what was not paid in its time.

"The rent is in arrears for more than 14 days" is more than 14 days late, "the tenant is in arrears
for more than a month" is more than a month behind with payment.
"""

from __future__ import annotations

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import markers
from assay.authoring.english.lexicon.money import MONEY_NOUNS
from assay.authoring.english.lexicon.words import BE
from assay.authoring.english.lexing.made import word
from assay.authoring.english.lexing.nodes import Line, Node

_FALLS = BE | {"falls", "fall", "fallen"}
_WITH = ("with", "of", "on", "in respect of", "in the payment of", "in paying")
_LASTING = ("for a period of", "for a period", "for", "by", "of", "exceeding")


def in_arrears(context: Context) -> None:
    """Rewrites who or what is in arrears, where it is told with what or for how long."""
    text = context.text
    for index in range(2, len(text) - 1):
        if text.lower(index) != "in" or text.lower(index + 1) not in ("arrears", "arrear"):
            continue
        verb = next((at for at in range(index - 1, 0, -1) if text.lower(at) in _FALLS), 0)
        before = text.nodes[verb + 1 : index]
        if not verb or (before and not _tells_length(text, verb + 1, index)):
            continue
        thing, end = _with_what(text, index + 2)
        length, after = ([], end) if before else _how_long(text, end)
        if not (before or length or thing):
            continue
        here = text.nodes[index]
        thing = thing or [word(here, "payment")]
        owed = text.lower(verb - 1) in MONEY_NOUNS
        late = [word(here, "late")] if owed else [word(here, "behind"), word(here, "with"), *thing]
        text.nodes[verb + 1 : after] = [*before, *length, *late]
        return


def _tells_length(text: Line, start: int, end: int) -> bool:
    """Whether "more than two months" stands there and nothing else."""
    more = text.match_any(start, markers.COMPARING)
    at = more[1] if more is not None else start
    return text.kind(at) == "duration" and at + 1 == end


def _with_what(text: Line, index: int) -> tuple[list[Node], int]:
    """ "with two instalments": what was not paid, and the index after it."""
    lead = text.match_any(index, _WITH)
    if lead is None or text.kind(lead[1]) not in ("word", "amount"):
        return [], index
    end = lead[1]
    while text.kind(end) in ("word", "amount") and text.lower(end) not in _ENDS:
        end += 1
    return text.nodes[lead[1] : end], end


_ENDS = frozenset({"for", "by", "exceeding", "and", "or", "on", "at"})


def _how_long(text: Line, index: int) -> tuple[list[Node], int]:
    """ "for more than one month": more than one month, and the index after it."""
    lead = text.match_any(index, _LASTING)
    start = lead[1] if lead is not None else index
    more = text.match_any(start, markers.COMPARING)
    at = more[1] if more is not None else start
    if lead is None or text.kind(at) != "duration":
        return [], index
    told = text.nodes[start : at + 1]
    if lead[0] == "exceeding":
        told = [word(text.nodes[index], "more"), word(text.nodes[index], "than"), *told]
    return told, at + 1
