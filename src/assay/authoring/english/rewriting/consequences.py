"""What an act or an event told by a noun entails, brought into a condition with what follows it.

"Non-payment of two instalments shall entitle the Vendor to terminate" is "upon non-payment of two
instalments, the Vendor may terminate". Words that are put in take the place of those that they
stand for.
"""

from __future__ import annotations

from assay.authoring.english.conditions.act_nouns import BEFORE_NOUN, FAILURES, PART_OF_NAME, STATES
from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.verbs import APPROVAL_NOUNS, NOUNS
from assay.authoring.english.lexing.made import word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.phrases.noun_phrases import phrase_at

_FORCES = {"entitle": "may", "allow": "may", "permit": "may", "authorise": "may",
           "authorize": "may", "enable": "may", "give": "may", "oblige": "must",
           "obligate": "must", "require": "must"}  # fmt: skip
_ENTAILING = {form: force for lemma, force in _FORCES.items()
              for form in (lemma, f"{lemma}s")}  # fmt: skip
_RIGHTS = ("the right to", "a right to", "the option to", "the power to", "to")
_BETWEEN = frozenset({"also", "automatically", "further", "forthwith", "immediately", "then"})
_FINITE = words.MODALS | words.BE | words.HAVE | {"if", "when", "unless", "once", "who", "which",
                                                  "that", "where"}  # fmt: skip
_ACTS = frozenset(NOUNS) | STATES | FAILURES | APPROVAL_NOUNS - {"agreement", "authority"}


def entailed(context: Context) -> None:
    """Puts a marker before what entails something, and a modal before what is entailed."""
    text = context.text
    for index in range(len(text) - 4, 0, -1):
        force = _ENTAILING.get(text.lower(index))
        if force is None:
            continue
        modal = index
        while text.lower(modal - 1) in _BETWEEN | {"shall", "will"}:
            modal -= 1
        start = _beginning(text, modal)
        who = phrase_at(text, index + 1, context.names)
        if not _is_event(text, start, modal) or who is None or who[0].quantity is not None:
            continue
        to = text.match_any(who[1], _RIGHTS)
        if to is None or (text.lower(index).startswith("give") and to[0] == "to"):
            continue
        at = text.nodes[index].start
        noun = force == "may" and to[0] == "to" and text.lower(to[1]) in words.DETERMINERS
        spoken = ("is", "entitled", "to") if noun else (force,)
        text.nodes[who[1] : to[1]] = [word(text.nodes[who[1]], one) for one in spoken]
        text.nodes[modal : index + 1] = [Node("punct", ",", ",", at, at)]
        assent = any(text.lower(step) in APPROVAL_NOUNS for step in range(start, modal))
        text.nodes[start:start] = [word(text.nodes[start], "with" if assent else "upon")]


def _beginning(text: Line, index: int) -> int:
    """Where the clause that ends before an index begins."""
    while index > 0 and text.lower(index - 1) not in (";", ":", ",", "."):
        index -= 1
    return text.skip(index, ("and", "but", "further"))


def _is_event(text: Line, start: int, end: int) -> bool:
    """Whether a noun of an act stands from one index up to another, without a verb."""
    owned = next((at + 1 for at in range(start, end) if text.kind(at) == "possessive"), start)
    at = text.skip(owned, BEFORE_NOUN)
    at += text.lower(at) not in _ACTS and text.kind(at) == "word"
    return at < end and text.lower(at) in _ACTS and text.lower(at + 1) not in PART_OF_NAME and (
        not any(text.lower(step) in _FINITE for step in range(start, end))
    )  # fmt: skip
