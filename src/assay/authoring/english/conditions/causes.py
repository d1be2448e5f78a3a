"""What is so because of something: the cause is a state that has to hold."""

from __future__ import annotations

from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.parties.quorums import full_name
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.model import Condition

_CAUSES = ("by reason of", "because of", "due to", "owing to", "as a result of", "on account of",
           "as a consequence of", "in consequence of", "attributable to", "caused by")  # fmt: skip


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
