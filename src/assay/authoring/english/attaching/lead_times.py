"""Points before another: "14 days before the end of the term", "no earlier than 30 days before"."""

from __future__ import annotations

from assay.authoring.english.attaching.anchors import time_condition
from assay.authoring.english.conditions.boundaries import verb_follows
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.times import reading as times
from assay.authoring.model import Comparator

NEARER: dict[str, Comparator] = {"within": "<=", "less than": "<", "fewer than": "<",
                                  "more than": ">", "inside": "<="}  # fmt: skip


_NOT_SOONER = tuple(
    tuple(lead.split())
    for lead in (
        "no earlier than", "not earlier than", "not before", "no sooner than", "not sooner than",
        "not more than", "no more than", "at most", "within", "less than", "fewer than",
    )
)  # fmt: skip
"""What says that little time is left: "no earlier than 30 days before the end"."""


def _lead(context: Context, index: int) -> tuple[str, ...]:
    """The words before a length: "less than 48 hours before"."""
    end = index
    while end < len(context.text) and context.text.kind(end) != "duration":
        end += 1
    return tuple(context.text.lower(step) for step in range(index, end))


def ahead_of(context: Context, index: int, draft: Draft, value: str | None, at: int) -> int | None:
    """ "14 days before the end of the term": a point before another, which becomes a condition."""
    moment = times.moment_at(context, at, draft)
    if moment is not None:
        subject, end = moment
    else:
        found = phrase_at(context.text, at, context.names)
        if found is None:
            return None
        subject, end = found[0].full, found[1]
        begun = verb_follows(context, end) if found[0].quantity is None else None
        if begun is not None and begun.kind == "self" and begun.verb is not None:
            thing = context.thing.full if found[0].pronoun and context.thing else subject
            subject, end = f"{thing} {begun.verb.lemma}", begun.end
    if draft.conditional:
        draft.deadline, draft.deadline_from = value, subject
        draft.time_comparator = NEARER.get(" ".join(_lead(context, index)))
        return end
    sign: Comparator = ">=" if _lead(context, index) in _NOT_SOONER else "<="
    time_condition(context, draft, (index, end), sign, value, subject)
    times.ask(
        context, draft, "lead_time", "Counted back from which date?", context.text.span(index, end)
    )
    return end
