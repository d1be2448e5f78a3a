"""Adverbs beside a verb: most only colour it, some say at once, late or by itself."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.verbs import VERBS
from assay.authoring.english.phrases.phrase_parts import is_adverb
from assay.authoring.english.times.vague import by_when


def colour_at(context: Context, index: int, draft: Draft) -> int | None:
    """An adverb that only colours, or one that says at once or automatically."""
    word = context.text.lower(index)
    if word in words.AUTOMATIC:
        draft.group = replace(draft.group, automatic=True)
        return index + 1
    if word == "linearly":
        draft.spread = True
        return index + 1
    verb = draft.group.verb
    if word in ("secret", "confidential", "private") and verb is not None and verb.action == "keep":
        draft.group = replace(draft.group, verb=VERBS["disclose"], force="must_not")
        draft.turned = True
        return index + 1
    fit = word in ("clean", "tidy", "safe", "dry", "insured", "operational", "intact")
    if fit and verb is not None and verb.action == "keep":
        draft.group = replace(draft.group, verb=VERBS["maintain"])
        return index + 1
    if word in ("immediately", "instantly", "forthwith"):
        draft.deadline = draft.deadline or "P0D"
        return index + 1
    if word in words.VAGUE_TIME:
        span = context.text.span(index, index + 1)
        draft.doubts.append(Doubt("vague_time", by_when(word), span, "deadline", ("P7D",)))
        return index + 1
    if word in ("late", "tardily") and draft.conditional:
        draft.group = replace(draft.group, late=True)
        return index + 1
    if word in ("payable", "due", "owed", "owing", "repayable") and draft.objects:
        return index + 1
    known = is_adverb(word) or word in ("therefor", "instead", "there", "back", "secret")
    return index + 1 if known else None
