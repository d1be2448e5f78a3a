"""Occasions that are neither acts nor named times: "after the party", "before the race"."""

from __future__ import annotations

from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon import words
from assay.authoring.english.parties.quorums import full_name
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.phrases.verb_groups import verb_group_at
from assay.authoring.model import Condition

_ENDS = words.PREPOSITIONS | words.CONJUNCTIONS | words.SUBORDINATORS | words.DETERMINERS


def happening_at(context: Context, at: int, draft: Draft, start: int) -> int | None:
    """ "after the party", "before the race": the occasion is a state that is reached."""
    found = phrase_at(context.text, at, context.names)
    if found is None:
        return None
    phrase, after = found
    plain = not (phrase.quantity or phrase.party or phrase.pronoun or phrase.unread)
    if not plain or not phrase.determined or verb_group_at(context.text, after) is not None:
        return None
    if context.text.kind(after) == "word" and context.text.lower(after) not in _ENDS:
        return None
    span = context.text.span(start, after)
    early = context.text.lower(start) in ("before", "until")
    draft.conditions.append(
        Condition(kind="state", text=context.words(span), span=span, subject=full_name(phrase),
                  value="happened", negated=early)
    )  # fmt: skip
    return after
