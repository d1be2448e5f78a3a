"""Participles that stand behind a subject in the place of a relative clause.

"Goods not rejected within five days are deemed accepted" is "goods that are not rejected within
five days are deemed accepted".
"""

from __future__ import annotations

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.words import BE, DETERMINERS, DO, HAVE, MODALS, PREPOSITIONS
from assay.authoring.english.lexing.made import word
from assay.authoring.english.lexing.nodes import Line

_LONGEST_SUBJECT = 5
_NO_SUBJECT = BE | MODALS | HAVE | DO | PREPOSITIONS - {"of"}
_OPENING = frozenset({"", ";", ".", ",", "and", "but"})


def relatives_written_out(context: Context) -> None:
    """Rewrites a subject of which a bare participle says what was not done with it."""
    text = context.text
    for index in range(1, len(text) - 2):
        form = text.lower(index + 1)
        done = text.lower(index) == "not" and (
            form.endswith("ed") or lemma_of(form, "participle") is not None
        )
        if not done or not _is_subject(text, index) or not _goes_on(text, index + 2):
            continue
        here = text.nodes[index]
        text.nodes[index:index] = [word(here, "that"), word(here, "is")]
        return


def _is_subject(text: Line, end: int) -> bool:
    """Whether what stands before an index is a noun phrase that begins its clause."""
    for at in range(end - 1, max(end - _LONGEST_SUBJECT, 0) - 1, -1):
        spoken = text.lower(at)
        if text.kind(at) != "word" or spoken in _NO_SUBJECT:
            return False
        if text.lower(at - 1 if at else len(text)) in _OPENING:
            return spoken not in ("if", "unless", "when", "once", "until", "it", "that", "which")
        if spoken in DETERMINERS and text.lower(at - 1) != "of":
            return False
    return False


def _goes_on(text: Line, start: int) -> bool:
    """Whether the verb of the subject follows: "are deemed", "shall be burned", "bears"."""
    for at in range(start, len(text)):
        if text.lower(at) in BE | MODALS:
            return True
        if text.lower(at) in (";", ".", "if", "unless"):
            return False
    return False
