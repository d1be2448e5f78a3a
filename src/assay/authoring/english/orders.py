"""Orders: clauses without a subject that tell the code, or whoever reads them, to act."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.attaching.arguments import arguments
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon.modality import Force
from assay.authoring.english.phrases.verb_groups import verb_phrase_at

_LABELLED = frozenset({"price", "fee", "cost", "date", "rate", "period", "deadline", "cap"})
"""Nouns that a bare verb before them is part of: "mint price 0.05 ETH"."""


def imperative_at(context: Context, index: int) -> tuple[Draft, int] | None:
    """A clause that tells the code to act: "issue 10 tokens to them"."""
    at = context.text.skip(index, ("then", "please", "automatically", "immediately", "to", "just"))
    group = verb_phrase_at(context.text, at, "base")
    if group is None or group.verb is None or group.kind != "act" or group.verb.lemma == "free":
        return None
    priced = group.verb.lemma == "rent" and context.text.kind(group.end) == "amount"
    if priced or context.text.lower(group.end) in _LABELLED:
        return None
    force: Force = "must_not" if group.negated else "must"
    draft = Draft(replace(group, force=force, negated=False), imperative=True)
    draft.start = context.text.nodes[index].start
    return draft, arguments(context, group.end, draft)
