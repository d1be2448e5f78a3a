"""Commas that writers leave out between a condition and what follows from it.

"If it is late Party A may cancel", "if the boiler leaks the landlord shall repair it", "if the dog
barks the owner pays 5 USDC".
"""

from __future__ import annotations

from assay.authoring.english.conditions.boundaries import verb_follows
from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.phrases.groups import is_unknown_verb
from assay.authoring.english.phrases.noun_phrases import phrase_at

_LEADING = words.SUBORDINATORS | words.PREPOSITIONS
_NO_END = words.PREPOSITIONS | words.DETERMINERS | words.CONJUNCTIONS | words.ROLES | {"that", ","}


def divide(context: Context) -> None:
    """Puts the comma behind a condition that leads a sentence, or a clause of its own."""
    text = context.text
    if text.lower(0) not in _LEADING or not _before_name(context):
        for lead in range(len(text)):
            if text.lower(lead) in _IFS and (lead == 0 or text.nodes[lead - 1].text == ";"):
                _behind_verb(context, lead)


def _before_name(context: Context) -> bool:
    """ "if it is late Party A may cancel": the name of somebody, with a modal behind it."""
    text = context.text
    for index in range(2, len(text)):
        before = text.nodes[index - 1]
        name = text.nodes[index].text[:1].isupper() and before.text not in ".:;"
        if not name or before.lower in _NO_END | context.names.people:
            continue
        found = phrase_at(text, index, context.names)
        end = found[1] if found is not None else index
        known = " ".join(text.lower(at) for at in range(index, end)) in context.names.parties
        lettered = text.lower(index) == "party" and len(text.lower(index + 1)) == 1
        if found is not None and (known or lettered) and text.lower(found[1]) in words.MODALS:
            _part(text, index)
            return True
    return False


def _part(text: Line, index: int) -> None:
    start = text.nodes[index].start
    text.nodes.insert(index, Node("punct", ",", ",", start, start))


_IFS = frozenset({"if", "when", "whenever", "once", "where", "should"})
_PARTICLES = frozenset({"down", "up", "out", "off", "again", "early", "late", "over", "away"})
_ARTICLES = frozenset({"the", "each", "every", "both", "any", "all"})


def _behind_verb(context: Context, lead: int) -> None:
    """ "if the boiler leaks the landlord shall repair it": a verb that stands alone, and a subject
    with a verb of its own right behind it."""
    text = context.text
    thing = phrase_at(text, lead + 1, context.names)
    if thing is None or thing[0].quantity is not None:
        return
    verb = thing[1]
    swallowed = verb > lead + 3 and text.lower(lead + 1) in words.DETERMINERS
    if swallowed and text.lower(text.skip(verb, _PARTICLES)) in _ARTICLES:
        verb -= 1  # "the dog barks" looks like a noun with its plural
    spoken = text.lower(verb)
    bare = text.lower(lead) == "should" and is_unknown_verb(text, verb)
    third = spoken.endswith("s") and not spoken.endswith("ss")
    third = third and (lemma_of(spoken, "third") is not None or is_unknown_verb(text, verb))
    index = text.skip(verb + 1, _PARTICLES)
    if (
        not (bare or third or (swallowed and text.lower(lead) == "should"))
        or text.lower(index) not in _ARTICLES
    ):
        return
    who = phrase_at(text, index, context.names)
    group = verb_follows(context, who[1]) if who is not None else None
    if who is None or group is None or who[0].quantity is not None:
        return
    if text.lower(who[1]) in words.MODALS or (group.kind == "act" and who[0].party is not None):
        _part(text, index)
