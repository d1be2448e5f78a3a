"""Acts that stand in a gerund with their doer, brought into clauses with a verb.

"Within 5 days of the Buyer confirming receipt" is "within 5 days after the Buyer has confirmed
receipt".
"""

from __future__ import annotations

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon.forms import lemma_of, participle_of
from assay.authoring.english.lexicon.verbs import VERBS
from assay.authoring.english.lexicon.words import DETERMINERS, PREPOSITIONS, PRONOUNS
from assay.authoring.english.lexing.made import word
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.phrases.noun_phrases import phrase_at

_AFTER = frozenset({"of", "after", "following", "upon", "on", "from"})
_OBJECTS = DETERMINERS | PRONOUNS | frozenset({"receipt", "payment", "notice", "delivery"})


def done_by(context: Context) -> None:
    """Rewrites the nodes of a sentence that tells an act by a gerund behind its doer."""
    text = context.text
    for index in range(3, len(text) - 1):
        lemma = lemma_of(text.lower(index), "gerund")
        if lemma is None or lemma not in VERBS or not _acts(text, index):
            continue
        start = next((at for at in range(index - 2, max(index - 6, -1), -1)
                      if text.lower(at) in _AFTER and _leads(text, at)), None)  # fmt: skip
        who = phrase_at(Line(text.nodes[:index]), start + 1, context.names) if start else None
        if start is None or who is None or who[1] != index or who[0].party is None:
            continue
        here = text.nodes[index]
        has = "have" if who[0].plural else "has"
        text.nodes[index : index + 1] = [word(here, has), word(here, participle_of(lemma))]
        if text.lower(start) in ("of", "from"):
            text.nodes[start] = word(text.nodes[start], "after")
        elif text.lower(start) in ("upon", "on", "following"):
            text.nodes[start] = word(text.nodes[start], "once")
        return


def _acts(text: Line, index: int) -> bool:
    """Whether a gerund has what a verb has behind it: an object, a preposition, or nothing."""
    behind = text.lower(index + 1)
    return behind in _OBJECTS | PREPOSITIONS | {"", ".", ",", ";"}


def _leads(text: Line, index: int) -> bool:
    """Whether a preposition begins a time: "within 5 days of", "upon"."""
    if text.lower(index) in ("of", "from"):
        return text.kind(index - 1) == "duration"
    return True
