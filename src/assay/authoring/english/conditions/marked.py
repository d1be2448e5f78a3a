"""Papers that are told by who made them: "on receipt of a certificate signed by the Engineer"."""

from __future__ import annotations

from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.verbs import VERBS
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.parties.quorums import full_name
from assay.authoring.english.parties.referents import party_name
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at
from assay.authoring.english.phrases.verb_groups import Group
from assay.authoring.model import Condition

_FIRST = frozenset({"duly", "properly", "validly", "jointly"})


def tells_which(text: Line, index: int, group: Group) -> bool:
    """Whether what looks like a verb is such a participle: the certificate has signed nothing."""
    at = text.skip(index, _FIRST)
    bare = group.kind in ("act", "self") and group.end == at + 1 and not group.passive
    done = lemma_of(text.lower(at), "participle") is not None
    return bare and done and text.lower(at + 1) == "by" and text.kind(at + 2) == "word"


def marked_by(context: Context, index: int, thing: Phrase | None, draft: Draft) -> int:
    """A participle behind a thing with who did it, as a condition; the index after it."""
    text = context.text
    at = text.skip(index, _FIRST)
    word = text.lower(at)
    lemma = lemma_of(word, "participle")
    known = lemma is not None or (word.endswith("ed") and text.kind(at) == "word")
    who = phrase_at(text, at + 2, context.names) if text.lower(at + 1) == "by" else None
    if not known or who is None or who[0].quantity is not None or not who[0].name:
        return index
    if thing is None:
        told_by = draft.conditions[-1] if draft.conditions else None
        if told_by is None or told_by.kind != "event" or told_by.actor is not None:
            return index
        draft.conditions[-1] = told_by.model_copy(
            update={"actor": party_name(who[0], context) or who[0].full}
        )
        return who[1]
    span = text.span(index, who[1])
    told = context.words(span)
    name = party_name(who[0], context) or who[0].full
    if lemma in VERBS and VERBS[lemma].action == "approve":
        found = Condition(kind="approval", text=told, span=span, subject=name)
    else:
        found = Condition(kind="state", text=told, span=span, subject=full_name(thing),
                          value=f"{word} by {name}")  # fmt: skip
    draft.conditions.append(found)
    return who[1]
