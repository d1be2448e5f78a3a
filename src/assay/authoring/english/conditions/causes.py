"""What is so because of something: the cause is a state that has to hold."""

from __future__ import annotations

from assay.authoring.english.conditions.complements import content_words
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.parties.quorums import full_name
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.model import Condition

_CAUSES = ("by reason of", "because of", "due to", "owing to", "as a result of", "on account of",
           "as a consequence of", "in consequence of", "attributable to", "caused by")  # fmt: skip


_REASONS = ("for reasons", "for any reason", "for a reason", "for causes", "for any cause",
            "owing to circumstances", "due to circumstances", "due to reasons",
            "because of circumstances", "for some reason", "due to causes")  # fmt: skip
_WHOSE = ("attributable to", "imputable to", "beyond the control of", "outside the control of",
          "within the control of", "beyond the reasonable control of", "caused by", "beyond",
          "outside", "within", "for which")  # fmt: skip


def reason(context: Context, index: int, draft: Draft) -> int | None:
    """ "for reasons not attributable to the Buyer": whose reasons they are, or are not."""
    text = context.text
    found = text.match_any(index, _REASONS) if draft.conditional else None
    if found is None:
        return None
    denied = text.lower(found[1]) == "not"
    whose = text.match_any(found[1] + denied, _WHOSE)
    who = phrase_at(text, whose[1], context.names) if whose is not None else None
    if who is None or whose is None or who[0].quantity is not None:
        return None
    span = text.span(index, who[1])
    said = content_words(context.words(text.span(found[1] + denied, who[1])).lower())
    draft.conditions.append(
        Condition(kind="state", text=context.words(span), span=span, negated=denied,
                  subject=found[0].split()[-1], value=said)
    )  # fmt: skip
    return who[1]


def cause(context: Context, index: int, draft: Draft) -> int | None:
    """ "if delivery is delayed by reason of force majeure": what is so is a state beside it."""
    found = context.text.match_any(index, _CAUSES) if draft.conditional else None
    why = phrase_at(context.text, found[1], context.names) if found is not None else None
    if why is None or why[0].quantity is not None or why[0].pronoun is not None:
        return None
    span = context.text.span(index, why[1])
    draft.conditions.append(
        Condition(kind="state", text=context.words(span), span=span, subject=full_name(why[0]))
    )
    return why[1]
