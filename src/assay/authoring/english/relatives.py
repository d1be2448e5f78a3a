"""Relative clauses as conditions on the noun before: "who has not paid", "that fails a test"."""

from __future__ import annotations

from assay.authoring.english.conditions import ask_about_rest, conditions_of
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.phrases import Phrase
from assay.authoring.english.verb_groups import verb_group_at


def relative_condition(context: Context, index: int, phrase: Phrase, draft: Draft) -> int | None:
    """ "who has not completed identity verification": a condition on the noun before."""
    group = verb_group_at(context.text, index + 1)
    if group is None or group.force is not None:
        return None
    inner = Draft(group, subjects=[phrase], conditional=True)
    after = context.arguments(context, group.end, inner)
    span = context.text.span(index, after)
    draft.conditions.extend(conditions_of(inner, context, "if", span))
    if phrase.party is None and inner.notices:
        draft.notices.extend(inner.notices)
        inner.notices = []
    ask_about_rest(inner, draft, span)
    draft.doubts.extend(doubt for doubt in inner.doubts if doubt.kind != "vague_time")
    further = context.text.lower(after) == "and" and _inflected(context, after + 1)
    return relative_condition(context, after, phrase, draft) or after if further else after


def _inflected(context: Context, index: int) -> bool:
    """Whether a verb here can't be one of a clause with "may": "and does not answer"."""
    word = context.text.lower(index)
    return word in ("does", "has", "is", "was", "have", "did") or (
        lemma_of(word, "third") is not None and lemma_of(word, "base") is None
    )
